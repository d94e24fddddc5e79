"""Small tables inside guides: fees, leave by years of service, hours by month, loans. Asked as people ask."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from citeguide.indexer.update import update
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import Index, open_index
from indexed import opened

CASES = Path(__file__).parent.parent / "cases" / "guide_tables.toml"
GUIDES: list[dict[str, Any]] = tomllib.loads(CASES.read_text("utf-8"))["guide"]


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Index]]:
    """Each guide in an index of its own."""
    held = {}
    for guide in GUIDES:
        folder = tmp_path_factory.mktemp("guide")
        (folder / guide["name"]).write_text(guide["text"].lstrip("\n"), "utf-8")
        update(folder / "index", [folder / guide["name"]])
        held[guide["name"]] = open_index(folder / "index")
    yield held
    for index in held.values():
        index.close()


@pytest.mark.parametrize(
    ("name", "case"),
    [pytest.param(g["name"], case, id=f"{g['name']}: {case['ask']}") for g in GUIDES for case in g["questions"]],
)
def test_a_guides_table_answers_as_a_person_reads_it(
    indexes: Mapping[str, Index], name: str, case: dict[str, Any]
) -> None:
    answer = ask(case["ask"], indexes[name])
    assert answer.status == "answered"
    said = answer.answer or ""
    numbers = [round(v.value, 4) for v in answer.values if isinstance(v.value, Decimal)]
    want = [round(Decimal(value), 4) for value in case.get("values", [])]
    assert numbers[: len(want)] == want
    assert case.get("label", "") in (answer.values[0].label if answer.values else "")
    assert all(text in said for text in [*case.get("shown", []), case.get("says", "")])
    assert all(text not in said for text in case.get("lacks", []))
    assert all(text in answer.citations[0].quote for text in case.get("quote", []))


def test_the_reading_is_told_in_plain_words(indexes: Mapping[str, Index]) -> None:
    """A person sees what was looked up, over which rows of which table."""
    found = ask("Which licence should I renew for $28?", indexes["licences.md"])
    assert found.reading == "Licence in Licences where Renewal is $28"


def test_a_number_that_a_column_is_called_by_chooses_no_rows(indexes: Mapping[str, Index]) -> None:
    """One night is a column, and not a weight of one pound."""
    found = ask("How much is one night for a very old dog?", indexes["kennel.md"])
    assert not any(value.value == 38 for value in found.values)


def test_what_fits_alike_is_given_value_by_value_with_its_unit(indexes: Mapping[str, Index]) -> None:
    found = ask("What about the studio?", indexes["hire.md"])
    prices = {(value.value, value.unit) for value in found.values}
    assert prices == {(Decimal(18), "GBP/hour"), (Decimal(110), "GBP/day")}
    assert found.reading is not None
    assert "Per hour and Per day" in found.reading


SHIPS = "Name,Harbour_fee,Country\nZEPHYR,$20,Malta\nAURORA,$35,Malta\nORION,$50,Chile\nLYRA,$25,Chile\n"


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        ("What is the harbour fee of zephyr?", "Harbour fee in ships for “ZEPHYR”"),
        ("mean harbour fee in malta", "Mean of Harbour fee in ships where Country is “Malta”"),
        ("How many ships are from chile?", "Number of rows in ships where Country is “Chile”"),
        ("ships with a harbour fee above $22", "Harbour fee in ships where Harbour fee is above $22"),
    ],
)
def test_a_reading_names_things_as_the_table_writes_them(tmp_path: Path, question: str, reading: str) -> None:
    """The row by its name, numbers with their unit, the words of a column's name apart."""
    with opened(tmp_path, {"ships.csv": SHIPS}) as index:
        assert ask(question, index).reading == reading


def test_a_name_that_lists_with_a_comma_before_its_and_is_read(tmp_path: Path) -> None:
    """Nothing stands between the two, and that is no part of the name."""
    text = 'Occupation,Median pay\n"Nurse midwives, and nurse practitioners","$132,050"\nElectricians,"$62,350"\n'
    with opened(tmp_path, {"pay.csv": text}) as index:
        assert "$62,350" in (ask("What is the median pay of electricians?", index).answer or "")


