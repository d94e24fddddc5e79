"""PowerPoint presentations (ECMA-376-1, 19): each slide is a page with its title, texts, tables and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ...document import ExtractedDocument
from ..joined import joined
from ..ooxml import Package, opened
from .made_page import MAX_MADE_ELEMENTS, MadePage, read_made

SHOW = "ppt/presentation.xml"
PPTX_TRUE = ("1", "true")
TITLE_PLACEHOLDERS = ("title", "ctrTitle")
LISTED = ("body", "obj")
"""Placeholders whose paragraphs are items of a list where nothing else is said."""
FURNITURE = ("ftr", "hdr", "dt", "sldNum")
"""Placeholders for what stands on every slide."""
UNREAD_ON_SLIDES = {"chart": "charts that are not read", "diagramData": "diagrams that are not read"}
PPTX_CELL_SPANS = (("colspan", "gridSpan"), ("rowspan", "rowSpan"))


def read(data: bytes) -> ExtractedDocument:
    """The text and blocks of a presentation. Raises SourceError where it is damaged, protected or none."""
    package = opened(data, "pptx")
    title, date = package.properties()
    unread: Counter[str] = Counter()
    pages = [_page(package, part, unread) for part in _slides(package)]
    doubts = [f"{count:,} {what}" for what, count in unread.items()]
    return joined(map(read_made, pages), title=title, date=date[:10] if date else None, paged=True, said=doubts)


def _slides(package: Package) -> Iterator[str]:
    """The parts that are slides, in the order in which they are shown."""
    links = package.links(SHOW)
    for begins, name, said, _ in package.events(SHOW):
        if begins and name == "sldId":
            link = links.get(next((value for key, value in said.items() if key.endswith(":id")), ""))
            if link is not None:
                yield link.target


def _page(package: Package, part: str, unread: Counter[str]) -> str:
    """A slide, and below it what its speaker notes say."""
    slide = _Slide()
    for begins, name, said, text in package.events(part, most=MAX_MADE_ELEMENTS):
        slide.event(name, said if begins else None, text)
    notes = _Slide(is_notes=True)
    for link in package.links(part).values():
        unread.update([UNREAD_ON_SLIDES[link.relation]] if link.relation in UNREAD_ON_SLIDES else [])
        if link.relation == "notesSlide":
            for begins, name, said, text in package.events(link.target, most=MAX_MADE_ELEMENTS):
                notes.event(name, said if begins else None, text)
    return slide.page.html() + notes.page.html()


class _Paragraph(StrEnum):
    """What is known of a paragraph before its first text."""

    OPEN = "open"
    PLAIN = "plain"
    LISTED = "listed"


@dataclass(slots=True)
class _Slide:
    """Walks through the shapes of a slide and writes what stands in them."""

    is_notes: bool = False
    page: MadePage = field(default_factory=MadePage)
    kind: str = ""
    """Of the placeholder that the open shape fills."""
    in_shape: bool = False
    paragraph: str = ""
    """What is known of the open paragraph, then what ends it."""
    lists: int = 0
    """How many lists are open."""
    level: int = 0
    in_table: bool = False
    is_listed: bool = False
    is_first_row: bool = False
    hidden: bool = False
    """Whether the open cell only continues another."""

    def event(self, name: str, said: Mapping[str, str] | None, text: str) -> None:
        """An element begins (with what it says) or ends, after a text."""
        if said is None:
            self._end(name, text)
        else:
            self._begin(name, said)

    def _begin(self, name: str, said: Mapping[str, str]) -> None:
        match name:
            case "sp":
                self.kind, self.in_shape, self.is_listed = "", True, False
            case "ph":
                self.kind = said.get("type", "body")
                self.is_listed = self.kind in LISTED
            case "p" if not self.hidden:
                self.paragraph, self.level = _Paragraph.OPEN, 0
            case "pPr":
                self.level = int(said["lvl"]) if said.get("lvl", "").isdigit() and len(said["lvl"]) == 1 else 0
            case "buNone":
                self.paragraph = _Paragraph.PLAIN if self.paragraph == _Paragraph.OPEN else self.paragraph
            case "buChar" | "buAutoNum":
                self.paragraph = _Paragraph.LISTED if self.paragraph == _Paragraph.OPEN else self.paragraph
            case "r" | "fld":
                self._open()
            case "br":
                self._open()
                self.page.tag("<br>")
            case "tbl" | "tr" | "tc":
                self._table(name, said)

    def _end(self, name: str, text: str) -> None:
        match name:
            case "t" if self.paragraph and not self.hidden and not self._is_left_out():
                self.page.say(text)
            case "p":
                self.page.tag(self.paragraph if self.paragraph.startswith("<") else "")
                self.paragraph = ""
            case "tbl" | "tr" | "tc":
                self._end_table(name)
            case "sp":
                self._close_lists(0)
                self.kind, self.in_shape = "", False

    def _end_table(self, name: str) -> None:
        match name:
            case "tc" if not self.hidden:
                self.page.tag("</th>" if self.is_first_row else "</td>")
            case "tr":
                self.page.tag("</tr>")
                self.is_first_row = False
            case "tbl":
                self.page.tag("</table>")
                self.in_table = False
        self.hidden = False

    def _is_left_out(self) -> bool:
        """Whether a text is of the slide's frame: of notes the slide's own title and number."""
        return self.is_notes and (self.kind in (*TITLE_PLACEHOLDERS, *FURNITURE) or self.kind == "sldImg")

    def _open(self) -> None:
        """Begin a paragraph as what it is, at the first text in it."""
        if self.paragraph.startswith("<") or not self.paragraph or self._is_left_out():
            return
        by_place = self.is_listed and self.paragraph == _Paragraph.OPEN and not self.is_notes
        is_text = self.kind not in (*TITLE_PLACEHOLDERS, *FURNITURE)
        is_item = is_text and (by_place or self.paragraph == _Paragraph.LISTED) and not self.in_table
        tag = "li" if is_item else "p" if is_text else "h2" if self.kind in TITLE_PLACEHOLDERS else "footer"
        self._close_lists(self.level + 1 if is_item else 0)
        while is_item and self.lists <= self.level:
            self.page.tag("<ul>")
            self.lists += 1
        self.paragraph = f"</{tag}>"
        self.page.tag(f"<{tag}>")

    def _close_lists(self, most: int) -> None:
        self.page.tag("</ul>" * max(0, self.lists - most))
        self.lists = min(self.lists, most)

    def _table(self, name: str, said: Mapping[str, str]) -> None:
        match name:
            case "tc":
                self.hidden = said.get("hMerge") in PPTX_TRUE or said.get("vMerge") in PPTX_TRUE
                spans = "".join(f' {own}="{said[key]}"' for own, key in PPTX_CELL_SPANS if said.get(key, "").isdigit())
                cell = "th" if self.is_first_row else "td"
                self.page.tag("" if self.hidden else f"<{cell}{spans}>")
            case "tbl":
                self.page.tag("<table>")
                self.in_table = self.is_first_row = True
            case "tr":
                self.page.tag("<tr>")
                self.in_table = True
