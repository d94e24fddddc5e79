"""Bytes that read as Windows-1252 make no words: which encoding they are in, as a library tells that counts letters."""

from __future__ import annotations

import re

from ..extras import ENCODINGS
from .mojibake import WINDOWS_1252

GUESSING_SAMPLE = 65_536
"""Bytes that are looked at, whole lines of them from the first that is not ASCII on."""
ODD = 0.25
"""Share of the runs of letters and signs outside of ASCII that must be odd."""

_HIGH = re.compile(r"[^\x00-\x7f]+")
_SIGNS = r"\x80-\x9f¡-©¬®-±³´µ¶¸¹¼-¿×÷ƒˆ˜†‡‰‹›"
"""Signs that stand in no word of a Western language."""
_ODD = re.compile(
    rf"[^\x00-\x7f‘’“”–—…«»°\xa0]{{3,}}"  # every letter is one outside of ASCII
    rf"|(?<=[A-Za-z])[{_SIGNS}]+(?=[a-z])|(?<=[a-z])[À-ÖØ-ÞŠŒŽŸ]+(?=[a-z]|\s)"
)
"""A place that no Western text has: foreign letters in a row, a sign or a capital within a word."""


def guessed(data: bytes) -> str | None:
    """The encoding of bytes that are neither UTF-8 nor, by their looks, Windows-1252.

    None where they look like Windows-1252, where it cannot be told, and without the extra.
    """
    if not is_odd(data) or ENCODINGS.is_missing():
        return None
    sample = _lines(data)
    found = ENCODINGS.load().detect(sample)["encoding"]
    return found if isinstance(found, str) and _fits(sample, found) else None


def is_odd(data: bytes) -> bool:
    """Whether bytes read as Windows-1252 make no words: ``ÐŸÑ€Ð¸``, ``Ïðèâåò``, ``Poniedzia³ek``."""
    text = _lines(data).decode("latin-1").translate(dict(enumerate(WINDOWS_1252)))
    runs = len(_HIGH.findall(text))
    return "\x1b$" in text or "\x1b(" in text or (runs > 0 and len(_ODD.findall(text)) >= ODD * runs)


def _lines(data: bytes) -> bytes:
    """The sample, which begins and ends with a line, so that no letter of several bytes is cut."""
    first = next((match.start() for match in re.finditer(rb"[\x80-\xff]|\x1b[$(]", data)), 0)
    start = data.rfind(b"\n", 0, first) + 1
    end = data.rfind(b"\n", start, start + GUESSING_SAMPLE)
    return data[start : end if end > start else start + GUESSING_SAMPLE]


def _fits(sample: bytes, encoding: str) -> bool:
    try:
        text = sample.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return False
    return not re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd]", text)
