"""What stands now in place of a quote that a guide's new edition holds no longer: the same record, a like sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from ...search.model import Cell, Column, Span
from ...search.text.sentence_splitter import sentences
from ...search.text.tokenizer import key
from ..document import ParsedGuide
from .likeness import EDITED, MAX_PIECES, Similar, Words, likeness, naming, words

_FIGURES = re.compile(r"\d+")


class CurrentText(NamedTuple):
    """Something that stands in a guide now. Of a table's row ``cells`` and ``columns`` are what it holds."""

    span: Span
    section: tuple[str, ...]
    text: str
    names: tuple[str, ...] = ()
    """What a row is about, folded."""
    cells: tuple[Cell, ...] = ()
    columns: tuple[Column, ...] = ()


class CurrentGuide:
    """A guide as it is now, ready to be asked what became of quotes from an earlier one."""

    def __init__(self, guide: ParsedGuide) -> None:
        self._pieces = list(islice(_pieces(guide), MAX_PIECES))
        self._words = [_wording(piece.text) if piece.names else words(piece.text) for piece in self._pieces]
        self._similar = Similar(self._words)

    def nearest(self, quote: str, section: Sequence[str]) -> CurrentText | None:
        """What is most alike in its words, of rows the one about the same; None where nothing is.

        A row's figures may all be new, so they do not count.
        """
        mine, wording, folded, here = words(quote), _wording(quote), f" {key(quote)}", tuple(section)

        def score(number: int) -> tuple[float, bool, float]:
            piece = self._pieces[number]
            if not all(f" {name}" in folded for name in piece.names):
                return 0.0, False, 0.0
            alike = likeness(wording if piece.names else mine, self._words[number])
            return alike, piece.section == here, likeness(mine, words(piece.text))

        best = max(self._similar.near(mine), default=None, key=score)
        return self._pieces[best] if best is not None and score(best)[0] >= EDITED else None


def _pieces(guide: ParsedGuide) -> Iterator[CurrentText]:
    """Everything that a quote may be of: passages, their sentences, and the rows of tables."""
    for passage in guide.passages:
        start, end = passage.span
        spans = {(start, end), *((start + first, start + last) for first, last in sentences(guide.text[start:end]))}
        yield from (CurrentText(span, passage.headings, guide.text[slice(*span)]) for span in sorted(spans))
    for table in guide.tables:
        named = naming(table.columns)
        for row in table.rows:
            names = tuple(name for column in named if (name := _name(row.cells, column)))
            yield CurrentText(row.span, table.headings, guide.text[slice(*row.span)], names, row.cells, table.columns)


def _wording(text: str) -> Words:
    return words(_FIGURES.sub(" ", text))


def _name(cells: Sequence[Cell], column: int) -> str:
    return key(cells[column].text) if column < len(cells) else ""
