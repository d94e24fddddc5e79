"""The answerers, most exact first, and the one contract that all keep."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple, Protocol, cast

from ..context import Context
from ..model import Finding
from ..query.query import Question


class Answerer(Protocol):
    """A module that can answer questions of one kind."""

    def answer(self, question: Question, context: Context) -> Finding | None:
        """What it finds, with its confidence if it has one; None where it stays silent."""


class Registered(NamedTuple):
    """An answerer by name. Its module is imported when its turn comes: a cold question that a table answers does not
    pay for what reads prose."""

    name: str
    module: str

    def load(self) -> Answerer:
        """The answerer itself."""
        return cast(Answerer, import_module(self.module, __package__))


ANSWERERS = (
    Registered("tables", "..tables"),
    Registered("lists", "..lists"),
    Registered("conflicts", "..conflicts"),
    Registered("reader", "..reader.extractive"),
)
"""A new kind of answer is a module with an ``answer``, and a line here. The last always has something to say."""
