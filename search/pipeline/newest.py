"""Does an answer come from an older edition? Then the newest one answers, where it can; else that is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ..citation.editions import Older, older_among
from ..model import Finding, Status
from ..query.query import Question
from ..store.catalog import Catalog
from ..text.number_words import IN_YEARS

Answering = Callable[[Question], Finding]
"""Answers a question from the guides that it may be answered from."""


def newest(finding: Finding, question: Question, catalog: Catalog, less: float, answering: Answering) -> Finding:
    """The finding, or that of the newest edition where it answers as surely but for ``less``; notes name the others.

    Editions that contradict each other are no contradiction of guides: the newest holds. Who names a year asks for that
    edition, and is only told.
    """
    cited = {quote.document for quote in finding.quotes}
    older = older_among(cited, catalog) if finding.status != Status.NOT_FOUND else {}
    if not older:
        return finding
    wanted = frozenset[int]().union(*(older[number].newest for number in cited & older.keys()))
    disagree = finding.status == Status.DISAGREEMENT
    if not IN_YEARS.search(question.text) and not (disagree and cited - older.keys() - wanted):
        allowed = question.documents or frozenset(document.id for document in catalog.documents())
        again = answering(question._replace(documents=allowed.difference(older))) if allowed & wanted else finding
        is_sure = disagree or (again.confidence or 0.0) >= (finding.confidence or 0.0) - less
        if (
            again.status == Status.ANSWERED
            and is_sure
            and not wanted.isdisjoint(quote.document for quote in again.quotes)
        ):
            return again._replace(notes=(*again.notes, *_notes(cited, older, catalog))) if disagree else again
    return finding._replace(notes=(*finding.notes, *_notes(cited, older, catalog)))


def _notes(cited: Iterable[int], older: Mapping[int, Older], catalog: Catalog) -> Iterator[str]:
    return (f"{catalog.document(number).path} is {older[number].said}" for number in sorted(cited) if number in older)
