"""Readings of questions against tables: what words may mean, what a reading computes, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from citeguide.search.pipeline.answer import ask
from citeguide.search.tables.semantic_parsing import algebra as a
from citeguide.search.tables.semantic_parsing.beam import Beam, Hypothesis
from citeguide.search.tables.semantic_parsing.catalog_view import table_view
from citeguide.search.tables.semantic_parsing.column_view import bits, members
from citeguide.search.tables.semantic_parsing.executor import Executor
from citeguide.search.tables.semantic_parsing.families.generator import MOST_READINGS, candidates
from citeguide.search.tables.semantic_parsing.linking.head_linking import mentions
from citeguide.search.tables.semantic_parsing.question_dates import in_years
from citeguide.search.tables.semantic_parsing.scoring import outcomes, score
from citeguide.search.tables.semantic_parsing.table_view import TableView
from citeguide.search.tables.semantic_parsing.verbalise import Verbaliser
from citeguide.search.tables.semantic_parsing.weights import fitted_weight
from citeguide.search.tables.semantic_parsing.wording import Wording, wording
from indexed import opened
from views import view

FERRIES = """\
Boat|Harbour|Launched|Seats|Crew
Alder|Oban|12 March 1998|120|8
Birch|Mallaig|3 May 2004|75|5
Cedar|Oban|20 June 2011|240|14
Damson|Ullapool|1 July 2011|60|4
Elder|Mallaig|9 August 2015|180|11"""
BUDGET = """\
Item|2021|2022|2023
Rent|900|950|1000
Heating|200|260|300
Repairs|100|50|80
Total|1200|1260|1380"""


def read(question: str, table: TableView) -> list[Hypothesis]:
    return candidates(Beam(wording(question), table))


def results(question: str, table: TableView, operation: str) -> list[tuple[str | float, ...]]:
    """What the readings with an operation come to."""
    beam = Beam(wording(question), table)
    computed = [beam.run.run(c.value) for c in candidates(beam) if c.operation == operation]
    return [found.items for found in computed if found is not None]


def words_of(asked: Wording, mask: int) -> list[str]:
    return [word for n, word in enumerate(asked.words) if mask >> n & 1]


def test_columns_are_typed_by_their_cells() -> None:
    """Dates and numbers are known without a word in the head that says so; names are the label."""
    table = view(FERRIES)
    assert [column.kind for column in table.columns] == ["text", "text", "date", "number", "number"]
    assert table.columns[2].values[0] == in_years(1998, 3, 12)
    assert table.label.name == "Boat"


def test_a_total_is_no_row_among_others() -> None:
    """It is left out of what is counted and ranked, and found where it is asked for."""
    table = view(BUDGET)
    assert members(table.body) == [0, 1, 2]
    run = Executor(table)
    assert run.run(a.Reduce("sum", a.Filter(), 1)).items == (1200.0,)  # type: ignore[union-attr]
    assert run.rows(a.Filter((a.ColumnCondition(0, "=", "total"),))) == (3,)


@pytest.mark.parametrize(
    ("question", "operation", "expected"),
    [
        ("how many boats lie in Oban?", "count", (2.0,)),
        ("which boat has the most seats?", "max", ("cedar",)),
        ("which boat in Mallaig has the fewest seats?", "min", ("birch",)),
        ("what is the average number of seats?", "mean", (135.0,)),
        ("how many seats do all boats in Oban have in total?", "sum", (360.0,)),
        ("which harbour has the most boats?", "frequent", ("oban", "mallaig")),
        ("how many more seats does Cedar have than Birch?", "difference", (165.0,)),
        ("which boat was launched after Birch?", "next by", ("cedar",)),
        ("which boat is listed last?", "last", ("elder",)),
        ("who has more crew, Alder or Elder?", "which max", ("elder",)),
        ("how many boats were launched after 2005?", "count", (3.0,)),
        ("which boats have at least 180 seats?", "select", ("cedar", "elder")),
        ("which other boat has the same harbour as Alder?", "alike", ("cedar",)),
        ("how many boats are not in Oban?", "count not", (3.0,)),
        ("name the two boats with the most seats", "max n", ("cedar", "elder")),
        ("how many different harbours are there?", "distinct", (3.0,)),
    ],
)
def test_the_right_reading_is_among_the_candidates(
    question: str, operation: str, expected: tuple[str | float, ...]
) -> None:
    """Every kind of question has a reading that computes its answer."""
    assert expected in results(question, view(FERRIES), operation)


@pytest.mark.parametrize(
    ("question", "operation", "expected"),
    [
        ("by how much did rent change from 2021 to 2023?", "difference across later", 100.0),
        ("what was the percent change in heating from 2021 to 2022?", "percent change across later", 30.0),
        ("what was the average rent for 2021 and 2023?", "mean across", 950.0),
        ("total repairs from 2021 to 2023", "sum across", 230.0),
    ],
)
def test_columns_that_are_years_are_computed_across(question: str, operation: str, expected: float) -> None:
    """A change from year to year is one of two cells of a row."""
    assert (pytest.approx(expected),) in results(question, view(BUDGET), operation)  # type: ignore[comparison-overlap]


def test_what_is_asked_for_is_told_from_the_question() -> None:
    """The question word, the noun behind it, numbers and dates."""
    asked = wording("Which boat was launched on 3 May 2004 with over 1.5 thousand seats?")
    assert asked.kind == "which"
    assert asked.words[slice(*asked.focus)] == ("boat",)
    assert [(f.value, f.is_date) for f in asked.figures] == [(in_years(2004, 5, 3), True), (1500.0, False)]
    assert words_of(asked, asked.triggers["more"]) == ["over"]


def test_why_asks_for_the_column_of_reasons() -> None:
    """The question word names the column, though it carries no other meaning."""
    faults = view("Problem|Reason|Remedy\nLeaks|Worn seal|Replace it\nRattles|Loose screw|Tighten it")
    named = mentions(wording("Why does the dryer leak?"), faults)
    assert [found.level for found in named][1:] == ["soft", "none"]


def test_misspelled_and_partial_names_are_linked() -> None:
    """A slip in a name, and a part of a longer one, choose the row; nothing else is in these tables."""
    table = view("Job|Pay\nElementary School Teachers|50\nWelders, Cutters, and Solderers|40\nRegistered Nurses|70")
    for question in ("pay of welders", "pay of elementary teachers", "pay of registred nurses"):
        assert [link.mask.bit_count() for link in Beam(wording(question), table).links] == [1] * len(
            Beam(wording(question), table).links
        )


def test_no_question_has_more_readings_than_the_limit() -> None:
    """A question that holds every word which opens a family stays bounded."""
    question = (
        "how many more most least first last next same total average percent not or 1 2 3 Oban Mallaig than Birch"
    )
    assert 50 < len(read(question, view(FERRIES))) <= MOST_READINGS + 24


def test_probabilities_of_one_result_are_added() -> None:
    """Readings that come to the same are one outcome; all outcomes and none of them add up to one."""
    beam = Beam(wording("how many boats lie in Oban?"), view(FERRIES))
    scored = score(beam, lambda name: {"o count": 9.0, "s count 1": 9.0}.get(name, 0.0))
    found = outcomes([scored])
    assert found[0].best.computed.items == (2.0,)
    assert len({outcome.best.computed.items for outcome in found}) == len(found)
    assert 0 < sum(outcome.probability for outcome in found) < 1


def test_a_reading_is_told_in_words() -> None:
    """What was computed, over which rows, of which table."""
    table = view(FERRIES)
    asked = wording("which boat in Mallaig has the fewest seats?")
    chosen = next(
        c
        for c in candidates(Beam(asked, table))
        if (c.operation, c.order, c.select, len(c.chosen.links)) == ("min", 3, 0, 1)
    )
    assert Verbaliser(chosen, asked, table, "Ferries").sentence() == (
        "Boat in the row of Ferries where Harbour is “mallaig” with the lowest Seats"
    )


def test_sets_of_rows_are_integers() -> None:
    """A bit a row, in order, for few rows and many."""
    assert members(bits([0, 3, 5], 8)) == [0, 3, 5]
    assert members(bits(range(0, 400, 2), 400)) == list(range(0, 400, 2))
    assert bits([], 0) == 0


# what the indexer found out about a table

BANDS = """\
# Library charges

