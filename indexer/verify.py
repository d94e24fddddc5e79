"""Verify: do the quotes and numbers of saved answers still stand in the guides, at the places that were cited?

The guides are read anew from disk; the index only says in which folders they lie.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path, PurePosixPath
from textwrap import shorten
from typing import Literal

from ..search.errors import SourceError
from ..search.model import Answer, Cell, Citation, Lines, Span, Value
from ..search.text.line_index import LineIndex
from .diff.nearest import CurrentGuide, CurrentText
from .document import ParsedGuide
from .sandbox.guarded import Reader, ReadFile
from .tables.values import written

SHOWN = 200
"""Characters that a note gives of what took a quote's place."""

State = Literal["intact", "moved", "changed", "missing"]

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")
_OTHERWISE = re.compile(
    r"(?P<digits>\d{1,3}(?:[ .’']\d{3})+(?:,\d{1,2})?|\d+,\d{1,2}|(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?!\d)(?P<k>k)?",
    re.IGNORECASE,
)
"""Numbers as they are written elsewhere, 1.234,50, and in thousands, 45k."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one citation: ``answer`` counts from 1.

    ``place`` is where a moved quote stands now, or what stands in the guide in place of one that changed; ``now`` is
    the latter.
    """

    answer: int
    citation: Citation
    state: State
    note: str = ""
    place: tuple[Span, Lines] | None = None
    now: CurrentText | None = None


@dataclass(frozen=True, slots=True)
class Unfounded:
    """A number that an answer gives as quoted and that does not stand in the quote it cites."""

    answer: int
    value: Value
    reason: str


