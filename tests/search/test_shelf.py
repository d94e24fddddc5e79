"""On a shelf of several guides a table answers as it does alone: all tables compete."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from citeguide.indexer.readers import FORMATS
from citeguide.search import ask
from citeguide.search.model import Document
from citeguide.search.store.open import Index
from indexed import opened

WAGES = """\
Clerks' pay by area

| Area | Pay type | Low | Median | High |
|---|---|---|---|---|
| Elko, NV MSA | Hourly | $15.10 | $19.00 | $25.40 |
| Reno, NV MSA | Hourly | $16.20 | $20.10 | $28.30 |
| Fresno, CA MSA | Hourly | $14.90 | $21.70 | $30.00 |
| Napa, CA MSA | Hourly | $17.40 | $18.20 | $33.10 |
"""
OTHERS = {
    "permits.csv": "Permit,Fee,Days\nFence,$40,3\nDeck,$90,10\nPool,$250,20\nShed,$25,2\n",
    "visits.csv": "Branch,Part,Visits 2022,Visits 2023\nPier,North,5200,5900\nMill,South,4100,3900\nPark,West,800,950",
    "trains.md": "# Trains\n\n| Line | Opened | Stops |\n|---|---|---|\n| Red | 1904 | 20 |\n| Blue | 1950 | 35 |\n",
    "dogs.csv": "Breed,Weight (kg),Walks a day\nBeagle,11,2\nPug,8,1\nCollie,20,3\nHusky,25,4\n",
}
QUESTIONS = ("top 2 areas by median wage", "What is the median pay in Reno?", "median annual salary in Fresno")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with opened(tmp_path_factory.mktemp("alone"), {"wages.md": WAGES}) as index:
        yield index


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with opened(tmp_path_factory.mktemp("shelf"), {"wages.md": WAGES, **OTHERS}) as index:
        yield index


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_table_answers_among_others_as_it_does_alone(alone: Index, shelf: Index, question: str) -> None:
    one, among = ask(question, alone), ask(question, shelf)
    assert one.status == "answered"
    assert [(v.value, v.label) for v in among.values] == [(v.value, v.label) for v in one.values]
    assert Path(among.citations[0].path).name == "wages.md"


@pytest.mark.parametrize(
    ("question", "value", "guide"),
    [
        ("Which permit has the highest fee?", 250, "permits.csv"),
        ("how much is the fee for a deck?", 90, "permits.csv"),
        ("total visits in 2023", 10_750, "visits.csv"),
    ],
)
def test_each_table_has_its_questions(shelf: Index, question: str, value: int, guide: str) -> None:
    """The next table is tried where one does not answer."""
    found = ask(question, shelf)
    assert found.status == "answered"
    assert found.values[0].value == value
    assert Path(found.citations[0].path).name == guide


@pytest.mark.parametrize(
    ("typed", "meant"), [("santacruz", '"santacruz" is read as "Santa Cruz".'), ("ren o", '"ren o" is read as "Reno".')]
)
def test_names_are_found_whose_words_are_run_together_or_parted(typed: str, meant: str, tmp_path: Path) -> None:
    wages = WAGES.replace("Napa, CA", "Santa Cruz, CA")
    with opened(tmp_path, {"wages.md": wages, "dogs.csv": OTHERS["dogs.csv"]}) as index:
        found = ask(f"median pay in {typed}", index)
    assert found.status == "answered"
    assert meant in found.notes


REPORT = """\
# Annual report of the mill

## Costs of sale

Selling expenses fell in the year ended June 30, 2019, since fewer leaflets were printed and the old shop was closed.

| | 2019 | 2018 |
|---|---|---|
| Wages of sellers | 11,062 | 13,477 |
| Leaflets | 2,200 | 5,100 |
| Selling expenses, net | 13,262 | 18,577 |
"""


@pytest.mark.parametrize(
    "question",
    [
        "What is the total selling expenses altogether for the years ended June 30, 2018 and 2019?",
        "What is the average selling expenses for years ended June 30, 2018 and 2019?",
        "What is the percentage change in the expenses of selling between the years ended 2018 and 2019?",
    ],
)
def test_what_must_be_computed_is_not_answered_by_a_sentence(question: str, tmp_path: Path) -> None:
    """A sentence near the table speaks of the same thing, and does not say the number: it is shown as the nearest."""
    with opened(tmp_path, {"report.md": REPORT}) as index:
        found = ask(question, index)
    assert found.table is not None or found.status == "not_found"
    assert found.nearest or found.status == "answered"


def test_over_years_that_a_table_has_no_sentence_answers(tmp_path: Path) -> None:
    """The table has both years, and no rent: a sentence about the shop in one of them does not tell how it changed."""
    with opened(tmp_path, {"report.md": REPORT}) as index:
        found = ask("By what percentage did the rent of the old shop change from 2018 to 2019?", index)
    assert found.status == "not_found"


def test_a_day_that_a_reading_leaves_out_refuses(tmp_path: Path) -> None:
    """All markets are not those on Sundays."""
    markets = "Market,Day,Stalls\nAshby,Fri,12\nCorfe,Mon,8\nDevizes,Fri,30\nEly,Sat,22\nFrome,Wed,15\n"
    with opened(tmp_path, {"markets.csv": markets}) as index:
        assert ask("number of markets on Fridays", index).values[0].value == 2
        assert ask("number of markets on Sundays", index).status == "not_found"


NUTRIENTS = """\
# Tinned ham

The tin holds 100 g, and opens with a key.

| Nutrient | Value per 100 g | Per slice |
|---|---|---|
| Protein | 13 | 7 |
| Total fat | 27 | 15 |
| Sodium | 1411 | 790 |
"""
TALLY = "Visits to branches in thousands,,\nBranch,Staff,Visits\nPier,4,52\nMill,2,41\nPark,9,12\n"


BRANCHES = """\
# Branches

Each branch lends films.

| Branch | Staff | Volunteers |
|---|---|---|
| Pier | 4 | 11 |
| Mill | 2 | 5 |
| Park | 9 | 8 |
| Total of all branches | 15 | 24 |
"""


def test_a_row_that_sums_up_others_is_no_sentence(tmp_path: Path) -> None:
    """Of a table of numbers no row is quoted as prose is, a total neither."""
    with opened(tmp_path, {"branches.md": BRANCHES}) as index:
        found = ask("Do all branches total their cats?", index)
    assert all("Total" not in citation.quote for citation in (*found.citations, *found.nearest))


def test_a_word_that_a_table_has_is_not_told_to_be_in_no_guide(tmp_path: Path) -> None:
    with opened(tmp_path, {"ham.md": NUTRIENTS}) as index:
        found = ask("Does the sodium of the tin open with a key?", index)
    assert found.status == "answered"
    assert not any("sodium" in note for note in found.notes if note.startswith("No guide has"))


def test_a_caption_of_a_sheet_is_no_answer(tmp_path: Path) -> None:
    """It says what the rows are: it is shown as what comes closest, and answers nothing."""
    with opened(tmp_path, {"tally.csv": TALLY}) as index:
        found = ask("Which branches have visits in thousands of readers?", index)
    assert "Visits to branches" not in (found.answer or "")


def test_sheets_are_the_formats_that_are_read_as_sheets() -> None:
    """The read side and the formats' own table agree on which documents are tables and nothing else."""
    read = {known.name for known in FORMATS if known.is_sheet}
    assert {name for name in (*read, "tsv", "html") if Document(1, "/", "a", name, "", None, "", 0).is_sheet} == read
