"""The JSON API: the contract's objects under /api/v1/, each tagged with the generation it was read from.

The same stands under /api/, as it did before there were versions; there, parameters that are not known are passed over.
"""

from __future__ import annotations

import time
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from ..search.citation.cite import citation_at, resolve
from ..search.errors import UsageError
from ..search.factcheck.text_check import check_text
from ..search.model import Document
from ..search.output.answer_json import citation_to_json, to_json
from ..search.output.batch import answer_each
from ..search.output.checked_text import checked_to_json
from ..search.output.search_json import found_to_json
from ..search.pipeline.answer import ask
from ..search.retrieval.passage_search import find_page
from .index_provider import index
from .metrics import Metrics
from .openapi import ROUTES
from .openapi import document as openapi_document
from .pages import document_at
from .security.headers import NOT_KEPT
from .suggesting.autocomplete import complete
from .unanswered import counted
from .views.tables_page import table_json, tables_json

api = Blueprint("api", __name__)

MOST_PASSAGES, MOST_FOUND, MOST_TABLE_ROWS, MOST_LIST_ROWS = 20, 100, 1_000, 1_000
"""What a caller may ask of one answer, one search, one look at a table and one part of a list."""
MOST_START_FOUND = 2_000
"""How far into what a search found a caller may begin: no more is looked at."""
MOST_TEXT_OFFSET, MOST_START = 1_000_000, 10**9
"""Code points of a guide's text that one call gives, and how far into it a call may begin."""
MOST_REPEATS = 16
"""How often a parameter may be given: conditions on a table, and guides to ask."""
MOST_BATCHED = 50
"""Questions of one batch: all of them share the time of one request."""
MOST_CLAIMED_SENTENCES, MOST_CLAIMED_TEXT = 40, 15_000
"""Of a text to be checked: all of its sentences share the time of one request."""
BATCH_FIELDS = {"questions", "k", "documents"}
CLAIM_FIELDS = {"text"}
"""What the bodies of requests may hold."""
STRICT = "api_v1"
"""The name under which the blueprint takes only what is described."""


@api.before_request
def only_what_is_described() -> None:
    """Refuse a parameter that the operation does not know, or takes once and was given twice."""
    rule = request.url_rule
    if request.blueprint != STRICT or rule is None or rule.rule not in ROUTES:
        return
    known = ROUTES[rule.rule]
    for name, given in request.args.lists():
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise UsageError(f"there is no parameter '{name[:40]}' here", takes)
        if len(given) > 1 and not known[name]:
            raise UsageError(f"{name} is given {len(given)} times", "give it once")


@api.get("/ask")
def api_ask() -> Response:
    """The answer object of the contract."""
    held, question = index(), request.args.get("q", "")
    found = ask(question, held, documents=_repeated("document"), limit=_number("k", 3, MOST_PASSAGES))
    return jsonify(to_json(counted(found), held.seal_key))


@api.post("/ask")
def api_ask_many() -> Response:
    """The answer to each of many questions, in order; for one that fails, its error stands in its place."""
    held = index()
    asked = request.get_json(silent=True)
    if not isinstance(asked, dict) or not set(asked) <= BATCH_FIELDS:
        raise UsageError(
            "the body is no such object", 'send {"questions": ["…"], "k": 3, "documents": ["*.md"]} as JSON'
        )
    questions, globs, k = asked.get("questions", []), asked.get("documents", []), asked.get("k", 3)
    if not _are_texts(questions) or not 1 <= len(questions) <= MOST_BATCHED:
        raise UsageError("questions is no list of texts", f"give 1 to {MOST_BATCHED} questions")
    if not _are_texts(globs) or len(globs) > MOST_REPEATS:
        raise UsageError("documents is no list of globs", f"give at most {MOST_REPEATS}, or leave it out")
    if not isinstance(k, int) or isinstance(k, bool) or not 1 <= k <= MOST_PASSAGES:
        raise UsageError("k is no number of passages", f"give one from 1 to {MOST_PASSAGES}, or leave it out")
    answers = answer_each(
        questions, lambda question: counted(ask(question, held, documents=globs, limit=k)), held.seal_key
    )
    response = jsonify(answers=list(answers))
    response.headers.update(NOT_KEPT)
    return response


@api.post("/check-claims")
def api_check_claims() -> Response:
    """What the guides say of each sentence of a text."""
    held, asked = index(), request.get_json(silent=True)
    if not isinstance(asked, dict) or set(asked) != CLAIM_FIELDS or not isinstance(asked["text"], str):
        raise UsageError("the body is no such object", 'send {"text": "…"} as JSON')
    if len(asked["text"]) > MOST_CLAIMED_TEXT:
        raise UsageError("the text is too long", f"send at most {MOST_CLAIMED_TEXT:,} characters at once")
    checked = check_text(asked["text"], held, most=MOST_CLAIMED_SENTENCES, each_anew=False)
    response = jsonify(checked_to_json(checked))
    response.headers.update(NOT_KEPT)
    return response


@api.get("/search")
def api_search() -> Response:
    """The passages that hold the query's words, best first."""
    began, held, query = time.perf_counter(), index(), request.args.get("q", "")
    start, most = _number("start", 0, MOST_START_FOUND), _number("k", 10, MOST_FOUND)
    page = find_page(query, held, start, most)
    took = round((time.perf_counter() - began) * 1000, 1)
    return jsonify(
        found_to_json(query, page.found, held, took, start=start) | _paged(start, len(page.found), page.total)
    )


@api.get("/complete")
def api_complete() -> Response:
    """What the beginning of a question may become."""
    return jsonify(completions=complete(request.args.get("q", ""), index()))


@api.get("/tables")
def api_tables() -> Response:
    """Every parsed table with its columns."""
    start, limit = _part()
    tables = tables_json(index().catalog)
    shown = tables[start : start + limit]
    return jsonify({"tables": shown} | _paged(start, len(shown), len(tables)))


@api.get("/tables/<name>")
def api_table(name: str) -> Response:
    """A table's rows, filtered and sorted."""
    sort, limit = request.args.get("sort", ""), _number("limit", 100, MOST_TABLE_ROWS)
    return jsonify(table_json(index().catalog, name, where=_repeated("where"), sort=sort, limit=limit))


@api.get("/documents")
def api_documents() -> Response:
    """Every guide with its hash and date."""
    start, limit = _part()
    documents = index().catalog.documents()
    shown = documents[start : start + limit]
    return jsonify({"documents": [_document(each) for each in shown]} | _paged(start, len(shown), len(documents)))


@api.get("/documents/<path:path>")
def api_document(path: str) -> Response:
    """A guide's text, in which spans count; a long one in parts."""
    held = index()
    found = document_at(held, path)
    start, (length, _) = _number("start", 0, MOST_START), held.catalog.texts.extent(found.id)
    text = held.catalog.texts.stretch(found.id, (start, start + MOST_TEXT_OFFSET)).text
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


def _are_texts(data: Any) -> bool:
    return isinstance(data, list) and all(isinstance(each, str) for each in data)


def _part() -> tuple[int, int]:
    """Where a list begins and how much of it is given; without a version, all where nothing else is asked."""
    most = MOST_LIST_ROWS if request.blueprint == STRICT else MOST_START
    return _number("start", 0, MOST_START), _number("limit", most, most)


def _paged(start: int, shown: int, total: int) -> dict[str, int | None]:
    """How many there are, and where the next part begins; null behind the last."""
    return {"total": total, "next": start + shown if shown and start + shown < total else None}


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
