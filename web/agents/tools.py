"""The tools: what each takes, what it gives, and how it is answered from an index. Every one of them only reads."""

from __future__ import annotations

import time
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from importlib.metadata import version
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
from ...search.store.generation import MANIFEST
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
    return checked_to_json(check_text(given["text"], index, most=MOST_SENTENCES, each_anew=False))


def _status(index: Index, _: Json) -> Json:
    written = datetime.fromtimestamp((index.folder / MANIFEST).stat().st_mtime, UTC)
    return {
        "version": version("citeguide"),
        "generation": index.generation,
        "written": written.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "engine": index.engine.name,
        "by_meaning": index.meaning is not None,
        "guides": [{"path": d.path, "title": d.title, "date": d.date} for d in index.catalog.documents()[:MOST_GUIDES]],
        "guide_count": len(index.catalog.documents()),
        "table_count": len(index.catalog.tables()),
    }


def _place(start: int, shown: int, total: int) -> Json:
    return {"total": total, "next": start + shown if shown and start + shown < total else None}


# What they take and give

MOST_SENTENCES = 100
"""Sentences of a text to be checked."""
MOST_GUIDES = 500
"""Guides that the status names."""
TEXT: Schema = {"type": "string"}
START: Schema = {
    "type": "integer",
    "minimum": 0,
    "maximum": 10**9,
    "default": 0,
    "description": "How many to pass over.",
}


def _taking(*required: str, **properties: Schema) -> Schema:
    taken: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return taken | ({"required": list(required)} if required else {})


def _text(about: str, most: int = 2_000) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": most, "description": about}


def _many(about: str, most: int = 16) -> Schema:
    return {"type": "array", "items": {"type": "string", "maxLength": 2_000}, "maxItems": most, "description": about}


def _whole(about: str, otherwise: int, least: int, most: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most, "default": otherwise, "description": about}


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


TOOLS: dict[str, AgentTool] = {
    "ask": AgentTool(
        "Answer a question from the guides",
        "Answers a question in plain English with quotes and numbers that stand in the indexed guides, each with its "
        "exact place. status 'not_found' means that no guide answers: then 'nearest' has what comes closest, which is "
        "no answer. Never add to an answer what no citation says.",
        _taking(
            "question",
            question=_text("The question, in plain words."),
            k=_whole("Passages that an answer in prose cites at most.", 3, 1, 20),
            documents=_many("Only guides whose path matches one of these globs."),
        ),
        _giving(SCHEMAS["Answer"]),
        _ask,
    ),
    "search": AgentTool(
        "Find passages",
        'Finds passages and table rows by words, "phrases", -without, document:GLOB and section:TEXT, best first.',
        _taking("query", query=_text("What to look for."), start=START, limit=_whole("Results at most.", 10, 1, 100)),
        _giving(SCHEMAS["Search"]),
        _search,
    ),
    "tables": AgentTool(
        "List the tables",
        "Lists the tables that stand in the guides, with their columns; 'name' is what table_rows takes.",
        _taking(start=START, limit=_whole("Tables at most.", 100, 1, 1_000)),
        _giving(_listing("Table")),
        _tables,
    ),
    "table_rows": AgentTool(
        "Rows of a table",
        "Gives rows of one table, filtered and sorted over all of its rows.",
        _taking(
            "name",
            name=_text("The table's name, as 'tables' gives it.", 200),
            where=_many("Conditions that all must hold, such as 'median > 20' or 'place = Fresno'."),
            sort={**TEXT, "maxLength": 2_000, "description": "The column to sort by; -column for the highest first."},
            limit=_whole("Rows at most.", 100, 1, 1_000),
        ),
        _giving(SCHEMAS["Rows"]),
        _table_rows,
    ),
    "show": AgentTool(
        "The source around a citation",
        "Shows the lines of a guide around a citation's id, or around PATH:LINE.",
        _taking(
            "place", place=_text("A citation's id, PATH:LINE or PATH:FIRST-LAST."), context=_whole("Lines", 3, 0, 200)
        ),
        None,
        _show,
    ),
    "verify": AgentTool(
        "Check saved answers",
        "Holds answers that 'ask' gave against the guides as they are now: every quote, number and sum.",
        _taking("answers", answers={"type": "array", "items": {"type": "object"}, "minItems": 1, "maxItems": 20}),
        None,
        _verify,
    ),
    "check_claims": AgentTool(
        "Check what a text claims",
        "Holds each sentence of a text against the guides: 'supported' with the quote that says so, 'contradicted' "
        "with the quote that says otherwise, or 'not_found', which makes no sentence wrong. What claims nothing is "
        "'skipped'.",
        _taking("text", text=_text("The text, 100 sentences at most.", 50_000)),
        _giving(SCHEMAS["CheckedText"]),
        _check_claims,
    ),
    "status": AgentTool(
        "What is indexed",
        "Says which guides are indexed, how many tables they hold and when.",
        _taking(),
        None,
        _status,
    ),
}
"""The tools by their names."""


def tool_named(name: str) -> AgentTool:
    """The tool of this name. Raises UsageError where there is none."""
    if name not in TOOLS:
        raise UsageError(f"there is no tool '{name[:40]}'", f"there are {', '.join(TOOLS)}")
    return TOOLS[name]
