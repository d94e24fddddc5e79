"""Do the guides contradict each other on what is asked? Then each side is quoted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..context import Context
from ..model import Disagreement, Finding, Passage, Quote, Side, Status
from ..params import PARAMS
from ..query.query import Question
from ..reader.answerability import answerability
from ..reader.sentence_selector import sentences
from ..retrieval.reranker import Ranked, cut, heading
from ..store.catalog import Catalog
from ..store.engines.base import Wish
from ..store.open import Index
from ..text.quantity_patterns import patterns
from ..text.tokenizer import stem, terms
from .answer_pair import AnswerPair
from .assertions import Assertion, assertions, contradiction
from .best_answers import contradicting
from .clauses import Statement, statements
from .conflict_question import ConflictQuestion, asked
from .lexical_relation import names_of_same
from .stance_words import TELLING
from .topic import may_cover, weight

__all__ = ["answer"]

HITS, HOLDING = 100, 2_000
"""Passages that are asked of the engine: about the topic, and with a certain word."""
_TELLING = {stem(word): 1.0 for word in TELLING}


class Taken(NamedTuple):
    """A guide's words by which it takes a side, and what it says."""

    quote: Quote
    says: str


def answer(question: Question, context: Context) -> Finding | None:
    """The sides of a contradiction on what is asked, each with its best sentence; None where the guides agree.

    Sides come from different documents. What guides say in the question's words is held against it word by word; where
    no two do, what each of them answers best is.
    """
    what = asked(question)
    claims = in_its_words(question, what, context) if what else []
    speaking = {claim.document for claim in claims}
    if what and len(speaking) > 1:
        catalog = context.index.catalog
        sides = [[Taken(_quote(c.statement, catalog), c.says) for c in side] for side in contradiction(what, claims)]
    else:
        pair = _in_other_words(question, context)
        sides = [[Taken(best.quote(), says)] for best, says in pair.sides] if pair else []
    return _finding(question, sides, context.index.catalog) if sides else None


def in_its_words(question: Question, what: ConflictQuestion, context: Context) -> list[Assertion]:
    """What guides say of the topic in the question's words; nothing where one guide alone is about it."""
    index, wishes = context.index, _wishes(question, what)
    index.engine.foresee(lambda: wishes)
    passages = _candidates(what, wishes, index, context.ranking(question).passages)
    if len({passage.document for passage in passages}) < 2:
        return []
    return assertions(what, _statements(passages, what, index.catalog))


def _in_other_words(question: Question, context: Context) -> AnswerPair | None:
    """Two guides' best answers that contradict each other; None where likely none do, or nothing answers at all."""
    index, ranking = context.index, context.ranking(question)
    weights = question.params.weights(semantic=index.meaning is not None)
    found = context.once("sentences", lambda: sentences(question, ranking, weights, index.meaning))
    if (pair := contradicting(found, weights, index.meaning)) is None:
        return None
    right = answerability(ranking, [pair.either], index.engine, weights).right
    return pair if right >= weights.clash["answered"] else None


def telling(what: ConflictQuestion) -> re.Pattern[str]:
    """What a sentence must hold to be looked at: a number, or how a word of the topic begins."""
    if what.figure:
        return patterns().numbered
    words = what.topic.focus[-1:] or what.topic.words
    begins = {form[: 3 if form[3:4] == "e" else 4] for word in words for form in names_of_same(word.stem)}
    return re.compile("|".join(map(re.escape, sorted(begins))), re.IGNORECASE)


def _wishes(question: Question, what: ConflictQuestion) -> list[Wish]:
    """The passages that speak of the topic; where something may be required, those that name it and those that tell."""
    about = {form: weight(word.word) for word in what.topic.words for form in names_of_same(word.stem)}
    wishes = [Wish(about, HITS, documents=question.documents)]
    if what.topic.focus:
        focus = dict.fromkeys(names_of_same(what.topic.focus[-1].stem), 1.0)
        wishes += (Wish(stems, HOLDING, documents=question.documents) for stems in (_TELLING, focus))
    return wishes


def _candidates(
    what: ConflictQuestion, wishes: Sequence[Wish], index: Index, ranked: Sequence[Ranked]
) -> list[Passage]:
    """The passages most likely to take a side, some of each document: those that speak of the topic, and the best."""
    best, *both = ([hit.passage for hit in hits] for hits in index.engine.rank_all(wishes))
    numbers = [number for number in best if all(number in held for held in map(frozenset, both))]
    each, most = PARAMS.conflicts.focused if what.topic.focus else PARAMS.conflicts.others
    of_document: Counter[int] = Counter()
    kept: dict[int, Passage] = {}
    for passage in [*index.catalog.passages(numbers), *(r.passage for r in ranked)]:
        if passage.id not in kept and of_document[passage.document] < each and len(kept) < most:
            kept[passage.id] = passage
            of_document[passage.document] += 1
    return list(kept.values())


def _statements(passages: Sequence[Passage], what: ConflictQuestion, catalog: Catalog) -> Iterator[Statement]:
    """What passages state that may cover the topic; a place that the question names holds for the whole guide that
    begins with it."""
    tells = telling(what)
    documents = {number: catalog.document(number) for number in {p.document for p in passages}}
    opening = (0, PARAMS.conflicts.opening)
    openings = {n: terms(catalog.texts.stretch(n, opening).text) for n in documents if what.topic.names}
    named = {n: tuple(t for t in begun if t.stem in what.topic.names) for n, begun in openings.items()}
    for passage in passages:
        if not tells.search(passage.text):
            continue
        above, words = cut(heading(passage, documents[passage.document])), cut(passage.text)
        around = frozenset(term.stem for term in (*above, *named.get(passage.document, ()), *words))
        if may_cover(what.topic, words, around, PARAMS.conflicts.covered):
            yield from statements(passage, around, tells)


def _finding(question: Question, sides: Sequence[Sequence[Taken]], catalog: Catalog) -> Finding:
    """Quotes side by side, in the order of the sides, and each source's date."""
    taken = [each for side in sides for each in side]
    numbers = {id(each): n for n, each in enumerate(taken, start=1)}
    documents = [catalog.document(each.quote.document) for each in taken]
    says = (f"{d.path} says “{' '.join(t.quote.text.split())}”" for d, t in zip(documents, taken, strict=True))
    return Finding(
        Status.DISAGREEMENT,
        answer=f"The guides disagree: {'; '.join(says)}",
        quotes=tuple(each.quote for each in taken),
        disagreements=(
            Disagreement(
                topic=question.text.strip().rstrip("?").rstrip(),
                sides=tuple(Side(side[0].says, tuple(numbers[id(each)] for each in side)) for side in sides),
            ),
        ),
        notes=tuple(f"{d.path} is dated {d.date}" if d.date else f"{d.path} gives no date" for d in documents),
    )


def _quote(statement: Statement, catalog: Catalog) -> Quote:
    passage = statement.passage
    lines = catalog.texts.stretch(passage.document, statement.span).lines(statement.span)
    return Quote(passage.document, passage.headings, lines, statement.span, statement.sentence)
