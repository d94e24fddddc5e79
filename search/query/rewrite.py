"""Turns of phrase: words that mean something together that none of them says alone, and those that say nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..lang.lexicon import lexicon
from ..text.tokenizer import Term, stem

NUMERALS = lexicon("phrases").words("ages")
"""Ages that are written out; a line's N stands for them, and for figures."""


def without_idioms(terms: Sequence[Term]) -> Iterator[Term]:
    """The terms, with each turn of phrase replaced by what it means; a replacement spans the words it stands for."""
    said_as = ["N" if term.word in NUMERALS or term.word.isdigit() else term.word for term in terms]
    at = 0
    while at < len(terms):
        length = next((n for n in _LENGTHS if tuple(said_as[at : at + n]) in _MEANINGS), 0)
        if not length:
            yield terms[at]
        else:
            said = terms[at : at + length]
            for word in _MEANINGS[tuple(said_as[at : at + length])]:
                yield Term(stem(word), word, said[0].start, said[-1].end)
        at += length or 1


def _table() -> dict[tuple[str, ...], tuple[str, ...]]:
    pairs = (line.split("=") for line in lexicon("phrases").lines("phrases"))
    return {tuple(said.split()): tuple(meant.split()) for said, meant in pairs}


_MEANINGS = _table()
_LENGTHS = sorted({len(said) for said in _MEANINGS}, reverse=True)
