"""Characters to words: the gaps between them say where one ends, and blanks that show no gap are within one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .characters import Glyph
from .page import Word

WORD_GAP, GAP_AT_BLANK = 0.2, 0.05
"""The least gap between two words, and where a blank stands between them; in type sizes."""
OFF_LINE = 0.6
"""Type sizes that a character may stand above or below the one before it: a raised mark belongs to its word."""
MOST_TIGHT = 1 / 3
"""Share of a page's blanks that may show no gap; where more do, the font's widths are wrong, and not the blanks."""


def words(glyphs: Sequence[Glyph]) -> Iterator[Word]:
    """The words in the glyphs' order; those behind a blank without a gap are told apart, and marked ``is_tight``."""
    group: list[Glyph] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if group and (glyph.after_blank or _is_apart(group[-1], glyph, WORD_GAP)):
            yield _word(group, before)
            before, group = group[-1], []
        group.append(glyph)
    if group:
        yield _word(group, before)


def closed(found: list[Word]) -> list[Word]:
    """The words, with those joined that only a blank without a gap parts: ``Janua ry``."""
    tight = sum(word.is_tight for word in found)
    if not tight or tight > MOST_TIGHT * len(found):
        return found
    joined: list[Word] = []
    for word in found:
        if word.is_tight and word.text[0].islower() and joined[-1].text[-1].isalpha():
            joined[-1] = joined[-1]._replace(text=joined[-1].text + word.text, x1=word.x1, is_closed=True)
        else:
            joined.append(word)
    return joined


def _is_apart(one: Glyph, other: Glyph, gap: float) -> bool:
    """Whether the second glyph is on another line, further than ``gap`` type sizes to the right, or to the left.

    The letters of a ligature have one place.
    """
    size = max(one.style.size, other.style.size)
    off = abs(other.base - one.base) > OFF_LINE * min(one.style.size, other.style.size)
    return off or other.x0 - one.x1 > gap * size or other.x0 < min(one.x0, one.x1 - 0.5 * size)


def _word(group: Sequence[Glyph], before: Glyph | None) -> Word:
    first = group[0]
    tight = before is not None and first.after_blank and not _is_apart(before, first, GAP_AT_BLANK)
    size = max(glyph.style.size for glyph in group)
    bold = 2 * sum(glyph.style.bold for glyph in group) > len(group)
    text = "".join(glyph.text for glyph in group)
    return Word(text, first.x0, group[-1].x1, first.base, size, bold, tight)
