"""Words to text: lines run on, words that were parted at a line's end are whole again, and every repair is told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise

from ....search.model import Span
from .page import Word

PARTED_WORD = re.compile(r"[^\W_]-")
"""How a word ends that goes on in the next line."""
SUSPENDED = ("and", "or", "to")
"""Words before which a hyphen stands for a part that comes later: ``short- and long-term``."""
EDGES = "\"'“”‘’()[].,;:!?"
AT_LINE_END = "a word parted at a line's end is joined"
WITHIN_WORD = "a blank within a word, where the page shows no gap, is left out"


@dataclass(frozen=True, slots=True)
class Text:
    """Words on one line: where in it each page begins, and what was repaired where."""

    text: str
    pages: tuple[tuple[int, int], ...] = ()
    repairs: tuple[tuple[Span, str], ...] = ()


@dataclass(slots=True)
class _Piece:
    text: str
    page: int
    repair: str


def joined(lines: Iterable[tuple[int, Iterable[Word]]], vocabulary: Collection[str]) -> Text:
    """Lines, each with its page, as one.

    ``vocabulary`` holds the document's words in small letters: it tells whether a hyphen at a line's end is the word's
    own.
    """
    pieces: list[_Piece] = []
    for page, words in lines:
        for n, word in enumerate(words):
            if n == 0 and pieces and _is_parted(pieces[-1].text, word.text):
                _go_on(pieces[-1], word.text, vocabulary)
            else:
                pieces.append(_Piece(word.text, page, WITHIN_WORD if word.is_closed else ""))
    return _text(pieces)


def vocabulary(words: Iterable[Word]) -> frozenset[str]:
    """The words in small letters, without marks around them; the other half of a parted one is none."""
    texts = [word.text for word in words]
    whole = (text for before, text in pairwise(["", *texts]) if not before.endswith("-"))
    return frozenset(text.strip(EDGES).lower() for text in whole)


def _is_parted(begun: str, rest: str) -> bool:
    return PARTED_WORD.fullmatch(begun[-2:]) is not None and rest[0].isalnum() and rest not in SUSPENDED


def _go_on(piece: _Piece, rest: str, known: Collection[str]) -> None:
    """Add the other half of a word that a line's end parted."""
    begun = piece.text[:-1]
    whole = (begun + rest).strip(EDGES).lower()
    own = not (begun[-1:].isalpha() and rest[0].islower()) or _is_compound(begun, rest, known)
    if whole in known or not own:
        piece.text, piece.repair = begun + rest, AT_LINE_END
    else:
        piece.text += rest


def _is_compound(begun: str, rest: str, known: Collection[str]) -> bool:
    """Whether the hyphen belongs to the word: elsewhere it has it too, or both halves are words of their own."""
    halves = [half.strip(EDGES).lower() for half in (begun.rsplit("-", 1)[-1], rest)]
    return "-".join(halves) in known or all(half in known for half in halves)


def _text(pieces: Iterable[_Piece]) -> Text:
    parts: list[str] = []
    pages: list[tuple[int, int]] = []
    repairs: list[tuple[Span, str]] = []
    length = 0
    for piece in pieces:
        start = length + bool(parts)
        if not pages or pages[-1][1] != piece.page:
            pages.append((start, piece.page))
        length = start + len(piece.text)
        parts.append(piece.text)
        repairs += [((start, length), piece.repair)] if piece.repair else []
    return Text(" ".join(parts), tuple(pages), tuple(repairs))
