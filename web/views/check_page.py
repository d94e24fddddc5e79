"""The page on which a text that somebody else wrote is held against the guides."""

from __future__ import annotations

from dataclasses import dataclass

from ...search.errors import UsageError
from ...search.factcheck.text_check import CheckedSentence, check_text
from ...search.output.checked_text import SAID, summary
from ...search.store.open import Index
from .answer_page import ShownCitation, shown_citation

MOST_CHECKED_SENTENCES = 40
"""Sentences of a text: all of them share the time of one request."""
MOST_CHECKED_TEXT = 8_000
"""Characters that the text box takes."""


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence, what the guides say of it in words, and the quote that says so."""

    sentence: CheckedSentence
    said: str
    item: ShownCitation | None


@dataclass(frozen=True, slots=True)
class CheckPage:
    """A text and what came of it; nothing where none was given yet."""

    text: str
    sentences: tuple[SentenceView, ...] = ()
    summary: str = ""
    problem: str = ""
    """Why the text was not checked."""
    most: int = MOST_CHECKED_TEXT


def check_page(text: str, index: Index) -> CheckPage:
    """The view of a checked text."""
    if not text.strip():
        return CheckPage("")
    try:
        checked = check_text(text[:MOST_CHECKED_TEXT], index, most=MOST_CHECKED_SENTENCES, each_anew=False)
    except UsageError as error:
        return CheckPage(text, problem=f"{error.message[:1].upper()}{error.message[1:]}: {error.remedy}.")
    return CheckPage(text, tuple(_view(each, index) for each in checked.sentences), summary(checked))


def _view(sentence: CheckedSentence, index: Index) -> SentenceView:
    said = SAID[sentence.verdict] + (f": {sentence.why}" if sentence.why else "")
    item = None if sentence.citation is None else shown_citation(sentence.citation, index.catalog, sentence.text)
    return SentenceView(sentence, said[:1].upper() + said[1:], item)
