"""Which passages speak of what is asked: BM25, and nearness in meaning if there is any, find candidates; signals rank.

The engine's score knows how often words stand in a passage. It does not know whether all of the question's words are
there, in which form, whether they stand together, and whether the section is about them. What each signal counts is
fitted (bench/fit_reader.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from ..fitted import Fitted
from ..model import Document, Passage
from ..query.query import Question
from ..query.term_weights import Wanted, by_form, by_stem, held, wanted, with_related
from ..signals import summed
from ..store.engines.base import Field, Hit, Wish
from ..store.open import Index
from ..text.tokenizer import Term
from .passage_signals import PASSAGE_SIGNALS, Candidate, cut, stems_in
from .topic_filter import Seen, strangers
from .word_meaning import passage_cosine

__all__ = ["Ranked", "Ranking", "candidates", "cut", "heading", "ranked", "ranking"]


class Ranked(NamedTuple):
    """A candidate and its score."""

    candidate: Candidate
    score: float

    @property
    def passage(self) -> Passage:
        """The passage itself."""
        return self.candidate.passage


class Ranking(NamedTuple):
    """What was looked for, with every form that stands for it in the passages found, and these, best first."""

    words: tuple[Wanted, ...]
    passages: tuple[Ranked, ...]


def ranked(question: Question, index: Index, limit: int = 10, field: Field = "text") -> list[Ranked]:
    """The passages that hold any of the question's words, best first."""
    return list(ranking(question, index, limit, field).passages)


def ranking(
    question: Question, index: Index, limit: int = 10, field: Field = "text", weights: Fitted | None = None
) -> Ranking:
    """The passages that hold any of the question's words, best first, and how these words were understood."""
    weights = weights or question.params.weights(semantic=index.meaning is not None and field == "text")
    found = candidates(question, index, limit, field)
    scored = [Ranked(c, summed(weights.passage, PASSAGE_SIGNALS, c)) for c in found]
    words = found[0].words if found else wanted(question, index, field)
    return Ranking(words, tuple(sorted(scored, key=lambda r: -r.score)[:limit]))


def wish(question: Question, words: Sequence[Wanted], limit: int, field: Field = "text") -> Wish:
    """What the engine is asked for: the passages that hold any form of these words."""
    forms = {form: counts for word in words for form, counts in word.forms.items()}
    return Wish(forms, max(limit, question.params.ranking.candidates), field, question.documents)


def foresee(question: Question, index: Index) -> None:
    """Have the passages for a question come along when the engine is asked for those of another one."""
    later = wish(question, wanted(question, index), question.params.ranking.candidates)
    index.engine.foresee(lambda: [later])


def candidates(question: Question, index: Index, limit: int = 10, field: Field = "text") -> list[Candidate]:
    """The passages that are looked at, in the order in which they were found."""
    params, words = question.params.ranking, wanted(question, index, field)
    (hits,) = index.engine.rank_all([wish(question, words, limit, field)])
    is_prose = field == "text"
    meaning = index.meaning if is_prose else None
    near = meaning.nearest(question.text, params.nearest, question.documents) if meaning else []
    numbers = dict.fromkeys([*(hit.passage for hit in hits), *(n.passage for n in near)])
    passages = list(index.catalog.passages(numbers))
    documents = {number: index.catalog.document(number) for number in {p.document for p in passages}}
    titles = [_titles(passage, documents[passage.document]) for passage in passages]
    seen = [
        Seen(p.document, _subject(documents[p.document]), _stems((*above, p.text)))
        for p, above in zip(passages, titles, strict=True)
    ]
    strange = strangers(words, seen, index.engine, params.mostly)
    words = with_related(words, set().union(*(passage.stems for passage in seen)), question.params.terms)
    bm25 = _shares(hits)
    by_meaning = [
        passage_cosine(question.text, p, above, meaning) if is_prose else 0.0
        for p, above in zip(passages, titles, strict=True)
    ]
    nearest, shares, forms = max(by_meaning, default=0.0), by_form(words), by_stem(words)
    found = []
    for passage, titled, cosine in zip(passages, titles, by_meaning, strict=True):
        above, body = _stems(titled), stems_in(passage.text)
        found.append(
            Candidate(
                words=words,
                by_form=shares,
                passage=passage,
                titles=titled,
                above=above,
                body=body,
                in_above=held(words, forms, above),
                in_body=held(words, forms, body),
                bm25=bm25.get(passage.id, 0.0),
                cosine=cosine,
                gap=nearest - cosine,
                within=params.together,
                strange=passage.document in strange,
            )
        )
    return found


def heading(passage: Passage, document: Document) -> str:
    """What stands above a passage: its document's title and its headings."""
    return " \n".join(_titles(passage, document))


def _shares(hits: Sequence[Hit]) -> dict[int, float]:
    return {hit.passage: hit.score / hits[0].score for hit in hits}


def _titles(passage: Passage, document: Document) -> tuple[str, ...]:
    """The document's title and the passage's headings, outermost first."""
    return passage.headings if document.title in passage.headings else (document.title, *passage.headings)


def _subject(document: Document) -> tuple[Term, ...]:
    """The words of a document's title and of its file's name."""
    return cut(f"{document.title} {PurePosixPath(document.path).stem}")


def _stems(texts: Sequence[str]) -> frozenset[str]:
    return frozenset().union(*map(stems_in, texts))
