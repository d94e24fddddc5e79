"""One scale: what the answerers find competes by the probability of being right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from citeguide.search import ask
from citeguide.search.fitted import fitted
from citeguide.search.model import Finding, Quote, Status
from citeguide.search.pipeline import answer
from citeguide.search.pipeline.answerers import ANSWERERS
from citeguide.search.pipeline.scale import chance
from citeguide.search.store.open import Index
from indexed import opened

WEIGHTS = {
    "tables": {"exact": 2.0, "said": 2.0},
    "reader": {"said": 1.0, "beside tables, refusing": -3.0, "beside tables, offering": -0.5},
}
SURE = Finding(Status.ANSWERED, answer="21", confidence=0.8)
REFUSED = Finding(Status.NOT_FOUND)


def test_what_brings_no_probability_gets_the_fitted_one() -> None:
    exact = SURE._replace(confidence=None)
    assert chance("tables", exact, [], WEIGHTS) == pytest.approx(0.881, abs=0.001)
    assert chance("lists", exact, [], WEIGHTS) == 0.5


def test_what_brings_one_is_put_on_the_scale() -> None:
    assert chance("reader", SURE, [], WEIGHTS) == pytest.approx(0.8)
    assert chance("tables", SURE, [], WEIGHTS) > 0.8


def test_prose_is_less_sure_beside_a_table_that_refuses_than_beside_one_that_offers() -> None:
    alone, offered, refused = (
        chance("reader", SURE, before, WEIGHTS)
        for before in ([], [("tables", REFUSED._replace(confidence=0.0))], [("tables", REFUSED)])
    )
    assert alone > offered > 0.5 > refused


def test_a_refusal_without_a_probability_answers_nothing() -> None:
    assert chance("tables", REFUSED, [], WEIGHTS) == 0.0


def test_every_answerer_has_fitted_weights() -> None:
    assert {each.name for each in ANSWERERS} == set(fitted().answerers)
    assert {each["said"] for each in fitted().answerers.values()} == {1.0}


@pytest.fixture
def bees(tmp_path: Path) -> Iterator[Index]:
    with opened(tmp_path, {"bees.md": "# Bees\n\nThe brood takes 21 days to hatch.\n"}) as index:
        yield index


def answerers(monkeypatch: pytest.MonkeyPatch, **found: Finding | None) -> None:
    """Let these find so much, and nobody else anything."""
    made = [
        SimpleNamespace(name=name, load=lambda finding=finding: SimpleNamespace(answer=lambda *_: finding))
        for name, finding in found.items()
    ]
    monkeypatch.setattr(answer, "ANSWERERS", made)


def quoted(index: Index, confidence: float | None) -> Finding:
    """An answer from the guide."""
    guide = next(iter(index.catalog.documents())).id
    quote = Quote(guide, ("Bees",), (3, 3), (8, 41), "The brood takes 21 days to hatch.")
    return Finding(Status.ANSWERED, answer=quote.text, quotes=(quote,), confidence=confidence)


def test_the_likelier_answer_is_given(bees: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    answerers(monkeypatch, lists=quoted(bees, 0.6)._replace(answer="a list"), reader=quoted(bees, 0.97))
    assert ask("How long?", bees).answer == "The brood takes 21 days to hatch."
    answerers(monkeypatch, lists=quoted(bees, 0.9)._replace(answer="a list"), reader=quoted(bees, 0.6))
    assert ask("How long?", bees).answer == "a list"


def test_what_is_too_unlikely_after_a_refusal_is_shown_as_nearest(bees: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    answerers(monkeypatch, tables=REFUSED._replace(missing=("honey",)), reader=quoted(bees, fitted().least + 0.01))
    found = ask("How long?", bees)
    assert found.status == Status.NOT_FOUND
    assert found.missing == ("honey",)
    assert [citation.quote for citation in found.nearest] == ["The brood takes 21 days to hatch."]
    assert found.confidence is not None
    assert found.confidence < fitted().least
