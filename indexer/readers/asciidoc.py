"""AsciiDoc: its lines as the elements of a page, which is read like any other.

There is no reader of it in Python that is kept up, so this knows what guides are made of: headings, lists, tables,
blocks and their titles, the marks within a line. Conditions and files named elsewhere are passed over.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from ..dates import written_or_iso
from ..document import ExtractedDocument
from .html.html_reader import read as read_page

ASCIIDOC_HEADING = re.compile(r"(?P<marks>={1,6}|#{1,6})[ \t]+(?P<title>\S.*)")
ATTRIBUTE = re.compile(r":!?(?P<name>[\w-]{1,60})!?:(?:[ \t]+(?P<value>.*))?$")
ASCIIDOC_ITEM = re.compile(r"[ \t]*(?P<mark>\*{1,5}|-|\.{1,5}|\d{1,3}\.|[a-z]\.|<\d{1,2}>|<\.>)[ \t]+(?P<text>\S.*)")
TERM = re.compile(r"(?P<term>[^\s:|].{0,200}?)(?P<mark>:{2,4}|;;)(?:[ \t]+(?P<text>.*))?$")
CALLOUT = re.compile(r"(?P<kind>NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+")
FENCE = re.compile(r"(?:-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|/{4,}|\+{4,}|--|`{3})(?:\w+)?[ \t]*$")
TABLE_FENCE = re.compile(r"[|,:!]={3,}[ \t]*$")
CELL = re.compile(r"(?<!\\)(?P<style>(?:\d{1,3}(?:\.\d{1,3})?[+*]|\.\d{1,3}\+)?[<^>.]{0,3}[adehlmsv]?)\|")
ASCIIDOC_DIRECTIVE = re.compile(r"(?:include|ifdef|ifndef|ifeval|endif)::|toc::\[|//(?!/)|\[\[[^\]]*\]\]$|<<<$|'''$")
IMAGE = re.compile(r"(?:image|video|audio)::?[^\s\[]{0,300}\[(?P<text>[^\],]{0,300})[^\]]{0,300}\]")
LINK = re.compile(
    r"(?:(?:link|xref|mailto|footnote|kbd|btn|menu|pass|stem|anchor|footnoteref):[^\s\[\]]{0,500}"
    r"|https?://[^\s\[\]<>]{1,500})\[(?P<text>[^\]]{0,500})\]|<<[^,<>]{1,200},?(?P<other>[^<>]{0,200})>>"
)
ASCIIDOC_MARK = re.compile(
    r"(?<![\w*])(\*{1,2})(?=\S)(?P<bold>[^*\n]{1,300})(?<=\S)\1(?!\w)|\[[.#][\w .#-]{1,60}\](?=#)"
)
PLAIN_MARK = re.compile(
    r"(?<![\w`])(`{1,2}|_{1,2}|#{1,2}|\^|~)(?=\S)([^`_#^~\n]{1,300})(?<=\S)\1(?!\w)|\{(?:nbsp|sp|empty)\}"
)
ATTRIBUTE_REFERENCE = re.compile(r"\{(?P<name>[\w-]{1,60})\}")
VERBATIM_FENCES = ("-", ".", "`", "+")


def read(text: str) -> ExtractedDocument:
    """The text and blocks of a document."""
    document = _AsciiDoc()
    document.read(text.splitlines())
    date = next((found for name in ("revdate", "docdate", "date") if (found := document.attributes.get(name))), "")
    head = f'<meta name="last-modified" content="{escape(written_or_iso(date) or "")}">'
    return read_page(f"<head>{head}</head><body>{document.html()}</body>".encode("utf-8", "replace"))


@dataclass(slots=True)
class _AsciiDoc:
    """Walks through the lines and writes what each is."""

    parts: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    paragraph: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    """The marks of the lists that are open, the outermost first."""
    style: str = ""
    """What stood in brackets before the block that comes."""
    joins: bool = False
    """Whether the next block belongs to the open item."""
    in_header: bool = False
    """Whether what comes still is of the document's title: its author, its attributes."""

    def html(self) -> str:
        """All of it."""
        return "".join(self.parts)

    def read(self, lines: Sequence[str]) -> None:
        """All lines, blocks with a fence as one."""
        n, fences = 0, _fences(lines)
        while n < len(lines):
            line = lines[n].rstrip()
            if TABLE_FENCE.match(line):
                end = _closing(fences[line], n, len(lines))
                self._end_paragraph()
                self._table(lines[n + 1 : end])
                n = end
            elif FENCE.match(line) and not self._is_underline(line):
                end = _closing(fences[line], n, len(lines)) if line[0] in "-.+/`" and line != "--" else n
                self._end_paragraph()
                if end > n and line[0] in VERBATIM_FENCES:
                    self.parts.append(f"<pre>{escape(chr(10).join(lines[n + 1 : end]))}</pre>")
                n = end
            else:
                self._line(line)
            n += 1
        self._end_paragraph()
        self._end_lists(0)

    def _is_underline(self, line: str) -> bool:
        """Whether a line is drawn below a title of about its length, in the older form of headings."""
        if len(self.paragraph) != 1 or line[0] not in "=-" or abs(len(self.paragraph[0]) - len(line)) > 2:
            return False
        self.paragraph[0] = f"{'=' if line[0] == '=' else '=='} {self.paragraph[0]}"
        title = self.paragraph.pop()
        self._line(title)
        return True

    def _line(self, line: str) -> None:
        bare = line.strip()
        attribute = None if self.paragraph and not self.in_header else ATTRIBUTE.match(bare)
        if not bare:
            self.in_header = False
            self._end_paragraph()
        elif attribute:
            self.attributes[attribute["name"]] = (attribute["value"] or "").strip()
        elif ASCIIDOC_DIRECTIVE.match(bare):
            return
        elif bare.startswith("[") and bare.endswith("]") and not self.paragraph:
            self.style = bare[1:-1]
        elif bare == "+":
            self._end_paragraph()
            self.joins = True
        elif (match := ASCIIDOC_HEADING.match(line)) and not self.paragraph:
            self._end_lists(0)
            self.in_header = not self.parts
            self.parts.append(f"<h{len(match['marks'])}>{self._inline(match['title'])}</h{len(match['marks'])}>")
        elif not self.paragraph and re.match(r"\.(?=[^\s.])", line):
            self._end_lists(0)
            self.parts.append(f"<p><b>{self._inline(line[1:])}</b></p>")
        elif match := ASCIIDOC_ITEM.match(line):
            self._item(match["mark"], match["text"], "ol" if match["mark"][0] not in "*-" else "ul")
        elif (match := TERM.match(line)) and not self.paragraph:
            self._item(match["mark"], f"{match['term']}: {match['text'] or ''}".strip(), "ul")
        else:
            self.paragraph.append(CALLOUT.sub("", bare) if not self.paragraph else bare)

    def _item(self, mark: str, text: str, kind: str) -> None:
        """An item of the list with its mark: one that is open, or one within the innermost."""
        self._end_paragraph(keeps_lists=True)
        mark = re.sub(r"\d+|^[a-z](?=\.)", "1", mark)
        if mark in self.lists:
            self._end_lists(self.lists.index(mark) + 1)
        else:
            self.lists.append(mark)
            self.parts.append(f"<{kind}>")
        self.parts.append("<li>")
        self.paragraph.append(text)
        self.joins = True

    def _end_paragraph(self, *, keeps_lists: bool = False) -> None:
        if not self.paragraph:
            return
        text = self._inline("\n".join(re.sub(r"[ \t]\+$", "\u2028", line) for line in self.paragraph))
        self.paragraph.clear()
        if not self.joins and not keeps_lists:
            self._end_lists(0)
        self.joins = False
        self.parts.append(f"<p>{text.replace(chr(0x2028), '<br>')}</p>")

    def _end_lists(self, most: int) -> None:
        for mark in reversed(self.lists[most:]):
            self.parts.append("</ul>" if mark[0] in "*-:;" else "</ol>")
        del self.lists[most:]

    def _table(self, lines: Sequence[str]) -> None:
        """A table: rows by lines, or by the number of columns that the first line or the style gives."""
        self._end_lists(0)
        held = [line for line in lines if line.strip() and not line.startswith("//")]
        cells = [list(_cells(line)) for line in held]
        width = _width(self.style) or max((len(row) for row in cells[:1]), default=1) or 1
        texts: list[str] = []
        for line, row in zip(held, cells, strict=True):
            if row and not line.lstrip().startswith("|") and texts and CELL.match(line.lstrip()) is None:
                texts[-1] += " " + row.pop(0)
            elif not row and texts:
                texts[-1] += " " + line.strip()
            texts += row
        named = "header" in self.style or (
            len(lines) > 1 and bool(cells) and len(cells[0]) == width and not lines[1].strip()
        )
        self.parts.append("<table>")
        for n in range(0, len(texts), width):
            tag = "th" if n == 0 and named else "td"
            self.parts.append(
                "".join(("<tr>", *(f"<{tag}>{self._inline(t)}</{tag}>" for t in texts[n : n + width]), "</tr>"))
            )
        self.parts.append("</table>")
        self.style = ""

    def _inline(self, text: str) -> str:
        """A text without its marks; bold ones are kept, as bold lines head what stands below them."""
        text = ATTRIBUTE_REFERENCE.sub(lambda match: self.attributes.get(match["name"], match.group()), text)
        text = IMAGE.sub(lambda match: match["text"], text)
        text = LINK.sub(lambda match: match["text"] or (match["other"] or "").strip() or match.group(), text)
        text = PLAIN_MARK.sub(lambda match: match[2] or " ", text)
        return ASCIIDOC_MARK.sub(
            lambda match: f"<b>{match['bold']}</b>" if match["bold"] else "", escape(text, quote=False)
        )


