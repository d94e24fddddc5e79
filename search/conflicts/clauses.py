"""What guides say, cut for comparison: a sentence's clauses as words, and how far each covers a topic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..lang.lexicon import lexicon
from ..model import Passage, Span
from ..text.regex import compiled
from ..text.sentence_splitter import lines, sentences
from ..text.tokenizer import STOP_WORDS, Term, terms
from .stance_words import LIGHT

_SCOPE = lexicon("scope")

BREAK = (
    r"(?i);|:(?!\d)|\s[–—-]\s|—"
    rf"|,\s+(?=(?:{_SCOPE.pattern('clause openers')})\b)"
    r"|,\s+(?=with\b[^,]{0,200}$)"
    rf"|\s(?=(?:{'|'.join(_SCOPE.ordered('clause openers without a comma'))})\s)"
)
"""Where a clause ends. Conditions ("if", "unless", "only") stay with the clause that they limit."""
CONCESSION_CLAUSE = rf"(?i)(?:{_SCOPE.pattern('concession')})\b[^,]{{0,200}},"
"""A clause that opens a sentence and says something else than its main clause."""
MAX_SENTENCE = 600
"""Code points of a sentence that is compared; longer ones are seldom sentences."""


class Statement(NamedTuple):
    """A clause of a guide's sentence: the unit that agrees or disagrees."""

    passage: Passage
    span: Span
    """Of the whole sentence, in the document's text."""
    sentence: str
    clause: tuple[Term, ...]
    """The clause's words; their places count in the sentence."""
    whole: frozenset[str]
    """Stems of the sentence."""
    around: frozenset[str]
    """Stems of the passage and of what stands above it."""

    def raw(self, term: Term) -> str:
        """A word as it is written."""
        return self.sentence[term.start : term.end]


def statements(passage: Passage, around: frozenset[str], tells: re.Pattern[str]) -> Iterator[Statement]:
    """The clauses of a passage's sentences that match ``tells``; questions state nothing.

    ``around`` are the stems of what stands above the passage and in it.
    """
    for start, end in _units(passage.text, passage.is_a("list")):
        sentence = passage.text[start:end]
        if sentence.endswith("?") or len(sentence) > MAX_SENTENCE or not tells.search(sentence):
            continue
        span = (passage.span[0] + start, passage.span[0] + end)
        every, clauses = cut(sentence)
        for clause in clauses:
            yield Statement(passage, span, sentence, clause, every, around)


@lru_cache(maxsize=1024)
def _units(text: str, of_list: bool) -> tuple[Span, ...]:
    """A passage's sentences; the lines of a list, as an item often ends without a full stop."""
    found: list[Span] = []
    for start, end in sentences(text):
        inner = lines(text[start:end]) if of_list else [(0, end - start)]
        found += [(start + a, start + b) for a, b in inner]
    return tuple(found)


@lru_cache(maxsize=4096)
def cut(sentence: str) -> tuple[frozenset[str], tuple[tuple[Term, ...], ...]]:
    """The stems of a sentence, and the words of each of its clauses."""
    words = tuple(terms(sentence))
    bounds = {match.start() for match in compiled(BREAK).finditer(sentence)}
    if opening := compiled(CONCESSION_CLAUSE).match(sentence):
        bounds.add(opening.end() - 1)
    clauses, edges = [], [*sorted(bounds), len(sentence)]
    at = 0
    for edge in edges:
        clause = []
        while at < len(words) and words[at].start < edge:
            clause.append(words[at])
            at += 1
        if len(clause) > 1:
            clauses.append(tuple(clause))
    return frozenset(term.stem for term in words), tuple(clauses)


def content(words: Sequence[Term]) -> list[Term]:
    """The words of a clause that carry meaning."""
    return [term for term in words if term.word not in STOP_WORDS and term.word not in LIGHT]
