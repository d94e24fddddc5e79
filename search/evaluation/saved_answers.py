"""Saved answers: a file of JSON Lines, one JSON array, or one object, as ``ask --json`` writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from ..errors import UsageError
from ..model import Answer
from ..output.answer_json import from_json


def read_answers(data: bytes) -> list[Answer]:
    """Every answer in the order of the file. Raises UsageError, with the line or the number, for what is none."""
    text = data.decode("utf-8-sig", "replace")
    answers = [_answer(where, item) for where, item in _items(text) if not _is_error(item)]
    if not answers:
        raise UsageError("there are no answers to check", "save some with 'citeguide ask --json'")
    return answers


def _items(text: str) -> Iterator[tuple[str, object]]:
    """Each object and where it stands: a whole file that is one value first, lines otherwise."""
    try:
        whole = _parse(text)
    except ValueError:
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield f"line {number}", _parse_line(number, line)
        return
    if isinstance(whole, list):
        yield from ((f"answer {number}", item) for number, item in enumerate(whole, start=1))
    else:
        yield "the file", whole


def _is_error(item: object) -> bool:
    """Whether this stands in a batch for a question that failed: it claims nothing."""
    return isinstance(item, dict) and "error" in item and "status" not in item


def _answer(where: str, item: object) -> Answer:
    try:
        return from_json(item)
    except UsageError as error:
        raise UsageError(f"{where}: {error.message}", error.remedy) from error


def _parse_line(number: int, line: str) -> Any:
    try:
        return _parse(line)
    except ValueError as error:
        raise UsageError(
            f"line {number} is not JSON ({error})", "give answers as 'citeguide ask --json' writes them"
        ) from error


def _parse(text: str) -> Any:
    """The value of a JSON text; every failure is a ValueError, too deep a nesting included."""
    try:
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    except InvalidOperation as error:
        raise ValueError("a number is out of range") from error


def _once(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose fields stand in it once: of two, one program would believe the first and another the last."""
    found = dict(fields)
    if len(found) < len(fields):
        raise ValueError("a field stands twice in an object")
    return found
