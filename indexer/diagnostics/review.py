"""Everything that whoever looks after the guides should know of each: the reader's notes, and what stands out now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from ...search.citation.editions import older_editions
from ...search.model import Document, Doubt, Span, Table
from ...search.store.catalog import Catalog
from ...search.text.line_index import LineIndex
from .duplicates import near_duplicates
from .ended import ended
from .suspects import suspects

MOST_ROWS_REVIEWED = 20_000
"""Rows of a table that are looked at for suspicious cells."""
LONGEST_COMPARED = 2_000_000
"""Code points of a text that is compared with others: longer ones are data, not pages."""
WHOLE_DOCUMENT: Span = (0, 0)
"""The place of what is said of a document as a whole."""


class Reviewed(NamedTuple):
    """A guide with what was found in it, by place."""

    document: Document
    findings: tuple[Doubt, ...]
    pieces: tuple[str, ...]
    """What stands at each finding's place."""


def review(catalog: Catalog, *, today: date, older_than: int | None = None) -> list[Reviewed]:
    """Every guide, by path. ``older_than`` is in years: older dates are in doubt."""
    documents = sorted(catalog.documents(), key=lambda document: (document.path, document.root))
    tables: defaultdict[int, list[Table]] = defaultdict(list)
    for table in catalog.tables():
        tables[table.document].append(table)
    alike, older = _alike(catalog, documents), older_editions(documents)
    found = []
    for document in documents:
        text = catalog.text(document.id)
        findings = [*alike.get(document.id, ()), *catalog.doubts(document.id)]
        findings += _replaced(text, older[document.id].said if document.id in older else "")
        findings += _stale(document, tables[document.id], today.year, older_than) if older_than is not None else ()
        for table in tables[document.id]:
            findings += suspects(table, catalog.rows(table.id, limit=MOST_ROWS_REVIEWED))
        findings.sort(key=lambda finding: finding.span)
        found.append(Reviewed(document, tuple(findings), tuple(text[slice(*each.span)] for each in findings)))
    return found


def _alike(catalog: Catalog, documents: Sequence[Document]) -> Mapping[int, list[Doubt]]:
    """For each document that is nearly the same as others, a note of each."""
    times = Counter(document.path for document in documents)
    paths = {d.id: d.path if times[d.path] == 1 else str(PurePath(d.root, d.path)) for d in documents}
    texts = ((document.id, _kept(catalog, document.id)) for document in documents if document.size <= LONGEST_COMPARED)
    found: defaultdict[int, list[Doubt]] = defaultdict(list)
    for pair in near_duplicates(texts):
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            reason = f"nearly the same text as {paths[other]} ({int(100 * pair.share)} % of both)"
            found[one].append(Doubt("doubt", reason, WHOLE_DOCUMENT, (1, 1)))
    return found


def _kept(catalog: Catalog, document: int) -> str:
    """A document's text without what the reader dropped."""
    text, pieces, at = catalog.text(document), list[str](), 0
    for doubt in catalog.doubts(document):
        if doubt.is_a("dropped"):
            pieces.append(text[at : doubt.span[0]])
            at = max(at, doubt.span[1])
    return " ".join((*pieces, text[at:]))


def _replaced(text: str, older: str) -> Iterator[Doubt]:
    """That a guide has a newer edition, or says itself that it holds no longer."""
    if older:
        yield Doubt("doubt", older, WHOLE_DOCUMENT, (1, 1))
    if (span := ended(text)) is not None:
        yield Doubt("doubt", "the guide says that it holds no longer", span, LineIndex(text).lines(span))


def _stale(document: Document, tables: Sequence[Table], year: int, older_than: int) -> Iterator[Doubt]:
    """Dates of the guide and of its tables that are further back than so many years."""
    if document.date and int(document.date[:4]) < year - older_than:
        yield Doubt("doubt", f"the guide is of {document.date}", WHOLE_DOCUMENT, (1, 1))
    for table in tables:
        if table.year is not None and table.year < year - older_than:
            yield Doubt("doubt", f"the figures are of {table.year}: {table.title}", table.span, table.lines)
