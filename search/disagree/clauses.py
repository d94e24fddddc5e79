"""What guides say, cut for comparison: a sentence's clauses as words, and how far each covers a topic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ..compiled import compiled
from ..model import Passage, Span
from ..sentences import lines, sentences
from ..words import STOP_WORDS, Term, stem, terms
from .vocabulary import KIN, LIGHT, NARROWER

BREAK = (
    r"(?i)[;:]|\s[–—-]\s|—"
    r"|,\s+(?=(?:and|but|so|yet|for|nor|not|which|who|whom|whose|after which|though|although|whereas|while|because"
    r"|since|as|usually|often|typically|generally|mostly|normally|preferably|only\s+an?)\b)"
    r"|,\s+(?=with\b[^,]{0,200}$)"
    r"|\s(?=(?:because|although|though|whereas|but)\s)"
)
"""Where a clause ends. Conditions ("if", "unless", "only") stay with the clause that they limit."""
CONCESSION = r"(?i)(?:while|although|though|since|because|as|even though)\b[^,]{0,200},"
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


def statements(
    passage: Passage, above: Iterable[Term], words: Iterable[Term], tells: re.Pattern[str]
) -> Iterator[Statement]:
    """The clauses of a passage's sentences that match ``tells``; questions state nothing.

    ``above`` and ``words`` are the words above the passage and in it.
    """
    if not tells.search(passage.text):
        return
    around = frozenset(term.stem for group in (above, words) for term in group)
    for start, end in _units(passage.text, passage.kind == "list"):
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
    if opening := compiled(CONCESSION).match(sentence):
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


@lru_cache(maxsize=65_536)
def kin(a: str, b: str) -> bool:
    """Whether the second stem stands for the first: equal, one the other's root ("coder", "code"), or a name of it."""
    if a == b or b in _narrower().get(a, ()) or _group_of(a) & _group_of(b):
        return True
    short, long = sorted((a, b), key=len)
    if len(short) < 4 or len(long) - len(short) > 3 or not short.isalpha():
        return False
    return long.startswith(short) or (len(short) >= 6 and long.startswith(short[:-1]))


def forms(sought: str) -> tuple[str, ...]:
    """The stems that name what a stem names, itself first."""
    same = {other for other in _groups() if _group_of(other) & _group_of(sought)} | _narrower().get(sought, frozenset())
    return (sought, *sorted(same - {sought}))


def held(stem_sought: str, stems: Iterable[str]) -> bool:
    """Whether any of these stems is kin to the one sought."""
    return any(kin(stem_sought, other) for other in stems)


def content(words: Sequence[Term]) -> list[Term]:
    """The words of a clause that carry meaning."""
    return [term for term in words if term.word not in STOP_WORDS and term.word not in LIGHT]


def _group_of(one: str) -> frozenset[int]:
    return _groups().get(one, frozenset())


@cache
def _groups() -> Mapping[str, frozenset[int]]:
    """Stem to the numbers of the groups of KIN that it belongs to."""
    found: dict[str, frozenset[int]] = {}
    for number, text in enumerate(KIN):
        for word in text.split():
            found[stem(word)] = found.get(stem(word), frozenset()) | {number}
    return found


@cache
def _narrower() -> Mapping[str, frozenset[str]]:
    return {stem(wide): frozenset(map(stem, text.split())) for wide, text in NARROWER.items()}
