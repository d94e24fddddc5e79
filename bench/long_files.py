"""How long long documents take to read: ``python bench/long_files.py``, seconds of CPU for each.

A Word document of 900 sections, about a page each, with 180 tables, and a PDF of 300 full pages, both made here. Ends
with status 1 where the first takes more than 15 seconds or the second more than 60.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import docx
from citeguide.indexer.parse import parse_guide

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
import pdfs

SENTENCE = (
    "The office grants a permit of {0} days to anyone who applies in writing, and keeps a record of it for years. "
)


def main() -> int:
    late = False
    for name, data, most in (("900.docx", long_docx(), 15.0), ("300.pdf", long_pdf(), 60.0)):
        start = time.process_time()
        guide = parse_guide(data, name)
        took = time.process_time() - start
        late = late or took > most
        print(f"{name}: {len(guide.text):,} characters, {len(guide.tables)} tables in {took:.1f} s of {most:.0f}")
    return int(late)


def long_docx() -> bytes:
    """A heading, six paragraphs and, on every fifth page, a table."""
    document = docx.Document()
    for page in range(900):
        document.add_heading(f"Section {page}", 1)
        for n in range(6):
            document.add_paragraph(SENTENCE.format(page + n) * 4)
        if page % 5 == 0:
            table = document.add_table(rows=6, cols=3)
            for row in range(6):
                for column in range(3):
                    table.cell(row, column).text = f"{row} and {column} of {page}"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def long_pdf() -> bytes:
    """A heading and 38 lines on each page."""
    return pdfs.pdf(
        [
            [
                pdfs.Run(72, 60, 14, "HB", f"Section {page}"),
                *pdfs.column(72, 90, 17, 10, "H", [SENTENCE.format(page + n)[:90] for n in range(38)]),
            ]
            for page in range(300)
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
