"""OpenDocument texts and presentations (ISO/IEC 26300): their elements as those of a page, slides one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ...document import ExtractedDocument
from ..joined import joined
from ..ooxml import Package, opened
from .made_page import MAX_MADE_ELEMENTS, MadePage, read_made

MOST_REPEATED = 64
"""Empty cells side by side that are believed."""
SKIPPED_ELEMENTS = {"annotation": "comments that are not read"} | dict.fromkeys(
    ("tracked-changes", "forms", "settings", "page-number"), ""
)
"""Elements whose content is no part of the text, and what people are told of it."""
ODT_BLOCKS = ("p", "h")
PARAGRAPH = (True, "p")
"""A paragraph begins."""
DESCRIPTIONS = (("frame", "title"), ("frame", "desc"))
"""What a picture is called and said to show."""
ODT_CELL_SPANS = (("colspan", "table:number-columns-spanned"), ("rowspan", "table:number-rows-spanned"))


def read(data: bytes) -> ExtractedDocument:
    """The text and blocks of a document. Raises SourceError where it cannot be read as one."""
    return _reading(opened(data, "odt"), paged=False)


def read_slides(data: bytes) -> ExtractedDocument:
    """The text and blocks of a presentation, each slide a page."""
    return _reading(opened(data, "odp"), paged=True)


def _reading(package: Package, *, paged: bool) -> ExtractedDocument:
    title, date = facts(package)
    body = _OpenDocument(_styles(package))
    for begins, name, said, text in package.events("content.xml", most=MAX_MADE_ELEMENTS):
        body.event(name, said if begins else None, text)
    first, *slides = [page.html() for page in body.pages]
    around = "" if paged else "".join(f"<{place}>{lines}</{place}>" for place, lines in _around(package))
    pages = slides if paged and slides else [around + first]
    doubts = [
        f"{count:,} {SKIPPED_ELEMENTS[name]}" for name, count in body.skipped.items() if SKIPPED_ELEMENTS.get(name)
    ]
    return joined(map(read_made, pages), title=title, date=date, paged=paged, said=doubts)


def facts(package: Package) -> tuple[str, str | None]:
    """The title and the date of the last change that a file gives for itself."""
    said = {name: " ".join(text.split()) for begins, name, _, text in package.events("meta.xml") if not begins}
    date = said.get("date") or said.get("creation-date")
    return said.get("title", ""), date[:10] if date else None


def _around(package: Package) -> Iterator[tuple[str, str]]:
    """What stands above and below all pages."""
    place, page = "", MadePage()
    for begins, name, _, text in package.events("styles.xml", most=MAX_MADE_ELEMENTS):
        match name:
            case "header" | "footer":
                if not begins:
                    yield place, page.html()
                place, page = (name if begins else ""), MadePage()
            case _ if place:
                page.say(text)
                page.tag("<p>" if (begins, name) == PARAGRAPH else "")


@dataclass(frozen=True, slots=True)
class _DocumentStyles:
    """What a document's own styles say."""

    parents: Mapping[str, str]
    bold: frozenset[str]
    numbered: frozenset[str]

    def is_title(self, style: str) -> bool:
        return style == "Title" or self.parents.get(style) == "Title"


def _styles(package: Package) -> _DocumentStyles:
    parents, bold, numbered, style = dict[str, str](), set[str](), set[str](), ""
    for part in ("styles.xml", "content.xml"):
        for begins, name, said, _ in package.events(part, most=MAX_MADE_ELEMENTS):
            match name:
                case "style" | "list-style" if begins:
                    style = said.get("style:name", "")
                    parents[style] = said.get("style:parent-style-name", "")
                case "text-properties" if begins and said.get("fo:font-weight") == "bold":
                    bold.add(style)
                case "list-level-style-number" if begins and said.get("text:level") == "1":
                    numbered.add(style)
                case "body":
                    break
    return _DocumentStyles(parents, frozenset(bold), frozenset(numbered))


