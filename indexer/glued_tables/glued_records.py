"""Records in one line: labels with the values that were glued to them, "Fresno, CA MSAHourly$11.61$16.69$25.39".

Values are known by their form. Those at the line's end, or right before the capital that begins another label, are a
record's; what stands before them is its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...search.lang.lexicon import any_of, lexicon
from ...search.model import Span

MAX_RECORD_LINE = 2_000
"""Code points of a line that can be a record, or several."""
TAIL = 80
"""Code points of a line's end that are looked at before the whole of it."""
MAX_RECORD_LABEL = 160
"""Code points of a record's label."""

VALUE = re.compile(
    r"""
      (?P<money> (?:(?<![\w)])[-−–])? [$€£][ ]?-? (?:\d{1,3}(?:,\d{3}){1,6}|\d{1,9}) (?:\.\d{1,4})?
                 (?:[kK](?![A-Za-z]))? \+?
                 (?:[ ]?(?:/|per[ ]|an?[ ])(?:hour|hr|day|week|wk|month|year|yr|annum)\b|[ ]p\.?[ah]\.?(?!\w))? )
    | (?P<percent> (?:(?<![\w)])[-−–])? \d{1,3}(?:,\d{3})* (?:\.\d{1,4})? [ ]? % )
    | (?P<number> \d{1,3}(?:,\d{3}){1,6} (?:\.\d{1,4})?
                | (?<![.,:/]) \d{1,6}\.\d{2}(?=\d{1,6}\.\d{2})
                | (?<![.,:/]) \d{1,6}\.\d{1,4}(?![\d:/.]) )
    | (?P<code> \d\d-\d{4}(?!\d(?!\d{0,2},\d{3})) )
    | (?P<whole> (?<![.,:/$]) \d{1,9}(?![\d:/]) )
    | (?P<mark> \#{1,2} | \*{1,3} | \(\d{1,2}\)[ ]{0,3}[-–—]? | [-–—]{1,2} | N/?A\b | n/a\b )
    """,
    re.VERBOSE,
)
"""The forms of a value: money, percentages, numbers with separators or decimals, codes; whole numbers; signs."""

ENDS = (
    *("%", "+", "k", "K", "#", "*", ")", "-", "–", "—", "N/A", "NA", "n/a"),
    *("hour", "hr", "day", "week", "wk", "month", "year", "yr", "annum", "pa", "p.a", "ph", "p.h", "a.", "h."),
)
"""What a value ends with that does not end with a digit."""

CERTAIN_FORMS = ("money", "percent", "number", "code")
"""Forms that are values for certain; a whole number or a sign may as well be a label's end."""

WORDS_OF_PROSE = re.compile(rf"\b{any_of(lexicon('guide_text').ordered('prose'))}\b", re.IGNORECASE)


RECORD_BULLET = re.compile(r"\s*(?:[•●◦▪‣*]|[-–—]\s|\d{1,3}[.)]\s)")
WIDE_GAP = re.compile(r"\t+| {2,}")
"""A gap that stands between cells, not within one."""
_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class GluedRecord:
    """A label and the values behind it. At least ``least`` of the values are values for certain."""

    label: Span
    values: tuple[Span, ...]
    forms: tuple[str, ...]
    """The form of each value."""
    least: int
    tight: bool
    """Whether the values touch the label, or stand off by more than a blank."""

    @property
    def end(self) -> int:
        return self.values[-1][1]


def records(text: str, line: Span) -> tuple[GluedRecord, ...]:
    """The records that a line is made of from end to end; none where it is anything else."""
    start, end = line
    if end - start > MAX_RECORD_LINE or not may_end_in_value(text[max(start, end - TAIL) : end]):
        return ()
    if RECORD_BULLET.match(text, start, end):
        return ()
    found: list[GluedRecord] = []
    label_start = start
    for values in _value_runs(text, line):
        closed = not text[values[-1].end() : end].strip()
        if not closed and not (
            _new_label(text, values[-1].end()) and any(match.lastgroup in CERTAIN_FORMS for match in values)
        ):
            continue
        record = _record(text, (label_start, values[0].start()), values)
        if record is None and not closed:
            continue
        if record is None:
            return ()
        found.append(record)
        label_start = values[-1].end()
    if not found or text[found[-1].end : end].strip():
        return ()
    return tuple(found)


def may_end_in_value(tail: str) -> bool:
    """Whether a line that ends so, blanks aside, can be one of records: most lines are told apart by this alone."""
    tail = tail.rstrip()
    return tail[-1:].isdecimal() or tail.endswith(ENDS) or not tail


def _value_runs(text: str, line: Span) -> Iterator[list[re.Match[str]]]:
    """The values of a line, those with nothing but blanks between them together."""
    run: list[re.Match[str]] = []
    for match in VALUE.finditer(text, *line):
        if run and text[run[-1].end() : match.start()].strip():
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _new_label(text: str, at: int) -> bool:
    """Whether the next record of the same line begins here: a capital right behind the value."""
    return text[at : at + 1].isupper() or (
        WIDE_GAP.match(text, at) is not None and text[at : at + 40].strip()[:1].isupper()
    )


def _record(text: str, label: Span, values: list[re.Match[str]]) -> GluedRecord | None:
    """A label and its values; those in front that could as well end the label ("Area 51") are not certain."""
    start, end = trim(text, label)
    if end - start > MAX_RECORD_LABEL or not _WORD.search(text, start, end):
        return None
    doubtful = 0
    for match in values:
        if match.lastgroup in CERTAIN_FORMS or not _loose(text, match.start()):
            break
        doubtful += 1
    if doubtful == len(values):
        return None
    tight = values[0].start() == end or WIDE_GAP.search(text, end, values[0].start()) is not None
    spans = tuple(trim(text, match.span()) for match in values)
    forms = tuple(match.lastgroup or "" for match in values)
    return GluedRecord((start, end), spans, forms, len(values) - doubtful, tight)


def _loose(text: str, at: int) -> bool:
    """Whether a single blank stands before this place, as within a label, and no value before that."""
    return text[at - 1 : at] == " " and not text[max(0, at - 2) : at - 1].isspace()


def is_prose(label: str) -> bool:
    """Whether a label that values follow after one blank may be the beginning of a sentence."""
    return label[:1].islower() or label.endswith((":", ",", ";")) or WORDS_OF_PROSE.search(label) is not None


def trim(text: str, span: Span) -> Span:
    """The span without blanks at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
