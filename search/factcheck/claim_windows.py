"""The quotes that may bear on a claim: runs of sentences, items of lists and rows of the passages that are about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import NamedTuple

from ..conflicts.said import Said
from ..model import Passage, Quote, Span
from ..params import PARAMS
from ..query.query import Question, understand
from ..query.term_weights import Wanted
from ..retrieval.reranker import Ranked, Ranking, ranking
from ..store.catalog import Catalog
from ..store.engines.base import Field
from ..store.open import Index
from ..text.line_index import LineIndex
from ..text.markup import unmarked
from ..text.quantities import Quantity
from ..text.sentence_splitter import spans_of
from ..text.tokenizer import terms

LEADING = ":"
"""With which a sentence ends that leads a list, or a part of one."""
MOST_CELLS = 40
"""Cells of a row that are looked at."""


class EvidenceText(NamedTuple):
    """What a reader sees of a window, without marks, and what stands before it."""

    text: str
    around: str
    told: int = 0
    """Where what is told begins: numbers before it, in the name of a row or column, say whom it is of."""


class Claim(Said):
    """One sentence that claims something."""

    def __init__(self, text: str) -> None:
        super().__init__(text, tuple(terms(text)))
        self.question: Question = understand(text)

    def is_in_value(self, start: int) -> bool:
        """Whether a place is within a number with its unit: values are compared by what they mean, not by words."""
        return any(begin <= start < end for begin, end in (value.span for value in self.values))


class EvidenceWindow(Said):
    """A run of a passage, or a cell of a row under its head, beside the claim."""

    def __init__(self, claim: Claim, wanted: Sequence[Wanted], ranked: Ranked, span: Span, shown: EvidenceText) -> None:
        super().__init__(shown.text, tuple(terms(shown.text)))
        self.claim, self.wanted, self.ranked, self.span = claim, wanted, ranked, span
        self.beside = Said(shown.around, tuple(terms(shown.around)))
        self.told = shown.told

    @cached_property
    def values(self) -> tuple[Quantity, ...]:
        """Its quantities; of a cell with a number its own alone."""
        found = super().values
        return tuple(value for value in found if value.span[0] >= self.told) or found

    @cached_property
    def stems(self) -> AbstractSet[str]:
        """The stems of its words."""
        return frozenset(term.stem for term in self.terms)

    @cached_property
    def around(self) -> AbstractSet[str]:
        """The stems of what stands before it in its passage, and of what leads a list."""
        return frozenset(term.stem for term in self.beside.terms)

    @property
    def leads(self) -> bool:
        """Whether what stands before it leads the list that it is an item of."""
        return self.ranked.passage.is_a("list") and self.beside.text.endswith(LEADING)

    @property
    def above(self) -> AbstractSet[str]:
        """The stems of the headings and titles above it."""
        return self.ranked.candidate.above

    @property
    def place(self) -> tuple[int, int, int]:
        """Document, start and end in its text."""
        passage = self.ranked.passage
        return passage.document, passage.span[0] + self.span[0], passage.span[0] + self.span[1]

    def quote(self) -> Quote:
        """It as evidence, with its exact place."""
        passage, (start, end) = self.ranked.passage, self.span
        first, last = LineIndex(passage.text).lines(self.span)
        lines = (passage.lines[0] - 1 + first, passage.lines[0] - 1 + last)
        return Quote(passage.document, passage.headings, lines, self.place[1:], passage.text[start:end])


def subjects(catalog: Catalog) -> Mapping[int, AbstractSet[str]]:
    """By guide the stems of its title that few other titles have: what tells it from the others."""
    titles = {d.id: frozenset(term.stem for term in terms(d.title)) for d in catalog.documents()}
    common = Counter(stem for title in titles.values() for stem in title)
    return {
        n: frozenset(s for s in title if common[s] <= max(1, PARAMS.claims.telling * len(titles)))
        for n, title in titles.items()
    }


def windows(claim: Claim, index: Index) -> list[EvidenceWindow]:
    """Every quote that may bear on the claim."""
    fields: Sequence[Field] = ("text", "row")
    limits = claim.question.params.claims.passages
    return [
        window
        for field in fields
        if index.engine.passage_count(field)
        for window in _found(claim, ranking(claim.question, index, limits[field], field=field), index.catalog)
    ]


def _found(claim: Claim, found: Ranking, catalog: Catalog) -> Iterator[EvidenceWindow]:
    wanted = [word for word in found.words if not claim.is_in_value(word.term.start)]
    longest = claim.question.params.claims.longest
    for ranked in found.passages:
        shown = _cells(ranked.passage, catalog) if ranked.passage.is_a("row") else _sentences(ranked.passage, longest)
        yield from (EvidenceWindow(claim, wanted, ranked, *each) for each in shown)


def _sentences(passage: Passage, longest: int) -> Iterator[tuple[Span, EvidenceText]]:
    """Every sentence, and every two that follow each other; of a list every item, under what leads it."""
    spans = spans_of(passage.kind, passage.text)
    texts = [" ".join(unmarked(passage.text[slice(*span)]).split()) for span in spans]
    lead = ""
    for n, (start, end) in enumerate(spans):
        yield (start, end), EvidenceText(texts[n], lead)
        if not passage.is_a("list") or not lead or texts[n].endswith(LEADING):
            lead = texts[n]
        both = f"{texts[n - 1]} {texts[n]}"
        if n and passage.is_a("text") and len(both.split()) <= longest:
            yield (spans[n - 1][0], end), EvidenceText(both, "")


def _cells(passage: Passage, catalog: Catalog) -> Iterator[tuple[Span, EvidenceText]]:
    """Every cell of a row, under its head and beside the name of the row."""
    for row in catalog.rows_within(passage.document, passage.span):
        table = catalog.table_numbered(row.table)
        cells = zip(table.columns, row.cells, strict=False)
        filled = [(column.name, cell.text) for column, cell in cells if cell.text and cell.mark is None]
        name = "" if table.label is None else row.cells[table.label].text
        for head, cell in filled[:MOST_CELLS]:
            if cell != name or len(filled) == 1:
                under = unmarked(f"{name}: {head}: ")
                whole = unmarked(f"{name}: {head}: {cell}")
                yield (0, len(passage.text)), EvidenceText(whole, unmarked(table.title), len(under))
