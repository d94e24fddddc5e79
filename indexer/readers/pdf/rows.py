"""Words to rows: what stands side by side, and where wide gaps part it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from ..text.text_paragraphs import MARKER
from .page import Rule, Word

SAME_ROW = 0.4
"""Type sizes that the lines of two words of one row may differ by."""
SEGMENT_GAP = 0.9
"""The least gap between two segments of a row, in type sizes: words of one line stand closer."""
SPACED_OUT = 1.8
"""The widest gap between words of a line that is stretched to the margins, in type sizes."""
LEAST_GAPS = 4
"""Gaps that tell such a line."""
INSET = 3.0
"""The widest gap between a list's bullet and its text, in type sizes."""


@dataclass(frozen=True)
class RowSegment:
    """Words of a row without a wide gap between them, from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def x0(self) -> float:
        """Its left edge."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Its right edge."""
        return max(word.x1 for word in self.words)

    @cached_property
    def size(self) -> float:
        """Of most of its type."""
        return median(word.size for word in self.words)

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.bold for word in self.words)

    @cached_property
    def text(self) -> str:
        """Its words with a blank between."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True)
class Row:
    """Segments side by side, from left to right."""

    segments: tuple[RowSegment, ...]
    base: float

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All its words, from left to right."""
        return tuple(word for segment in self.segments for word in segment.words)

    @cached_property
    def x0(self) -> float:
        """Its left edge."""
        return self.segments[0].x0

    @cached_property
    def x1(self) -> float:
        """Its right edge."""
        return max(segment.x1 for segment in self.segments)

    @cached_property
    def size(self) -> float:
        """Of most of its type."""
        return median(word.size for word in self.words)

    @cached_property
    def text(self) -> str:
        """Its words with a blank between."""
        return " ".join(segment.text for segment in self.segments)


def rows(words: Iterable[Word], down: Sequence[Rule] = ()) -> list[Row]:
    """The rows from top to bottom; ruled lines ``down`` the page part segments as wide gaps do."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        if found and word.base - found[-1][-1].base <= SAME_ROW * min(word.size, found[-1][-1].size):
            found[-1].append(word)
        else:
            found.append([word])
    return [_row(group, down) for group in found]


def _row(group: Sequence[Word], down: Sequence[Rule]) -> Row:
    """The row of these words; its line is that of its largest type."""
    words = sorted(group, key=lambda word: (word.x0, word.x1))
    wide = SPACED_OUT if _is_spaced_out(words) else SEGMENT_GAP
    segments: list[list[Word]] = []
    reached = 0.0
    for word in words:
        if segments and _is_close(segments[-1], reached, word, wide) and not (down and _is_ruled(reached, word, down)):
            segments[-1].append(word)
        else:
            segments.append([word])
        reached = max(reached, word.x1)
    return Row(tuple(RowSegment(tuple(each)) for each in segments), max(words, key=lambda word: word.size).base)


def _is_spaced_out(words: Sequence[Word]) -> bool:
    """Whether all gaps of a row are about as wide, and none is very wide: a line that was stretched to the margins."""
    gaps = [(after.x0 - word.x1) / word.size for word, after in pairwise(words)]
    return len(gaps) >= LEAST_GAPS and max(gaps) <= min(SPACED_OUT, 2 * min(gaps))


def _is_close(segment: Sequence[Word], reached: float, word: Word, wide: float) -> bool:
    """Whether no wide gap parts a word from the segment before it; a bullet and its text stay together."""
    gap, size = word.x0 - reached, max(word.size, segment[-1].size)
    return gap <= wide * size or (gap <= INSET * size and len(segment) == 1 and _is_bullet(segment[0].text))


def _is_bullet(text: str) -> bool:
    return MARKER.fullmatch(text + " x", 0, len(text) + 1) is not None


def _is_ruled(reached: float, word: Word, down: Sequence[Rule]) -> bool:
    """Whether a line is drawn between a word and what ends at ``reached``."""
    middle = word.base - 0.3 * word.size
    return any(reached - 1 < rule.at < word.x0 + 1 and rule.start <= middle <= rule.end for rule in down)
