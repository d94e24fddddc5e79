"""The API described in OpenAPI 3.1. Tests hold every route and every response against it."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
ORDINAL: Schema = {"type": "integer", "minimum": 1}


def document() -> dict[str, Any]:
    """The whole description, as JSON data."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "citeguide",
            "version": "1",
            "description": "Answers made only of quotes and numbers that stand in the indexed guides. Read only.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": PATHS,
        "components": {"schemas": SCHEMAS},
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _query(name: str, about: str, schema: Schema, *, required: bool = False) -> Schema:
    return {"name": name, "in": "query", "description": about, "required": required, "schema": schema}


def _in_path(name: str, about: str) -> Schema:
    return {
        "name": name,
        "in": "path",
        "description": about,
        "required": True,
        "schema": {"type": "string", "minLength": 1},
    }


def _get(summary: str, answer: Schema, *parameters: Schema, fails: tuple[int, ...] = ()) -> Schema:
    """A GET operation: what it gives, what it takes, and the statuses it may fail with besides the common ones."""
    error = {"content": {"application/json": {"schema": _ref("Error")}}}
    failures = {400: "bad request", 404: "no such thing", 429: "too many requests", 503: "no readable index"}
    responses: Schema = {"200": {"description": "found", "content": {"application/json": {"schema": answer}}}}
    responses["304"] = {"description": "the caller's copy is current"}
    for status in sorted({429, 503, *fails}):
        responses[str(status)] = {"description": failures[status], **error}
    return {"get": {"summary": summary, "parameters": list(parameters), "responses": responses}}


SCHEMAS: dict[str, Schema] = {
    "Error": _object(error=_object(code=TEXT, message=TEXT, remedy=TEXT)),
    "Citation": _object(
        id=TEXT, n=ORDINAL, document=TEXT, path=TEXT, section=_list(TEXT),
        page={"type": ["integer", "null"]}, lines=_list(ORDINAL), span=_list(COUNT), quote=TEXT,
        sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
    ),
    "Value": _object(
        value=NUMBER, unit=TEXT_OR_NULL, measure=TEXT_OR_NULL, label=TEXT, computed={"type": "boolean"},
        citation={"type": ["integer", "null"]},
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
        index=_object(generation=COUNT, engine=TEXT), took_ms=NUMBER,
    ),
}  # fmt: skip

QUESTION = _query(
    "q", "the question, in plain words", {"type": "string", "minLength": 1, "maxLength": 2000}, required=True
)

PATHS: dict[str, Schema] = {
    "/api/ask": _get(
        "Answer a question",
        _ref("Answer"),
        QUESTION,
        _query("k", "passages to cite at most", {"type": "integer", "minimum": 1, "maximum": 20, "default": 3}),
        _query("document", "only guides whose path matches this glob", _list(TEXT)),
        fails=(400, 404),
    ),
}