@dataclass(slots=True)
class _OpenDocument:
    """Walks through a document and writes what stands in it."""

    styles: _DocumentStyles
    pages: list[MadePage] = field(default_factory=lambda: [MadePage()])
    skipped: Counter[str] = field(default_factory=Counter)
    path: list[str] = field(default_factory=list)
    """The names of the elements that are open, from the body on."""
    closing: list[str] = field(default_factory=list)
    """What ends each of them."""
    skipping: int = 0
    """How many elements are open from one that is left out."""
    is_head: bool = False

    def event(self, name: str, said: Mapping[str, str] | None, text: str) -> None:
        """An element begins (with what it says) or ends, after a text."""
        if not self.path and name != "body":
            return
        if not self.skipping and any(block in self.path for block in ODT_BLOCKS):
            self.pages[-1].say(text)
        if said is None:
            self._end()
        else:
            self.path.append("title frame" if said.get("presentation:class") == "title" else name)
            self.closing.append("")
            if self.skipping or name in SKIPPED_ELEMENTS or (*self.path[-2:-1], name) in DESCRIPTIONS:
                self.skipped[name] += not self.skipping
                self.skipping += 1
            else:
                self.closing[-1] = self._begin(name, said)

    def _begin(self, name: str, said: Mapping[str, str]) -> str:
        """Write what begins an element; gives what ends it."""
        page = self.pages[-1]
        match name:
            case "h" | "p":
                tag = self._tag(name, said)
                bold = "<b>" if said.get("text:style-name", "") in self.styles.bold and tag == "p" else ""
                page.tag(f"<{tag}>{bold}")
                return f"{'</b>' if bold else ''}</{tag}>"
            case "span" if said.get("text:style-name", "") in self.styles.bold:
                page.tag("<b>")
                return "</b>"
            case "list" | "list-item" | "list-header" | "table" | "table-row" | "table-cell" | "table-of-content":
                return self._structure(name, said)
            case "table-header-rows":
                self.is_head = True
            case "page" if self.path[:-1] and self.path[-2] == "presentation":
                self.pages.append(MadePage())
            case "note-body" | "text-box" if any(block in self.path[:-1] for block in ODT_BLOCKS):
                page.begin_aside()
                return "aside"
            case "s":
                page.say(" " * min(int(said.get("text:c", "1")) if said.get("text:c", "1").isdigit() else 1, 100))
            case "tab":
                page.tag(" ")
            case "line-break":
                page.tag("<br>")
        return ""

    def _structure(self, name: str, said: Mapping[str, str]) -> str:
        """Lists, tables, and what lists the document's headings again."""
        tag = {"list-item": "li", "list-header": "li", "table-row": "tr", "table-of-content": "nav"}.get(name, "table")
        spans, after = "", ""
        match name:
            case "list":
                tag = "ol" if said.get("text:style-name", "") in self.styles.numbered else "ul"
            case "table-cell":
                tag = "th" if self.is_head else "td"
                spans = "".join(f' {own}="{said[key]}"' for own, key in ODT_CELL_SPANS if said.get(key, "").isdigit())
                again = said.get("table:number-columns-repeated", "")
                after = f"<{tag}></{tag}>" * (min(int(again), MOST_REPEATED) - 1) if again.isdigit() else ""
        self.pages[-1].tag(f"<{tag}{spans}>")
        return f"</{tag}>{after}"

    def _tag(self, name: str, said: Mapping[str, str]) -> str:
        level = said.get("text:outline-level", "1")
        if name == "h":
            return f"h{min(max(int(level), 1), 6) if level.isdigit() and len(level) < 3 else 1}"
        if "title frame" in self.path:
            return "h2"
        return "h1" if self.styles.is_title(said.get("text:style-name", "")) else "p"

    def _end(self) -> None:
        name, closing = self.path.pop(), self.closing.pop()
        page = self.pages[-1]
        self.skipping -= self.skipping > 0
        if closing == "aside":
            page.end_aside()
        elif closing:
            page.tag(closing)
        if name == "table-header-rows":
            self.is_head = False
        if not any(block in self.path for block in ODT_BLOCKS):
            page.flush()
