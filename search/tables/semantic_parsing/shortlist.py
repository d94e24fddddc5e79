"""Which tables a question may be about: a few of all, by their titles, heads and cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from math import log

from ...model import Table
from ...query.expansion import synonyms
from ...query.query import Question
from ...query.spelling import in_english
from ...store.engines.base import Field, Wish
from ...store.engines.bm25 import Ranker
from ...store.open import Index
from ...text.tokenizer import stem
from ..schema.outline import Outline, outlines, tables_of

MAX_ROWS_READ = 60_000
"""Rows of a table that is read; longer ones are asked by the exact grammar alone."""
_FIELDS: tuple[Field, ...] = ("row", "text")


def likely_tables(question: Question, index: Index, most: int) -> list[Table]:
    """The likeliest tables, best first; none where the question names no head and no cell of any."""
    catalog, tables, params = index.catalog, _asked(question, index), question.params.tables
    if not tables:
        return []
    asked = tuple(dict.fromkeys(term.stem for term in question.content))
    slips = _slips(question)
    near = {one: {one, *synonyms(one), *slips.get(one, ())} for one in asked}
    known = defaultdict[tuple[str, bool], set[int]](set)
    for held, in_head, table in catalog.tables_with(set().union(*near.values())):
        if table in tables:
            known[held, bool(in_head)].add(table)
    cells = dict(_in_cells(question, index))
    heads: defaultdict[int, float] = defaultdict(float)
    scores: defaultdict[int, float] = defaultdict(float, {table: params.of_cells * cells[table] for table in cells})
    for word in asked:
        headed = set().union(*(known[one, True] for one in near[word]))
        titled = known[word, False]
        for table in headed:
            heads[table] += params.of_head * _rarity(len(headed), len(tables))
        for table in titled:
            scores[table] += params.of_title * _rarity(len(titled), len(tables))
    spoken_of = [table for table in tables if heads[table] > 0 or cells.get(table, 0.0) >= params.least_of_cells]
    likely = sorted(spoken_of, key=lambda table: (-scores[table] - heads[table], table))[:most]
    if len(likely) > params.likely and all(map(_stands_somewhere(known, index.engine), asked)):
        least = params.least_of_best * (scores[likely[0]] + heads[likely[0]])
        likely = [n for place, n in enumerate(likely) if place < params.likely or scores[n] + heads[n] >= least]
    return list(tables_of(catalog, likely).values())


def row_wishes(question: Question, index: Index) -> list[Wish]:
    """What the engine is asked for: rows that hold the question's words, each of which counts the same.

    Where these are rows of all tables, the engine need not look where each stands.
    """
    tables = _asked(question, index)
    documents = {table.document for table in tables.values()}
    among: Mapping[Field, Collection[int] | None] = {
        "row": None if len(tables) == len(outlines(index.catalog)) else documents,
        "text": documents,
    }
    meant = (each for some in _slips(question).values() for each in some)
    weights = dict.fromkeys((*(term.stem for term in question.content), *meant), 1.0)
    return (
        [Wish(weights, question.params.tables.row_hits, field, among[field]) for field in _FIELDS] if documents else []
    )


def _slips(question: Question) -> Mapping[str, tuple[str]]:
    """The stems of words that are none of ordinary English, with that of the word that each may be a slip for."""
    read_as = ((term.stem, in_english(term.word, question.params.spelling)) for term in question.content)
    return {written: (stem(meant),) for written, meant in read_as if meant is not None}


def _asked(question: Question, index: Index) -> dict[int, Outline]:
    """The tables of the documents that may answer, but those that are too long."""
    allowed = question.documents
    return {
        number: table
        for number, table in outlines(index.catalog).items()
        if 0 < table.rows <= MAX_ROWS_READ and (allowed is None or table.document in allowed)
    }


def _stands_somewhere(known: Mapping[tuple[str, bool], set[int]], engine: Ranker) -> Callable[[str], bool]:
    """Whether a stem is a word of the tables, or of what is said of them: else it may be a slip for the right name."""

    def stands(stem: str) -> bool:
        named = known.get((stem, True)) or known.get((stem, False))
        return bool(named or engine.passages_with(stem, "row") or engine.passages_with(stem))

    return stands


def _in_cells(question: Question, index: Index) -> Iterator[tuple[int, float]]:
    """Tables whose rows hold the words, with the score of their best row, in units of what one rare word counts."""
    best: dict[int, float] = {}
    for field, hits in zip(_FIELDS, index.engine.rank_all(row_wishes(question, index)), strict=True):
        total = max(1, index.engine.passage_count(field))
        of = index.catalog.tables_of_passages(hit.passage for hit in hits)
        for hit in hits:
            if (table := of.get(hit.passage)) is not None:
                best[table] = max(best.get(table, 0.0), hit.score / log(1 + total))
    yield from best.items()


def _rarity(held: int, total: int) -> float:
    """The fewer tables a word stands in, the more it tells."""
    return log(1 + total / held) / log(1 + total)
