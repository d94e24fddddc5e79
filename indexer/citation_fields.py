"""What a citation says beside its quote: its id, lines, page, title and section, held against the guide."""

from __future__ import annotations

from collections.abc import Iterator

from ..search.citation.cite import citation_key
from ..search.model import Citation
from .cited_sources import CurrentSource


def wrong_fields(citation: Citation, source: CurrentSource | None) -> Iterator[tuple[str, str]]:
    """Each field that is not so, and why; ``source`` is the file where it is as it was cited."""
    start, end = citation.span
    if citation.id != f"{citation_key(citation.path, citation.sha256)}-{start}-{end}":
        yield "id", "it is that of another place"
    if source is None or source.trouble or source.text[start:end] != citation.quote:
        return
    if citation.lines != source.line_index.lines(citation.span):
        yield "lines", "the quote stands in others"
    if (guide := source.guide) is None:
        return
    if citation.document != guide.title:
        yield "document", "the guide has another title"
    pages = [page for begin, page in guide.pages if begin <= start]
    page = pages[-1] if pages else None
    if citation.page != page:
        yield "page", "the quote stands on another"
    if citation.printed != dict(guide.printed).get(page or 0):
        yield "printed_page", "another number is printed there, or none"
    if not source.headings.issuperset(citation.section):
        yield "section", "the guide has no such heading"
