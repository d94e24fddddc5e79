"""Looks for debris in what is read of real guides: ``python bench/debris.py [FOLDER]...`` (default: of ../shared).

Debris is what belongs to the file and not to the guide, in a passage, a heading or a cell: front matter, shortcodes and
templates, tags, comments, styles and scripts, references that were not resolved. A passage of Markdown is looked at
twice: as it is stored, which is an exact piece of the file with what stands inside its sentences, and as it is shown
(``search/text/markup.py``). Prints how many pieces hold any, kind by kind, with examples of what is shown (or, with
``--stored``, of what is stored); ends with status 1 where one piece in ten thousand is shown with any.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from citeguide.indexer.document import ParsedGuide
from citeguide.indexer.files.sources import GuideFile, find, read
from citeguide.indexer.parse import parse_guide
from citeguide.search.errors import SourceError
from citeguide.search.text.markup import MARKED, unmarked

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
FOLDERS = ("guides", "html", "lay", "public", "tables", "xquad/docs")
MOST = 0.0001
KINDS = {
    "front matter": re.compile(r"(?m)^---[ \t]*$|^[a-z][a-z_-]{2,30}:[ \t]*(?:true|false|null|\[|\"|'|>-|\|-?$)"),
    "shortcode or template": re.compile(
        r"\{\{[<%!{]?|[>%]\}\}|\{%|%\}|\{:[ .#]|\[\[_TOC_\]\]|<%|%>|:::|^\s*(?:import|export)\s.*['\"{]"
    ),
    "tag": re.compile(
        r"</?(?:p|div|span|br|hr|a|b|i|u|ul|ol|li|td|tr|th|table|tbody|thead|img|h[1-6]|strong|em|font|center|section"
        r"|details|summary|small|sup|sub|iframe|script|style|button|input|form|[A-Z][A-Za-z.]+)\b[^<>]{0,300}/?>"
    ),
    "comment": re.compile(r"<!--|-->|\[//\]: #|\[comment\]:"),
    "style or script": re.compile(
        r"\bfunction\s?\(|\bvar \w+ ?=|document\.\w+\(|\{[^{}]{0,80}(?:color|margin|display|font-size):"
    ),
    "reference": re.compile(r"&(?:nbsp|amp|lt|gt|quot|#\d{2,5}|#x[0-9a-fA-F]{2,5}|rsquo|ldquo|rdquo|mdash|ndash);"),
}  # fmt: skip


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    options.add_argument("--examples", type=int, default=3)
    options.add_argument("--stored", action="store_true")
    given = options.parse_args()
    folders = given.folders or [SHARED / name for name in FOLDERS]
    stored, shown, files = Debris(), Debris(), 0
    for path, guide in (each for folder in folders for each in guides(folder)):
        files += 1
        for piece in kept(guide):
            stored.look_at(path, piece)
            shown.look_at(path, unmarked(piece) if guide.format in MARKED else piece)
        for name in named(guide):
            stored.look_at(path, name)
            shown.look_at(path, name)
    (stored if given.stored else shown).list(given.examples)
    for found, how in ((stored, "stored"), (shown, "shown")):
        print(f"{found.number:,} of {found.pieces:,} pieces of {files:,} guides as {how} ({found.share:.2%})")
    return int(shown.share > MOST)


@dataclass
class Debris:
    """What was found in the pieces of guides so far, by its kind."""

    pieces: int = 0
    number: int = 0
    """Pieces that hold any."""
    hits: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def look_at(self, path: str, piece: str) -> None:
        """Count one piece of a guide."""
        self.pieces += 1
        matches = [(kind, match) for kind, pattern in KINDS.items() if (match := pattern.search(piece))]
        self.number += bool(matches)
        for kind, match in matches:
            around = piece[max(0, match.start() - 60) : match.end() + 60]
            self.hits[kind].append(f"{path}: {' '.join(around.split())}")

    def list(self, examples: int) -> None:
        """Print each kind with its number and some examples."""
        for kind, found in sorted(self.hits.items(), key=lambda item: -len(item[1])):
            print(f"{len(found):6,} {kind}")
            step = max(1, len(found) // examples)
            print("".join(f"       {each}\n" for each in found[::step][:examples]), end="")

    @property
    def share(self) -> float:
        """Of the pieces that hold any."""
        return self.number / max(1, self.pieces)


def guides(folder: Path) -> Iterator[tuple[str, ParsedGuide]]:
    """The guides of a folder that can be read, by their paths."""
    for item in find(folder.resolve()):
        if isinstance(item, GuideFile):
            try:
                yield item.path, parse_guide(read(Path(item.file)), item.path)
            except SourceError as error:
                print(f"{item.path}: {error.message}", file=sys.stderr)


def kept(guide: ParsedGuide) -> Iterator[str]:
    """The passages, as they stand in the guide's text."""
    return (guide.text[slice(*passage.span)] for passage in guide.passages)


def named(guide: ParsedGuide) -> Iterator[str]:
    """What was made of the text: headings and cells."""
    yield from (heading.text for heading in guide.headings)
    yield from (cell.text for table in guide.tables for row in table.rows for cell in row.cells if cell.text)


if __name__ == "__main__":
    sys.exit(main())
