"""Reads the files that Whoosh writes, without Whoosh: importing that costs more than answering a question.

Every file is taken as hostile: what does not fit raises one of ``DAMAGE``, a pickle makes nothing but plain data, and
nothing unpacks to more than it can hold.
The formats are Whoosh 3's own (``filedb/filetables.py`` for terms, ``codec/whoosh3.py`` for postings, ``columns.py``);
``segments.json`` is ours and stands in for its pickled table of contents.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import ExitStack, closing
from functools import lru_cache
from hashlib import md5
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import Any

from ..regular import open_raw, open_regular
from .base import Field

SEGMENTS = "segments.json"
"""Names the segments, with how many passages each has and the numbers of those that were removed."""

DAMAGE = (
    ArithmeticError, AttributeError, EOFError, LookupError, MemoryError, OSError, RecursionError, TypeError, ValueError,
    pickle.UnpicklingError, struct.error, zlib.error,
)  # fmt: skip
"""What reading raises on damaged files."""

_MAX_SEGMENTS = 64 * 2**20
"""Bytes of ``segments.json``: every removed passage stands in it."""
_MAX_BLOCK = 2**18
"""Bytes of an unpacked block: the writer puts 1,024 postings in one."""

TERMS_REMEMBERED = 4_096
"""Terms of a segment whose places are remembered."""

_INT = struct.Struct("!i")
_BUCKET = struct.Struct("!qi")
"""Of the directory of 256 hash tables: where one stands, and how many slots it has."""
_SLOT = struct.Struct("!Iq")
"""Of a hash table: a key's hash and where its entry stands, 0 for none."""
_LENGTHS = struct.Struct("!ii")
"""An entry begins with the lengths of its key and value."""
_TERM = struct.Struct("!B4xI14xqi")
"""A term's value: whether its postings stand here, how many there are, their offset and length in the other file."""


class Segment:
    """One of the parts that an index is written in. Passages have numbers of its own, from 0."""

    def __init__(self, folder: Path, name: str, size: int, dead: list[int]) -> None:
        if not name.isidentifier():
            raise ValueError("not the name of a segment")
        self._path = folder / name
        self.size = size
        self.dead = frozenset(dead)
        _check_size(Path(f"{self._path}.passage.col"), size)
        self._files = ExitStack()
        with self._files:
            self._terms = _Terms(self._opened(".trm"))
            self._postings = self._opened(".pst")
            self._files = self._files.pop_all()

    def postings(self, field: Field, stem: str) -> tuple[list[int], list[float]]:
        """The passages that hold a stem, removed ones included, and how often each does."""
        numbers: list[int] = []
        counts: list[float] = []
        if (term := self._terms.find(field, stem)) is not None:
            for some, often in _blocks(self._postings.at(*term[1:])):
                numbers += some
                counts += often
        return numbers, counts

    def frequency(self, field: Field, stem: str) -> int:
        """How many passages hold the stem, removed ones included."""
        term = self._terms.find(field, stem)
        return 0 if term is None else term[0]

    def stems(self, field: Field, start: str = "") -> Iterator[str]:
        """The stems of a field that begin so, in order."""
        return self._terms.all(field, start)

    def column(self, name: str, typecode: str) -> array[int]:
        """A number for each passage; ``typecode`` as in ``array``."""
        return read_column(self._path, name, typecode, self.size)

    def close(self) -> None:
        """Let go of the files."""
        self._files.close()

    def _opened(self, ending: str) -> _File:
        return self._files.enter_context(closing(_File(Path(f"{self._path}{ending}"))))


def read_segments(folder: Path) -> list[Segment]:
    """The segments of an index."""
    found: list[Segment] = []
    try:
        with open_regular(folder / SEGMENTS) as file:
            records = json.loads(file.read(_MAX_SEGMENTS))
        for record in records:
            found.append(Segment(folder, record["name"], record["size"], record["dead"]))  # noqa: PERF401
    except DAMAGE:
        close_all(found)
        raise
    return found


