"""Rich text files (RTF 1.9.1): paragraphs, headings, tables; pictures and the file's own settings are passed over."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from ....search.errors import SourceError
from ...dates import iso_date
from ...document import ExtractedDocument
from ..file_signatures import damaged, expect, kind
from ..joined import joined
from .made_page import MadePage, read_made

RTF_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|'(?P<byte>[0-9a-fA-F]{2})|(?P<sign>[^a-z]))"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+"
)
MAX_TOKENS = 3_000_000
MAX_GROUP_DEPTH = 500
LEFT_OUT_DESTINATIONS = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable rsidtbl generator themedata colorschememapping datastore "
    b"latentstyles pict objdata nonshppict xmlnstbl wgrffmtfilter revtbl fldinst bkmkstart bkmkend mmathPr filetbl "
    b"defchp defpap header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc private info".split()
)
"""Destinations that hold no text of the document."""
FACTS = (b"title", b"creatim", b"revtim")
MOMENTS = ("creatim", "revtim")
FACT_PLACES = ("info", "title", *MOMENTS)
"""Where the facts of a document stand."""
"""What is read of the file's facts about itself."""
TEXT_DESTINATIONS = (b"shptxt", b"listtext", b"pntext", b"footnote", b"fldrslt")
"""Destinations that older programs may pass over, and that hold text."""
RTF_SIGNS = {
    b"tab": " ", b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"emspace": " ", b"enspace": " ", b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}",
}  # fmt: skip
CHARSETS = {0: 1252, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255,
            178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250}  # fmt: skip
"""Code pages by the numbers that fonts give."""


@dataclass(frozen=True, slots=True)
class _GroupState:
    """What holds within a group."""

    aside: str = ""
    """The destination, where it is no text of the document."""
    bold: bool = False
    hidden: bool = False
    style: int = 0
    outline: int = -1
    in_table: bool = False
    font: int = -1
    skip: int = 1
    """Characters that stand for one of Unicode, for programs that do not know it."""


def read(data: bytes) -> ExtractedDocument:
    """The text and blocks of a document. Raises SourceError where it cannot be read as one."""
    expect(kind(data), "rtf")
    document = _RichText()
    for number, token in enumerate(RTF_TOKEN.finditer(data)):
        if number > MAX_TOKENS:
            raise SourceError("holds more than is read", "split it, or save it as .docx")
        document.take(token)
    html = document.done()
    title = " ".join("".join(document.told.get("title", ())).split())
    if not html:
        raise damaged()
    return joined([read_made(html)], title=title, date=iso_date(document.date))


