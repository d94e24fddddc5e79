"""Gathers postings for Whoosh and writes whole lists of them: posting by posting, Whoosh takes five times as long."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

Posting = tuple[str, bytes, int, float, bytes]
"""Field, stem, passage, how often; the last is always empty."""


class PostingLists:
    """What Whoosh calls a pool: for each field and stem the passages in order, and how often each holds it."""

    def __init__(self) -> None:
        self._lists: defaultdict[str, dict[str, tuple[array[int], array[float]]]] = defaultdict(dict)

    def take(self, field: str, passage: int, counts: Mapping[str, float]) -> None:
        """Take all stems of a passage, each with how often it stands there; passages come in order."""
        lists = self._lists[field]
        for stem, often in counts.items():
            found = lists.get(stem)
            if found is None:
                found = lists[stem] = array("I"), array("f")
            found[0].append(passage)
            found[1].append(often)

    def add(self, posting: Posting) -> None:
        """Take one more, as Whoosh gives it."""
        field, stem, passage, often, _ = posting
        self.take(field, passage, {stem.decode(): often})

    def iter_postings(self) -> PostingLists:
        """What ``write`` is handed: these lists themselves."""
        return self

    def cleanup(self) -> None:
        """Let go of everything."""
        self._lists.clear()

    def write(self, writer: Any, schema: Any, block: int) -> None:
        """Write every list through Whoosh's writer of a field, in its blocks, as that would from single postings."""
        for field, lists in sorted(self._lists.items()):
            writer.start_field(field, schema[field])
            for stem, (passages, often) in sorted(lists.items()):
                writer.start_term(stem.encode())
                for at in range(0, len(passages), block):
                    _fill(writer._postwriter, passages[at : at + block], often[at : at + block])
                writer.finish_term()
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