| Reader | Age | Books | Fee 2022 ($) | Fee 2023 ($) | Passed 2023 (%) |
|---|---|---|---|---|---|
| Toddler | 0-4 years | 10 | 100 | 150 | 40.0% |
| Pupil | 5-11 years | 20 | 200 | 260 | 80.0% |
| Teenager | 12-17 years | 20 | 300 | 300 | 60.5% |
| Grown-up | over 18 | 40 | 400 | 500 | 90.0% |
| Total | | 90 | 1,000 | 1,210 | 70.0% |
"""


@pytest.fixture(scope="module")
def bands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TableView]:
    """The table of library charges as the index has it."""
    with opened(tmp_path_factory.mktemp("bands"), {"charges.md": BANDS}) as index:
        (table,) = index.catalog.tables()
        yield table_view(table, index.catalog.document(table.document), index.catalog)


def test_an_indexed_table_keeps_what_the_indexer_found(bands: TableView) -> None:
    """Kinds, years, the naming column, the row that adds up the others."""
    assert bands.label.name == "Reader"
    assert members(bands.body) == [0, 1, 2, 3]
    assert {column.sort for column in bands.columns if column.year == 2023} == {"money", "share"}
    assert bands.columns[2].is_measure
    assert not bands.columns[1].is_measure


@pytest.mark.parametrize(
    ("question", "operation", "expected"),
    [
        ("how many books may a reader of 14 borrow?", "select", (20.0,)),
        ("fee 2023 for somebody aged 70", "select", (500.0,)),
        ("which reader may borrow the most books?", "max", ("grown up",)),
        ("how many readers are there?", "count", (4.0,)),
        ("how many readers pay more than $250 in 2023?", "count", (3.0,)),
        ("percent change of the fee of pupils from 2022 to 2023", "percent change across later", (30.0,)),
        ("in which year was the fee of toddlers highest?", "year max", ("fee 2023 ($)",)),
    ],
)
def test_what_the_indexer_found_serves_readings(
    bands: TableView, question: str, operation: str, expected: tuple[str | float, ...]
) -> None:
    """A range takes in a number, totals are no members, years are an axis."""
    assert expected in results(question, bands, operation)


def test_a_share_is_not_held_against_money(bands: TableView) -> None:
    """Percent and dollars in a question go with columns that hold them."""
    for question, sort in (("which readers have over 60%?", "share"), ("which readers pay over $250?", "money")):
        links = [x for x in Beam(wording(question), bands).links if x.how == "compared"]
        assert {bands.columns[link.column].sort for link in links} <= {sort, "number"}
        assert sort in {bands.columns[link.column].sort for link in links}


def test_a_school_year_is_one_number() -> None:
    """Its second half is no number of its own, and 2018-20 is no school year."""
    assert [(f.first, f.last) for f in wording("fees in 2016-17").figures] == [(2, 3)]
    assert [(f.first, f.last) for f in wording("fees in 2018-20").figures] == [(2, 2), (3, 3)]


def test_names_go_by_their_first_letters() -> None:
    """Three words and more, as people write them."""
    table = view("School|Pay\nNational University of Norway|50\nOslo Technical College|40\nBergen Art School|70")
    links = Beam(wording("pay at NUN"), table).links
    assert [members(link.mask) for link in links] == [[0]]


def test_unnamed_dimensions_take_what_takes_in_all() -> None:
    """Of groups that a question does not name the row for all of them is meant."""
    table = view(
        "Year|Race|Sex|Pay\n2020|All races|Men|10\n2020|All races|Women|8\n2020|Asian|Men|14\n2020|Asian|Women|12"
    )
    assert (8.0,) in results("pay of women", table, "select")
    assert (14.0,) in results("pay of Asian men", table, "select")


def test_a_quotient_that_does_not_end_is_told_in_hundredths(tmp_path: Path) -> None:
    with opened(tmp_path, {"term.csv": "Class,Fee per term\nFrogs,62\nSeals,66\nTeens,95\n"}) as index:
        found = ask("what's the average fee per term", index)
    assert [str(value.value) for value in found.values] == ["74.33"]


STEPS = "Grade|Step 1|Step 2|Step 3\n1|100|110|120\n2|130|140|150\n3|160|170|180\n4|190|200|210"


@pytest.mark.parametrize(
    ("question", "expected"),
    [("grade 1 step 3", 120.0), ("grade 3, second step", 170.0), ("pay in the 2nd step of grade 4", 200.0)],
)
def test_a_number_names_the_column_that_it_stands_beside(question: str, expected: float) -> None:
    """Behind the whole name of a column it is a value there, and no other column's name; ordinals name columns too."""
    found = outcomes([score(Beam(wording(question), view(STEPS)), fitted_weight)])
    assert found[0].best.computed.items == (expected,)


