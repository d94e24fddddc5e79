"""Which words of a question no guide has, and of which of them that may be said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..lang.thesaurus import entry, zipf
from ..params import ReaderParams
from ..store.engines.bm25 import Ranker
from ..store.open import Index
from ..text.tokenizer import COMMON_WORDS, STOP_WORDS, terms
from .query import Question
from .term_weights import Wanted


class AbsentWords(NamedTuple):
    """What the best evidence for an answer lacks."""

    telling: tuple[Wanted, ...]
    """Words that say something, and stand in no table."""
    unknown: tuple[Wanted, ...]
    """Those of them that no guide has."""
    alien: tuple[Wanted, ...]
    """Those of these of which no guide has a relative either."""
    missing: tuple[Wanted, ...]
    """Those of these that are no everyday English: no guide covers them."""

    @property
    def perhaps(self) -> list[Wanted]:
        """Words that no guide has, though it may say the same otherwise."""
        return [word for word in self.unknown if word not in self.missing]


def absent_words(lacking: Sequence[Wanted], question: Question, index: Index) -> AbsentWords:
    """Sort the words that the best evidence lacks.

    A word that a table has is covered, though no sentence speaks of it. Everyday English is not missing: guides say it
    otherwise.
    """
    params, engine = question.params.reader, index.engine
    headers = {stem for stem, in_head, _ in index.catalog.tables_with({w.term.stem for w in lacking}) if in_head}
    engine.know({form for word in lacking for form in word.forms})
    telling = tuple(
        word
        for word in lacking
        if not says_little(word, params)
        and word.term.stem not in headers
        and not engine.passages_with(word.term.stem, "row")
    )
    unknown = tuple(word for word in telling if not engine.passages_with(word.term.stem))
    alien = tuple(word for word in unknown if not any(map(engine.passages_with, word.forms)))
    missing = (w for w in alien if not _is_everyday(w, as_written(w, question.text), params.everyday))
    return AbsentWords(telling, unknown, alien, tuple(missing))


def says_little(word: Wanted, params: ReaderParams) -> bool:
    """Whether a word is of the kind that holds sentences together: nobody needs to hear that a guide lacks it."""
    return word.term.word in COMMON_WORDS or (not word.named and zipf(word.stem) >= params.everywhere)


def _is_everyday(word: Wanted, said: str, least: float) -> bool:
    """Whether a word, or what was written for it, is everyday English and no name: a guide need not hold it."""
    return not word.named and any(
        (found := entry(stem)) is not None and found.zipf >= least
        for stem in (word.stem, *(term.stem for term in terms(said)))
    )


def unheard_of(words: Sequence[Wanted], question: Question, engine: Ranker) -> Iterator[str]:
    """That no guide has these words of the question, though it may mean the same.

    Of words that are looked for as one, "pay for", a guide may well have each.
    """
    said = dict.fromkeys(word.read_as or as_written(word, question.text) for word in words)
    unheard = [f'"{each}"' for each in said if " " not in each or not _has_part(each, engine)]
    if unheard:
        yield f"No guide has the word {' or '.join(unheard)}."


def _has_part(said: str, engine: Ranker) -> bool:
    stems = [part.stem for part in terms(said) if part.word not in STOP_WORDS]
    engine.know(stems)
    return any(map(engine.passages_with, stems))


def as_written(word: Wanted, text: str) -> str:
    """The word as the question has it, with what is written together with it: "10th", not "10" and "th"."""
    start, end = word.term.start, word.term.end
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]
