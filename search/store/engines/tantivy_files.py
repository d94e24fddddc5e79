"""A Tantivy index as reader and writer know it: its fields, its files, and what its failures become.

Stems are cut by us and written as they are, joined by blanks. What a passage was indexed under is stored beside it:
exact scores are counted from it, and files are written anew from it where words must be gone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import tantivy

from ...errors import IndexBrokenError
from ..regular import open_regular
from .base import FIELDS, Field
from .hush import Hush

COUNTS = "passages.json"
"""How many passages each field has, and how many stems these; and how many of all were removed."""
OWN = (".managed.json", ".tantivy-meta.lock", ".tantivy-writer.lock")
"""What Tantivy keeps for itself while it writes: no part of a generation."""
NUMBER_FIELD, DOCUMENT_FIELD, STEMS_FIELD = "passage", "document", "stems"
_MAX_COUNTS = 2**16
_BLANK = "\x1f"
"""Stands for a blank within a stem, which a ligature that is spelled out may hold."""


class Counts(NamedTuple):
    """By field: how many passages live, how many stems these have, and one at most; and how many passages are dead."""

    passages: dict[Field, int]
    lengths: dict[Field, int]
    longest: dict[Field, int]
    dead: int = 0


def schema() -> tantivy.Schema:
    """The fields of a passage: it has stems in one of two, and the number of them beside it."""
    builder = tantivy.SchemaBuilder()
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        builder.add_unsigned_field(length_of(field), fast=True)
    builder.add_unsigned_field(NUMBER_FIELD, fast=True)
    builder.add_unsigned_field(DOCUMENT_FIELD, indexed=True, fast=True)
    builder.add_bytes_field(STEMS_FIELD, stored=True)
    return builder.build()


def length_of(field: Field) -> str:
    """The name of the field that holds how many stems a passage has in another."""
    return f"{field}_length"


def opened(folder: Path) -> tantivy.Index:
    """The index in a folder."""
    return tantivy.Index.open(str(folder))


def read_counts(folder: Path) -> Counts:
    """What the writer counted."""
    with open_regular(folder / COUNTS) as file:
        found = json.loads(file.read(_MAX_COUNTS))
    if not all(isinstance(found[name][field], int) for name in ("passages", "lengths", "longest") for field in FIELDS):
        raise ValueError("not the counts of passages")
    return Counts(found["passages"], found["lengths"], found["longest"], int(found["dead"]))


def write_counts(folder: Path, counts: Counts) -> None:
    """Say for the reader what there is; the old file may be another generation's too, so it is not written over."""
    (folder / COUNTS).unlink(missing_ok=True)
    (folder / COUNTS).write_text(json.dumps(counts._asdict()))


def stems_of(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> list[str]:
    """What a passage was indexed under, as it is written."""
    found: bytes = searcher.doc(address)[STEMS_FIELD][0]
    return found.decode().split(" ")


def joined(stems: Sequence[str]) -> str:
    """Stems as a field takes them."""
    return " ".join(written(stem) for stem in stems)


def written(stem: str) -> str:
    """A stem as the index has it."""
    return stem.replace(" ", _BLANK)


def read(stem: str) -> str:
    """A stem of the index as it is."""
    return stem.replace(_BLANK, " ")


class DamageGuard:
    """Around what reads: turns what damaged files raise into an IndexBrokenError.

    Tantivy is written in Rust, whose panics are no ``Exception`` in Python, and have no class that could be imported;
    they are told on standard error before, with a trace of their own.
    """

    _hush = Hush()

    def __enter__(self) -> None:
        self._hush.enter()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        is_panic = kind is not None and kind.__name__ == "PanicException"
        self._hush.leave(failed=is_panic)
        if isinstance(error, _DAMAGE) or is_panic:
            raise IndexBrokenError(f"the index is damaged ({error})", "run 'citeguide index --full'") from error


_DAMAGE = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)
