"""The vectors of an index: one file in its generation, a byte a number, found by bisection and read where they lie.

A line of JSON says which model made them and how many there are; then come the passages' numbers in order, a checksum
of what was read of each, where the rows of each begin, and the rows: the whole passage's, then its sentences'.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ..errors import IndexBrokenError
from ..store.generation import REBUILD
from .encoder import Model, Rows, Vectors

VECTOR_FORMAT = 1
_MAX_HEADER, _MAX_WIDTH = 4_096, 4_096
_STEPS = 127


class VectorFile(NamedTuple):
    """The vectors of passages and sentences, by the passage's number."""

    model: Model
    passages: Any
    checks: Any
    starts: Any
    rows: Rows

    def of(self, passage: int) -> Rows | None:
        """A passage's rows; None where it has none."""
        at = int(np.searchsorted(self.passages, passage))
        if at == len(self.passages) or self.passages[at] != passage:
            return None
        found: Rows = self.rows[self.starts[at] : self.starts[at + 1]]
        return found

    def checked(self) -> dict[tuple[int, int], Rows]:
        """Every passage's rows by its number and the checksum of what was read."""
        pairs = zip(self.passages.tolist(), self.checks.tolist(), strict=True)
        return {pair: self.rows[self.starts[at] : self.starts[at + 1]] for at, pair in enumerate(pairs)}


def rounded(vectors: Vectors) -> Rows:
    """Vectors as bytes: each scaled by its own largest number, which changes no angle."""
    most = np.abs(vectors).max(axis=1, keepdims=True)
    found: Rows = np.rint(vectors * (_STEPS / np.maximum(most, 1e-9))).astype(np.int8)
    return found


def write(path: Path, model: Model, found: Mapping[tuple[int, int], Rows]) -> None:
    """Write the rows of passages (by number and checksum) as a new file; one that others share is left as it is."""
    keys = sorted(found)
    width = found[keys[0]].shape[1] if keys else 1
    starts = np.cumsum([0, *(len(found[key]) for key in keys)])
    header = {
        "format": VECTOR_FORMAT,
        **model._asdict(),
        "width": width,
        "passages": len(keys),
        "rows": int(starts[-1]),
    }
    heads = [np.array([n for n, _ in keys], dtype="<i8")]
    heads += [np.array(numbers, dtype="<u4") for numbers in ([c for _, c in keys], starts)]
    body = b"".join([json.dumps(header).encode(), b"\n", *(head.tobytes() for head in heads)])
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        file.write(body)
        for key in keys:
            file.write(np.ascontiguousarray(found[key]).tobytes())


def read(path: Path) -> VectorFile:
    """A file's vectors. Raises IndexBrokenError where it is not one."""
    try:
        return _parsed(path)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise IndexBrokenError(f"{path} is damaged: it holds no vectors", REBUILD) from error


def _parsed(path: Path) -> VectorFile:
    """A file's vectors. Raises ValueError and the like where what it says of itself does not add up."""
    with path.open("rb") as file:
        header = json.loads(file.readline(_MAX_HEADER))
        begin = file.tell()
    width, passages, rows = (int(header[name]) for name in ("width", "passages", "rows"))
    model = Model(str(header["name"]), str(header["sha256"]), str(header["folder"]))
    body = begin + 8 * passages + 4 * (2 * passages + 1)
    if header["format"] != VECTOR_FORMAT or not 0 < width <= _MAX_WIDTH or min(passages, rows) < 0:
        raise ValueError(path)
    if path.stat().st_size != body + rows * width:
        raise ValueError(path)
    data = np.memmap(path, dtype=np.uint8, mode="r")
    numbers = np.frombuffer(data[begin : begin + 8 * passages].tobytes(), dtype="<i8")
    heads = np.frombuffer(data[begin + 8 * passages : body].tobytes(), dtype="<u4")
    starts = heads[passages:]
    if starts[0] != 0 or starts[-1] != rows or (np.diff(starts.astype(np.int64)) < 1).any():
        raise ValueError(path)
    vectors = data[body:].view(np.int8).reshape(rows, width)
    return VectorFile(model, numbers, heads[:passages], starts, vectors)
