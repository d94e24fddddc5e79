"""A session: questions typed one after the other at a terminal, each of which may go on from the one before."""

from __future__ import annotations

from collections.abc import Callable

import click

from ..errors import CiteguideError
from ..model import Answer, Status
from ..query.follow_up import readings
from ..text.regex import compiled
from .base import note

PROMPT = "? "
ENOUGH = 0.5
"""A reading that is answered at least as surely as it may be wrong ends the search for a better one."""


def converse(answer_it: Callable[[str], Answer], show: Callable[[Answer], None]) -> None:
    """Ask for questions and answer them until the input ends; "and in Napa?" keeps what was asked before."""
    note("citeguide: ask away; a question may go on from the one before ('and in Napa?'). An empty line ends it.")
    before = ""
    while True:
        try:
            typed = click.prompt("", prompt_suffix=PROMPT, default="", show_default=False, err=True).strip()
        except click.Abort:
            note("")
            return
        if not typed or compiled(r"(?i)(?:q|quit|exit|bye)[.!]?").fullmatch(typed):
            return
        try:
            answer = answered(before, typed, answer_it)
        except CiteguideError as error:
            note(f"citeguide: {error.line()}")
            continue
        if answer.question != typed:
            note(f"citeguide: taken as: {answer.question}")
        show(answer)
        before = answer.question


def answered(before: str, typed: str, answer_it: Callable[[str], Answer]) -> Answer:
    """The answer to what was typed, read as a question by itself or as one that goes on, whichever is answered.

    Of several readings the first that is more likely right than wrong; else the likeliest of those that are answered.
    """
    best: Answer | None = None
    for question in readings(before, typed) if before else [typed]:
        found = answer_it(question)
        if found.status != Status.NOT_FOUND and (best is None or _sure(found) > _sure(best)):
            best = found
        if found.status != Status.NOT_FOUND and _sure(found) >= ENOUGH and found.table is not None:
            return found
        if best is None and question == typed:
            return found
    return best if best is not None else answer_it(typed)


def _sure(answer: Answer) -> float:
    return answer.confidence or 0.0
