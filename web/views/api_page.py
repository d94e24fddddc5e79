"""The page about the API for people: each operation with what it takes, told by its description."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..openapi import PATHS


@dataclass(frozen=True, slots=True)
class ParameterView:
    """A parameter of an operation."""

    name: str
    about: str
    rule: str
    """Whether it is needed, what it is otherwise, between which bounds it lies."""


@dataclass(frozen=True, slots=True)
class OperationView:
    """An operation, and an address to try it at, where one needs no more than a question."""

    method: str
    path: str
    name: str
    summary: str
    parameters: tuple[ParameterView, ...]
    example: str | None


@dataclass(frozen=True, slots=True)
class ApiPage:
    """All operations in the description's order."""

    operations: tuple[OperationView, ...]


def api_page(question: str) -> ApiPage:
    """The view of the API; ``question`` is one that the guides here can answer."""
    told = [(method, path, each) for path, methods in PATHS.items() for method, each in methods.items()]
    return ApiPage(tuple(_operation(method.upper(), path, each, question) for method, path, each in told))


def _operation(method: str, path: str, told: dict[str, Any], question: str) -> OperationView:
    needed = [each["name"] for each in told["parameters"] if each["required"]]
    can_try = method == "GET" and needed in ([], ["q"])
    query = f"?q={question.replace(' ', '+')}" if needed else ""
    return OperationView(
        method=method,
        path=path,
        name=told["operationId"],
        summary=told["summary"],
        parameters=tuple(map(_parameter, told["parameters"])),
        example=f"{path}{query}" if can_try else None,
    )


def _parameter(told: dict[str, Any]) -> ParameterView:
    schema = told["schema"]
    rules = ["needed"] if told["required"] else []
    rules += [f"{schema['minimum']} to {schema['maximum']:,}"] if "maximum" in schema else []
    rules += [f"otherwise {schema['default']:,}"] if "default" in schema else []
    return ParameterView(told["name"], told["description"], ", ".join(rules))