def _fences(lines: Sequence[str]) -> dict[str, list[int]]:
    """Where each line stands that may begin or end a block."""
    found: dict[str, list[int]] = {}
    for n, line in enumerate(lines):
        bare = line.rstrip()
        if bare and not bare[0].isalnum() and (FENCE.match(bare) or TABLE_FENCE.match(bare)):
            found.setdefault(bare, []).append(n)
    return found


def _closing(places: Sequence[int], start: int, last: int) -> int:
    """The line that ends a block, of those like the one that began it; the last one where none does."""
    at = bisect_right(places, start)
    return places[at] if at < len(places) else last


def _cells(line: str) -> Iterator[str]:
    """The cells that begin on a line, and before them what goes on from the line above."""
    marks = list(CELL.finditer(line))
    if marks and line[: marks[0].start()].strip():
        yield line[: marks[0].start()].strip()
    for mark, after in zip(marks, [*marks[1:], None], strict=False):
        yield line[mark.end() : after.start() if after else len(line)].strip().replace("\\|", "|")


def _width(style: str) -> int:
    """The number of columns that a table's style gives; 0 where it gives none."""
    match = re.search(r"cols\s*=\s*[\"']?([^\"'\]]{1,300})", style)
    if match is None:
        return 0
    total = 0
    for column in re.split(r"[,;]", match[1].strip()):
        times = re.match(r"\s*(\d{1,2})\*", column)
        total += int(times[1]) if times else bool(column.strip())
    return min(total, 64)
