"""Some of the malformed files that ``bench/fuzz_files.py`` makes: none hurts the program or its neighbours."""

from __future__ import annotations

from pathlib import Path

from fuzz_files import campaign

BOMBS = (
    "deep-inline.html", "less-than.html", "attribute.html", "deep-quote.md", "brackets.md", "front-matter-flow.md",
    "quotes.csv", "separators.csv", "glued-line.txt", "marks.txt", "page-loop.pdf", "page-count.pdf", "deep-array.pdf",
    "huge-type.pdf", "laughs.xlsx", "places.docx", "no-members.xlsx",
)  # fmt: skip
"""Those that are made and read fast."""


def test_malformed_files_are_indexed_or_named_and_hurt_nothing(tmp_path: Path) -> None:
    """Bombs and damaged copies of every format: none takes long, each is in the report, good guides are indexed."""
    outcome = campaign(60, 1, tmp_path, bombs=BOMBS)
    assert outcome.files == 60
    assert outcome.failures == []
