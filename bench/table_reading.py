"""Holds what is read of real tables against what a person reads in them (tests/cases/tables_read.toml), and counts
how many tables of the public sets are read at all.

    python bench/table_reading.py [--show 20] [--sample 200]

A case with a "doubt" says why a person reads more than can be told from the file.

A table is right if its columns have the heads, kinds, units and years written down, its rows are as many and begin and
end as they should, rows that sum up others are known, and it goes by the right column.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from citeguide.indexer.document import ParsedGuide, ParsedTable
from citeguide.indexer.parse import parse_guide
from citeguide.search.errors import SourceError
from citeguide.search.model import Column
from citeguide.search.text.tokenizer import key

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases" / "tables_read.toml"
SHARED = ROOT.parent / "shared"
UNNAMED = frozenset(("name", "amount", "share", "year", "number", "code", "place"))
"""What columns without a head may be called."""
PUBLIC = {"wtq": "csv", "fetaqa": "docs", "tatqa": "docs"}
"""Public sets of tables, and the folder of each that holds them."""
LARGE = 2**20
"""Bytes from which on a file is read in parts; its cases hold for the first part, without the number of rows."""


def cases() -> list[dict[str, Any]]:
    """The tables as a person reads them."""
    return list(tomllib.loads(CASES.read_text(encoding="utf-8"))["table"])


def wrong() -> list[tuple[str, str]]:
    """The tables that are read otherwise, each with what is wrong."""
    guides = {case["file"]: read(case) for case in {case["file"]: case for case in cases()}.values()}
    said = [(f"{case['file']} {case['n']}", "; ".join(faults(case, guides[case["file"]]))) for case in cases()]
    return [(name, what) for name, what in said if what]


def read(case: dict[str, Any]) -> ParsedGuide:
    """The file of a case; of a long one the beginning."""
    path = SHARED / case["file"]
    data = path.read_bytes()
    return parse_guide(data[: data.rfind(b"\n", 0, LARGE // 4) + 1] if len(data) > LARGE else data, path.name)


def faults(case: dict[str, Any], guide: ParsedGuide) -> list[str]:
    """What is read otherwise than a person would."""
    if case["n"] >= len(guide.tables):
        return [f"only {len(guide.tables)} tables"]
    table = guide.tables[case["n"]]
    whole = (SHARED / case["file"]).stat().st_size <= LARGE
    return [*_columns(case, table), *_rows(case, table, whole=whole)]


def _columns(case: dict[str, Any], table: ParsedTable) -> Iterator[str]:
    wanted = case.get("columns", case.get("starts", []))
    if "columns" in case and len(wanted) != len(table.columns):
        yield f"{len(table.columns)} columns for {len(wanted)}: {[c.name for c in table.columns]}"
        return
    for said, column in zip(wanted, table.columns, strict=False):
        name, kind, *unit = (part.strip() for part in said.split("|"))
        if not _is_called(column, name):
            yield f"head {column.name!r} for {name!r}"
        if column.kind != kind:
            yield f"{column.name}: {column.kind} for {kind}"
        if unit and column.unit != unit[0]:
            yield f"{column.name}: in {column.unit} for {unit[0]}"
    named = {column.name: column for column in table.columns}
    for name, unit_of in case.get("units", {}).items():
        if name not in named or named[name].unit != unit_of:
            yield f"{name}: in {named[name].unit if name in named else None} for {unit_of}"
    for name, year in case.get("years", {}).items():
        if name not in named or named[name].year != year:
            yield f"{name}: of {named[name].year if name in named else None} for {year}"


def _is_called(column: Column, name: str) -> bool:
    return key(column.name) == key(name) if name else column.name in UNNAMED


def _rows(case: dict[str, Any], table: ParsedTable, *, whole: bool) -> Iterator[str]:
    if whole and case.get("rows", len(table.rows)) != len(table.rows):
        yield f"{len(table.rows)} rows for {case['rows']}"
    ends = [("first", 0), *([("last", -1)] if whole else [])]
    for which, at in ends:
        texts = {cell.text for cell in table.rows[at].cells}
        if which in case and not any(case[which] in text for text in texts):
            yield f"{which} row {sorted(texts)[:4]} for {case[which]!r}"
    wholes = sum(row.whole for row in table.rows)
    if case.get("wholes", wholes) != wholes:
        yield f"{wholes} rows that sum up others for {case['wholes']}"
    label = "" if table.label is None else table.columns[table.label].name
    if "label" in case and key(label) != key(case["label"]):
        yield f"goes by {label!r}, not by {case['label']!r}"


def share_read(name: str, sample: int) -> tuple[int, int]:
    """How many of the train tables of a public set are read as tables, of how many."""
    folder = SHARED / "data" / "public" / name
    lines = (folder / "train.jsonl").read_text(encoding="utf-8").splitlines()
    names = sorted({document for line in lines for document in json.loads(line)["documents"]})
    names.sort(key=lambda document: sha256(document.encode()).digest())
    found = 0
    for document in names[:sample]:
        try:
            found += bool(parse_guide((folder / PUBLIC[name] / document).read_bytes(), document).tables)
        except SourceError:
            continue
    return found, len(names[:sample])


def main() -> None:
    """Print the figures, and the first tables that are read otherwise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--sample", type=int, default=200)
    options = parser.parse_args()
    otherwise = wrong()
    print("\n".join(f"{name}: {said}" for name, said in otherwise[: options.show]))
    print(f"{len(cases()) - len(otherwise)} of {len(cases())} tables are read as a person reads them")
    for name in PUBLIC:
        found_tables, asked = share_read(name, options.sample)
        print(f"{name}: {found_tables} of {asked} files give a table")


if __name__ == "__main__":
    main()
