"""The API described in OpenAPI 3.1: what stands under /api/v1/. Tests hold every route and response against it."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
COUNT_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 0}
ORDINAL: Schema = {"type": "integer", "minimum": 1}
NUMBER: Schema = {"type": "number"}
NUMBER_OR_NULL: Schema = {"type": ["number", "null"]}
NUMBER_OR_TEXT: Schema = {"type": ["number", "string"]}
SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
FAILURES = {
    400: "the request cannot be understood",
    404: "there is no such thing",
    413: "the body is too long",
    429: "too many requests from this address",
    503: "there is no index that can be read",
}


def document() -> dict[str, Any]:
    """The whole description, as JSON data."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "citeguide",
            "version": version("citeguide"),
            "description": "Answers made only of quotes and numbers that stand in the indexed guides. Read only. "
            "The same operations stand under /api/ without a version, where unknown parameters are passed over.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": PATHS,
        "components": {"schemas": SCHEMAS},
    }


# Schemas


def _list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


PAIR = _list(COUNT, minItems=2, maxItems=2)
CITATION: dict[str, Schema] = {
    "id": TEXT, "n": ORDINAL, "document": TEXT, "path": TEXT, "section": _list(TEXT), "page": COUNT_OR_NULL,
    "printed_page": TEXT_OR_NULL, "lines": _list(ORDINAL, minItems=2, maxItems=2), "span": PAIR, "quote": TEXT,
    "shown": TEXT, "sha256": SHA256, "address": TEXT_OR_NULL, "fetched": TEXT_OR_NULL, "chosen_by": TEXT_OR_NULL,
    "ocr": {"type": "boolean"},
}  # fmt: skip
DOCUMENT: dict[str, Schema] = {
    "path": TEXT, "format": TEXT, "title": TEXT, "date": TEXT_OR_NULL, "sha256": SHA256, "size": COUNT,
}  # fmt: skip
TABLE: dict[str, Schema] = {
    "name": TEXT, "title": TEXT, "document": TEXT, "path": TEXT, "section": _list(TEXT), "lines": PAIR, "span": PAIR,
    "year": COUNT_OR_NULL, "row_count": COUNT, "columns": _list(_ref("Column")),
}  # fmt: skip
PAGED: dict[str, Schema] = {"total": COUNT, "next": COUNT_OR_NULL}
MADE_BY = _object(generation=COUNT, engine=TEXT)

