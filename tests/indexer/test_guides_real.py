"""Real guides: their tables are what a person reads on the page, and pages of nothing but front matter have content."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from citeguide.indexer.document import ParsedGuide
from citeguide.indexer.parse import parse_guide
from citeguide.search.model import Cell

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "guides_tables.toml").read_text("utf-8"))


def read(name: str, shared: Path) -> ParsedGuide:
    """One of the shared guides."""
    return parse_guide((shared / "data" / "guides" / name).read_bytes(), name)


@pytest.mark.parametrize("name", CASES)
def test_every_table_is_what_a_person_reads(name: str, shared: Path) -> None:
    """Row by row and cell by cell, in order, with the measures and units of the columns that hold numbers."""
    guide = read(name, shared)
    wanted: list[dict[str, Any]] = CASES[name].get("table", [])
    assert [measures(guide, n) for n in range(len(guide.tables))] == [table["columns"] for table in wanted]
    assert [[row_of(row.cells) for row in table.rows] for table in guide.tables] == [each["rows"] for each in wanted]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case["facts"]])
def test_quick_facts_are_a_list_of_them(name: str, shared: Path) -> None:
    """Each fact with its label, in one passage."""
    guide = read(name, shared)
    lists = [guide.text[slice(*passage.span)] for passage in guide.passages if passage.kind == "list"]
    assert "\n".join(f"• {fact}" for fact in CASES[name]["facts"]) in lists


def test_a_page_of_nothing_but_front_matter_gives_its_content(shared: Path) -> None:
    """Every sentence stands under the heading of the mapping that holds it, inner mappings or not."""
    guide = read("xa-cna.md", shared)
    said = {" ".join(guide.text[slice(*p.span)].split()): p.headings for p in guide.passages}
    assert said["Call us at (203) 691-7989 or visit one of our campuses to get more information on our courses with no "
                "obligations."] == ("Kickstart your career",)  # fmt: skip
    assert said["Begin your training within a month of signing up."] == ("Class schedule", "Upcoming start dates")
    assert said["The CNA training program is divided into two parts."] == ("Class schedule",)
    assert [table.headings for table in guide.tables] == [("Class schedule",), ("Tuition and fees",)]
    steps = [
        "Complete required course hours",
        "Maintain a grade of at least 70%",
        "Pay in full all course fees/tuition",
    ]
    assert any(all(step in text for step in steps) for text in said)


def test_a_markdown_guide_gives_its_headings_and_its_date(shared: Path) -> None:
    """The title and the date stand in the front matter, the sections in the body."""
    guide = read("mb-dental-assistant.md", shared)
    assert (guide.title, guide.date) == ("How to Become a Dental Assistant", "2020-05-08")
    assert [heading.text for heading in guide.headings] == [
        "What Does a Dental Assistant Do?", "Qualifications", "Choosing a Focus", "Certification", "Getting Started"
    ]  # fmt: skip


def measures(guide: ParsedGuide, table: int) -> list[str]:
    """The columns of numbers: "median USD/year"."""
    columns = guide.tables[table].columns
    return [" ".join(filter(None, (c.measure, c.unit))) for c in columns if c.role == "measure"]


def row_of(cells: tuple[Cell, ...]) -> list[str]:
    """A row in the terms of the cases, where a whole sentence is …."""
    return [str(c.number) if c.number is not None else "…" if c.text.endswith(".") else c.text for c in cells]
