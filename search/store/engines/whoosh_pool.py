"""Gathers postings for Whoosh and writes whole lists of them: posting by posting, Whoosh takes ten times as long."""

from __future__ import annotations

import struct
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import sub
from pickle import dumps
from typing import Any

Posting = tuple[str, bytes, int, float, bytes]
"""Field, stem, passage, how often; the last is always empty."""

_MAGIC = b"W3Bl"
_LEAST_PACKED = 80
"""Bytes of a block from which on it is packed, as Whoosh does."""
_LEVEL = 3
_LENGTH = struct.Struct("!i")
_LENGTHS = struct.Struct("!ii")
_FIELD = struct.Struct("!H")
_TERM = struct.Struct("!BfIBBfIIqi")


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

    def write(self, writer: Any, block: int) -> None:
        """Write every list into the two files of Whoosh's writer of a field, byte for byte as that does it."""
        terms, postings = writer._tindex, writer._postfile
        place, start = terms.tell(), postings.tell()
        for number, field in enumerate(sorted(self._lists)):
            writer._fieldmap[field] = number
            for stem, (passages, often) in sorted(self._lists[field].items()):
                blocks = [*_blocks(passages, often, block)]
                length = sum(map(len, blocks))
                most, total = max(often), sum(often)
                key = _FIELD.pack(number) + stem.encode()
                value = _TERM.pack(0, total, len(passages), 0, 0, most, passages[0], passages[-1], start, length)
                hashed = terms.hashfn(key)
                terms.index.append(place)
                terms.buckets[hashed & 255].append((hashed, place))
                terms.dbfile.write(_LENGTHS.pack(len(key), len(value)) + key + value)
                postings.write(b"".join(blocks))
                place += _LENGTHS.size + len(key) + len(value)
                start += length


def attach(writer: Any, block: int) -> Any:
    """Have a writer of a segment gather and write its postings here."""
    lists = writer.pool = PostingLists()

    def add_postings(_schema: Any, _lengths: Any, _items: Iterable[Posting]) -> None:
        lists.write(writer.fieldwriter, block)

    writer.fieldwriter.add_postings = add_postings
    return writer


def _blocks(passages: array[int], often: array[float], most: int) -> Iterable[bytes]:
    """A list of postings as it stands in the file: so many in a block, each with what it holds told before it."""
    yield _MAGIC
    for at in range(0, len(passages), most):
        some, weights = passages[at : at + most], often[at : at + most]
        largest = max(weights)
        steps = tuple(map(sub, some, [0, *some]))
        if largest == min(weights):
            data = dumps((steps, None if largest == 1.0 else largest, None), 2)
        else:
            data = dumps((steps, tuple(weights), None), 2)
        level = _LEVEL if len(data) >= _LEAST_PACKED else 0
        if level:
            data = zlib.compress(data, level)
        told = dumps((len(some), some[-1], largest, level, 0, 0), 2)
        length = len(told) + len(data)
        yield _LENGTH.pack(-length if at + most >= len(passages) else length) + told + data