SCHEMAS: dict[str, Schema] = {
    "Error": _object(error=_object(code=TEXT, message=TEXT, remedy=TEXT)),
    "Citation": _object(**CITATION),
    "Value": _object(
        value=NUMBER_OR_TEXT, unit=TEXT_OR_NULL, measure=TEXT_OR_NULL, label=TEXT, computed={"type": "boolean"},
        citation=COUNT_OR_NULL, period=TEXT_OR_NULL,
    ),
    "Receipt": _object(
        operation=TEXT, title=TEXT, columns=_list(TEXT), rows=_list(_list(TEXT)),
        scanned=COUNT, matched=COUNT, skipped=COUNT, formula=TEXT_OR_NULL,
    ),
    "Disagreement": _object(topic=TEXT, sides=_list(_object(stance=TEXT, citations=_list(ORDINAL)))),
    "Answer": _object(
        question=TEXT, status={"enum": ["answered", "disagreement", "not_found"]}, answer=TEXT_OR_NULL,
        values=_list(_ref("Value")), table=_or_null(_ref("Receipt")), disagreements=_list(_ref("Disagreement")),
        citations=_list(_ref("Citation")), missing=_list(TEXT), suggestions=_list(TEXT), notes=_list(TEXT),
        confidence=NUMBER_OR_NULL, nearest=_list(_ref("Citation")), choices=_list(_ref("Choice")),
        reading=TEXT_OR_NULL, asked=_object(documents=_list(TEXT), k=COUNT, chooser=TEXT_OR_NULL),
        index=MADE_BY, took_ms=NUMBER, seal=TEXT,
    ),
    "Choice": _object(
        reading=TEXT, value={"type": ["number", "string", "null"]}, unit=TEXT_OR_NULL, citation=COUNT_OR_NULL,
    ),
    "Found": _object(
        **CITATION, kind={"enum": ["text", "list", "row"]}, score=NUMBER, snippet=PAIR, matches=_list(PAIR)
    ),
    "Search": _object(query=TEXT, results=_list(_ref("Found")), index=MADE_BY, took_ms=NUMBER, **PAGED),
    "Failed": _object(question=TEXT, error=_object(code=TEXT, message=TEXT, remedy=TEXT)),
    "Questions": {
        "type": "object", "required": ["questions"], "additionalProperties": False,
        "properties": {
            "questions": _list({"type": "string", "minLength": 1, "maxLength": 2000}, minItems=1, maxItems=50),
            "k": {"type": "integer", "minimum": 1, "maximum": 20, "default": 3},
            "documents": _list(TEXT, maxItems=16),
        },
    },
    "UncheckedText": {
        "type": "object", "required": ["text"], "additionalProperties": False,
        "properties": {"text": {"type": "string", "minLength": 1, "maxLength": 15000}},
    },
    "CheckedSentence": _object(
        text=TEXT, span=PAIR, verdict={"enum": ["supported", "contradicted", "not_found", "skipped"]}, why=TEXT,
        confidence=NUMBER_OR_NULL, citation=_or_null(_ref("Citation")),
    ),
    "CheckedText": _object(
        sentences=_list(_ref("CheckedSentence")),
        counts=_object(supported=COUNT, contradicted=COUNT, not_found=COUNT, skipped=COUNT),
        index=MADE_BY, took_ms=NUMBER,
    ),
    "Column": _object(name=TEXT, role=TEXT, measure=TEXT_OR_NULL, unit=TEXT_OR_NULL),
    "Cell": _object(text=TEXT, value=NUMBER_OR_NULL, unit=TEXT_OR_NULL, mark=TEXT_OR_NULL),
    "Row": _object(
        number=ORDINAL, lines=PAIR, span=PAIR, cells=_list(_ref("Cell")),
        place=_or_null(_object(name=TEXT, kind=TEXT, state=TEXT_OR_NULL)),
    ),
    "Table": _object(**TABLE),
    "Rows": _object(**TABLE, matched=COUNT, rows=_list(_ref("Row"))),
    "Document": _object(**DOCUMENT),
    "Text": _object(**DOCUMENT, length=COUNT, start=COUNT, text=TEXT),
    "Health": _object(status={"const": "ok"}, generation=COUNT, documents=COUNT, tables=COUNT),
}  # fmt: skip


# Operations


def _query(name: str, about: str, schema: Schema, *, required: bool = False) -> Schema:
    return {"name": name, "in": "query", "description": about, "required": required, "schema": schema}


def _in_path(name: str, about: str, pattern: str) -> Schema:
    schema = {"type": "string", "minLength": 1, "pattern": pattern}
    return {"name": name, "in": "path", "description": about, "required": True, "schema": schema}


def _number(name: str, about: str, otherwise: int, most: int) -> Schema:
    return _query(name, about, {"type": "integer", "minimum": min(1, otherwise), "maximum": most, "default": otherwise})


def _get(name: str, summary: str, answer: Schema, *parameters: Schema, fails: tuple[int, ...] = ()) -> Schema:
    """A GET operation: what it gives, what it takes, and the statuses it may fail with besides the common ones."""
    responses: Schema = {"200": {"description": "found", "content": {"application/json": {"schema": answer}}}}
    responses["304"] = {"description": "the caller's copy is current"}
    return {"get": _operation(name, summary, responses, parameters, fails)}


def _post(name: str, summary: str, body: Schema, answer: Schema) -> Schema:
    """A POST operation that takes JSON."""
    responses: Schema = {"200": {"description": "found", "content": {"application/json": {"schema": answer}}}}
    sent = {"required": True, "content": {"application/json": {"schema": body}}}
    return {"post": _operation(name, summary, responses, (), (404, 413)) | {"requestBody": sent}}


def _operation(
    name: str, summary: str, responses: Schema, parameters: tuple[Schema, ...], fails: tuple[int, ...] = ()
) -> Schema:
    error = {"content": {"application/json": {"schema": _ref("Error")}}}
    statuses = sorted({400, 429, 503, *fails})
    failures = {str(status): {"description": FAILURES[status], **error} for status in statuses}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": list(parameters),
        "responses": responses | failures,
    }


