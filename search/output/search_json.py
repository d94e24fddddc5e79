"""What a search found, as citations and as the JSON object that the command line and the API give."""

from __future__ import annotations

from collections.abc import Sequence

from ..citation.cite import citation
from ..model import Citation, Quote
from ..retrieval.passage_search import Found
from ..store.catalog import Catalog
from ..store.open import Index
from .answer_json import Json, citation_to_json
from .excerpt import Excerpt


def cited(found: Sequence[Found], catalog: Catalog, *, start: int = 0) -> list[Citation]:
    """Each found passage as a citation of the whole passage, numbered from 1 behind the first ``start``."""
    return [_citation(n, each, catalog) for n, each in enumerate(found, start=start + 1)]


def found_to_json(query: str, found: Sequence[Found], index: Index, took_ms: float, *, start: int = 0) -> Json:
    """The whole result of a search; ``snippet`` is a span of the quote, ``matches`` are spans of the snippet."""
    return {
        "query": query,
        "results": [
            _result(each, citation)
            for each, citation in zip(found, cited(found, index.catalog, start=start), strict=True)
        ],
        "index": {"generation": index.generation, "engine": index.engine.name},
        "took_ms": took_ms,
    }


def excerpt_to_json(found: Excerpt, catalog: Catalog) -> Json:
    """A place in a guide as a citation, with the lines around it as ``source``."""
    lines = [{"line": line.number, "start": line.start, "text": line.text} for line in found.lines]
    return citation_to_json(citation(1, found.quote, found.document, catalog)) | {"source": lines}


def _citation(n: int, found: Found, catalog: Catalog) -> Citation:
    passage = found.passage
    quote = Quote(passage.document, passage.headings, passage.lines, passage.span, passage.text)
    return citation(n, quote, found.document, catalog)


def _result(found: Found, citation: Citation) -> Json:
    return citation_to_json(citation) | {
        "kind": found.passage.kind,
        "score": found.score,
        "snippet": list(found.snippet),
        "matches": [list(span) for span in found.matches],
    }
