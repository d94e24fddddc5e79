"""An encoder that runs an ONNX model on the processor: BERT's kin, mean pooling. It knows no network.

A passage is read once; the vector of each of its sentences is the mean over the sentence's own pieces, which have seen
the whole passage (M. Günther et al., "Late Chunking", 2024). That costs a third of reading each sentence again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import file_digest
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from ..errors import UsageError
from .encoder import Model, Vectors
from .wordpiece import WordPart, WordPiece

WINDOW_PIECES = 254
"""Pieces that are read at once, beside the two marks around them."""
LONGEST_PASSAGE = 40_000
"""Code points of a passage that are read: one that is longer is no passage that a person wrote."""
HEADING_PIECES = 48
"""Pieces of a heading that are read with each window at most."""


def _failures() -> tuple[type[Exception], ...]:
    """What comes of files that are no model: the library's errors have no base of their own."""
    found = vars(onnxruntime.capi.onnxruntime_pybind11_state).values()
    own = (each for each in found if isinstance(each, type) and issubclass(each, Exception))
    return (OSError, ValueError, KeyError, TypeError, *own)


def load(model: Path, vocabulary: Path) -> OnnxEncoder:
    """The encoder of two files. Raises UsageError where they are none."""
    try:
        return OnnxEncoder(model, read_vocabulary(vocabulary), model.parent.name)
    except _failures() as error:
        reason = str(error).splitlines()[0][:120]
        raise UsageError(f"{model} cannot be used as a model ({reason})", "name another folder with --model") from error


class OnnxEncoder:
    """A model and its vocabulary."""

    def __init__(self, file: Path, vocabulary: Mapping[str, int], name: str) -> None:
        with file.open("rb") as opened:
            self.model = Model(name, file_digest(opened, "sha256").hexdigest(), str(file.parent))
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        self._inputs = {node.name for node in self._session.get_inputs()}
        self._words = WordPiece(vocabulary)

    def question(self, text: str) -> Vectors:
        """A question's vector."""
        pieces = self._words.pieces(text)[:WINDOW_PIECES]
        return _unit(self._read([p.number for p in pieces]).mean(axis=0))

    def passage(self, above: str, text: str, sentences: Sequence[tuple[int, int]]) -> Vectors:
        """The vectors of a passage and of each of its sentences, from one reading; an endless one is cut."""
        heading = [p.number for p in self._words.pieces(above)[:HEADING_PIECES]]
        pieces = self._words.pieces(text[:LONGEST_PASSAGE])
        read = [
            self._read([*heading, *(p.number for p in part)]) for part in _windows(pieces, WINDOW_PIECES - len(heading))
        ]
        whole = np.concatenate(read).mean(axis=0)
        skip = 1 + len(heading)
        own = np.concatenate([part[skip:-1] for part in read])
        starts = np.array([p.start for p in pieces])
        rows = [own[(starts >= start) & (starts < end)] for start, end in sentences]
        return np.stack([_unit(whole), *(_unit(row.mean(axis=0) if len(row) else whole) for row in rows)])

    def _read(self, numbers: Sequence[int]) -> Vectors:
        """What the model makes of each piece, the marks around them included."""
        ids = np.array([[self._words.opening, *numbers, self._words.closing]], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        found: Vectors = self._session.run(None, {k: v for k, v in given.items() if k in self._inputs})[0][0]
        return found


def _windows(pieces: Sequence[WordPart], length: int) -> Iterator[Sequence[WordPart]]:
    yield from (pieces[start : start + length] for start in range(0, max(len(pieces), 1), length))


def _unit(vector: Any) -> Vectors:
    return (vector / (np.linalg.norm(vector) or 1.0)).astype(np.float32)


def read_vocabulary(file: Path) -> dict[str, int]:
    """The vocabulary of a ``tokenizer.json`` or of a list, one piece a line."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".json":
        found = json.loads(text)["model"]
        if found.get("type", "WordPiece") != "WordPiece":
            raise ValueError(f"{file} is no WordPiece vocabulary")
        return {str(word): int(number) for word, number in found["vocab"].items()}
    return {word: number for number, word in enumerate(text.split("\n")) if word}