@dataclass(slots=True)
class _RichText:
    """Walks through the tokens of a file and writes what its text says."""

    page: MadePage = field(default_factory=MadePage)
    state: _GroupState = _GroupState()
    outer: list[_GroupState] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """The open paragraph."""
    raw: bytearray = field(default_factory=bytearray)
    """Bytes of it that are to be decoded together: a letter may take two."""
    told: dict[str, list[str]] = field(default_factory=dict)
    headings: dict[int, int] = field(default_factory=dict)
    """Levels of styles by their numbers."""
    code_page: int = 1252
    charsets: dict[int, int] = field(default_factory=dict)
    left: int = 0
    """Characters to be passed over after one of Unicode."""
    starred: bool = False
    row: list[str] = field(default_factory=list)
    edges: list[int] = field(default_factory=list)
    """Where the cells of the row end, from left to right."""
    rows: list[tuple[list[str], list[int]]] = field(default_factory=list)
    """Of the open table, each with its edges."""
    is_bold: bool = False
    date: str = ""

    def take(self, token: re.Match[bytes]) -> None:
        """One token more."""
        if token["brace"]:
            self._group(token["brace"])
        elif token["text"]:
            self._bytes(token["text"])
        elif token["byte"]:
            self._bytes(bytes([int(token["byte"], 16)]))
        elif token["sign"] == b"*":
            self.starred = True
        elif token["word"] or token["sign"]:
            self._word(token["word"] or token["sign"], int(token["number"]) if token["number"] else None)

    def done(self) -> str:
        """The page that came of it."""
        self._end_paragraph()
        self._end_row()
        self._end_table()
        return self.page.html()

    def _group(self, brace: bytes) -> None:
        self._decode()
        self.starred = False
        if brace == b"{":
            if len(self.outer) >= MAX_GROUP_DEPTH:
                raise SourceError("nests deeper than is read", "open it in the program that wrote it and save it again")
            self.outer.append(self.state)
        elif self.outer:
            self.state = self.outer.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        self._decode()
        starred, self.starred = self.starred, False
        state, on = self.state, number != 0
        is_fact = word in FACTS and state.aside in FACT_PLACES
        if is_fact or word in LEFT_OUT_DESTINATIONS or (starred and word not in TEXT_DESTINATIONS):
            self.state = replace(state, aside=word.decode("latin-1"))
        elif word in RTF_SIGNS:
            self._say(RTF_SIGNS[word])
        elif word == b"u":
            self._say(chr((number or 0) % 0x10000))
            self.left = state.skip
        else:
            self._formatted(word, number, on)

    def _formatted(self, word: bytes, number: int | None, on: bool) -> None:
        value = number or 0
        match word:
            case b"par" | b"sect" | b"page":
                self._end_paragraph()
            case b"line":
                self._say("\n")
            case b"cell" | b"nestcell":
                self._end_cell()
            case b"row" | b"nestrow":
                self._end_row()
            case b"trowd":
                self.edges = []
            case b"cellx":
                self.edges.append(value)
            case b"pard":
                self.state = replace(self.state, style=0, outline=-1, in_table=False)
            case b"plain":
                self.state = replace(self.state, bold=False, hidden=False)
            case b"b" | b"v":
                bold, hidden = (on, self.state.hidden) if word == b"b" else (self.state.bold, on)
                self.state = replace(self.state, bold=bold, hidden=hidden)
            case b"intbl":
                self.state = replace(self.state, in_table=True)
            case b"s":
                self.state = replace(self.state, style=value)
            case b"outlinelevel":
                self.state = replace(self.state, outline=value)
            case b"uc":
                self.state = replace(self.state, skip=value)
            case b"f":
                self.state = replace(self.state, font=value)
            case b"fcharset" if self.state.aside == "fonttbl":
                self.charsets[self.state.font] = CHARSETS.get(value, self.code_page)
            case b"ansicpg":
                self.code_page = value
            case b"yr" | b"mo" | b"dy" if self.state.aside in MOMENTS:
                self.date = f"{value:04}" if word == b"yr" else f"{self.date}-{value:02}"

    def _bytes(self, found: bytes) -> None:
        passed = min(self.left, len(found))
        self.left -= passed
        self.raw += found[passed:]

    def _decode(self) -> None:
        """What was collected of bytes becomes text."""
        if self.raw:
            pages = (f"cp{self.charsets.get(self.state.font, self.code_page)}", "cp1252")
            text = self.raw.decode(next(filter(_is_known, pages)), "replace")
            self.raw.clear()
            self._say(text)

    def _say(self, text: str) -> None:
        state = self.state
        if not state.aside and not state.hidden:
            self.is_bold = (
                state.bold and (self.is_bold or not "".join(self.said).strip()) if text.strip() else self.is_bold
            )
            self.said.append(text)
            return
        match state.aside:
            case "title":
                self.told.setdefault("title", []).append(text)
            case "stylesheet" if found := re.match(r"\s*heading (\d)", text, re.IGNORECASE):
                self.headings[state.style] = int(found[1])
            case "stylesheet" if re.match(r"\s*title;", text, re.IGNORECASE):
                self.headings[state.style] = 1

    def _paragraph(self) -> str:
        self._decode()
        text = _paired("".join(self.said))
        self.said.clear()
        return text.strip()

    def _end_paragraph(self) -> None:
        if self.state.in_table:
            self._decode()
            self.said.append("\n")
            return
        self._end_table()
        bold, text = self.is_bold, self._paragraph()
        self.is_bold = False
        level = self.headings.get(self.state.style, self.state.outline + 1 if 0 <= self.state.outline < 9 else 0)
        if text:
            tag = f"h{min(level, 6)}" if level > 0 else "p"
            self.page.tag(f"<{tag}>{'<b>' if bold and not level else ''}")
            for n, line in enumerate(text.split("\n")):
                self.page.tag("<br>" if n else "")
                self.page.say(line)
            self.page.tag(f"{'</b>' if bold and not level else ''}</{tag}>")

    def _end_cell(self) -> None:
        self.row.append(" ".join(self._paragraph().split()))

    def _end_row(self) -> None:
        if self.row:
            self.rows.append((self.row, self.edges))
            self.row = []

    def _end_table(self) -> None:
        """Write the rows; a cell that ends where a later one of other rows does reaches over those between."""
        if not self.rows:
            return
        edges = sorted({edge for _, own in self.rows for edge in own})
        self.page.tag("<table>")
        for cells, own in self.rows:
            self.page.tag("<tr>")
            reached = 0
            for n, cell in enumerate(cells):
                ends = bisect_right(edges, own[n]) if n < len(own) else reached + 1
                self.page.tag(f'<td colspan="{max(1, ends - reached)}">')
                self.page.say(cell)
                self.page.tag("</td>")
                reached = max(reached + 1, ends)
            self.page.tag("</tr>")
        self.page.tag("</table>")
        self.rows.clear()


def _is_known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _paired(text: str) -> str:
    """Halves of characters beyond the first plane put together; a half alone is a lost letter."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
