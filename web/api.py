"""The JSON API: the contract's objects under /api/, each tagged with the generation it was read from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from ..search.answer import ask
from ..search.cite import citation, resolve
from ..search.errors import UsageError
from ..search.index import Index
from ..search.jsonform import citation_to_json, to_json
from ..search.lines import LineIndex
from ..search.model import Quote
from .metrics import Metrics
from .openapi import document as openapi_document
from .pages import document_at, index
from .tables import table_json, tables_json

api = Blueprint("api", __name__)

MOST_PASSAGES = 20
"""Passages that one answer may cite at the request of a caller."""


@api.get("/ask")
def api_ask() -> Response:
    """The answer object of the contract."""
    held = index()
    question = request.args.get("q", "")
    answer = ask(question, held, documents=request.args.getlist("document"), limit=_number("k", 3, MOST_PASSAGES))
    return _tagged(to_json(answer), held)


@api.get("/tables")
def api_tables() -> Response:
    """Every parsed table with its columns."""
    held = index()
    return _tagged({"tables": tables_json(held.catalog)}, held)


@api.get("/tables/<name>")
def api_table(name: str) -> Response:
    """A table's rows, filtered and sorted."""
    held = index()
    args = request.args
    rows = table_json(
        held.catalog, name, where=args.getlist("where"), sort=args.get("sort", ""), limit=_number("limit", 100, 1000)
    )
    return _tagged(rows, held)


@api.get("/documents")
def api_documents() -> Response:
    """Every guide with its hash and date."""
    held = index()
    documents = [
        {key: value for key, value in asdict(document).items() if key not in ("id", "root")}
        for document in held.catalog.documents()
    ]
    return _tagged({"documents": documents}, held)


@api.get("/documents/<path:path>")
def api_document(path: str) -> Response:
    """A guide's text, in which spans count."""
    held = index()
    found = document_at(held, path)
    return _tagged(
        {"path": found.path, "title": found.title, "sha256": found.sha256, "text": held.catalog.text(found.id)}, held
    )


@api.get("/citations/<identifier>")
def api_citation(identifier: str) -> Response:
    """What stands at a citation's place."""
    held = index()
    document, span = resolve(identifier, held.catalog)
    text, passage = held.catalog.text(document.id), held.catalog.passage_at(document.id, span)
    headings, page = (passage.headings, passage.page) if passage else ((), None)
    quote = Quote(document.id, headings, LineIndex(text).lines(span), span, text[slice(*span)], page)
    return _tagged(citation_to_json(citation(1, quote, document)), held)


@api.get("/health")
def api_health() -> Response:
    """Whether questions can be answered, and from what."""
    held = index()
    catalog = held.catalog
    return jsonify(
        status="ok", generation=held.generation, documents=len(catalog.documents()), tables=len(catalog.tables())
    )


@api.get("/metrics")
def api_metrics() -> Response:
    """Counts for Prometheus."""
    metrics: Metrics = current_app.extensions["citeguide.metrics"]
    return Response(metrics.text(index().generation), mimetype="text/plain")


@api.get("/openapi.json")
def api_openapi() -> Response:
    """This API described in OpenAPI 3.1."""
    return jsonify(openapi_document())


def _tagged(body: dict[str, Any], held: Index) -> Response:
    """The body with an ETag of the generation: the same address gives the same answer until the guides change."""
    response = jsonify(body)
    response.set_etag(f"generation-{held.generation}", weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def _number(name: str, otherwise: int, most: int) -> int:
    text = request.args.get(name, str(otherwise))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= most:
        raise UsageError(f"{name}={text[:40]} is not a number from 1 to {most}", f"leave it out for {otherwise}")
    return int(text)
