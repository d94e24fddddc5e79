"""A question that goes on from the one before: "and in Napa?" keeps what was asked and names another place.

What a follow-up replaces is not known from words alone, so every way to read it is given, the likeliest first; whoever
asks takes the one whose answer is the likeliest. Words of the question before are kept unless the follow-up's stand in
their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..lang.lexicon import lexicon
from ..text.tokenizer import QUESTION_WORDS, STOP_WORDS, Term, terms
from .asking import CHAT_WORDS

MOST_FOLLOW_UPS = 12
"""Readings at most: each is asked."""


def readings(before: str, follow_up: str) -> list[str]:
    """What may be asked by a follow-up to a question, the likeliest first; the follow-up itself is always the last.

    Only the follow-up, where it is a question of its own.
    """
    words = list(terms(follow_up))
    opening = _opening(words)
    rest = words[opening:]
    said = [term for term in rest if not _is_silent(term)]
    if not said or not _goes_on(words, opening, said):
        return [follow_up]
    phrase = follow_up[said[0].start : said[-1].end]
    whole = follow_up[rest[0].start : rest[-1].end]
    runs = list(_runs(before))
    led_in = rest[rest.index(said[0]) - 1].word if rest[0] is not said[0] else None
    alike = [run for run in runs if led_in is not None and _led_in(before, run) == led_in]
    found = [_replaced(before, run, phrase) for run in (*reversed(alike), *reversed(runs))]
    asks = any(term.word in QUESTION_WORDS for term in rest)
    added = f"{whole} {before.rstrip(' ?.!')}" if asks else f"{before.rstrip(' ?.!')} {whole}"
    order = [added, *found] if asks else [*found, added]
    return [*[*dict.fromkeys(order)][: MOST_FOLLOW_UPS - 1], follow_up]


def _goes_on(words: Sequence[Term], opening: int, said: Sequence[Term]) -> bool:
    """Whether a question leans on the one before: it opens like that, points back, or asks nothing by itself."""
    points_back = lexicon("follow_ups").words("pointing")
    if opening or any(term.word in points_back for term in words):
        return True
    return len(said) <= 2 and not any(term.word in QUESTION_WORDS for term in words)


def _opening(words: Sequence[Term]) -> int:
    """How many words say no more than that something follows."""
    said = [term.word for term in words]
    for phrase in sorted(map(str.split, lexicon("follow_ups").phrases("opening")), key=len, reverse=True):
        if said[: len(phrase)] == phrase:
            return len(phrase)
    return 0


def _runs(text: str) -> Iterator[tuple[Term, ...]]:
    """Words with a meaning of their own, each run of neighbours as a whole, then its parts from either end."""
    run: list[Term] = []
    found: list[tuple[Term, ...]] = []
    for term in terms(text):
        if _is_silent(term):
            found += [tuple(run)] if run else []
            run = []
        else:
            run.append(term)
    found += [tuple(run)] if run else []
    for whole in found:
        for n in range(1, len(whole)):
            yield whole[n:]
    yield from found


def _led_in(text: str, run: Sequence[Term]) -> str | None:
    """The word before a run."""
    return next((term.word for term in reversed(list(terms(text))) if term.end <= run[0].start), None)


def _replaced(text: str, run: Sequence[Term], phrase: str) -> str:
    return text[: run[0].start] + phrase + text[run[-1].end :]


def _is_silent(term: Term) -> bool:
    return term.word in STOP_WORDS | QUESTION_WORDS | CHAT_WORDS
