"""``citeguide ask``: one question from the command line, or many, one a line, from standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

import click

from ..citation.drawing import undrawn
from ..errors import UsageError
from ..model import Answer, Status
from ..output.answer_json import to_json
from ..output.batch import answer_each
from ..output.render import render_answer
from ..output.terminal import detect
from ..pipeline.answer import ask as answer_question
from ..store.open import Index
from ..store.seal_key import SealKey
from .base import (
    Command,
    Settings,
    documents_option,
    examples,
    json_option,
    limit_option,
    pass_settings,
    text_argument,
    write,
    write_json,
)
from .completing import completing, guide_globs
from .session import converse

if TYPE_CHECKING:
    from ..choosing.chooser import Chooser

MAX_INPUT_LINE = 65_536
"""Bytes of a line on standard input that are read; a longer one is too long for a question anyway."""


@click.command(
    cls=Command,
    epilog=examples(
        'citeguide ask "What is the median hourly wage in Fresno?"',
        "citeguide ask must coders be certified in California",
        "citeguide ask --exact how many hours is the practicum",
        'citeguide ask --document "*.txt" -k 5 "how long is the training?"',
        'citeguide ask --json "top 3 areas by median wage" | jq .values',
        "citeguide ask --json - < questions.txt > answers.jsonl",
        "citeguide ask                               a session: one question after the other",
    ),
)
@click.argument("question", nargs=-1)
@json_option
@limit_option(3, "How many passages an answer in prose cites at most.")
@documents_option(completing(guide_globs))
@click.option(
    "--chooser",
    metavar="URL",
    envvar="CITEGUIDE_CHOOSER",
    help="Let a language model choose the quotes: an OpenAI-compatible address, such as http://localhost:11434/v1. "
    "The question and sentences of the guides are sent there, and nowhere else. Also CITEGUIDE_CHOOSER; a key in "
    "CITEGUIDE_CHOOSER_KEY.",
)
@click.option(
    "--chooser-model",
    metavar="NAME",
    envvar="CITEGUIDE_CHOOSER_MODEL",
    help="The model's name there. Also CITEGUIDE_CHOOSER_MODEL.",
)
@click.option("--exact", is_flag=True, help="Show quotes letter for letter as they stand in their files.")
@click.option("--explain", is_flag=True, help="Show stage by stage how the answer was found.")
@pass_settings
def ask(
    settings: Settings,
    question: tuple[str, ...],
    documents: tuple[str, ...],
    limit: int,
    as_json: bool,
    chooser: str | None,
    chooser_model: str | None,
    exact: bool,
    explain: bool,
) -> int:
    """Answer QUESTION with quotes and numbers from the guides, each with its exact place.

    The words need no quotation marks. Quotes are shown as their guides show them, a row of a table under its heads;
    --exact shows the characters of the file.

    With - as the question, questions are read from standard input, one a line, and
    each line is answered by a line of JSON, in order.

    Without a QUESTION, at a terminal, questions are asked one after the other. One may go on from the one before: after
    "What is the median wage in Fresno?" comes "and in Napa?".

    Exit status: 0 answered (or the sources disagree), 1 no guide answers it, 2 an error; with - always 0 once every
    line has its answer.
    """
    with settings.open_or_fill() as index:
        globs = tuple(map(text_argument, documents))
        answer_it = partial(
            answer_question,
            index=index,
            documents=globs,
            limit=limit,
            explain=explain,
            chooser=_chooser(chooser, chooser_model),
        )
        if not question:
            if not sys.stdin.isatty():
                raise click.UsageError(
                    "ask something: citeguide ask 'How long is the training?', or - to read questions"
                )
            converse(answer_it, lambda answer: _show(undrawn(answer) if exact else answer, index, as_json))
            return 0
        if question == ("-",):
            return _answer_each(_lines(sys.stdin.buffer), answer_it, index.seal_key, debug=settings.debug)
        answer = answer_it(text_argument(" ".join(question)))
        _show(undrawn(answer) if exact else answer, index, as_json)
    return 1 if answer.status == Status.NOT_FOUND else 0


def _chooser(address: str | None, model: str | None) -> Chooser | None:
    """The model that was named; a question without one imports nothing that speaks to a network."""
    if not address:
        return None
    if not model:
        raise UsageError("--chooser needs a model", "name one with --chooser-model")
    endpoint = import_module("..choosing.endpoint", __package__).Endpoint
    chooser: Chooser = endpoint(address, model, os.environ.get("CITEGUIDE_CHOOSER_KEY", ""))
    return chooser


def _answer_each(
    questions: Iterator[str], answer_it: Callable[[str], Answer], key: SealKey | None, *, debug: bool
) -> int:
    """One line of JSON for each line; for a question that fails, its error stands in its place."""
    for line in answer_each(questions, answer_it, key, debug=debug):
        write_json(line)
    return 0


def _show(answer: Answer, index: Index, as_json: bool) -> None:
    if as_json:
        write_json(to_json(answer, index.seal_key))
    else:
        terminal = detect()
        sources = {document.path: document for document in index.catalog.documents()}
        write(render_answer(answer, terminal, sources), colour=terminal.colour)


def _lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of a stream without their breaks, as text; of an overlong line only its beginning."""
    while line := stream.readline(MAX_INPUT_LINE):
        rest = line
        while not rest.endswith(b"\n") and (rest := stream.readline(MAX_INPUT_LINE)):
            pass
        yield line.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n").decode("utf-8", "replace")