@dataclass(frozen=True, slots=True)
class Outdated:
    """A number that the guide gave once and gives no longer; ``now`` is what it gives instead, where that is known."""

    answer: int
    value: Value
    now: Cell | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that was checked."""

    answers: int
    verdicts: tuple[Verdict, ...]
    values: int
    """Numbers that were checked; computed ones have no quote to stand in."""
    unfounded: tuple[Unfounded, ...]
    outdated: tuple[Outdated, ...] = ()

    @property
    def problems(self) -> tuple[Verdict, ...]:
        """The citations that are not intact."""
        return tuple(verdict for verdict in self.verdicts if verdict.state != "intact")

    @property
    def is_sound(self) -> bool:
        """Whether every citation is intact and every number stands in its quote."""
        return not self.problems and not self.unfounded


def verify(answers: Iterable[Answer], folders: Sequence[Path]) -> Outcome:
    """Check every citation and every quoted number of the answers against the files in ``folders``.

    A folder may be a single file as well: what ``citeguide index`` was given.
    """
    verdicts: list[Verdict] = []
    unfounded: list[Unfounded] = []
    outdated: list[Outdated] = []
    answered = values = 0
    with Reader() as reader:
        sources = Sources([Path(os.path.realpath(folder)) for folder in folders], reader)
        for answered, answer in enumerate(answers, start=1):
            judged = [_judge(answered, citation, sources) for citation in answer.citations]
            verdicts += judged
            outdated += _outdated(answered, answer.values, judged)
            quoted = [value for value in answer.values if not value.computed]
            values += len(quoted)
            unfounded += _unfounded(answered, quoted, answer.citations)
    return Outcome(answered, tuple(verdicts), values, tuple(unfounded), tuple(outdated))


@dataclass(frozen=True)
class CurrentSource:
    """A source file as it is now; ``trouble`` says why it has no text."""

    sha256: str
    text: str
    trouble: str = ""
    guide: ParsedGuide | None = None

    @cached_property
    def edition(self) -> CurrentGuide | None:
        """What became of quotes from earlier editions."""
        return None if self.guide is None else CurrentGuide(self.guide)


@dataclass(slots=True)
class Sources:
    """The files of the folders, each read at most once."""

    folders: Sequence[Path]
    reader: ReadFile
    _known: dict[Path, CurrentSource] = field(default_factory=dict)

    def of(self, citation: Citation) -> CurrentSource | None:
        """The file that a citation names: of several the one with its hash, else the first, if any."""
        found = [self._source(path) for path in self._paths(citation.path)]
        return next((source for source in found if source.sha256 == citation.sha256), found[0] if found else None)

    def _paths(self, path: str) -> Iterator[Path]:
        """Where the path may lie. Saved answers are not trusted: a path never leads out of its folder."""
        relative = PurePosixPath(path)
        if relative.is_absolute() or ".." in relative.parts or "\0" in path:
            return
        for folder in self.folders:
            if folder.is_file() and folder.name == path:
                yield folder
            elif (folder / relative).is_file():
                yield folder / relative

    def _source(self, path: Path) -> CurrentSource:
        if path not in self._known:
            self._known[path] = _read(path, self.reader)
        return self._known[path]


def _read(path: Path, reader: ReadFile) -> CurrentSource:
    parts: list[str] = []
    try:
        found = reader(path, lambda part: parts.append(part.text))
    except OSError as error:
        return CurrentSource("", "", f"cannot be read ({error.strerror})")
    except SourceError as error:
        return CurrentSource("", "", f"cannot be read ({error.message})")
    whole = None if parts else found.guide  # what is read in parts is too long to be looked through for likenesses
    return CurrentSource(found.sha256, "".join(parts) + found.guide.text, guide=whole)


def _judge(answer: int, citation: Citation, sources: Sources) -> Verdict:
    source = sources.of(citation)
    if source is None:
        return Verdict(answer, citation, "missing", f"there is no file {citation.path}")
    if source.trouble:
        return Verdict(answer, citation, "missing", f"{citation.path} {source.trouble}")
    same_file = source.sha256 == citation.sha256
    start, end = citation.span
    if citation.quote and source.text[start:end] == citation.quote:
        return Verdict(answer, citation, "intact", "" if same_file else "the file has changed since, the quote has not")
    if (span := _nearest(citation.quote, source.text, start)) is not None:
        lines = LineIndex(source.text).lines(span)
        return Verdict(answer, citation, "moved", f"the quote now stands in line {lines[0]}", (span, lines))
    if same_file:
        return Verdict(answer, citation, "changed", "the quote was altered: the file is as it was and never held it")
    if source.edition is None:
        return Verdict(answer, citation, "changed", "the file has changed and no longer holds the quote")
    now = source.edition.nearest(citation.quote, citation.section)
    if now is None:
        return Verdict(answer, citation, "changed", "the file has changed and holds nothing like the quote any more")
    lines = LineIndex(source.text).lines(now.span)
    text = shorten(now.text, SHOWN, placeholder=" …")
    said = f"the file has changed and now says, in line {lines[0]}: {text}"
    return Verdict(answer, citation, "changed", said, (now.span, lines), now)


def _nearest(quote: str, text: str, start: int) -> Span | None:
    """Where the quote stands nearest to a place."""
    before, after = text.rfind(quote, 0, start + len(quote)), text.find(quote, start)
    places = [place for place in (before, after) if quote and place >= 0]
    if not places:
        return None
    place = min(places, key=lambda place: abs(place - start))
    return place, place + len(quote)


def _outdated(answer: int, values: Sequence[Value], verdicts: Sequence[Verdict]) -> Iterator[Outdated]:
    """The quoted numbers that do not stand in what took the place of their quotes."""
    changed = {verdict.citation.n: verdict.now for verdict in verdicts if verdict.state == "changed" and verdict.place}
    for value in values:
        now = None if value.computed or value.citation is None else changed.get(value.citation)
        if now is not None and not _stands_in(value.value, now.text):
            measured = [
                cell
                for cell, column in zip(now.cells, now.columns, strict=False)
                if column.measure == value.measure and cell.number is not None
            ]
            yield Outdated(answer, value, measured[0] if len(measured) == 1 else None)


def _unfounded(answer: int, values: Sequence[Value], citations: Sequence[Citation]) -> Iterator[Unfounded]:
    by_number = {citation.n: citation for citation in citations}
    for value in values:
        if value.citation is None or value.citation not in by_number:
            yield Unfounded(answer, value, "it is given as quoted but cites nothing")
        elif not _stands_in(value.value, by_number[value.citation].quote):
            yield Unfounded(answer, value, f"it does not stand in the quote of citation {value.citation}")


def _stands_in(value: Decimal | str, quote: str) -> bool:
    """Whether a number, or the words of a cell, are written in a quote.

    Signs are not compared: a dash before a number may be a range.
    """
    if isinstance(value, str):
        return " ".join(value.split()) in " ".join(quote.split())
    return any(number == abs(value) for number in _numbers(quote))


def _numbers(quote: str) -> Iterator[Decimal]:
    """Every number that a quote may be read to hold."""
    yield from (Decimal(match.group().replace(",", "")) for match in _NUMBER.finditer(quote))
    for match in _OTHERWISE.finditer(quote):
        if (number := written(match["digits"], "EUR")) is not None:
            yield number
        if match["k"] and (number := written(match["digits"])) is not None:
            yield number * 1000