def _asked(about: str) -> Schema:
    return _query("q", about, {"type": "string", "minLength": 1, "maxLength": 2000}, required=True)


REPEATED = _list(TEXT, maxItems=16)
ONE_SEGMENT = r"^[^/?#%\\.]+$"

START = _number("start", "the place that the part begins with, from 0", 0, 10**9)
LISTED = _number("limit", "how many at most", 1000, 1000)

PATHS: dict[str, Schema] = {
    "/api/v1/ask": _get(
        "ask", "Answer a question", _ref("Answer"), _asked("the question, in plain words"),
        _number("k", "passages that an answer in prose cites at most", 3, 20),
        _query("document", "only guides whose path matches this glob; may be repeated", REPEATED), fails=(404,),
    ) | _post(
        "askMany", "Answer many questions, in order; for one that fails its error stands in its place",
        _ref("Questions"), _object(answers=_list({"anyOf": [_ref("Answer"), _ref("Failed")]})),
    ),
    "/api/v1/check-claims": _post(
        "checkClaims",
        "Hold each sentence of a text against the guides: supported, contradicted, or not_found; 40 sentences at most",
        _ref("UncheckedText"), _ref("CheckedText"),
    ),
    "/api/v1/search": _get(
        "search", "Find passages and table rows", _ref("Search"),
        _asked('words, "phrases", -without, document:GLOB and section:TEXT'),
        _number("k", "results at most", 10, 100), _number("start", "results that are passed over", 0, 2000),
    ),
    "/api/v1/complete": _get(
        "complete", "Complete the beginning of a question from the guides' headings, places and words",
        _object(completions=_list(TEXT, maxItems=8)), _query("q", "what is typed so far", TEXT),
    ),
    "/api/v1/tables": _get(
        "listTables", "List the tables", _object(tables=_list(_ref("Table")), **PAGED), START, LISTED
    ),
    "/api/v1/tables/{name}": _get(
        "tableRows", "Rows of a table", _ref("Rows"), _in_path("name", "the table's name", ONE_SEGMENT),
        _query("where", "a condition, as in median > 20; may be repeated", REPEATED),
        _query("sort", "the column to sort by; -column for the highest first", TEXT),
        _number("limit", "rows at most", 100, 1000), fails=(404,),
    ),
    "/api/v1/documents": _get(
        "listDocuments", "List the guides", _object(documents=_list(_ref("Document")), **PAGED), START, LISTED
    ),
    "/api/v1/documents/{path}": _get(
        "documentText", "The text of a guide, in which spans count; at most a million code points of it", _ref("Text"),
        _in_path("path", "the guide's path; its slashes stand as they are", ONE_SEGMENT),
        _number("start", "the code point that the part begins with", 0, 10**9), fails=(404,),
    ),
    "/api/v1/citations/{id}": _get(
        "citation", "What stands at a citation's place", _ref("Citation"),
        _in_path("id", "a citation's id", ONE_SEGMENT), fails=(404,),
    ),
    "/api/v1/health": _get("health", "Whether questions can be answered", _ref("Health")),
    "/api/v1/metrics": {
        "get": _operation(
            "metrics", "Counts for Prometheus",
            {"200": {"description": "counts", "content": {"text/plain": {"schema": TEXT}}}}, (),
        )
    },
    "/api/v1/openapi.json": _get("description", "This description", {"type": "object"}),
}  # fmt: skip


def _routes() -> dict[str, dict[str, bool]]:
    """The parameters of each route, as Flask writes it, and whether one may be repeated."""
    routes = {}
    for path, methods in PATHS.items():
        rule = path.replace("{path}", "<path:path>").replace("{id}", "<identifier>").replace("{name}", "<name>")
        parameters = methods.get("get", {"parameters": []})["parameters"]
        taken = [each for each in parameters if each["in"] == "query"]
        routes[rule] = {each["name"]: each["schema"].get("type") == "array" for each in taken}
    return routes


ROUTES = _routes()
"""What each operation takes in its address."""
