"""Bytes to text: which encoding a file is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ...search.errors import SourceError
from ...search.model import Doubt
from ..extras import ENCODINGS
from .guessed import guessed, is_odd
from .mojibake import WINDOWS_1252, mended, restored

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Longest first where one begins with another (UTF-32 LE begins like UTF-16 LE)."""

ENCODING_SAMPLE = 4_096
"""Bytes or code points looked at for telling UTF-16 by its zeros and text from binary."""
ENCODED_TWICE = "the file is UTF-8 that was once read as Windows-1252 (“donâ€™t”): it is decoded twice"
MAX_CONTROL_SHARE = 0.02
"""Share of control characters above which a file is no text."""

CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffe\uffff]")
CONTENT = re.compile(r"[^\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
"""A code point that counts as content: neither white space nor an invisible format character."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, without byte-order mark, newlines as they stand; ``doubt`` says what is uncertain about it."""

    text: str
    doubt: str = ""
    repair: str = ""
    """What was wrong with the file's encoding and was put right."""
    encoding: str = "utf-8"

    def doubts(self) -> tuple[Doubt, ...]:
        """Both as notes about the file as a whole."""
        doubts = (Doubt("doubt", self.doubt, (0, 0), (1, 1)),) if self.doubt else ()
        return (*doubts, Doubt("repaired", self.repair, (0, 0), (1, 1))) if self.repair else doubts


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of a file: by byte-order mark or zeros, as UTF-8, as declared, as Windows-1252, or what it looks like.

    Raises SourceError where the file is empty or no text.
    """
    decoded = _decode(data, declared)
    if not CONTENT.search(decoded.text):
        raise SourceError("the file is empty", "put some text in it or leave it out")
    sample, _ = mended(decoded.text[:ENCODING_SAMPLE])
    if len(CONTROL_CHARACTERS.findall(sample)) > MAX_CONTROL_SHARE * len(sample):
        raise _binary()
    return decoded


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding of a file that begins so, and how many bytes its mark takes. Raises SourceError as ``decode``."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    decode(head)
    if (wide := _by_zeros(head[:ENCODING_SAMPLE])) is not None:
        return wide, 0
    return _decode(head[: head.rfind(b"\n") + 1], None).encoding, 0


def _decode(data: bytes, declared: str | None) -> Decoded:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _forgiving(data[len(mark) :], encoding)
    if (wide := _by_zeros(data[:ENCODING_SAMPLE])) is not None:
        return _forgiving(data, wide)
    if b"\0" in data[:ENCODING_SAMPLE]:
        raise _binary()
    try:
        text = data.decode("utf-8")
        return _once(text) if "\x1b" not in text else _legacy(data, None)
    except UnicodeDecodeError as error:
        if (declared_text := _as_declared(data, declared)) is not None:
            return Decoded(declared_text)
        return _legacy(data, error)


def _once(text: str) -> Decoded:
    """The text, decoded a second time where the whole file was encoded twice."""
    before = None if text.isascii() else restored(text)
    return Decoded(text) if before is None else Decoded(before, repair=ENCODED_TWICE)


def _forgiving(data: bytes, encoding: str) -> Decoded:
    """Decode what surely is in this encoding; damaged bytes become U+FFFD and a doubt."""
    text = data.decode(encoding, errors="replace")
    damaged = text.count("\ufffd")
    return Decoded(text, f"{damaged} damaged characters in {encoding.upper()} text" if damaged else "")


def _by_zeros(sample: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: most characters of Western text have zero bytes, always on the same side."""
    fours = len(sample) // 4
    zeros = [sample[n : 4 * fours : 4].count(0) for n in range(4)]
    if fours and min(zeros[2:]) == fours > zeros[0]:
        return "utf-32-le"
    if fours and min(zeros[:2]) == fours > zeros[3]:
        return "utf-32-be"
    pairs = len(sample) // 2
    if pairs == 0:
        return None
    high, low = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if low > 0.4 * pairs and high < 0.05 * pairs:
        return "utf-16-le"
    if high > 0.4 * pairs and low < 0.05 * pairs:
        return "utf-16-be"
    return None


def _as_declared(data: bytes, declared: str | None) -> str | None:
    """The text in the encoding that the file itself names, if it is one of characters and fits."""
    try:
        return data.decode(declared) if declared else None
    except (LookupError, UnicodeError, ValueError):
        return None


def _legacy(data: bytes, error: UnicodeDecodeError | None) -> Decoded:
    """Not UTF-8, or with the escapes of ISO-2022: nearly whole UTF-8 with few damaged bytes stays UTF-8.

    Anything else is read as Windows-1252, unless that makes no words and its encoding can be told.
    """
    forgiving = data.decode("utf-8", errors="replace")
    damaged = forgiving.count("\ufffd")
    first = f"byte {error.start}" if error else "escapes"
    if error and damaged * 10 < len(data.translate(None, bytes(range(0xC0)))):
        return Decoded(forgiving, f"{damaged} damaged characters in UTF-8 text, the first at {first}")
    if (encoding := guessed(data)) is not None:
        text = data.decode(encoding, errors="replace")
        return Decoded(text, f"not UTF-8 ({first}): read as {encoding}, which its letters speak for", encoding=encoding)
    if error is None:
        return Decoded(forgiving)
    text, _ = codecs.charmap_decode(data, "strict", WINDOWS_1252)
    help_ = "; the extra encodings may tell better" if ENCODINGS.is_missing() and is_odd(data) else ""
    return Decoded(text, f"not UTF-8 ({first}): read as Windows-1252{help_}", encoding="cp1252")


def _binary() -> SourceError:
    return SourceError("the file is not text (it holds binary data)", "convert it to text, Markdown or HTML")
