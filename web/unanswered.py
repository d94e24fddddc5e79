"""Which questions nobody's guides answered: counted in a file for whoever keeps the guides, and nothing of who asked.

A question is kept as its words, folded and cut short. What looks like an address, a number of a person or a name for
signing in is left out, and so is each word that is written as names are, with a capital within a sentence, unless the
guides hold it; a name in small letters cannot be told from other words. No hour, no address and no order of asking is
kept. The file is one SQLite table, which several processes may count in; it holds so many questions at most, of which
the least asked give way.
"""

from __future__ import annotations

import logging
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from flask import current_app

from ..search.errors import UsageError
from ..search.lang.lexicon import read_sections
from ..search.model import Answer, Status
from ..search.text.regex import compiled
from ..search.text.sentence_splitter import sentences
from ..search.text.tokenizer import stem
from .index_provider import index

MOST_KEPT = 2_000
"""Questions in a file."""
LONGEST_QUESTION = 160
"""Characters of a question that are kept."""
WAIT = 5.0
"""Seconds that one process waits for another's count."""
PERSONAL_DATA = r"\S*@\S*|https?://\S+|\+?\d[\d ()./-]{5,}\d|\d{5,}"
"""What may say who somebody is: addresses, and numbers of telephones, accounts and cards."""
LEFT_OUT = "…"
KEPT_WORD = r"[^\W\d_][\w'’-]+"
Known = Callable[[str], bool]
_STATEMENTS = read_sections(Path(__file__).with_name("unanswered.txt"))
_TABLE, _COUNT, _TRIM = (" ".join(_STATEMENTS.lines(of)) for of in ("table", "count", "trim"))
UNANSWERED = "citeguide.unanswered"
"""Where an application keeps the file that it counts in; None where it does not."""
_LOG = logging.getLogger("citeguide")


class UnansweredQuestion(NamedTuple):
    """A question that was not answered: how often it was asked, and the last day."""

    question: str
    times: int
    last: str
    """ISO date."""


class UnansweredQuestions:
    """The file of them. Raises UsageError where it is no such file, or cannot be made."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self.path = path
        if not create and not path.is_file():
            raise UsageError(f"there is no file {path}", "'citeguide serve --count-unanswered FILE' makes it")
        try:
            with self._opened() as database:
                database.execute(_TABLE)
                database.execute("SELECT question, times, last FROM unanswered LIMIT 1")
        except sqlite3.Error as error:
            raise UsageError(f"{path} cannot hold unanswered questions ({error})", "name another file") from error

    def count(self, question: str, known: Known = lambda _: False, *, today: str | None = None) -> None:
        """Count one more asking; where the file cannot be written, an answer is not held up for it."""
        if not (kept := folded(question, known)):
            return
        try:
            with self._opened() as database:
                database.execute(_COUNT, (kept, today or datetime.now(UTC).date().isoformat()))
                database.execute(_TRIM, (kept, MOST_KEPT))
        except sqlite3.Error as error:
            _LOG.warning("an unanswered question was not counted: %s", error)

    def listed(self, most: int = MOST_KEPT) -> list[UnansweredQuestion]:
        """The questions, those that were asked most first."""
        order = "SELECT question, times, last FROM unanswered ORDER BY times DESC, last DESC, question LIMIT ?"
        try:
            with self._opened() as database:
                return [UnansweredQuestion(*row) for row in database.execute(order, (most,))]
        except sqlite3.Error as error:
            raise UsageError(f"{self.path} cannot be read ({error})", "name another file") from error

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """A connection for one thing: processes are forked and threads come and go between two questions."""
        with closing(sqlite3.connect(self.path, timeout=WAIT)) as database, database:
            database.execute(
                "PRAGMA synchronous = OFF"
            )  # a count is lost where the power fails, not where a process does
            yield database


def counted(answer: Answer) -> Answer:
    """The answer, counted where it is none and the application counts."""
    questions: UnansweredQuestions | None = current_app.extensions[UNANSWERED]
    if questions is not None and answer.status == Status.NOT_FOUND:
        stems = index().engine.stems
        questions.count(answer.question, lambda word: next(iter(stems("text", stem(word))), "") == stem(word))
    return answer


def folded(question: str, known: Known = lambda _: False) -> str:
    """A question as it is kept: one line in small letters, without marks at its ends and without what is personal.

    ``known`` says whether the guides hold a word, given in small letters.
    """
    plain = unicodedata.normalize("NFKC", question[: 4 * LONGEST_QUESTION])
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in plain)
    unnamed = _without_names(compiled(PERSONAL_DATA).sub(LEFT_OUT, seen), known).casefold()
    words = " ".join(compiled(PERSONAL_DATA).sub(LEFT_OUT, unnamed).split()).strip(" ?!.,;:")
    return words if len(words) <= LONGEST_QUESTION else words[: LONGEST_QUESTION - 1].rstrip() + LEFT_OUT


def _without_names(text: str, known: Known) -> str:
    """The text without the words that are written as names are; one in capitals throughout names nobody."""
    begin = {end - len(text[start:end].lstrip("\"'“‘([")) for start, end in sentences(text)}

    def told(found: re.Match[str]) -> str:
        word = found[0]
        is_name = word[0].isupper() and not word.isupper() and found.start() not in begin
        return LEFT_OUT if is_name and not word.startswith(("I'", "I’")) and not known(word.casefold()) else word

    return text if text.isupper() else compiled(KEPT_WORD).sub(told, text)
