"""What headers and captions say of numbers, and the vocabulary of measures behind them."""

from __future__ import annotations

import pytest
from citeguide.indexer.parse import parse_guide
from citeguide.indexer.tables.column_roles import role
from citeguide.search.text.column_headers import in_caption, in_header
from citeguide.search.text.measures import MEASURES, PERIODS, label, period_phrases, split, stand_in
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("header", "measure", "period"),
    [
        ("Low", "low", None),
        ("Entry level", "low", None),
        ("Median", "median", None),
        ("MedianHourlyWage", "median", "hour"),
        ("2023 Median Hourly Wage ($)", "median", "hour"),
        ("Average annual salary", "mean", "year"),
        ("High", "high", None),
        ("To", "high", None),
        ("18 to 20", None, None),
        ("21 to 64 years", None, None),
        ("Experienced", "high", None),
        ("10th percentile", "p10", None),
        ("25th Percentile Annual", "p25", "year"),
        ("50th percentile", "median", None),
        ("P90", "p90", None),
        ("10%", "p10", None),
        ("h_median", "median", "hour"),
        ("a_pct75", "p75", "year"),
        ("H_MEAN", "mean", "hour"),
        ("tot_emp", "employment", None),
        ("jobs_1000", "jobs per 1000", None),
        ("Employment per 1,000 jobs", "jobs per 1000", None),
        ("loc_quotient", "location quotient", None),
        ("Projected Employment, 2034", "projected employment", None),
        ("Percent change", "change", None),
        ("Average annual openings", "openings", None),
        ("Salary", "pay", None),
        ("Hourly", None, "hour"),
        ("mean_prse", "mean prse", None),
        ("Pass rate", None, None),
        ("Location", None, None),
        ("", None, None),
    ],
)
def test_header(header: str, measure: str | None, period: str | None) -> None:
    """A header's measure and period, however it is written."""
    found = in_header(header)
    assert (found.measure, found.period) == (measure, period)


@pytest.mark.parametrize(
    ("header", "year"),
    [
        ("2024 Median Pay", 2024),
        ("Employment, 2024", 2024),
        ("Change, 2024–34", None),
        ("2022 to 2023", None),
        ("$2,024", None),
    ],
)
def test_year_of_a_header(header: str, year: int | None) -> None:
    """One year alone is the year; a range or an amount is none."""
    assert in_header(header).year == year


def test_pay_needs_a_word_for_it() -> None:
    """Hourly medians are pay; medians of classes and rain are not."""
    assert in_header("Hourly median").pay
    assert in_header("Median wage").pay
    assert not in_header("Median class size").pay
    assert not in_header("Annual mean rainfall").pay


def test_a_number_alone_takes_its_meaning_from_no_caption() -> None:
    """A year does; an age, or a range of them, names rows of people and no pay."""
    assert in_header("2024").plain
    assert not in_header("18 to 20").plain
    assert not in_header("21").plain


def test_sentence_before_a_table() -> None:
    """A sentence that introduces a table gives statistic, period and year; its little words mean nothing."""
    said = in_caption("In May 2024, the median annual wages for clerks in the top industries were as follows:")
    assert (said.measure, said.period, said.year, said.pay) == ("median", "year", 2024, True)
    assert in_caption("Take the bus from the station to the school").measure is None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Location", "place"),
        ("area_title", "place"),
        ("Metropolitan area", "place"),
        ("Occupational Title", "occupation"),
        ("occ_title", "occupation"),
        ("Pay Type", "pay type"),
        ("Year", "year"),
        ("occ_code", "code"),
        ("Industry", "label"),
        ("Median", None),
        ("Employment", None),
        ("Flavour", None),
    ],
)
def test_role_of_a_header(header: str, expected: str | None) -> None:
    """What a column is about, by its header; none for measures and for unknown words."""
    assert role(header) == expected


def test_vocabulary_is_consistent() -> None:
    """No header phrase names two measures, every stand-in exists, and periods and measures share no phrase."""
    phrases = [phrase for measure in MEASURES.values() for phrase in split(measure.names, measure.headers)]
    assert len(phrases) == len(set(phrases))
    assert not set(phrases) & set(period_phrases())
    assert all(other in MEASURES for measure in MEASURES.values() for other in measure.instead)
    assert set(period_phrases().values()) == set(PERIODS)


def test_stand_ins() -> None:
    """A measure that a table lacks is stood in for by the nearest that it has, or by none."""
    assert stand_in("median", {"median", "mean"}) == "median"
    assert stand_in("mean", {"low", "median"}) == "median"
    assert stand_in("low", {"p10", "median"}) == "p10"
    assert stand_in("low", {"median"}) is None
    assert stand_in("p60", {"median"}) is None


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("p10", "10th percentile"),
        ("p1", "1st percentile"),
        ("p12", "12th percentile"),
        ("p62", "62nd percentile"),
        ("median", "median"),
        ("pass rate", "pass rate"),
    ],
)
def test_label(measure: str, said: str) -> None:
    """A measure is said in words."""
    assert label(measure) == said


@given(st.text(max_size=120))
def test_any_header_is_read(text: str) -> None:
    """Arbitrary headers and captions never raise."""
    in_header(text)
    in_caption(text)
    role(text)


def test_years_over_a_column_with_gaps() -> None:
    """A year over one number is the name of its column, as it is over many."""
    guide = parse_guide(b",2016,2017,2018\nSupply,,,2945011.2\nUse,2962572,2873885,2942635\n", "energy.csv")
    (parsed,) = guide.tables
    assert [column.name for column in parsed.columns] == ["name", "2016", "2017", "2018"]
