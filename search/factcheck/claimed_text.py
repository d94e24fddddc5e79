"""Cuts a text that somebody else wrote into sentences, and says which of them claim nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..lang.lexicon import lexicon
from ..model import Span
from ..params import PARAMS
from ..query.query import MAX_QUESTION
from ..text.markup import unmarked
from ..text.regex import compiled
from ..text.sentence_splitter import sentences
from ..text.tokenizer import QUESTION_WORDS, STOP_WORDS, terms

_CLAIMS = lexicon("claims")
MARK = r"[\s>#*_`~•‣◦▪·–—-]*(?:\d{1,3}[.)]\s+)?[\s*_`~]*"
"""What a line of a list, a quotation or a heading begins with."""
HEADING = r"\s{0,3}#{1,6}\s"


class WrittenSentence(NamedTuple):
    """A sentence of the text: its place, its words without marks, and why it claims nothing, if it does not."""

    span: Span
    text: str
    silent: str | None


def written_sentences(text: str) -> Iterator[WrittenSentence]:
    """The sentences of a text, in order; what holds no word is none."""
    for start, end in sentences(text):
        start += len(compiled(MARK).match(text[start:end])[0])  # type: ignore[index]  # it matches nothing as well
        said = " ".join(unmarked(text[start:end]).split())
        if any(map(str.isalnum, said)):
            yield WrittenSentence((start, end), said, _silent(said, text, (start, end)))


def _silent(said: str, text: str, span: Span) -> str | None:
    if len(said) > MAX_QUESTION:
        return "too long to be one sentence"
    if said.endswith("?"):
        return "a question"
    if said.endswith(":") or _is_heading(said, text, span):
        return "a heading"
    words = [term.word for term in terms(said)]
    telling = [word for word in words if word not in STOP_WORDS | QUESTION_WORDS]
    if not telling or compiled(rf"(?i)\W*(?:{_CLAIMS.pattern('talk')})").match(said):
        return "no claim"
    return None


def _is_heading(said: str, text: str, span: Span) -> bool:
    """Whether a sentence is marked as a heading, or is a short line without an end above others."""
    begin = text.rfind("\n", 0, span[0]) + 1
    if compiled(HEADING).match(text[begin : span[1]]):
        return True
    is_marked = text[begin : span[0]].strip() != ""
    return (
        not is_marked
        and said[-1].isalnum()
        and len(said.split()) <= PARAMS.claims.heading
        and bool(re.match(r"[^\S\n]*\n", text[span[1] :]))
    )
