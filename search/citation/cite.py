"""Quotes become citations, and a citation's id leads back to its document and span.

An id needs no state: it is made of the file (path and hash) and the span, so it stays the same for as long as the
quote and its file do, in every index that holds the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from ..errors import NotFoundError
from ..model import Citation, Document, Quote, Span
from ..store.catalog import Catalog
from .drawing import draw

_ID = re.compile(r"([0-9a-f]{8})-(\d{1,12})-(\d{1,12})")


def cite(quotes: Sequence[Quote], catalog: Catalog) -> tuple[Citation, ...]:
    """The quotes as citations, numbered from 1 in their order."""
    documents = {number: catalog.document(number) for number in {quote.document for quote in quotes}}
    return tuple(citation(n, quote, documents[quote.document], catalog) for n, quote in enumerate(quotes, start=1))


def citation(n: int, quote: Quote, document: Document, catalog: Catalog | None = None) -> Citation:
    """One quote with its document's name, place and hash; its page, and how a reader sees it, are the catalog's."""
    page, printed = catalog.numbered_page(quote.document, quote.span[0]) if catalog else (None, None)
    return Citation(
        id=citation_id(document, quote.span),
        n=n,
        document=document.title,
        path=document.path,
        section=quote.headings,
        page=page,
        lines=quote.lines,
        span=quote.span,
        quote=quote.text,
        sha256=document.sha256,
        address=document.address,
        fetched=document.fetched,
        drawn=draw(quote, document, catalog) if catalog else (),
        chosen_by=quote.chosen_by,
        printed=printed,
        scanned=page is not None and catalog is not None and catalog.is_scanned(quote.document, quote.span),
    )


def citation_at(document: Document, span: Span, catalog: Catalog) -> Citation:
    """What stands at a place of a document, as a citation of its own, numbered 1."""
    part, passage = catalog.texts.stretch(document.id, span), catalog.passage_at(document.id, span)
    headings = passage.headings if passage else ()
    quote = Quote(document.id, headings, part.lines(span), span, part.text)
    return citation(1, quote, document, catalog)


def citation_id(document: Document, span: Span) -> str:
    """The first 8 hexadecimal digits of SHA-256 over path, NUL and the file's hash; then the span's start and end."""
    return f"{_file_key(document)}-{span[0]}-{span[1]}"


def is_citation_id(text: str) -> bool:
    """Whether the text has the form of a citation's id."""
    return _ID.fullmatch(text) is not None


def resolve(identifier: str, catalog: Catalog) -> tuple[Document, Span]:
    """The document and span that a citation's id names. Raises NotFoundError where this index has no such place."""
    match = _ID.fullmatch(identifier)
    if match is None:
        raise NotFoundError(
            f"'{identifier}' is not a citation's id", "an id looks like 1f0c9a3e-120-180, as 'ask' prints it"
        )
    start, end = int(match[2]), int(match[3])
    for document in catalog.documents():
        if _file_key(document) == match[1] and start < end <= catalog.texts.extent(document.id)[0]:
            return document, (start, end)
    raise NotFoundError(
        f"no guide in this index holds the citation {identifier}",
        "its file has changed or was removed since: ask again, or check saved answers with 'citeguide verify'",
    )


def _file_key(document: Document) -> str:
    return citation_key(document.path, document.sha256)


def citation_key(path: str, file_hash: str) -> str:
    """What the ids of all citations of a file begin with."""
    return sha256(f"{path}\0{file_hash}".encode()).hexdigest()[:8]