def test_an_ordinal_is_a_value_beside_its_column() -> None:
    """Of a column that counts something; "Q4" is one as well."""
    table = view("Year|Quarter|Sales\n2019|3|30\n2019|4|40\n2020|3|50\n2020|4|60")
    assert (50.0,) in results("sales in the third quarter of 2020", table, "select")
    assert (60.0,) in results("sales 2020 Q4", table, "select")
    assert not any(figure.is_date for figure in wording("the 2nd of 19 boats").figures)


def test_years_are_known_with_what_stands_before_or_behind_them() -> None:
    """Fiscal years, and decades."""
    found = [(figure.value, figure.is_date) for figure in wording("sales in FY19 and FY 2021 and the 1990s").figures]
    assert found == [(2019.0, True), (2021.0, True), (1990.0, True)]


def test_heads_are_named_by_their_numbers() -> None:
    """However many noughts stand behind them."""
    table = view("Nutrient|Value per 100.0g|Serving 56g\nFat|26.6|14.9\nProtein|13.4|7.5")
    assert [mention.level for mention in mentions(wording("fat per 100 g"), table)] == ["none", "most", "part"]


def test_heads_go_by_the_other_names_of_their_words() -> None:
    table = view("Town|Male tests|Female tests\nExeter|30|40\nLuton|20|10")
    found = mentions(wording("How many women took it in Exeter?"), table)
    assert [bool(mention.soft) for mention in found] == [False, False, True]


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("avarage seats in Oban", {"avarage": "average"}),
        ("harbuor of the Alder", {"harbuor": "harbour"}),
        ("seats of the Aldr in Mallaig", {}),
        ("launched in Mallaigg", {}),
    ],
)
def test_slips_are_put_right_where_the_table_or_the_language_knows_the_word(
    question: str, read_as: dict[str, str]
) -> None:
    """What is not known to either stays: it may be a name."""
    beam = Beam(wording(question), view(FERRIES))
    assert dict(beam.asked.read_as) == read_as
    assert len(beam.asked.words) == len(wording(question).words)


def test_what_is_read_differently_is_said(tmp_path: Path) -> None:
    with opened(tmp_path, {"term.csv": "Class,Salary\nFrogs,62\nSeals,66\nTeens,95\n"}) as index:
        found = ask("avarage salery of all classes", index)
    assert any("is read as" in note for note in found.notes)
