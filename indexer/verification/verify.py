"""Verify: do the quotes and numbers of saved answers still stand in the guides, and follow the answers from them?

The guides are read anew from disk. The index says in which folders they lie, and is asked once more.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from textwrap import shorten

from ...search.model import Answer, Citation, Span, Value
from ...search.store.open import Index
from ...search.text.number_words import IN_FIGURES
from ..readers.pdf.drawn_order import DRAWN_ORDER_PARSER as DRAWN
from ..sandbox.guarded import Reader
from ..tables.values import written
from .asked_again import AnswerComparison, ask_again
from .citation_fields import wrong_fields
from .cited_sources import Sources
from .claims import unproved
from .evidence import CitedEvidence
from .verdicts import NotAsked, Outdated, Unfounded, Unproved, Verdict, VerdictState, Verification, together

SHOWN_IN_NOTE = 200
"""Characters that a note gives of what took a quote's place."""

_NUMBER = re.compile(IN_FIGURES)
_OTHERWISE = re.compile(
    r"(?P<digits>\d{1,3}(?:[ .’']\d{3})+(?:,\d{1,2})?|\d+,\d{1,2}|(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?!\d)(?P<k>k)?",
    re.IGNORECASE,
)
"""Numbers as they are written elsewhere, 1.234,50, and in thousands, 45k."""


def verify(answers: Iterable[Answer], folders: Sequence[Path], index: Index | None = None) -> Verification:
    """Check every citation, every number and all that the answers say against the files in ``folders``.

    A folder may be a single file as well: what ``citeguide index`` was given. With an ``index`` the questions are asked
    again, which proves what nothing in the guides does.
    """
    outcomes: list[Verification] = []
    ocr = index is not None and index.ocr
    with Reader(ocr=ocr) as reader, Reader(parser=DRAWN) as drawing:
        sources = Sources([Path(os.path.realpath(folder)) for folder in folders], reader, drawing)
        for number, answer in enumerate(answers, start=1):
            outcomes.append(_outcome(number, answer, sources, index))
    return together(outcomes)


def _outcome(number: int, answer: Answer, sources: Sources, index: Index | None) -> Verification:
    judged = [_judge(number, citation, sources) for citation in (*answer.citations, *answer.nearest)]
    quoted = [value for value in answer.values if not value.computed]
    cited = [sources.of(citation) for citation in answer.citations]
    as_cited = [
        source if source and source.sha256 == citation.sha256 else None
        for source, citation in zip(cited, answer.citations, strict=True)
    ]
    evidence = CitedEvidence(
        answer, tuple(source.guide if source else None for source in as_cited), None not in as_cited
    )
    fields = [
        (f"citations[{citation.n}].{name}", reason)
        for citation, source in zip(answer.citations, as_cited, strict=True)
        for name, reason in wrong_fields(citation, source)
    ]
    again = ask_again(answer, index) if index else AnswerComparison(unproved="there is no index to ask")
    claims = tuple(dict((*fields, *unproved(evidence), *again.claims)).items())
    return Verification(
        answers=1,
        verdicts=tuple(judged),
        values=len(quoted),
        unfounded=tuple(_unfounded(number, quoted, (*answer.citations, *answer.nearest))),
        outdated=tuple(_outdated(number, answer.values, judged)),
        unproved=tuple(Unproved(number, *claim) for claim in claims),
        reckoned=len(answer.values) - len(quoted),
        receipts=int(bool(answer.table and evidence.tables)),
        same=int(again.is_same),
        not_asked=(NotAsked(number, again.unproved, again.is_sealed),) if again.unproved else (),
    )


def _judge(answer: int, citation: Citation, sources: Sources) -> Verdict:
    source = sources.of(citation)
    if source is None:
        return Verdict(answer, citation, VerdictState.MISSING, f"there is no file {citation.path}")
    if source.trouble:
        return Verdict(answer, citation, VerdictState.MISSING, f"{citation.path} {source.trouble}")
    same_file = source.sha256 == citation.sha256
    start, end = citation.span
    stands = bool(citation.quote) and source.text[start:end] == citation.quote
    if stands and source.is_scrambled(citation.span):
        said = "its page draws these words in another order: columns may have been read across"
        return Verdict(answer, citation, VerdictState.CHANGED, said)
    if stands:
        return Verdict(
            answer, citation, VerdictState.INTACT, "" if same_file else "the file has changed since, the quote has not"
        )
    if (span := _nearest(citation.quote, source.text, start)) is not None:
        lines = source.line_index.lines(span)
        return Verdict(answer, citation, VerdictState.MOVED, f"the quote now stands in line {lines[0]}", (span, lines))
    if same_file:
        return Verdict(
            answer, citation, VerdictState.CHANGED, "the quote was altered: the file is as it was and never held it"
        )
    if source.edition is None:
        return Verdict(answer, citation, VerdictState.CHANGED, "the file has changed and no longer holds the quote")
    now = source.edition.nearest(citation.quote, citation.section)
    if now is None:
        return Verdict(
            answer, citation, VerdictState.CHANGED, "the file has changed and holds nothing like the quote any more"
        )
    lines = source.line_index.lines(now.span)
    text = shorten(now.text, SHOWN_IN_NOTE, placeholder=" …")
    said = f"the file has changed and now says, in line {lines[0]}: {text}"
    return Verdict(answer, citation, VerdictState.CHANGED, said, (now.span, lines), now)


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
    found = (verdict for verdict in verdicts if verdict.state == VerdictState.CHANGED and verdict.place)
    changed = {verdict.citation.n: verdict.now for verdict in found}
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
