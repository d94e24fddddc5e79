"""What a saved answer cites, ready to be asked whether a word, a number or a sum stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import chain

from ...search.model import Answer, Citation, Span
from ...search.text.markup import unmarked
from ..document import ParsedGuide, ParsedTable
from .reckoning import numbers_in

Claim = tuple[str, str]
"""A field of an answer, and why it is not proved."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class CitedEvidence:
    """What an answer cites, and the guides that it cites as they are now: None for those that have changed."""

    answer: Answer
    guides: Sequence[ParsedGuide | None]
    """Of each citation, in order."""
    is_current: bool
    """Whether every file is as it was cited."""
    tables: Sequence[ParsedTable] = field(init=False)

    def __post_init__(self) -> None:
        cited = zip(self.answer.citations, self.guides, strict=True)
        tables = [table for citation, guide in cited if guide for table in guide.tables if _holds(table, citation)]
        object.__setattr__(self, "tables", list({id(table): table for table in tables}.values()))

    @cached_property
    def quotes(self) -> list[str]:
        """The quotes as letters and digits alone, as they stand and without markup; of rows also their heads."""
        texts = [citation.quote for citation in self.answer.citations]
        heads = [column.name for table in self.tables for column in table.columns]
        return [letters_of(text) for text in (*texts, *map(unmarked, texts), *heads)]

    @cached_property
    def _said(self) -> str:
        """Everything that words and numbers of an answer may be taken from: of a table, also what it was asked."""
        receipt = self.answer.table
        said = [text for c in self.answer.citations for text in (c.quote, c.document, c.path, *c.section)]
        if receipt is not None:
            said += [self.answer.question, receipt.title, *receipt.columns, *chain.from_iterable(receipt.rows)]
        said += (cell.text for table in self.tables for row in table.rows for cell in row.cells)
        return " ".join(said)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of what is cited, and of the rows of a table that is."""
        return frozenset(words_in(self._said))

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        """The numbers of the same, and how many rows the receipt counts."""
        receipt = self.answer.table
        counts = (receipt.scanned, receipt.matched, receipt.skipped) if receipt else ()
        return frozenset((*numbers_in(self._said), *map(Decimal, counts)))

    @cached_property
    def sums(self) -> frozenset[Decimal]:
        """The sums that the columns of the cited table can have: over all rows, or those that the receipt lists."""
        listed = {tuple(map(letters_of, row)) for row in self.answer.table.rows} if self.answer.table else set()
        found: set[Decimal] = set()
        for table in self.tables:
            some = [row for row in table.rows if tuple(letters_of(cell.text) for cell in row.cells) in listed]
            for rows in (table.rows, some):
                for column in range(len(table.columns)):
                    cells = (row.cells[column].number for row in rows)
                    found.add(sum((number for number in cells if number is not None), Decimal()))
        return frozenset(found)


def _holds(table: ParsedTable, citation: Citation) -> bool:
    return _meet(table.span, citation.span) or any(_meet(row.span, citation.span) for row in table.rows)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def letters_of(text: str) -> str:
    """A text as its letters and digits alone, folded."""
    return _LETTERS.sub("", text).casefold()


def words_in(text: str) -> Iterable[str]:
    """The words of a text, folded, without numbers and single letters."""
    return (word.casefold() for word in _WORD.findall(text))


def short(text: str) -> str:
    """The beginning of a text, for a message."""
    return f"{text[:60].strip()}…" if len(text) > 60 else text.strip()
