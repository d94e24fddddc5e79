"""Plain text, Markdown and HTML: what becomes of them, by hand-written cases."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from citeguide.indexer.document import ParsedGuide, ParsedTable
from citeguide.indexer.parse import parse_guide

CASES = Path(__file__).parents[1] / "cases"


def cases(name: str) -> list[Any]:
    """The cases of a file, each called by what it shows."""
    found = tomllib.loads((CASES / name).read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["why"]) for case in found]


def shape(guide: ParsedGuide) -> dict[str, Any]:
    """A guide in the terms of the cases."""
    said = [(doubt.kind, f"{doubt.reason}: {guide.text[slice(*doubt.span)]}") for doubt in guide.doubts]
    return {
        "headings": [f"{heading.level} {heading.text}" for heading in guide.headings],
        "passages": [[p.kind, " > ".join(p.headings), guide.text[slice(*p.span)]] for p in guide.passages],
        "dropped": [text for kind, text in said if kind == "dropped"],
        "doubts": [text for kind, text in said if kind == "doubt"],
        "tables": [rows(table) for table in guide.tables],
    }


def rows(table: ParsedTable) -> list[list[str]]:
    """The names of a table's columns, where it names them, and its cells."""
    names = [[column.name for column in table.columns]] if table.header else []
    return [*names, *([cell.text for cell in row.cells] for row in table.rows)]


def check(case: dict[str, Any], name: str) -> None:
    """Every piece of the file, in order, is what the case says."""
    guide = parse_guide(case["text"].encode(), name)
    assert shape(guide) == {key: case.get(key, []) for key in ("headings", "passages", "dropped", "doubts", "tables")}
    for key in {"title", "date"} & case.keys():
        assert getattr(guide, key) == case[key]
    if "lines" in case:
        assert [list(passage.lines) for passage in guide.passages] == case["lines"]


@pytest.mark.parametrize("case", cases("reading_text.toml"))
def test_a_text_becomes(case: dict[str, Any]) -> None:
    """Headings, lists, repeats and damage are told by their looks."""
    check(case, "guide.txt")


@pytest.mark.parametrize("case", cases("reading_markdown.toml"))
def test_a_markdown_file_becomes(case: dict[str, Any]) -> None:
    """Marks, front matter and HTML are understood, and stay in the text."""
    check(case, "guide.md")


@pytest.mark.parametrize("case", cases("reading_html.toml"))
def test_a_page_becomes(case: dict[str, Any]) -> None:
    """Elements are understood, and what is no part of the guide is dropped."""
    check(case, "guide.html")
