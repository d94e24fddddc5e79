"""Each signal says what its name promises, and the best quotes are chosen by their chance and their price."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from citeguide.search.fitted import fitted
from citeguide.search.params import PARAMS
from citeguide.search.query.query import understand
from citeguide.search.query.term_weights import Wanted, by_form
from citeguide.search.reader.sentence_selector import best, sentences, views, windows
from citeguide.search.reader.sentence_signals import SENTENCE_SIGNALS
from citeguide.search.retrieval.passage_signals import PASSAGE_SIGNALS, read, together
from citeguide.search.retrieval.reranker import candidates, ranking
from citeguide.search.signals import Signal, falls_short
from citeguide.search.text.tokenizer import terms
from indexed import opened

PASSAGES = {signal.name: signal.value for signal in PASSAGE_SIGNALS}
SENTENCES = {signal.name: signal.value for signal in SENTENCE_SIGNALS}


class Stand(NamedTuple):
    """What choosing looks at of a window."""

    chance: float
    length: int
    dangles: bool
    place: tuple[int, int, int]
    sentences: tuple[Any, ...] = ()


def test_words_stand_together_that_are_near() -> None:
    """A hive here and smoke a page later are not together."""
    words = by_form([Wanted(term, 1.0, {term.stem: 1.0}) for term in terms("hive smoke")])
    assert together(words, read("The smoke calms the hive.").stems, 8) == 1
    assert together(words, read(f"The smoke {'rises and ' * 9}reaches the hive.").stems, 8) == 0.5


def test_signals_of_passages(tmp_path: Path) -> None:
    """Neighbours of the question are neighbours in the passage; a heading is the nearer the more of it is asked for."""
    guide = (
        "# Insects\n\n## Eggs of queens in winter\n\nThe queen bee rests.\n\n"
        "## Workers\n\nA bee serves her queen, and a bee is no queen bee's rival, says the queen of bees.\n\n"
        "## Drones\n\nOne bee here. No queen.\n"
    )
    with opened(tmp_path, {"insects.md": guide}) as index:
        found = {c.passage.headings[-1]: c for c in candidates(understand("queen bee eggs"), index)}
    assert max(c.bm25 for c in found.values()) == 1
    assert PASSAGES["pairs"](found["Eggs of queens in winter"]) > 0
    assert PASSAGES["pairs"](found["Drones"]) == 0
    assert PASSAGES["heading focus"](found["Eggs of queens in winter"]) == pytest.approx(2 / 3)


@pytest.mark.parametrize(("sentence", "value"), [("A hive costs $90.", 1), ("A hive costs a lot.", -1)])
def test_a_sentence_meets_the_kind_that_is_asked_for(sentence: str, value: float, tmp_path: Path) -> None:
    """An amount for a question for an amount; none for it speaks against a sentence."""
    question = understand("What does a hive cost?")
    with opened(tmp_path, {"bees.md": f"# Bees\n\n{sentence}\n"}) as index:
        ((view,),) = views(question, ranking(question, index))
    assert SENTENCES["meets amount"](view) == value


def test_a_quote_of_several_sentences_is_short(tmp_path: Path) -> None:
    """However many long sentences stand side by side."""
    text = " ".join(f"Hive {n} is {'very ' * 40}old." for n in range(6))
    question = understand("How old is a hive?")
    with opened(tmp_path, {"bees.md": f"# Bees\n\n{text}\n"}) as index:
        found = windows(sentences(question, ranking(question, index), fitted(semantic=False)), PARAMS.reader)
    several = [window.length for window in found if len(window.sentences) > 1]
    assert several
    assert max(several) <= PARAMS.reader.longest_run


def test_later_quotes_are_cheap() -> None:
    """The first quote, which is the answer, pays for its words; further evidence is taken by its chance."""
    short, long, other = (
        Stand(0.2, 5, False, (1, 0, 9)),
        Stand(0.5, 60, False, (2, 0, 9)),
        Stand(0.1, 6, False, (3, 0, 9)),
    )
    found: Any = [long, other, short]
    chosen: list[Any] = list(best(found, 2, 0.01, PARAMS.reader))
    assert chosen == [short, long]


def test_an_answer_does_not_begin_with_what_was_said_before() -> None:
    """ "This costs $90" answers less well than a sentence that says what."""
    dangling, whole = Stand(0.5, 5, True, (1, 0, 9)), Stand(0.45, 5, False, (2, 0, 9))
    found: Any = [dangling, whole]
    chosen: list[Any] = list(best(found, 1, 0.001, PARAMS.reader))
    assert chosen == [whole]


def test_a_sum_that_falls_short_is_told_without_what_takes_long() -> None:
    """Signals are told by what they may change, and none once the rest cannot reach the bound."""
    told: list[str] = []

    def slow(name: str, value: float, high: float) -> Signal[None]:
        def tell(_: None) -> float:
            told.append(name)
            return value

        return Signal(name, tell, lambda _: (0.0, high))

    signals = (Signal[None]("quick", lambda _: 1.0), slow("little", 1.0, 1.0), slow("much", 0.5, 3.0))
    weights = {"quick": 1.0, "little": 1.0, "much": 1.0, "unknown": 1.0}
    assert falls_short(weights, signals, None, 5.1)
    assert told == []
    assert falls_short(weights, signals, None, 3.0)
    assert told == ["much"]
    assert not falls_short(weights, signals, None, 2.5)
    assert not falls_short({**weights, "quick": -1.0}, signals, None, 0.5)
    assert falls_short({**weights, "much": -1.0}, signals, None, 1.6)
