"""What whoever looks after the guides is told: suspicious cells, guides that are nearly the same, old dates."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from citeguide.indexer.diagnostics.duplicates import near_duplicates
from citeguide.indexer.diagnostics.review import Reviewed, review
from indexed import opened

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "suspects.toml").read_text("utf-8"))["case"]
TODAY = date(2026, 11, 24)


def reviewed(folder: Path, files: dict[str, str], older_than: int | None = None) -> list[Reviewed]:
    """What a review of these files finds."""
    with opened(folder, files) as index:
        return review(index.catalog, today=TODAY, older_than=older_than)


def doubts(found: Reviewed) -> list[str]:
    """The reasons of what is in doubt."""
    return [finding.reason for finding in found.findings if finding.kind == "doubt"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_suspicious_cells_are_named(case: dict[str, Any], tmp_path: Path) -> None:
    """Each with its row, what is wrong and its place in the text; what is in order is not."""
    (found,) = reviewed(tmp_path, {case["file"]: case["text"]})
    named = zip(found.findings, found.pieces, strict=True)
    assert [[piece, finding.reason] for finding, piece in named if finding.kind == "doubt"] == case["suspects"]


WORDS = (
    "bread dough flour water salt yeast oven loaf crust crumb knead rest rise fold bake cool slice warm cold".split()
)


def text(seed: int, words: int = 300) -> str:
    """A text of random words, the same for a seed."""
    random = Random(seed)  # noqa: S311 - texts for a test
    return " ".join(random.choice(WORDS) + str(random.randrange(50)) for _ in range(words))


def test_texts_that_differ_in_a_few_words_are_nearly_the_same() -> None:
    """Whichever words they are; others that share only some of their text are not."""
    base = text(1)  # 600 words, digits counted apart: 597 shingles, of which five or so hold a changed one
    words = base.split()
    changed = " ".join("other" if n in (20, 150, 280) else word for n, word in enumerate(words))
    half = " ".join(words[:150]) + " " + text(2, 150)
    found = near_duplicates([(1, base), (2, changed), (3, half), (4, text(3)), (5, base.upper())])
    assert [pair[:2] for pair in found] == [(1, 5), (1, 2), (2, 5)]
    assert [round(pair.share, 2) for pair in found] == [1.0, 0.96, 0.96]


def test_short_texts_and_common_phrases_pair_nothing() -> None:
    """A few words, or a notice that every page of a site has, make no page the copy of another."""
    notice = "This site is run by the county and updated twice a year by the people who work there. " * 2
    assert near_duplicates([(1, "Closed on Mondays."), (2, "Closed on Mondays.")]) == []
    assert near_duplicates([(n, notice + text(n)) for n in range(60)]) == []


def test_guides_of_nearly_the_same_text_name_each_other(tmp_path: Path) -> None:
    """What the reader dropped does not count: pages of one site share their menu."""
    menu = "<nav>" + text(7, 200) + "</nav>"
    pages = {
        "one.html": f"{menu}<h1>Bread</h1><p>{text(1)}</p>",
        "two.html": f"{menu}<h1>Bread</h1><p>{text(1)} and more</p>",
        "other.html": f"{menu}<h1>Cake</h1><p>{text(2)}</p>",
    }
    found = {each.document.path: doubts(each) for each in reviewed(tmp_path, pages)}
    assert found["other.html"] == []
    assert found["one.html"] == ["nearly the same text as two.html (99 % of both)"]
    assert found["two.html"] == ["nearly the same text as one.html (99 % of both)"]


STALE = (
    "---\ntitle: Pay\ndate: 2019-04-01\n---\nPay is good.\n\n"
    "## Wages in 2016\n\n| City | Median |\n|---|---|\n| Napa | $22 |\n"
)


@pytest.mark.parametrize(
    ("years", "expected"),
    [(None, []), (10, []), (9, ["the figures are of 2016: Wages in 2016"]),
     (6, ["the guide is of 2019-04-01", "the figures are of 2016: Wages in 2016"])],
)  # fmt: skip
def test_dates_older_than_asked_are_in_doubt(years: int | None, expected: list[str], tmp_path: Path) -> None:
    """Of the guide and of its tables; only where it is asked for."""
    (found,) = reviewed(tmp_path, {"pay.md": STALE}, years)
    assert doubts(found) == expected


def test_older_editions_and_repealed_guides_are_named(tmp_path: Path) -> None:
    """Names, or titles, that differ in their year alone; a year that is one of two things is none of an edition."""
    files = {
        "fees-2023.md": "# Fees\n\nA card costs four dollars.\n",
        "fees-2025.md": "# Fees\n\nA card costs six dollars.\n",
        "a.md": "# Pool rules 2019\n\nNo running.\n",
        "b.md": "# Pool rules 2022\n\nNo running, and no ball games.\n",
        "ordinance.md": "# Ordinance 12\n\nRepealed by Ordinance 40.\n\nDogs are kept on a lead.\n",
        "plan-2030.md": "# Plan\n\nA road is built.\n",
    }
    found = {each.document.path: doubts(each) for each in reviewed(tmp_path, files)}
    assert found == {
        "a.md": ["an edition of 2019: b.md is of 2022"],
        "b.md": [],
        "fees-2023.md": ["an edition of 2023: fees-2025.md is of 2025"],
        "fees-2025.md": [],
        "ordinance.md": ["the guide says that it holds no longer"],
        "plan-2030.md": [],
    }


@pytest.mark.parametrize(("second", "doubted"), [("05/06/2021", True), ("25/06/2021", False), ("5.6.2021", False)])
def test_dates_in_figures_that_may_be_read_twice_are_doubted(second: str, doubted: bool, tmp_path: Path) -> None:
    """One date that can be read in one way only tells how all are meant."""
    table = f"Event,Held on\nFair,{second}\nMarket,{'3.4.2021' if '.' in second else '03/04/2021'}\n"
    (found,) = reviewed(tmp_path, {"events.csv": table})
    assert any("day first" in reason for reason in doubts(found)) is doubted
