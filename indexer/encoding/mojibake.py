"""Letters that were decoded once too often: UTF-8 read as Windows-1252, so that "don’t" became "donâ€™t".

Read as Latin-1, it became "donâ" with two control codes behind it, which no screen shows.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from ...search.model import Span

WINDOWS_1252 = "".join(bytes([n]).decode("cp1252", errors="ignore") or chr(n) for n in range(256))
"""Every byte has a character: the five that Windows-1252 leaves open stand for the control codes, as in browsers."""
LEAST_DAMAGED = 2
"""Damaged letters that make a whole text one that was decoded too often; a typographic mark needs no second, nor does
one with a control code in it."""

_CONTROLS = {code: code for code in range(0x80, 0xA0)}
"""What Latin-1 makes of the bytes that Windows-1252 has letters for."""
_ENCODE = {**_CONTROLS, **{ord(letter): byte for byte, letter in enumerate(WINDOWS_1252)}}
_FOLLOWING = r"\x80-\x9f" + "".join(re.escape(c) for c in WINDOWS_1252[0x80:0xC0])
_RUN = re.compile(
    rf"[\u00c2-\u00f4](?:(?<=[\u00c2-\u00df])[{_FOLLOWING}]|(?<=[\u00e0-\u00ef])[{_FOLLOWING}]{{2}}"
    rf"|(?<=[\u00f0-\u00f4])[{_FOLLOWING}]{{3}})"
)
"""What one letter of UTF-8, of two to four bytes, looks like after that. It begins with one set: such is found fast."""
_FIRST = b"\xc3"
"""What a letter that such a run begins with is in UTF-8: bytes are looked through faster than letters."""
_HIDDEN = re.compile(r"[\x80-\x9f]")


def restored(text: str) -> str | None:
    """The whole text as it was before, if all of it went through that; None where it did not, or may not have."""
    return _as_utf8(text) if any(runs(text)) else None


def runs(text: str) -> Iterator[tuple[Span, str]]:
    """The damaged letters of a text of which only a part went through that, each with what it was."""
    found = list(_letters(text))
    is_sure = "â€" in text or any(_HIDDEN.search(text, *span) for span, _ in found)
    yield from found if is_sure or len(found) >= LEAST_DAMAGED else ()


def _letters(text: str) -> Iterator[tuple[Span, str]]:
    """What looks like a damaged letter, and is one that can be written."""
    for match in _RUN.finditer(text) if _FIRST in text.encode("utf-8", "surrogatepass") else ():
        letter = _as_utf8(match.group())
        if letter is not None and (letter.isprintable() or letter.isspace()):
            yield match.span(), letter


def mended(text: str) -> tuple[str, int]:
    """The text with every damaged letter as it was, and how many there were."""
    pieces, at = list[str](), 0
    for (start, end), letter in runs(text):
        pieces += (text[at:start], letter)
        at = end
    return "".join((*pieces, text[at:])), len(pieces) // 2


def _as_utf8(text: str) -> str | None:
    try:
        return codecs.charmap_encode(text, "strict", _ENCODE)[0].decode("utf-8")
    except UnicodeError:
        return None
