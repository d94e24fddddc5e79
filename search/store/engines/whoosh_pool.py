"""Gathers postings for Whoosh and writes whole lists of them: posting by posting, Whoosh takes five times as long."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any

Posting = tuple[str, bytes, int, float, bytes]
"""Field, stem, passage, how often; the last is always empty."""


class PostingLists:
    """What Whoosh calls a pool: for each field and stem the passages in order, and how often each holds it."""

    def __init__(self) -> None:
        self._lists: dict[tuple[str, bytes], tuple[array[int], array[float]]] = {}

    def add(self, posting: Posting) -> None:
        """Take one more; of one stem the passages come in order."""
        field, stem, passage, often, _ = posting
        found = self._lists.get((field, stem))
        if found is None:
            found = self._lists[field, stem] = array("I"), array("f")
        found[0].append(passage)
        found[1].append(often)

    def iter_postings(self) -> PostingLists:
        """What ``write`` is handed: these lists themselves."""
        return self

    def cleanup(self) -> None:
        """Let go of everything."""
        self._lists.clear()

    def write(self, writer: Any, schema: Any, block: int) -> None:
        """Write every list through Whoosh's writer of a field, in its blocks, as that would from single postings."""
        last = None
        for (field, stem), (passages, often) in sorted(self._lists.items()):
            if field != last:
                if last is not None:
                    writer.finish_field()
                writer.start_field(field, schema[field])
                last = field
            writer.start_term(stem)
            for at in range(0, len(passages), block):
                _fill(writer._postwriter, passages[at : at + block], often[at : at + block])
            writer.finish_term()
        if last is not None:
            writer.finish_field()


def attach(writer: Any, block: int) -> Any:
    """Have a writer of a segment gather and write its postings here."""
    lists = writer.pool = PostingLists()

    def add_postings(schema: Any, _lengths: Any, _items: Iterable[Posting]) -> None:
        lists.write(writer.fieldwriter, schema, block)

    writer.fieldwriter.add_postings = add_postings
    return writer


def _fill(block: Any, passages: array[int], often: array[float]) -> None:
    """Fill a block at once; the one before is full and is written first."""
    if block._ids:
        block._write_block()
    block._ids, block._weights = passages, often
    block._maxweight = max(often)
