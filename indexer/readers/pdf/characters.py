"""The characters of a page as PDFium gives them: which each is, its box, its type, and how it is turned."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ...encoding.decode import CONTENT
from .page import UNREADABLE, Word

BOLD_FONT = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
FORCE_BOLD = 1 << 18
"""Bit 19 of a font descriptor's flags (ISO 32000-1, table 123)."""
FARTHEST_POINT = 100_000.0
"""Points from a page's corner beyond which nothing stands."""
SAME_TURN = 0.02
"""Quarters of a circle by which upright text may lean."""
OVERLAID = 0.6
"""Share of its width by which a glyph may be shifted from an equal one below it: letters side by side hardly touch."""
SAME_PLACE = 3.0
"""Points that it may be shifted by at most."""
LIGATURE = "f"
"""The letter that PDFium gives twice in one place, the second right after the first: the ligature of two of them."""
READ_AS = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\u2010": "-", "\u2011": "-", "\u00ad": "-",
    "\x02": "-",
}  # fmt: skip
"""Ligatures; bullets of Symbol and Wingdings, which have no code points; hyphens, soft ones
among them where they show, and PDFium's own sign for one that ends a line."""
OF_TEX = {
    0x0B: "ff", 0x0C: "fi", 0x0D: "fl", 0x0E: "ffi", 0x0F: "ffl",
    0x1B: "ff", 0x1C: "fi", 0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl", 0x88: "•",
}  # fmt: skip
"""What codes show that a font does not name: TeX's drawn letters have none, in its encodings OT1 and T1."""
NO_CHARACTER = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")


class Style(NamedTuple):
    """What all characters of one text object share."""

    size: float
    bold: bool
    turn: int
    """Quarters of a circle that it is turned from upright, counterclockwise; -1 for any other angle."""


class Glyph(NamedTuple):
    """A character in the page's coordinates, which go up from its bottom left, turned so that it is upright."""

    text: str
    x0: float
    x1: float
    base: float
    """The height of the line that it stands on."""
    style: Style
    after_blank: bool


class Glyphs:
    """Reads the characters of a page that hold content; blanks are told of the one after them.

    This is the loop in which a long file spends its time: three calls of PDFium for a character, and a fourth where its
    style may have changed.
    """

    def __init__(self, text: Any, raw: Any) -> None:
        self._text, self._raw, self._count = text.raw, raw, text.count_chars()
        self._styles: dict[int, Style] = {}

    def all(self) -> Iterator[Glyph]:
        """In the file's order."""
        text, box, x, y = self._text, self._raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        unicode, loose_box = self._raw.FPDFText_GetUnicode, self._raw.FPDFText_GetLooseCharBox
        origin, shown_as = self._raw.FPDFText_GetCharOrigin, _ReadAs()
        is_unnamed = self._raw.FPDFText_HasUnicodeMapError
        blank, height, style = True, 0.0, Style(1.0, False, 0)
        for n in range(self._count):
            code = unicode(text, n)
            shown = OF_TEX[code] if code in OF_TEX and is_unnamed(text, n) == 1 else shown_as[code]
            if not shown or shown.isspace():
                blank = blank or bool(shown)
                continue
            loose_box(text, n, box)
            origin(text, n, x, y)
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
            if blank or top - bottom != height:
                height, style = top - bottom, self._style(n)
            if not (
                -FARTHEST_POINT < left <= right < FARTHEST_POINT and -FARTHEST_POINT < bottom <= top < FARTHEST_POINT
            ):
                continue
            if style.turn:
                (left, _), (right, base) = turned(left, bottom, style.turn), turned(right, top, style.turn)
                left, right, base = min(left, right), max(left, right), turned(x.value, y.value, style.turn)[1]
            else:
                base = y.value
            yield Glyph(shown, left, right, base, style, blank)
            blank = False

    def _style(self, n: int) -> Style:
        pointer = self._raw.FPDFText_GetTextObject(self._text, n)
        key = ctypes.cast(pointer, ctypes.c_void_p).value or 0
        if key not in self._styles:
            self._styles[key] = self._style_of(n)
        return self._styles[key]

    def _style_of(self, n: int) -> Style:
        raw, text = self._raw, self._text
        matrix, flags, name = raw.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(100)
        raw.FPDFText_GetMatrix(text, n, matrix)
        raw.FPDFText_GetFontInfo(text, n, name, len(name), flags)
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        size = raw.FPDFText_GetFontSize(text, n) * scale
        bold = bool(flags.value & FORCE_BOLD) or BOLD_FONT.search(name.value.decode("latin-1")) is not None
        turn = raw.FPDFText_GetCharAngle(text, n) / (math.pi / 2)
        upright = abs(turn - round(turn)) < SAME_TURN
        return Style(size if 0 < size < math.inf else 1.0, bold, -round(turn) % 4 if upright else -1)


class _ReadAs(dict[int, str]):
    """What each code point is read as; marks that nobody sees as nothing."""

    def __missing__(self, code: int) -> str:
        text = chr(code) if code < 0x110000 else UNREADABLE
        text = READ_AS.get(text, text)
        text = UNREADABLE if NO_CHARACTER.match(text) else text
        self[code] = text if text.isspace() or CONTENT.search(text) else ""
        return self[code]


def struck_once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs without those that are set on an equal one, as some programs do to make bold letters: these are so."""
    found: list[Glyph] = []
    lines: dict[tuple[str, int], dict[int, int]] = {}
    for glyph in glyphs:
        column, places = int(glyph.x0 // SAME_PLACE), lines.setdefault((glyph.text, round(glyph.base)), {})
        near = [places[at] for at in (column, column - 1, column + 1) if at in places]
        twin = next((n for n in near if _is_on(glyph, found[n])), None)
        if twin is None or (found[-1] == glyph and glyph.text == LIGATURE):
            places[column] = len(found)
            found.append(glyph)
        else:
            kept = found[twin]
            found[twin] = kept._replace(x1=max(kept.x1, glyph.x1), style=kept.style._replace(bold=True))
    return found


def _is_on(glyph: Glyph, other: Glyph) -> bool:
    """Whether two equal glyphs cover each other but for a small shift."""
    shift, width = abs(glyph.x0 - other.x0), other.x1 - other.x0
    return shift < min(OVERLAID * width, SAME_PLACE) and abs(glyph.base - other.base) < SAME_PLACE / 2


def main_turn(glyphs: Sequence[Glyph]) -> int:
    """How most of a page's text is turned."""
    turns = Counter(glyph.style.turn for glyph in glyphs if glyph.style.turn >= 0)
    return max(turns, key=lambda turn: turns[turn], default=0)


def turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point after a turn back by quarters of a circle."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]


class Frame:
    """From a page's own coordinates to the reader's, for text that is turned by ``turn`` quarters of a circle."""

    def __init__(self, box: tuple[float, float, float, float], turn: int) -> None:
        self._turn = turn
        corners = [turned(x, y, turn) for x in box[0::2] for y in box[1::2]]
        self._left, self._top = min(x for x, _ in corners), max(y for _, y in corners)
        self.height = self._top - min(y for _, y in corners)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point, from the top left and downwards."""
        x, y = turned(x, y, self._turn)
        return x - self._left, self._top - y

    def word(self, word: Word) -> Word:
        """A word of upright glyphs."""
        return word._replace(x0=word.x0 - self._left, x1=word.x1 - self._left, base=self._top - word.base)
