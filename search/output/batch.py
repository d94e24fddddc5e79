"""Many questions, each with its answer or its error as JSON: one that fails does not end the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..errors import DEFECTS, CiteguideError, InternalError
from ..model import Answer
from ..store.seal_key import SealKey
from .answer_json import Json, error_to_json, to_json


def answer_each(
    questions: Iterable[str], answer_it: Callable[[str], Answer], key: SealKey | None, *, debug: bool = False
) -> Iterator[Json]:
    """One object for each question, in order, sealed with ``key``; with ``debug`` a defect ends all, and is shown."""
    for question in questions:
        try:
            yield to_json(answer_it(question), key)
        except CiteguideError as error:
            yield {"question": question} | error_to_json(error)
        except DEFECTS as error:
            if debug:
                raise
            failed = InternalError(f"this question failed: {type(error).__name__}", "please report it")
            yield {"question": question} | error_to_json(failed)
