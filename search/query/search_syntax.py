"""The language of ``citeguide search``: words, "phrases", -not, document:GLOB and section:TEXT.

Read in one pass of one flat pattern, so that no query can make it slow; every text is a query, none is a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Literal, NamedTuple

from ..errors import UsageError
from ..text.tokenizer import Term, key, terms

MAX_QUERY = 2_000
"""Code points of a query; longer ones are refused."""
MAX_CLAUSES = 64
"""Parts of a query that count."""

ClauseKind = Literal["word", "phrase", "document", "section"]

_CLAUSE = re.compile(r'(?P<minus>-?)(?:(?P<field>document|section):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))')


class Clause(NamedTuple):
    """One part of a query. ``text`` is folded (see ``words.key``), but a document's glob stands as it was given."""

    kind: ClauseKind
    text: str
    terms: tuple[Term, ...] = ()
    excluded: bool = False

    def is_a(self, *kinds: ClauseKind) -> bool:
        """Whether it is of one of these kinds."""
        return self.kind in kinds


class Query(NamedTuple):
    """A query's parts: ``ranking`` holds the words to rank by, ``filters`` what a passage must meet."""

    text: str
    ranking: tuple[Term, ...]
    filters: tuple[Clause, ...]


def parse(text: str) -> Query:
    """Cut a query into its clauses. Raises UsageError where it is too long or asks for nothing."""
    if len(text) > MAX_QUERY:
        raise UsageError(f"the query has {len(text):,} characters", f"search with at most {MAX_QUERY:,}")
    matches = list(_CLAUSE.finditer(text))[:MAX_CLAUSES]
    clauses = [clause for clause in map(_clause, matches) if clause.text]
    if not any(not clause.excluded for clause in clauses):
        raise UsageError("the query names nothing to look for", 'give a word, a "phrase" or section:TEXT')
    ranking = tuple(t for c in clauses if c.is_a("word", "phrase") and not c.excluded for t in c.terms)
    return Query(text, ranking, tuple(c for c in clauses if c.excluded or not c.is_a("word")))


def unknown_fields(text: str) -> Iterator[str]:
    """What is written like a field and is none: such a word is looked for as it stands."""
    for found in _CLAUSE.finditer(text):
        name, colon, rest = (found["word"] or "").partition(":")
        if colon and rest and name.isalpha() and not rest.startswith("/"):
            yield name


def meets(clause: Clause, words: str, stems: frozenset[str], headings: str, path: str) -> bool:
    """Whether a passage meets a clause: its folded words and their stems, folded headings, its document's path."""
    if clause.is_a("document"):
        found = fnmatchcase(path, clause.text) or fnmatchcase(path.rsplit("/", 1)[-1], clause.text)
    elif clause.is_a("section"):
        found = f" {clause.text} " in f" {headings} "
    elif clause.is_a("phrase"):
        found = f" {clause.text} " in f" {words} "
    else:
        found = all(term.stem in stems for term in clause.terms)
    return found != clause.excluded


def _clause(match: re.Match[str]) -> Clause:
    field, phrase, word = match["field"], match["phrase"], match["word"] or ""
    excluded = bool(match["minus"])
    text = word if phrase is None else phrase
    match field:
        case "document":
            return Clause("document", phrase or word, excluded=excluded)
        case "section":
            return Clause("section", key(text), excluded=excluded)
    return Clause("word" if phrase is None else "phrase", key(text), tuple(terms(text)), excluded)
