"""Office files since 2007: ZIP archives of XML parts, looked into before anything in them is believed.

Nothing is unpacked before its size is known, no part may declare a document type (with it go entities that grow
without end and files from outside), and nesting and the number of elements have caps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from posixpath import join, normpath
from typing import NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

from ...search.errors import SourceError
from .file_signatures import BROKEN, damaged, expect, kind

MAX_MEMBERS = 10_000
MAX_UNPACKED = 256 * 2**20
"""Bytes of all members together, unpacked."""
FREELY = 16 * 2**20
"""Bytes that may be packed as densely as they like."""
MAX_RATIO = 300
"""Times that larger members may grow when they are unpacked; those of real sheets grow about 10 times."""
MAX_XML_DEPTH = 100
MAX_XML_ELEMENTS = 8_000_000
"""Elements of one part."""
UNPACKED_CHUNK = 2**16

NO_ATTRIBUTES: Mapping[str, str] = {}
CORE = "docProps/core.xml"


Event = tuple[bool, str, Mapping[str, str], str]
"""Whether an element begins, its name, its attributes where it begins, and the text since the last event.

An element's name is without its prefix: Office files use one vocabulary at a time.
"""


class PartLink(NamedTuple):
    """A part that another one names: the last word of the relation's type, and the part's name in the archive."""

    relation: str
    target: str


class Package:
    """An opened Office file."""

    def __init__(self, archive: ZipFile, *, doctypes: bool = False) -> None:
        self._archive = archive
        self._doctypes = doctypes
        self.names = frozenset(archive.namelist())

    def events(self, part: str, *, deepest: int = MAX_XML_DEPTH, most: int = MAX_XML_ELEMENTS) -> Iterator[Event]:
        """The elements of a part, in order; none where it is missing. Raises SourceError where it is damaged."""
        if part not in self.names:
            return
        reader = _Reader(deepest, most, doctypes=self._doctypes)
        try:
            with self._archive.open(part) as file:
                while chunk := file.read(UNPACKED_CHUNK):
                    yield from reader.feed(chunk, last=False)
            yield from reader.feed(b"", last=True)
        except (expat.ExpatError, *BROKEN) as error:
            raise damaged() from error

    def data(self, part: str) -> bytes:
        """The bytes of a part. Raises SourceError where it is damaged."""
        try:
            return self._archive.read(part)
        except BROKEN as error:
            raise damaged() from error

    def links(self, part: str) -> dict[str, PartLink]:
        """The parts that a part names, by their identifiers; what lies outside of the file is left out."""
        folder, _, name = part.rpartition("/")
        found = {}
        for begins, element, said, _ in self.events(join(folder, "_rels", f"{name}.rels")):
            if begins and element == "Relationship" and said.get("TargetMode") != "External":
                target = normpath(join("/", folder, said.get("Target", ""))).lstrip("/")
                found[said.get("Id", "")] = PartLink(said.get("Type", "").rpartition("/")[2], target)
        return found

    def properties(self) -> tuple[str, str | None]:
        """The title and the date of the last change that the file gives for itself."""
        said = {name: " ".join(text.split()) for begins, name, _, text in self.events(CORE) if not begins}
        return said.get("title", ""), said.get("modified") or said.get("created")


def opened(data: bytes, wanted: str) -> Package:
    """An Office file, looked into. Raises SourceError for one of another kind, damaged, protected, or grown too large.

    ``wanted`` is its kind, a key of ``kinds.KINDS``.
    """
    expect(kind(data), wanted)
    archive = ZipFile(BytesIO(data))
    _measured(archive, len(data))
    return Package(archive, doctypes=wanted == "epub")


def _measured(archive: ZipFile, packed: int) -> None:
    """Refuse what would grow beyond measure, and what a password protects. No member grows beyond its stated size."""
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        expect("locked")
    size = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or size > MAX_UNPACKED or size > max(FREELY, MAX_RATIO * packed):
        raise SourceError(
            f"unpacks to {size // 2**20:,} MB in {len(members):,} parts, more than is read",
            "split it into smaller files",
        )


class _Reader:
    """Feeds a parser and hands on what it finds."""

    def __init__(self, deepest: int, most: int, *, doctypes: bool) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        if doctypes:
            self._parser.EntityDeclHandler = self._refuse
        else:
            self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._hear
        self._found: list[Event] = []
        self._said = ""
        self._depth = 0
        self._deepest = deepest
        self._left = most

    def feed(self, chunk: bytes, *, last: bool) -> list[Event]:
        self._parser.Parse(chunk, last)
        found, self._found = self._found, []
        return found

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._left -= 1
        if self._depth > self._deepest or self._left < 0:
            raise SourceError("holds more elements, or deeper ones, than are read", "split it into smaller files")
        self._found.append((True, name.rpartition(":")[2] if ":" in name else name, attributes, self._said))
        self._said = ""

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._found.append((False, name.rpartition(":")[2] if ":" in name else name, NO_ATTRIBUTES, self._said))
        self._said = ""

    def _hear(self, text: str) -> None:
        self._said += text

    def _refuse(self, *_: object) -> None:
        raise SourceError("declares a document type or entities, which no such file does", "save it again")
