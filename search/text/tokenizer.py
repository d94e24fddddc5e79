"""Text to terms: how words are cut, folded and stemmed. Guides and questions pass through here alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache, partial
from typing import NamedTuple

from whoosh.lang.porter import stem as porter_stem

from ..lang.lexicon import lexicon

_STOPWORDS = lexicon("stopwords")

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""What may stand inside a word and is not seen: the soft hyphen, blanks without width, joiners."""
WORD = re.compile(
    rf"\d{{1,3}}(?i:st|nd|rd|th)(?![^\W_])|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’{INVISIBLE}\u0300-\u036f]+[^\W\d_]+)*|\w",
)
BROKEN_WORD = re.compile(
    r"(?<![^\W_])(?P<start>[A-Za-z][a-z]{1,63})[-\u2010\u00ad]\r?\n[ \t]{0,40}(?P<end>[a-z]{2,64})(?![^\W_])"
)
"""A word that goes on in the next line: "certifi-", "cation"."""
MAX_WORD = 64
"""Code points of a word that count: longer runs are noise, and a stemmer must not be fed them whole."""

STOP_WORDS = _STOPWORDS.words("stop")
AGENTS = _STOPWORDS.lines("agent endings")
"""Endings, of stems, that tell who does something from what is done: coder and code, phlebotomist and phlebotomy."""
QUESTION_WORDS = _STOPWORDS.words("question")
COMMON_WORDS = _STOPWORDS.words("common")
"""Words that say little of what a text is about, however rare they are in a few guides."""
DERIVED = (("ician", "ic", 10), ("ist", "", 8), ("i", "", 7))
"""Endings that Porter's stems of one family differ in, what is left of them, and the shortest stem they are taken from:
electrician and electrical, phlebotomist and phlebotomy, certified and certification become one."""

APART = {
    word: kept for kept in _STOPWORDS.ordered("apart") for word in (kept, kept + "s", kept.removesuffix("y") + "ies")
}
"""Words that Porter's algorithm makes one with others of another meaning (assist, organize, busy, new)."""
DOUBLED = "bcdfghjkmnpqrtvwx"
"""Consonants of which one is dropped where two end a stem: "planned", which whoosh's stemmer leaves at "plann"."""


class Term(NamedTuple):
    """A word of a text: its stem, the folded word, and where it stands (code points)."""

    stem: str
    word: str
    start: int
    end: int


def terms(text: str) -> Iterator[Term]:
    """Every word of the text in order, stop words included; one broken over two lines comes before its halves."""
    broken = {match.start(): match for match in BROKEN_WORD.finditer(text)} if "\n" in text else {}
    for match in WORD.finditer(text):
        start, end = match.span()
        if broken and (whole := broken.get(start)) is not None:
            yield Term(*_folded(whole["start"] + whole["end"]), *whole.span())
        stem, word = _folded(match[0])
        yield _TERM((stem, word, start, end))


_TERM = partial(tuple.__new__, Term)
"""Every word of every guide is one: this makes it in half the time."""


def content_terms(text: str) -> Iterator[Term]:
    """The words that carry meaning: without stop words."""
    return (term for term in terms(text) if term.word not in STOP_WORDS)


def stems_and_words(text: str) -> Iterable[tuple[str, str]]:
    """The stem of every word of the text, and the folded word, in order: terms where it does not matter where each
    stands, in a third of the time."""
    if "\n" in text and BROKEN_WORD.search(text):
        return ((term.stem, term.word) for term in terms(text))
    return map(_folded, WORD.findall(text))


def index_stems(text: str) -> list[str]:
    """The stems that a passage is indexed under, in order."""
    return [stem for stem, word in stems_and_words(text) if word not in STOP_WORDS]


def initials(title: str) -> str:
    """The short form of a name of three words or more, folded: "cna" for Certified Nursing Assistant; else nothing."""
    words = [term for term in terms(title) if term.word not in STOP_WORDS]
    capital = all(title[term.start].isupper() for term in words)
    return "".join(term.word[0] for term in words) if capital and len(words) > 2 else ""


@lru_cache(maxsize=65_536)
def family(stem: str) -> str:
    """What a stem and the name of who does it have in common: cod for code and coder."""
    for ending in AGENTS:
        if stem.endswith(ending) and len(stem) - len(ending) >= 3:
            return stem.removesuffix(ending)
    return stem


@lru_cache(maxsize=65_536)
def _folded(word: str) -> tuple[str, str]:
    """The stem of a word as it is written, and the folded word."""
    folded = fold(word)
    return stem(folded), folded


def fold(word: str) -> str:
    """Lower case, accents off, typographic apostrophes straight, possessive off, thousands separators out."""
    plain = word.replace("’", "'").casefold()
    if not plain.isascii():
        seen = (c for c in unicodedata.normalize("NFKD", plain) if c not in INVISIBLE)
        plain = "".join(c for c in seen if not unicodedata.combining(c))
    plain = plain.removesuffix("'s").removesuffix("'")
    if plain[:1].isdigit():
        plain = plain.replace(",", "")
    return plain[:MAX_WORD]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a folded word: M. F. Porter, "An algorithm for suffix stripping" (1980), without DERIVED endings.

    An ordinal in figures has that of its word: "3rd" and "third" are one.
    """
    if not (word.isascii() and word.isalpha()):
        return stem(in_words(word)) if word in _ordinals() else word
    if word in APART:
        return APART[word]
    plain: str = porter_stem(word)
    if len(plain) > 3 and plain[-1] == plain[-2] and plain[-1] in DOUBLED:
        plain = plain[:-1]
    for ending, kept, least in DERIVED:
        if len(plain) >= least and plain.endswith(ending):
            plain = porter_stem(plain.removesuffix(ending) + kept)
            break
    return plain


def in_words(word: str) -> str:
    """A folded word; an ordinal that is written in figures, "3rd", as it is said."""
    return _ordinals().get(word, word)


@cache
def _ordinals() -> dict[str, str]:
    """Ordinals in figures, and in words."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    return {f"{n}{endings.get(n, 'th')}": said for n, said in enumerate(lexicon("quantities").ordered("ordinals"), 1)}


@lru_cache(maxsize=65_536)
def key(text: str) -> str:
    """A cell's or a name's text folded for matching: its words in lower case, one blank between."""
    return " ".join(term.word for term in terms(text))
