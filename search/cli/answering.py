"""What ``citeguide ask`` does, apart from its options: one question, many from standard input, or a session.

What only some of them need is imported where it is needed: a cold question is mostly imports.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

from ..citation.drawing import undrawn
from ..errors import UsageError
from ..model import Answer, Status
from ..output.render import render_answer
from ..output.terminal import detect
from ..pipeline.answer import ask as answer_question
from ..store.open import Index
from .settings import Settings, text_argument
from .writing import write, write_json

if TYPE_CHECKING:
    from ..choosing.chooser import Chooser

MAX_INPUT_LINE = 65_536
"""Bytes of a line on standard input that are read; a longer one is too long for a question anyway."""


def answer(
    settings: Settings,
    question: Sequence[str],
    *,
    documents: Sequence[str] = (),
    limit: int = 3,
    as_json: bool = False,
    chooser: str | None = None,
    chooser_model: str | None = None,
    exact: bool = False,
    explain: bool = False,
) -> int:
    """Answer the words of a question; of ``-`` those on standard input, of none those of a session.

    Gives the exit status: 1 where no guide answers the one question. A chooser that is not named may stand in the
    environment.
    """
    address = os.environ.get("CITEGUIDE_CHOOSER") if chooser is None else chooser
    model = os.environ.get("CITEGUIDE_CHOOSER_MODEL") if chooser_model is None else chooser_model
    with settings.open_or_fill() as index:
        answer_it = partial(
            answer_question,
            index=index,
            documents=tuple(map(text_argument, documents)),
            limit=limit,
            explain=explain,
            chooser=_chooser(address, model),
        )
        if not question:
            converse = import_module(".session", __package__).converse
            converse(answer_it, lambda answer: _show(undrawn(answer) if exact else answer, index, as_json))
            return 0
        if tuple(question) == ("-",):
            answer_each = import_module("..output.batch", __package__).answer_each
            for line in answer_each(_lines(sys.stdin.buffer), answer_it, index.seal_key, debug=settings.debug):
                write_json(line)
            return 0
        answered = answer_it(text_argument(" ".join(question)))
        _show(undrawn(answered) if exact else answered, index, as_json)
    return 1 if answered.status == Status.NOT_FOUND else 0


def _chooser(address: str | None, model: str | None) -> Chooser | None:
    """The model that was named; a question without one imports nothing that speaks to a network."""
    if not address:
        return None
    if not model:
        raise UsageError("--chooser needs a model", "name one with --chooser-model")
    endpoint = import_module("..choosing.endpoint", __package__).Endpoint
    chooser: Chooser = endpoint(address, model, os.environ.get("CITEGUIDE_CHOOSER_KEY", ""))
    return chooser


def _show(answer: Answer, index: Index, as_json: bool) -> None:
    if as_json:
        to_json = import_module("..output.answer_json", __package__).to_json
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
