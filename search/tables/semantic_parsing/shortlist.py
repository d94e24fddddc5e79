"""Which tables a question may be about: a few of all, by their titles, heads and cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import log

from ...model import Table
from ...query.expansion import synonyms
from ...query.query import Question
from ...store.catalog import Catalog
from ...store.derived import Derived
from ...store.engines.base import Field, Wish
from ...store.open import Index
from ...text.tokenizer import STOP_WORDS, terms

MAX_TABLES = 3
MAX_ROWS = 60_000
"""Rows of a table that is read; longer ones are asked by the exact grammar alone."""
ROW_HITS = 40
"""Rows that are looked up by the question's words."""
OF_HEAD, OF_TITLE, OF_CELLS = 1.0, 0.7, 1.5
"""What a word counts that stands in a table's heads, in its titles, in its cells."""
LEAST_OF_CELLS = 0.3
"""What a table's best row has at least, in units of one rare word, where no head is named: else nothing in the table
is spoken of, and a question costs no more than this look."""
_Stems = tuple[frozenset[str], frozenset[str]]
_tables = Derived[Table]()
_known = Derived[_Stems]()


def likely_tables(question: Question, index: Index, most: int = MAX_TABLES) -> list[Table]:
    """The likeliest tables, best first; none where the question names no head and no cell of any."""
    catalog, tables = index.catalog, _asked(question, index)
    if not tables:
        return []
    titles = {document.id: document.title for document in catalog.documents()}
    known = {table.id: _stems(table, titles.get(table.document, ""), catalog) for table in tables}
    cells = dict(_in_cells(question, index))
    heads: defaultdict[int, float] = defaultdict(float)
    scores: defaultdict[int, float] = defaultdict(float, {table: OF_CELLS * cells[table] for table in cells})
    for stem in dict.fromkeys(term.stem for term in question.content):
        near = {stem, *synonyms(stem)}
        headed = [table for table, (head, _) in known.items() if not near.isdisjoint(head)]
        titled = [table for table, (_, title) in known.items() if stem in title]
        for table in headed:
            heads[table] += OF_HEAD * _rarity(len(headed), len(tables))
        for table in titled:
            scores[table] += OF_TITLE * _rarity(len(titled), len(tables))
    spoken_of = [t for t in tables if heads[t.id] > 0 or cells.get(t.id, 0.0) >= LEAST_OF_CELLS]
    return sorted(spoken_of, key=lambda table: (-scores[table.id] - heads[table.id], table.id))[:most]


def row_wishes(question: Question, index: Index) -> list[Wish]:
    """What the engine is asked for: rows that hold the question's words, each of which counts the same."""
    documents = {table.document for table in _asked(question, index)}
    weights = dict.fromkeys((term.stem for term in question.content), 1.0)
    return [Wish(weights, ROW_HITS, field, documents) for field in _FIELDS] if documents else []


def _asked(question: Question, index: Index) -> list[Table]:
    """The tables of the documents that may answer, but those that are too long."""
    allowed = question.documents
    return [
        t
        for t in tables_of(index.catalog)
        if 0 < t.row_count <= MAX_ROWS and (allowed is None or t.document in allowed)
    ]


def tables_of(catalog: Catalog) -> Sequence[Table]:
    """All tables, remembered while the catalog is open."""
    known = _tables.of(catalog)
    if not known:
        known.update({table.id: table for table in catalog.tables()})
    return tuple(known.values())


def _stems(table: Table, title: str, catalog: Catalog) -> _Stems:
    """The stems of a table's heads and of its titles, remembered while the catalog is open."""
    known = _known.of(catalog)
    if table.id not in known:
        heads = " ".join(column.name.replace("_", " ") for column in table.columns)
        known[table.id] = _cut(heads), _cut(" ".join((title, table.title, *table.headings)))
    return known[table.id]


def _cut(text: str) -> frozenset[str]:
    return frozenset(term.stem for term in terms(text) if term.word not in STOP_WORDS)


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


_FIELDS: tuple[Field, ...] = ("row", "text")
