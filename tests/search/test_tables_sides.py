"""One table in several guides: different figures are shown side by side, repeats once, older editions in a note."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from citeguide.search.model import Answer
from citeguide.search.pipeline.answer import ask
from indexed import opened

Asking = Callable[[str, dict[str, str]], Answer]


def guide(year: int, fresno: str, *, title: str = "Coder wages in California") -> str:
    """A guide with a wage table of three areas, of which one differs."""
    head = (f"# {title}", "", f"Hourly wages of coders, May {year}", "", "| Area | Low | Median |", "|---|---|---|")
    rows = (f"| Fresno | $12.00 | {fresno} |", "| Napa | $18.00 | $23.00 |", "| Chico | $13.00 | $16.50 |")
    return "\n".join((*head, *rows))


@pytest.fixture
def asking(tmp_path: Path) -> Asking:
    """Asks guides, given by their file names."""

    def answered(question: str, guides: dict[str, str]) -> Answer:
        with opened(tmp_path, guides) as index:
            return ask(question, index)

    return answered


def test_two_figures_for_one_thing_in_one_year_are_a_disagreement(asking: Asking) -> None:
    """Each side is quoted from its own guide, with the year of its figures."""
    found = asking("median wage of coders in Fresno", {"a.md": guide(2023, "$17.00"), "b.md": guide(2023, "$19.50")})
    assert found.status == "disagreement"
    assert [float(value.value) for value in found.values] == [17.0, 19.5]
    assert {(c.path, "$17.00" in c.quote, "$19.50" in c.quote) for c in found.citations} == {
        ("a.md", True, False),
        ("b.md", False, True),
    }
    assert [side.citations for side in found.disagreements[0].sides] == [(1,), (2,)]
    assert all("of 2023" in note for note in found.notes)


def test_a_row_that_both_guides_give_alike_is_no_disagreement(asking: Asking) -> None:
    found = asking("median wage of coders in Napa", {"a.md": guide(2023, "$17.00"), "b.md": guide(2023, "$19.50")})
    assert (found.status, [float(v.value) for v in found.values]) == ("answered", [23.0])


def test_a_table_that_is_repeated_whole_answers_once(asking: Asking) -> None:
    found = asking("median wage of coders in Fresno", {"a.md": guide(2023, "$17.00"), "b.md": guide(2023, "$17.00")})
    assert (found.status, len(found.citations), found.notes) == ("answered", 1, ())


def test_the_newest_edition_answers_and_the_older_one_is_noted(asking: Asking) -> None:
    guides = {"old.md": guide(2019, "$15.00"), "new.md": guide(2023, "$17.00")}
    found = asking("median wage of coders in Fresno", guides)
    assert (found.status, [float(v.value) for v in found.values]) == ("answered", [17.0])
    assert found.citations[0].path == "new.md"
    assert any("2019" in note and "$15" in note for note in found.notes)


def test_the_year_that_is_asked_for_chooses_the_edition(asking: Asking) -> None:
    guides = {"old.md": guide(2019, "$15.00"), "new.md": guide(2023, "$17.00")}
    found = asking("median wage of coders in Fresno in 2019", guides)
    assert [float(v.value) for v in found.values] == [15.0]


def test_tables_about_other_people_do_not_disagree(asking: Asking) -> None:
    """What nurses earn in Fresno says nothing against what coders earn there."""
    nurses = guide(2023, "$39.00", title="Nurse wages in California").replace("coders", "nurses")
    found = asking("median wage of coders in Fresno", {"a.md": guide(2023, "$17.00"), "b.md": nurses})
    assert (found.status, [float(v.value) for v in found.values]) == ("answered", [17.0])


def test_columns_of_pay_that_a_question_does_not_tell_apart_are_all_given(asking: Asking) -> None:
    """Which of them is meant nobody knows: none alone is given as the pay."""
    rows = ("| Keeper | €9.10 | €11.40 | €13.20 |", "| Groom | €8.70 | €10.90 | €12.80 |")
    heads = ("| Grade | Under 18 | 18 to 20 | 21 and over |", "|---|---|---|---|")
    table = {"zoo.md": "\n".join(("# The zoo", "", "Hourly pay from April 2026", "", *heads, *rows))}
    found = asking("What does a keeper earn?", table)
    assert [float(value.value) for value in found.values] == [9.1, 11.4, 13.2]
