"""The files that saved answers cite, as they are now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePosixPath

from ...search.errors import SourceError
from ...search.model import Citation, Span
from ...search.text.line_index import LineIndex
from ..diff.nearest import CurrentGuide
from ..document import ParsedGuide, Part
from ..readers.pdf.drawn_order import is_scrambled
from ..sandbox.guarded import ReadFile


@dataclass(frozen=True)
class CurrentSource:
    """A source file as it is now; ``trouble`` says why it has no text."""

    sha256: str
    text: str
    trouble: str = ""
    guide: ParsedGuide | None = None
    drawn: ParsedGuide | None = None
    """Of a PDF, the text of its pages in the order in which they draw it."""

    @cached_property
    def line_index(self) -> LineIndex:
        """The lines of its text."""
        return LineIndex(self.text)

    @cached_property
    def headings(self) -> frozenset[str]:
        """Every heading that something of the guide stands below."""
        guide = self.guide
        if guide is None:
            return frozenset()
        paths = [*(passage.headings for passage in guide.passages), *(table.headings for table in guide.tables)]
        return frozenset((*(heading.text for heading in guide.headings), *chain.from_iterable(paths)))

    def is_scrambled(self, span: Span) -> bool:
        """Whether prose was put together of pieces that its pages draw apart, as of columns that were read across."""
        guide, drawn = self.guide, self.drawn
        if (
            guide is None
            or drawn is None
            or any(table.span[0] < span[1] and span[0] < table.span[1] for table in guide.tables)
        ):
            return False
        page = max((number for start, number in guide.pages if start <= span[0]), default=1)
        begin = next((start for start, number in drawn.pages if number == page), 0)
        end = next((start for start, number in drawn.pages if number == page + 2), len(drawn.text))
        return is_scrambled(self.text[slice(*span)], drawn.text[begin:end])

    @cached_property
    def edition(self) -> CurrentGuide | None:
        """What became of quotes from earlier editions."""
        return None if self.guide is None else CurrentGuide(self.guide)


@dataclass(slots=True)
class Sources:
    """The files of the folders, each read at most once."""

    folders: Sequence[Path]
    reader: ReadFile
    drawing: ReadFile
    """Reads PDF files as they are drawn."""
    _known: dict[Path, CurrentSource] = field(default_factory=dict)

    def of(self, citation: Citation) -> CurrentSource | None:
        """The file that a citation names: of several the one with its hash, else the first, if any."""
        found = [self._source(path) for path in self._paths(citation.path)]
        return next((source for source in found if source.sha256 == citation.sha256), found[0] if found else None)

    def _paths(self, path: str) -> Iterator[Path]:
        """Where the path may lie. Saved answers are not trusted: a path never leads out of its folder."""
        relative = PurePosixPath(path)
        if relative.is_absolute() or ".." in relative.parts or "\0" in path:
            return
        for folder in self.folders:
            if folder.is_file() and folder.name == path:
                yield folder
            elif (folder / relative).is_file():
                yield folder / relative

    def _source(self, path: Path) -> CurrentSource:
        if path not in self._known:
            self._known[path] = _read(path, self.reader, self.drawing)
        return self._known[path]


def _read(path: Path, reader: ReadFile, drawing: ReadFile) -> CurrentSource:
    parts: list[str] = []
    try:
        found = reader(path, lambda part: parts.append(part.text))
    except OSError as error:
        return CurrentSource("", "", f"cannot be read ({error.strerror})")
    except SourceError as error:
        return CurrentSource("", "", f"cannot be read ({error.message})")
    whole = None if parts else found.guide  # what is read in parts is too long to be looked through for likenesses
    drawn = None
    if found.guide.format == "pdf":
        with suppress(OSError, SourceError):
            drawn = drawing(path, _let_go).guide
    return CurrentSource(found.sha256, "".join(parts) + found.guide.text, guide=whole, drawn=drawn)


def _let_go(_: Part) -> None:
    pass