COURSES = """# Driving courses

| School | Course | Weeks | Housing |
|---|---|---|---|
| Buckeye Academy | Truck | 4 | No |
| Lakeshore | Truck | 6 | Yes |
| Lakeshore | Bus | 3 | Yes |
| Rivertown | Truck | 5 | Yes |
"""


def test_few_rows_that_were_counted_are_named(tmp_path: Path) -> None:
    """So that nobody has to count them again."""
    with opened(tmp_path, {"courses.md": COURSES.replace("Lakeshore | Bus", "Hilltop | Bus")}) as index:
        assert ask("How many schools have a Bus course?", index).answer == "1 row: Hilltop."


def test_readings_to_choose_from_show_each_row_once(tmp_path: Path) -> None:
    with opened(tmp_path, {"courses.md": COURSES}) as index:
        found = ask("Which truck schools have housing?", index)
    assert len(found.choices) > 1
    lines = [citation.lines for citation in found.nearest]
    assert len(set(lines)) == len(lines)
    assert all(found.nearest[choice.citation - 1] for choice in found.choices if choice.citation is not None)


BEDS = """area,beds,hospitals
"Denver-Aurora-Lakewood, CO",810,20
"Reno, NV",190,5
"New York-Jersey City-White Plains, NY-NJ, Metropolitan Division",2600,80
"Salem, OR",120,4
"""
MONTHLY_PAY = """Grades by step, in euros a month.

| Grade | Step 1 | Step 2 | Step 3 | Step 4 | Step 5 |
|---|---|---|---|---|---|
| 1 | €3,200.10 | €3,310.20 | €3,420.30 | €3,530.40 | €3,700.50 |
| 2 | €3,900.20 | €4,010.30 | €4,120.40 | €4,230.50 | €4,400.75 |
| 3 | €4,800.00 | €4,910.10 | €5,020.20 | €5,130.30 | €5,450.25 |
| 4 | €5,600.00 | €5,710.10 | €5,820.20 | €5,930.30 | €6,300.00 |
"""
NUMBERED = "No,Course,Hours\n98,Welding,120\n99,Plumbing,200\n100,Roofing,80\n101,Masonry,90\n102,Carpentry,150\n"


@pytest.mark.parametrize(
    ("name", "text", "question", "values"),
    [
        ("beds.csv", BEDS, "Which metro area has the fewest hospitals?", [4]),
        ("beds.csv", BEDS, "Which metro areas have over 500 beds?", [2600, 810]),
        ("beds.csv", BEDS, "How many beds are there in all areas together?", [3720]),
        ("courses.csv", NUMBERED, "What is the lowest number of hours?", [80]),
        ("courses.csv", NUMBERED, "How many hours do all courses have in total?", [640]),
    ],
)
def test_all_rows_that_may_be_meant_take_part(
    tmp_path: Path, name: str, text: str, question: str, values: list[int]
) -> None:
    """Towns that do not say that they are areas, a column that counts what is asked for, codes that only count rows."""
    with opened(tmp_path, {name: text}) as index:
        assert [value.value for value in ask(question, index).values] == values


VACCINES = """# Vaccines

| Vaccine | Diseases | When |
|---|---|---|
| DTaP | diphtheria, pertussis, tetanus | 2, 4 and 6 months |
| IPV | polio | 2 and 4 months |
| MMR | measles, mumps, rubella | 12 months |
| HepB | hepatitis B | birth |
"""


def test_a_cell_is_found_by_its_row_and_column_whatever_the_verb(tmp_path: Path) -> None:
    """The word that is left out is said; a name that is left out keeps it from answering."""
    with opened(tmp_path, {"vaccines.md": VACCINES}) as index:
        found = ask("Which diseases does the MMR guard from?", index)
        abroad = ask("Which diseases does the MMR guard from in Peru?", index)
    assert "measles, mumps, rubella" in (found.answer or "")
    assert any("guard" in note for note in found.notes)
    assert abroad.table is None
