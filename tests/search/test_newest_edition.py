"""Several editions of one guide: the newest answers, and an older one's answer says that there is a newer."""

from __future__ import annotations

from pathlib import Path

import pytest
from citeguide.search.citation import editions
from citeguide.search.model import Answer
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import open_index
from indexed import update

HANDBOOK = (
    "# Stalls\n\nA licence for a stall costs ${fee} a year.\n\n## Hours\n\nThe market opens at {hour} in the morning.\n"
)
NOTE = "handbook-{0}.md is an edition of {0}: handbook-2021.md is of 2021"


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    folder = tmp_path / "guides"
    folder.mkdir()
    for year, fee, hour in ((2017, 30, 6), (2019, 40, 6), (2021, 45, 7)):
        (folder / f"handbook-{year}.md").write_text(HANDBOOK.format(fee=fee, hour=hour))
    (folder / "handbook-2019.md").write_text(HANDBOOK.format(fee=40, hour=6) + "\nDogs must be kept on a leash.\n")
    (folder / "parking.md").write_text("# Parking\n\nA permit for parking costs $90 a year.\n")
    return folder


def asked(guides: Path, question: str, *documents: str) -> Answer:
    update(guides.parent / "index", [guides])
    with open_index(guides.parent / "index") as index:
        return ask(question, index, documents=documents)


def cited(answer: Answer) -> set[str]:
    return {citation.path for citation in answer.citations[:1]}


def test_the_newest_edition_answers_where_editions_contradict_each_other(guides: Path) -> None:
    """That is what editions are for; the older ones are named."""
    answer = asked(guides, "When does the market open in the morning?")
    assert (answer.status, cited(answer)) == ("answered", {"handbook-2021.md"})
    assert "at 7" in (answer.answer or "")
    assert NOTE.format(2019) in answer.notes or NOTE.format(2017) in answer.notes


def test_the_newest_edition_answers_where_all_say_the_same(guides: Path) -> None:
    for year in (2017, 2019, 2021):
        (guides / f"handbook-{year}.md").write_text(HANDBOOK.format(fee=40, hour=6))
    answer = asked(guides, "What does a licence for a stall cost?")
    assert (answer.status, cited(answer)) == ("answered", {"handbook-2021.md"})
    assert not [note for note in answer.notes if "edition" in note]


def test_another_guide_that_contradicts_an_edition_does_so_still(guides: Path) -> None:
    """Both sides are shown."""
    (guides / "market.md").write_text("# Market\n\nThe market opens at 9 in the morning.\n")
    answer = asked(guides, "When does the market open in the morning?")
    assert answer.status == "disagreement"


def test_what_only_an_older_edition_says_is_noted(guides: Path) -> None:
    answer = asked(guides, "Must dogs be kept on a leash?")
    assert (answer.status, cited(answer)) == ("answered", {"handbook-2019.md"})
    assert NOTE.format(2019) in answer.notes


def test_who_asks_an_older_edition_is_answered_from_it(guides: Path) -> None:
    """By its file, or by its year."""
    answer = asked(guides, "When does the market open in the morning?", "handbook-2017.md")
    assert (cited(answer), answer.notes) == ({"handbook-2017.md"}, (NOTE.format(2017),))


def test_guides_without_editions_are_asked_once(guides: Path) -> None:
    answer = asked(guides, "What does a permit for parking cost?")
    assert (cited(answer), answer.notes) == ({"parking.md"}, ())


def test_which_guides_are_editions_is_found_out_once_for_all_questions(
    guides: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All guides are looked through for it, and there may be very many."""
    update(guides.parent / "index", [guides])
    looked: list[str] = []
    years = editions._years
    monkeypatch.setattr(editions, "_years", lambda document: looked.append(document.path) or years(document))  # type: ignore[func-returns-value]
    with open_index(guides.parent / "index") as index:
        for question in ("What does a licence for a stall cost?", "When does the market open?"):
            looked.clear()
            assert cited(ask(question, index)) == {"handbook-2021.md"}
    assert "parking.md" not in looked
