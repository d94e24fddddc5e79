"""The main act: a question goes in, an answer made of quotes and numbers comes out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from importlib import import_module

from ..citation.cite import cite
from ..errors import NotFoundError
from ..model import Answer, Finding
from ..query.query import Question, understand
from ..store.open import Index

Way = Callable[[Question, Index], Finding | None]
WAYS = ("..tables", ".prose")
"""The ways of answering, most exact first: modules of this package with a ``find``, imported when their turn comes. A
cold question that a table answers does not pay for what reads prose."""


def ask(text: str, index: Index, *, documents: Sequence[str] = (), limit: int = 3) -> Answer:
    """Answer a question from the guides of an index.

    ``documents`` are globs over the guides' paths (none: all guides may answer); ``limit`` is how many passages an
    answer in prose cites at most. Raises UsageError for an empty or overlong question, NotFoundError where no guide's
    path matches, IndexBrokenError where the index turns out damaged.
    """
    began = time.perf_counter()
    question = understand(text, documents=_matching(index, documents), limit=limit)
    finding = _find(question, index)
    return Answer(
        question=text,
        status=finding.status,
        answer=finding.answer,
        values=finding.values,
        table=finding.table,
        disagreements=finding.disagreements,
        citations=cite(finding.quotes, index.catalog),
        missing=finding.missing,
        suggestions=finding.suggestions,
        notes=finding.notes,
        generation=index.generation,
        engine=index.engine.name,
        took_ms=round((time.perf_counter() - began) * 1000, 1),
    )


def _find(question: Question, index: Index) -> Finding:
    """The first way that has something to say is believed; the last always has."""
    ways: Iterator[Way] = (import_module(name, __package__).find for name in WAYS)
    return next(finding for find in ways if (finding := find(question, index)) is not None)


def _matching(index: Index, globs: Sequence[str]) -> frozenset[int] | None:
    """The documents whose path, or file name, matches any of the globs; None where no glob is given."""
    if not globs:
        return None
    found = frozenset(
        document.id
        for document in index.catalog.documents()
        if any(
            fnmatchcase(document.path, glob) or fnmatchcase(document.path.rsplit("/", 1)[-1], glob) for glob in globs
        )
    )
    if not found:
        raise NotFoundError(f"no guide matches {' or '.join(globs)}", "run 'citeguide check' to list the guides")
    return found
