"""What kind of area a name means, and which state it lies in."""

from __future__ import annotations

import pytest
from citeguide.indexer.tables.places import is_place, place
from citeguide.search.model import Place
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("name", "kind", "state"),
    [
        ("United States", "nation", None),
        ("U.S.", "nation", None),
        ("California", "state", "CA"),
        ("District of Columbia", "state", "DC"),
        ("NY", "state", "NY"),
        ("Fresno, CA MSA", "MSA", "CA"),
        ("Sacramento--Arden-Arcade--Roseville, CA MSA", "MSA", "CA"),
        ("Kansas City, MO-KS", "MSA", "MO-KS"),
        ("Abilene, TX Metropolitan Statistical Area", "MSA", "TX"),
        ("Oakland-Fremont-Hayward, CA Metropolitan Division", "metropolitan division", "CA"),
        ("Mother Lode Region (BOS)", "BOS region", None),
        ("Balance of state, Alaska", "BOS region", "AK"),
        ("West Central Texas nonmetropolitan area", "BOS region", None),
        ("Cook County, IL", "county", "IL"),
        ("Baltimore, MD", "city", "MD"),
        ("Fresno, California", "city", "CA"),
        ("North Valley", "area", None),
    ],
)
def test_names(name: str, kind: str, state: str | None) -> None:
    """Kind and state follow from the name."""
    assert place(name) == Place(name, kind, state)  # type: ignore[arg-type]


def test_header_says_what_names_do_not() -> None:
    """In a column of counties a bare name is a county; a nation stays a nation."""
    assert place("Napa", "County").kind == "county"
    assert place("Napa", "Metro area").kind == "MSA"
    assert place("United States", "County").kind == "nation"


@pytest.mark.parametrize("name", ["Dental assistants", "Tuition", "", "or", "IN SHORT", "Level, one"])
def test_other_words_are_no_places(name: str) -> None:
    """Words that name no place are not taken for one."""
    assert not is_place(name)


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_name_is_read(name: str, header: str) -> None:
    """Arbitrary names never raise and are kept as they stand."""
    assert place(name, header).name == name
