"""Looks for debris in what is read of real guides: ``python bench/debris.py [FOLDER]...`` (default: of ../shared).

Debris is what belongs to the file and not to the guide, in a passage, a heading or a cell: front matter, shortcodes and
templates, tags, comments, styles and scripts, references that were not resolved. Prints how many pieces hold any, kind
by kind, with examples; ends with status 1 where more than one piece in a thousand does.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from citeguide.indexer.document import ParsedGuide
from citeguide.indexer.files.sources import GuideFile, find, read
from citeguide.indexer.parse import parse_guide
from citeguide.search.errors import SourceError

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
FOLDERS = ("guides", "html", "lay", "public", "tables/train", "xquad/docs")
MOST = 0.001
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
    given = options.parse_args()
    folders = given.folders or [SHARED / name for name in FOLDERS]
    pieces, files, hits = 0, 0, Counter[str]()
    examples: defaultdict[str, list[str]] = defaultdict(list)
    for path, guide in (each for folder in folders for each in guides(folder)):
        files += 1
        for piece in shown(guide):
            pieces += 1
            for kind, pattern in KINDS.items():
                if match := pattern.search(piece):
                    hits[kind] += 1
                    around = piece[max(0, match.start() - 60) : match.end() + 60]
                    examples[kind].append(f"{path}: {' '.join(around.split())}")
    for kind, number in hits.most_common():
        print(f"{number:6,} {kind}")
        step = max(1, len(examples[kind]) // given.examples)
        print("".join(f"       {each}\n" for each in examples[kind][::step][: given.examples]), end="")
    found = sum(hits.values())
    print(f"{found:,} of {pieces:,} pieces of {files:,} guides ({found / max(1, pieces):.2%})")
    return int(found > MOST * pieces)


def guides(folder: Path) -> Iterator[tuple[str, ParsedGuide]]:
    """The guides of a folder that can be read, by their paths."""
    for item in find(folder.resolve()):
        if isinstance(item, GuideFile):
            try:
                yield item.path, parse_guide(read(Path(item.file)), item.path)
            except SourceError as error:
                print(f"{item.path}: {error.message}", file=sys.stderr)


def shown(guide: ParsedGuide) -> Iterator[str]:
    """What may be quoted: passages, headings, cells."""
    yield from (guide.text[slice(*passage.span)] for passage in guide.passages)
    yield from (heading.text for heading in guide.headings)
    yield from (cell.text for table in guide.tables for row in table.rows for cell in row.cells if cell.text)


if __name__ == "__main__":
    sys.exit(main())
