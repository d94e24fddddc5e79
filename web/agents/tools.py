"""The tools: what each takes, what it gives, and how it is answered from an index. Every one of them only reads."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from copy import deepcopy
from importlib.metadata import version
from importlib.resources import files
from typing import Any, NamedTuple

from ...indexer.cli.verify_command import outcome_to_json
from ...indexer.verification.verify import verify
from ...search.errors import UsageError
from ...search.factcheck.text_check import check_text
from ...search.output.answer_json import Json, from_json, to_json
from ...search.output.checked_text import checked_to_json
from ...search.output.excerpt import excerpt
from ...search.output.search_json import excerpt_to_json, found_to_json
from ...search.pipeline.answer import ask
from ...search.retrieval.passage_search import find_page
from ...search.store.open import Index
from ..openapi import SCHEMAS, Schema
from ..views.tables_page import table_json, tables_json


class AgentTool(NamedTuple):
    """One tool. ``takes`` and ``gives`` are JSON Schemas; ``run`` answers arguments that meet the first."""

    title: str
    about: str
    takes: Schema
    gives: Schema | None
    run: Callable[[Index, Json], Json]


def _ask(index: Index, given: Json) -> Json:
    answer = ask(given["question"], index, documents=given.get("documents", ()), limit=given.get("k", 3))
    return to_json(answer, index.seal_key)


def _search(index: Index, given: Json) -> Json:
    began, start = time.perf_counter(), given.get("start", 0)
    page = find_page(given["query"], index, start, given.get("limit", 10))
    took = round((time.perf_counter() - began) * 1000, 1)
    found = found_to_json(given["query"], page.found, index, took, start=start)
    return found | _place(start, len(page.found), page.total)


def _tables(index: Index, given: Json) -> Json:
    start, tables = given.get("start", 0), tables_json(index.catalog)
    shown = tables[start : start + given.get("limit", 100)]
    return {"tables": shown} | _place(start, len(shown), len(tables))


def _table_rows(index: Index, given: Json) -> Json:
    where, sort, limit = given.get("where", []), given.get("sort", ""), given.get("limit", 100)
    return table_json(index.catalog, given["name"], where=where, sort=sort, limit=limit)


def _show(index: Index, given: Json) -> Json:
    return excerpt_to_json(excerpt(given["place"], index.catalog, given.get("context", 3)), index.catalog)


def _verify(index: Index, given: Json) -> Json:
    return outcome_to_json(verify([from_json(answer) for answer in given["answers"]], index.sources, index))


def _check_claims(index: Index, given: Json) -> Json:
    return checked_to_json(check_text(given["text"], index, most=MOST_SENTENCES_OF_TOOL, each_anew=False))


def _status(index: Index, _: Json) -> Json:
    return {
        "version": version("citeguide"),
        "generation": index.generation,
        "written": index.written.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "engine": index.engine.name,
        "by_meaning": index.meaning is not None,
        "guides": [{"path": d.path, "title": d.title, "date": d.date} for d in index.catalog.documents()[:MOST_GUIDES]],
        "guide_count": len(index.catalog.documents()),
        "table_count": len(index.catalog.tables()),
    }


def _place(start: int, shown: int, total: int) -> Json:
    return {"total": total, "next": start + shown if shown and start + shown < total else None}


# What they take and give

MOST_SENTENCES_OF_TOOL = 100
"""Sentences of a text to be checked."""
MOST_GUIDES = 500
"""Guides that the status names."""


def _giving(schema: Schema) -> Schema:
    """A schema of the API with all that it refers to beside it."""
    needed: dict[str, Schema] = {}

    def moved(part: Any) -> Any:
        if isinstance(part, list):
            return [moved(each) for each in part]
        if not isinstance(part, dict):
            return part
        if (name := str(part.get("$ref", "")).rpartition("/")[2]) and name not in needed:
            needed[name] = {}
            needed[name] = moved(deepcopy(SCHEMAS[name]))
        return {"$ref": f"#/$defs/{name}"} if name else {key: moved(value) for key, value in part.items()}

    return {**moved(deepcopy(schema)), "$defs": needed}


def _listing(of: str) -> Schema:
    items: Schema = {"type": "array", "items": {"$ref": f"#/components/schemas/{of}"}}
    place: Schema = {"total": {"type": "integer"}, "next": {"type": ["integer", "null"]}}
    return {"type": "object", "required": ["tables", *place], "properties": {"tables": items, **place}}


_WRITTEN = json.loads(files(__package__).joinpath("tools.json").read_text("utf-8"))
"""What each tool is called, says of itself and takes."""


def _tool(name: str, run: Callable[[Index, Json], Json], gives: Schema | None = None) -> AgentTool:
    said = _WRITTEN[name]
    return AgentTool(said["title"], said["about"], said["takes"], gives and _giving(gives), run)


TOOLS: dict[str, AgentTool] = {
    "ask": _tool("ask", _ask, SCHEMAS["Answer"]),
    "search": _tool("search", _search, SCHEMAS["Search"]),
    "tables": _tool("tables", _tables, _listing("Table")),
    "table_rows": _tool("table_rows", _table_rows, SCHEMAS["Rows"]),
    "show": _tool("show", _show),
    "verify": _tool("verify", _verify),
    "check_claims": _tool("check_claims", _check_claims, SCHEMAS["CheckedText"]),
    "status": _tool("status", _status),
}
"""The tools by their names."""


def tool_named(name: str) -> AgentTool:
    """The tool of this name. Raises UsageError where there is none."""
    if name not in TOOLS:
        raise UsageError(f"there is no tool '{name[:40]}'", f"there are {', '.join(TOOLS)}")
    return TOOLS[name]
