"""What of a generation is read when it is opened: its head, and the shelf of all guides and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...errors import IndexBrokenError
from ..engines.base import FIELDS, Field, Statistics
from .parts import Records

HEAD = "head"
Vocabulary = Mapping[Field, Sequence[str]]


@dataclass(slots=True)
class Shelf:
    """What the catalog's own tables do not tell while most of their records are on the cluster."""

    passages: dict[int, int] = field(default_factory=dict)
    """How many each guide has."""
    doubts: dict[int, int] = field(default_factory=dict)
    tables: dict[int, int] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    """How many each table has."""
    keys: dict[tuple[int, int], int] = field(default_factory=dict)
    """How many distinct folded texts each column of a table has."""
    columns: dict[int, set[tuple[int, str]]] = field(default_factory=dict)
    """The columns of each table that have an array, with its kind."""

    def add(self, records: Records) -> None:
        """Learn from a part of the shelf."""
        try:
            for document, passages, doubts in records.get("counts", ()):
                self.passages[int(document)] = int(passages)
                if doubts:
                    self.doubts[int(document)] = int(doubts)
            for number, document, *_ in records.get("tables", ()):
                self.tables[int(document)] = self.tables.get(int(document), 0) + 1
                self.columns[int(number)] = set()
            for table, count in records.get("row_counts", ()):
                self.rows[int(table)] = int(count)
            for table, column, count in records.get("key_counts", ()):
                self.keys[int(table), int(column)] = int(count)
            for table, column, kind in records.get("arrays", ()):
                self.columns[int(table)].add((int(column), str(kind)))
        except (ValueError, TypeError, KeyError) as error:
            raise IndexBrokenError("the index holds a damaged record", "run 'citeguide index --full'") from error


@dataclass(frozen=True, slots=True)
class Head:
    """What the manifest vouches for and is too much for it."""

    shelf: int
    """How many parts the shelf has."""
    statistics: Mapping[Field, Statistics]
    longest: Mapping[Field, int]
    """The most stems that a passage has."""
    vocabulary: Vocabulary
    """The first stem of each part of the vocabulary."""
    questions: Sequence[str] = ()

    def to_records(self) -> Records:
        """The head as a part."""
        return {
            "facts": [[self.shelf]],
            "fields": [[f, s.passages, s.length, self.longest[f]] for f, s in self.statistics.items()],
            "vocabulary": [[f, stem] for f in self.vocabulary for stem in self.vocabulary[f]],
            "questions": [[question] for question in self.questions],
        }


def head_of(records: Records) -> Head:
    """The head from its part."""
    try:
        fields = {name: tuple(map(int, counts)) for name, *counts in records["fields"]}
        first: dict[Field, list[str]] = {f: [] for f in FIELDS}
        for name, stem in records.get("vocabulary", ()):
            first[name].append(str(stem))
        return Head(
            natural(records["facts"][0][0]),
            {f: Statistics(natural(fields[f][0]), natural(fields[f][1]), {}) for f in FIELDS},
            {f: natural(fields[f][2]) for f in FIELDS},
            first,
            [str(question) for (question,) in records.get("questions", ())],
        )
    except (ValueError, TypeError, LookupError) as error:
        raise IndexBrokenError("the head of the index is damaged", "run 'citeguide index --full'") from error


def natural(value: Any, most: int = 2**53) -> int:
    """A number that is a count. Raises ValueError where it is none, or above what there can be."""
    if not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(value)
    return value