def read_column(path: Path, name: str, typecode: str, size: int) -> array[int]:
    """A whole column of the segment at ``path``. Whoosh leaves out the zeros at its end, and a column of zeros only."""
    values: array[int] = array(typecode)
    file = Path(f"{path}.{name}.col")
    if file.exists():
        with open_regular(file) as opened:
            values.frombytes(opened.read(size * values.itemsize + 1))
    if sys.byteorder == "little":
        values.byteswap()
    if len(values) > size:
        raise ValueError(f"column {name} is longer than its segment")
    values.extend([0] * (size - len(values)))
    return values


def _check_size(passages: Path, size: int) -> None:
    """A segment's size decides how much memory is taken for it, and each of its passages has a number of its own.

    Whoosh leaves out a zero at the end.
    """
    held = passages.stat().st_size // 8 if passages.exists() else 0
    if not isinstance(size, int) or not held <= size <= held + 1:
        raise ValueError("not as many passages as there should be")


def close_all(segments: list[Segment]) -> None:
    """Let go of all of their files."""
    for segment in segments:
        segment.close()


class _File:
    """A file that is read piece by piece, never beyond its end."""

    def __init__(self, path: Path) -> None:
        self._file = open_raw(path)
        self.size = path.stat().st_size

    def at(self, place: int, length: int) -> bytes:
        """``length`` bytes from ``place`` on."""
        if place < 0 or length < 0 or place + length > self.size:
            raise ValueError("a file ends too soon")
        if sys.platform != "win32":
            return os.pread(self._file.fileno(), length, place)
        self._file.seek(place)
        return self._file.read(length)

    def close(self) -> None:
        """Let go of it."""
        self._file.close()


class _Terms:
    """The terms of a segment: entries in order of their keys, hash tables over them, and a directory of those."""

    def __init__(self, file: _File) -> None:
        self._file = file
        if file.at(0, 5) != b"HSH3\0":
            raise ValueError("not a table of terms")
        (rest,) = _INT.unpack(file.at(file.size - _INT.size, _INT.size))
        directory = 256 * _BUCKET.size
        tail = file.at(file.size - _INT.size - rest - directory, directory + rest)
        self._buckets = list(_BUCKET.iter_unpack(tail[:directory]))
        rest_of_tail = BytesIO(tail[directory:])
        extras = _unpickled(rest_of_tail)
        fields: dict[str, int] = extras["fieldmap"]
        self._places = _array(extras["indextype"], rest_of_tail.read())
        self._prefixes = {field: number.to_bytes(2) for field, number in fields.items()}
        self.find = lru_cache(maxsize=TERMS_REMEMBERED)(self._find)

    def _find(self, field: Field, stem: str) -> tuple[int, int, int] | None:
        """How many postings a term has, their offset and their length in bytes; None for an unknown term."""
        if (prefix := self._prefixes.get(field)) is None:
            return None
        key = prefix + stem.encode()
        number = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:])
        start, slots = self._buckets[number & 255]
        if slots * _SLOT.size > self._file.size:
            raise ValueError("more terms than a file can hold")
        for step in range(slots):
            place = start + ((number >> 8) + step) % slots * _SLOT.size
            hashed, entry = _SLOT.unpack(self._file.at(place, _SLOT.size))
            if not entry:
                return None
            if hashed == number:
                held = self._file.at(entry, min(_LENGTHS.size + len(key) + _TERM.size, self._file.size - entry))
                length, _ = _LENGTHS.unpack_from(held)
                if length == len(key) and held.startswith(key, _LENGTHS.size):
                    return _term(held[_LENGTHS.size + length :])
        return None

    def all(self, field: Field, beginning: str = "") -> Iterator[str]:
        """Every stem of a field that begins so, in order."""
        if (number := self._prefixes.get(field)) is None:
            return
        first = number + beginning.encode()
        start, end = self._place(first), self._place(first + b"\xff")  # no letter's code begins with this byte
        entries, place = self._file.at(start, end - start), 0
        while place < len(entries):
            length, value = _LENGTHS.unpack_from(entries, place)
            if length < 0 or value < 0:
                raise ValueError("not a term")
            key = entries[place + _LENGTHS.size : place + _LENGTHS.size + length]
            if key.startswith(first):
                yield key[2:].decode()
            place += _LENGTHS.size + length + value

    def _place(self, key: bytes) -> int:
        """Where the first entry stands whose key is no less; the end of all where there is none."""
        at = bisect_left(self._places, key, key=self._key)
        return self._places[at] if at < len(self._places) else self._buckets[0][0]

    def _key(self, place: int) -> bytes:
        length, _ = _LENGTHS.unpack(self._file.at(place, _LENGTHS.size))
        return self._file.at(place + _LENGTHS.size, length)


