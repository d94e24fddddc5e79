"""The date that a guide gives for itself."""

from __future__ import annotations

import pytest
from citeguide.indexer.dates import figured_date, iso_date, stated_date, written_date


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2020-05-08T10:00", "2020-05-08"),
        ("2020-05", "2020-05"),
        ("2020", "2020"),
        ("2020-13-01", None),
        ("2020-02-30", None),
        ("20205", None),
        ("May 2020", None),
    ],
)
def test_iso_dates(said: str, expected: str | None) -> None:
    """A date in digits is taken as far as it goes, if the calendar has it."""
    assert iso_date(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("August 14, 2017", "2017-08-14"),
        ("Aug. 4 2017 by the editors", "2017-08-04"),
        ("14th", None),
        ("14 August 2017", "2017-08-14"),
        ("September 2019", "2019-09"),
        ("May 3rd, 2021", "2021-05-03"),
        ("February 30, 2017", None),
        ("Nobody 14, 2017", None),
        ("August 14, 20171", None),
    ],
)
def test_dates_with_the_month_by_name(said: str, expected: str | None) -> None:
    """A date as people write it, American or European order, with or without the day."""
    assert written_date(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("14/08/2017", "2017-08-14"),
        ("8/14/2017 by the office", "2017-08-14"),
        ("4.8.2017", "2017-08-04"),
        ("05-05-2020", "2020-05-05"),
        ("03/04/2017", "2017"),
        ("31/02/2017", None),
        ("14/15/2017", None),
        ("8/14/20171", None),
    ],
)
def test_dates_in_figures(said: str, expected: str | None) -> None:
    """The day is what can be no month; where either may be, only the year is sure."""
    assert figured_date(said) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A guide\n\nLast updated: 14/08/2017\n", "2017-08-14"),
        ("A guide\n\nLast updated: August 14, 2017.\n\nText.", "2017-08-14"),
        ("A guide\nUpdated on 2019-03-01", "2019-03-01"),
        ("  Reviewed November 17, 2025\n", "2025-11-17"),
        ("The list was last updated August 14, 2017.", None),
        ("Posted by the editors\nRevised: June 2018", "2018-06"),
        ("Updated regularly.", None),
        ("Published: January 1, 2020\nLast updated: February 3, 2022", "2022-02-03"),
        ("Date published: 14 August 2017", "2017-08-14"),
        ("A guide\n" * 300 + "Last updated: August 14, 2017", None),
    ],
)
def test_dates_that_a_text_states(text: str, expected: str | None) -> None:
    """A line at the top that begins with what happened on that day counts; prose and footers do not."""
    assert stated_date(text) == expected
