"""``citeguide status``: what is indexed, from where, how old it is, and what keeps hostile files from doing harm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version

import click

from ...search.cli.base import Command, examples, json_option, pass_settings
from ...search.cli.settings import Settings
from ...search.cli.writing import counted, write, write_json
from ...search.output.answer_json import Json
from ...search.output.terminal import clean
from ...search.store.open import Index
from ..sandbox.guarded import Reader


@click.command(cls=Command, epilog=examples("citeguide status", "citeguide status --json | jq .sources"))
@json_option
@pass_settings
def status(settings: Settings, as_json: bool) -> int:
    """Say what is indexed: folders, guides, tables, when, by which engine, and how reading files is guarded.

    Exit status: 0 there is something to ask, 1 the index is empty, 2 there is no index or it cannot be read.
    """
    with settings.open() as index:
        state = _state(index, settings)
    if as_json:
        write_json(state)
    else:
        write("\n".join(_lines(state)))
    return 0 if state["guides"] else 1


def _state(index: Index, settings: Settings) -> Json:
    written = index.written
    with Reader() as reader:
        protection = reader.protection()
    return {
        "index": str(settings.place()),
        "version": version("citeguide"),
        "generation": index.generation,
        "written": written.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "age_seconds": max(0, round((datetime.now(UTC) - written).total_seconds())),
        "engine": index.engine.name,
        "ocr": index.ocr,
        "by_meaning": index.meaning is not None,
        "sources": [{"path": str(source), "is_there": source.exists()} for source in index.sources],
        "guides": len(index.catalog.documents()),
        "passages": sum(index.catalog.counts("passages").values()),
        "tables": len(index.catalog.tables()),
        "not_read": len(index.catalog.skipped()),
        "protection": protection.sentence(),
    }


def _lines(state: Json) -> Iterator[str]:
    yield f"index       {clean(state['index'])}"
    for number, source in enumerate(state["sources"]):
        missing = "" if source["is_there"] else "  (not there now)"
        yield f"{'' if number else 'guides of':<12}{clean(source['path'])}{missing}"
    held = (counted(state[what], what.removesuffix("s")) for what in ("guides", "passages", "tables"))
    skipped = f"; {counted(state['not_read'], 'file')} not read, see 'citeguide check'" if state["not_read"] else ""
    yield f"holds       {', '.join(held)}{skipped}"
    yield f"written     {_ago(state['age_seconds'])} ({state['written']}), generation {state['generation']}"
    meaning = "words and meaning" if state["by_meaning"] else "words"
    if state["ocr"]:
        yield "read        with OCR of scanned pages and pictures"
    yield f"searched    by {meaning}, with {state['engine']}; citeguide {state['version']}"
    yield f"protection  {state['protection'].removeprefix('citeguide: ')}"


def _ago(seconds: int) -> str:
    """An age in the largest unit of which there are two or more."""
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length:,} {unit}s ago"
    return f"{counted(seconds, 'second')} ago"