def _array(typecode: str, data: bytes) -> array[int]:
    """Numbers as Whoosh writes an array of them: the most significant byte first."""
    values: array[int] = array(typecode)
    values.frombytes(data)
    if sys.byteorder == "little":
        values.byteswap()
    return values


def _term(value: bytes) -> tuple[int, int, int]:
    inlined, count, offset, length = _TERM.unpack(value)
    if inlined:
        raise ValueError("postings where none are written")
    return count, offset, length


def _blocks(data: bytes) -> Iterator[tuple[list[int], list[float]]]:
    """A posting list block by block: the passages, and how often each holds the term."""
    if data[:4] != b"W3Bl":
        raise ValueError("not a posting list")
    place = 4
    while place < len(data):
        (length,) = _INT.unpack_from(data, place)
        place += _INT.size
        block = BytesIO(data[place : place + abs(length)])
        place += abs(length)
        count, _, _, packed, _, _ = _unpickled(block)
        rest = block.read()
        steps, counts, _ = _unpickled(BytesIO(_unpacked(rest) if packed else rest))
        if len(steps) != count:
            raise ValueError("not as many postings as there should be")
        numbers = accumulate(steps, initial=0)  # each is added to a whole number, which nothing else can be
        next(numbers)
        yield list(numbers), _counts(counts, count)


def _unpacked(data: bytes) -> bytes:
    """What a block was packed from, of which a few bytes may claim to be gigabytes."""
    unpacker = zlib.decompressobj()
    block = unpacker.decompress(data, _MAX_BLOCK)
    if not unpacker.eof:
        raise ValueError("a block of postings beyond all measure")
    return block


def _counts(counts: Any, length: int) -> list[float]:
    """One number stands for all, and none for ones."""
    if counts is None:
        return [1.0] * length
    return [counts] * length if isinstance(counts, float) else list(counts)


def _unpickled(data: BytesIO) -> Any:
    """What a pickle holds. One that may count its memory up to gigabytes is looked through first."""
    held = data.getbuffer()[data.tell() :]
    if _MEMORY.search(held) and not _PLAIN.match(held):
        raise pickle.UnpicklingError("the index holds what no index needs")
    return _PlainData(data).load()


_MEMORY = re.compile(rb"[pr]")
"""Two opcodes name a place in the unpickler's memory, which grows up to it; Whoosh's small pickles need neither."""
_PLAIN = re.compile(
    rb"(?:K.|M..|J....|G.{8}|[()tN}us]|q.|h.|[\x85-\x89\x94]|\x80.|\x95.{8}"
    rb"|\x8c(?:\x03row|\x04text|\x08fieldmap|\x09indextype|\x08indexlen|\x01[A-Za-z]))*+\.",
    re.DOTALL,
)


class _PlainData(pickle.Unpickler):
    """Knows no class at all: a crafted file must not run code."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"the index speaks of {module}.{name}, which no index needs")
