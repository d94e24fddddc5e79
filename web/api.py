"""The JSON API: the contract's objects under /api/, each tagged with the generation it was read from."""

from __future__ import annotations

import time
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from ..search.citation.cite import citation_at, resolve
from ..search.errors import UsageError
from ..search.model import Document
from ..search.output.answer_json import citation_to_json, to_json
from ..search.output.search_json import found_to_json
from ..search.pipeline.answer import ask
from ..search.retrieval.passage_search import find
from .autocomplete import complete
from .index_provider import index
from .metrics import Metrics
from .openapi import document as openapi_document
from .pages import document_at
from .views.tables_page import table_json, tables_json

api = Blueprint("api", __name__)

MOST_PASSAGES, MOST_FOUND, MOST_ROWS = 20, 100, 1_000
"""What a caller may ask of one answer, one search and one look at a table."""
MOST_TEXT, MOST_START = 1_000_000, 10**9
"""Code points of a guide's text that one call gives, and how far into it a call may begin."""
MOST_REPEATS = 16
"""How often a parameter may be given: conditions on a table, and guides to ask."""
NOT_KEPT = {"Cache-Control": "no-store"}


@api.get("/ask")
def api_ask() -> Response:
    """The answer object of the contract."""
    held, question = index(), request.args.get("q", "")
    return jsonify(to_json(ask(question, held, documents=_repeated("document"), limit=_number("k", 3, MOST_PASSAGES))))


@api.get("/search")
def api_search() -> Response:
    """The passages that hold the query's words, best first."""
    began, held, query = time.perf_counter(), index(), request.args.get("q", "")
    found = find(query, held, _number("k", 10, MOST_FOUND))
    return jsonify(found_to_json(query, found, held, round((time.perf_counter() - began) * 1000, 1)))


@api.get("/complete")
def api_complete() -> Response:
    """What the beginning of a question may become."""
    return jsonify(completions=complete(request.args.get("q", ""), index()))


@api.get("/tables")
def api_tables() -> Response:
    """Every parsed table with its columns."""
    return jsonify(tables=tables_json(index().catalog))


@api.get("/tables/<name>")
def api_table(name: str) -> Response:
    """A table's rows, filtered and sorted."""
    sort, limit = request.args.get("sort", ""), _number("limit", 100, MOST_ROWS)
    return jsonify(table_json(index().catalog, name, where=_repeated("where"), sort=sort, limit=limit))


@api.get("/documents")
def api_documents() -> Response:
    """Every guide with its hash and date."""
    return jsonify(documents=[_document(document) for document in index().catalog.documents()])


@api.get("/documents/<path:path>")
def api_document(path: str) -> Response:
    """A guide's text, in which spans count; a long one in parts."""
    held = index()
    found = document_at(held, path)
    start, (length, _) = _number("start", 0, MOST_START), held.catalog.texts.extent(found.id)
    text = held.catalog.texts.stretch(found.id, (start, start + MOST_TEXT)).text
    return jsonify(_document(found) | {"length": length, "start": start, "text": text})


@api.get("/citations/<identifier>")
def api_citation(identifier: str) -> Response:
    """What stands at a citation's place."""
    held = index()
    return jsonify(citation_to_json(citation_at(*resolve(identifier, held.catalog), held.catalog)))


@api.get("/health")
def api_health() -> Response:
    """Whether questions can be answered, and from what."""
    held = index()
    documents, tables = len(held.catalog.documents()), len(held.catalog.tables())
    response = jsonify(status="ok", generation=held.generation, documents=documents, tables=tables)
    response.headers.update(NOT_KEPT)
    return response


@api.get("/metrics")
def api_metrics() -> Response:
    """Counts for Prometheus."""
    metrics: Metrics = current_app.extensions["citeguide.metrics"]
    return Response(metrics.text(index().generation), mimetype="text/plain", headers=NOT_KEPT)


@api.get("/openapi.json")
def api_openapi() -> Response:
    """This API described in OpenAPI 3.1."""
    return jsonify(openapi_document())


def _document(document: Document) -> dict[str, Any]:
    """A guide without what says where it lies on this machine."""
    return {name: getattr(document, name) for name in ("path", "format", "title", "date", "sha256", "size")}


def _repeated(name: str) -> list[str]:
    given = request.args.getlist(name)
    if len(given) > MOST_REPEATS:
        raise UsageError(f"{name} is given {len(given)} times", f"give it at most {MOST_REPEATS} times")
    return given


def _number(name: str, otherwise: int, most: int) -> int:
    """A number from 1, or from what it is otherwise where that is less, up to ``most``."""
    text, least = request.args.get(name, str(otherwise)), min(1, otherwise)
    if not text.isascii() or not text.isdigit() or len(text) > 20 or not least <= int(text) <= most:
        raise UsageError(f"{name}={text[:40]} is not a number from {least} to {most}", f"leave it out for {otherwise}")
    return int(text)
