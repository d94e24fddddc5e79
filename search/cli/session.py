"""A session: questions typed one after the other at a terminal, each of which may go on from the one before."""

from __future__ import annotations

from collections.abc import Callable

import click

from ..errors import CiteguideError
from ..model import Answer, Status
from ..query.follow_up import readings
from ..text.regex import compiled
from .writing import note

PROMPT = "? "


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
    """The answer to what was typed, read as a question that goes on, or else by itself.

    Of several readings that go on the one whose answer is the likeliest: a word may stand for any of the words before.
    """
    best: Answer | None = None
    for question in readings(before, typed) if before else ():
        if question != typed:
            found = answer_it(question)
            if found.status != Status.NOT_FOUND and (best is None or _sure(found) > _sure(best)):
                best = found
    return best if best is not None else answer_it(typed)


def _sure(answer: Answer) -> float:
    return answer.confidence or 0.0
