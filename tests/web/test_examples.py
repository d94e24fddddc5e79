"""The first page's example questions: made of what any guide holds, and answered by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from citeguide.search.pipeline.answer import ask
from citeguide.web.suggesting.examples import MOST_EXAMPLES, examples
from indexed import opened

FEES = "Class,Room,Fee\nJuggling,A1,€40\nFencing,B2,€65\n"
WAGES = "Area,Median hourly wage\nUnited States,$20.00\nElyria,$21.00\nRye,$19.00\n"
AGES = "Grade,Under 18,18 to 20\nKeeper,€9,€11\nGroom,€8,€10\n"
HEADED = (
    "# Our zoo\n\n## Can I feed the goats?\n\nYes, with hay from the stall.\n\n## Opening times\n\nFrom nine to five.\n"
)


@pytest.mark.parametrize(
    ("guides", "expected"),
    [
        ({"fees.csv": FEES}, {"Which class has the highest fee?", "What is the fee for Juggling?"}),
        ({"wages.csv": WAGES}, {"What is the median pay in Elyria?", "Which area has the highest median pay?"}),
        ({"ages.csv": AGES}, set()),
        ({"zoo.md": HEADED}, {"Can I feed the goats?"}),
    ],
)
def test_they_are_made_of_what_the_guides_hold(tmp_path: Path, guides: dict[str, str], expected: set[str]) -> None:
    with opened(tmp_path, guides) as index:
        assert set(examples(index)) == expected


def test_each_is_answered_and_they_are_few(tmp_path: Path) -> None:
    guides = {f"{n}.csv": FEES.replace("Class", f"Class {chr(65 + n)}") for n in range(9)}
    with opened(tmp_path, {**guides, "zoo.md": HEADED, "wages.csv": WAGES}) as index:
        made = examples(index)
        assert 1 < len(made) <= MOST_EXAMPLES
        assert {ask(question, index).status for question in made} == {"answered"}
