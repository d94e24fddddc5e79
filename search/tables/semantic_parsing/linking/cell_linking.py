"""Where a question names cells: whole, by a part, by another name, or misspelled."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from ....lang.states import STATES
from ....params import PARAMS
from ....query.expansion import synonyms
from ....text.tokenizer import stem
from ..algebra import ColumnCondition
from ..column_view import ColumnView
from ..executor import Executor
from ..vocabulary import other_names, word_list
from ..wording import PHRASE_WORDS, Wording, span_bits
from .head_linking import ColumnMention
from .link import How, Link

SKIPPED = PARAMS.reading_model.skipped
MAX_ALIASED = 6
"""Words that nothing explains, for which another name is looked for."""
MAX_TRANSLATED = 400
"""Different words of a column up to which synonyms are looked for."""
LONG = PARAMS.reading_model.slip_letters


class _Run(NamedTuple):
    """Words ``first`` to ``last`` that follow each other in names of a column; ``at`` is where the last one stands."""

    first: int
    last: int
    at: tuple[tuple[int, int], ...]
    whole: tuple[int, int] | None
    """The last word and the name of the longest run that is a whole name."""
    has_gap: bool


def cell_links(asked: Wording, heads: Sequence[ColumnMention], run: Executor) -> Iterator[Link]:
    """All that the question's words may mean among the cells."""
    unexplained = asked.content
    for bits in (*asked.triggers.values(), *(head.words for head in heads)):
        unexplained &= ~bits
    for column in run.view.columns:
        for link in _in_column(asked, column, run):
            unexplained &= ~link.words
            yield link
    yield from _state_codes(asked, run)
    yield from _other_names(asked, unexplained, run)


def _in_column(asked: Wording, column: ColumnView, run: Executor) -> Iterator[Link]:
    reached = -1
    for first in range(len(asked.words)):
        if asked.bases[first] not in column.postings:
            continue
        found = _longest(asked, column, first)
        if found.whole is not None:
            yield from _whole(asked, column, found.first, *found.whole)
        if found.last > reached and asked.content >> first & 1 and not _is_short_number(asked, found):
            yield from _part(asked, column, found, run)
        reached = max(reached, found.last)


def _longest(asked: Wording, column: ColumnView, first: int) -> _Run:
    """The longest run of words from ``first`` on."""
    last, whole, has_gap = first, None, False
    here = tuple(column.postings[asked.bases[first]])
    while True:
        size = last - first + 1
        ends = (name for name, at in here if at == size - 1 and len(column.names[name]) == size)
        whole = next(((last, name) for name in ends), whole)
        following = column.postings.get(asked.bases[last + 1], ()) if last + 1 < len(asked.bases) else ()
        known = set(here)
        further = tuple(found for found in following if (found[0], found[1] - 1) in known)
        if not further and following:
            skipped = SKIPPED if asked.content >> (last + 1) & 1 else SKIPPED[:1]
            further = tuple(f for f in following if any((f[0], f[1] - gap) in known for gap in skipped))
            has_gap = has_gap or bool(further)
        if not further:
            return _Run(first, last, here, whole, has_gap)
        here, last = further, last + 1


def _whole(asked: Wording, column: ColumnView, first: int, last: int, name: int) -> Iterator[Link]:
    words = span_bits(first, last + 1)
    telling = (words & asked.content).bit_count()
    if telling or last > first or asked.bases[first] in word_list("yes or no"):
        condition = ColumnCondition(column.place, "=", " ".join(column.names[name]))
        yield Link((condition,), words, first, How.WHOLE, column.place, column.rows_of(name), 2 * telling + 1.5)


def _part(asked: Wording, column: ColumnView, found: _Run, run: Executor) -> Iterator[Link]:
    last = found.last
    reaches_an_end = any(at == len(column.names[name]) - 1 for name, at in found.at)
    while not (reaches_an_end or asked.content >> last & 1):
        last -= 1
    words = span_bits(found.first, last + 1)
    condition = ColumnCondition(column.place, "has", " ".join(asked.bases[found.first : last + 1]))
    mask = run.mask(condition)
    is_whole = found.whole is not None and found.whole[0] == last and mask == column.rows_of(found.whole[1])
    if not mask or is_whole:
        return
    telling = (words & asked.content).bit_count()
    covered = max(telling / len(column.names[name]) for name, _ in found.at)
    weight = 2 * telling + min(1.0, covered) - (0.5 if found.has_gap else 0.0)
    yield Link((condition,), words, found.first, How.GAP if found.has_gap else How.PART, column.place, mask, weight)


def _is_short_number(asked: Wording, found: _Run) -> bool:
    """A lone number of few digits stands in too many cells to name one."""
    word = asked.bases[found.first]
    return found.first == found.last and word.isdecimal() and len(word) < 4


def _state_codes(asked: Wording, run: Executor) -> Iterator[Link]:
    """A state written out where cells have its code."""
    for first in range(len(asked.words)):
        for size in range(PHRASE_WORDS, 0, -1):
            code = STATES.get(" ".join(asked.words[first : first + size]), "").lower()
            if not code or first + size > len(asked.words):
                continue
            for column in run.view.columns:
                condition = ColumnCondition(column.place, "=", code)
                if code in column.postings and (mask := run.mask(condition)):
                    words = span_bits(first, first + size)
                    yield Link((condition,), words, first, How.ALIAS, column.place, mask, 2.0 * size + 1)


def _other_names(asked: Wording, unexplained: int, run: Executor) -> Iterator[Link]:
    """For words that nothing explains: words of the same meaning, or those that they may be slips of."""
    words = [n for n, word in enumerate(asked.words) if unexplained >> n & 1 and word.isalpha()]
    for n in words[:MAX_ALIASED]:
        yield from _initials(asked, n, run)
    for n in [n for n in words if len(asked.words[n]) > 2][:MAX_ALIASED]:
        may_slip = run.view.vocabulary if len(asked.words[n]) > 3 else ()  # of three letters too many are alike
        alike = {word for word in may_slip if _is_alike(asked.bases[n], asked.stems[n], word)}
        near = {*synonyms(asked.stems[n]), *map(stem, other_names(asked.words[n]))}
        for column in run.view.columns:
            spelled = sorted(alike & column.postings.keys())
            translated = sorted(_same_meaning(column, near)) if near and len(column.postings) <= MAX_TRANSLATED else []
            for how, found in (("spelled", spelled), ("alias", translated)):
                for word in found[:2]:
                    condition = ColumnCondition(column.place, "has", word)
                    link = Link((condition,), 1 << n, n, How.SPELLED, column.place, run.mask(condition), 1.0)
                    yield link if how == How.SPELLED else link._replace(how=How.ALIAS)


def _initials(asked: Wording, n: int, run: Executor) -> Iterator[Link]:
    """A name of several words that is called by their first letters."""
    for column in run.view.columns:
        for name in column.initials.get(asked.words[n], ()):
            condition = ColumnCondition(column.place, "=", " ".join(column.names[name]))
            yield Link((condition,), 1 << n, n, How.ALIAS, column.place, column.rows_of(name), 2.0)


def _same_meaning(column: ColumnView, near: Container[str]) -> Iterator[str]:
    return (word for word in column.postings if len(word) > 2 and stem(word) in near)


def _is_alike(word: str, stemmed: str, other: str) -> bool:
    """Whether two words are of one stem, or one is a slip for the other."""
    return word[:2] == other[:2] and (_is_slip(word, other) or (other.isalpha() and stem(other) == stemmed))


def _is_slip(word: str, other: str) -> bool:
    """Whether two words differ in their endings alone, or by one letter."""
    if word[0] != other[0] or min(len(word), len(other)) < LONG - 1 or abs(len(word) - len(other)) > 4:
        return False
    if min(len(word), len(other)) >= LONG and word[:LONG] == other[:LONG]:
        kept = min(len(word), len(other)) - 2
        if (
            word[: max(LONG + 1, kept)] == other[: max(LONG + 1, kept)]
            or word.startswith(other)
            or other.startswith(word)
        ):
            return True
    return len(word) > LONG and _one_letter_apart(word, other)


def _one_letter_apart(word: str, other: str) -> bool:
    if len(word) == len(other):
        wrong = [n for n in range(len(word)) if word[n] != other[n]]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
        return len(wrong) == 1 or (swapped and word[wrong[0]] == other[wrong[1]] and word[wrong[1]] == other[wrong[0]])
    short, long = sorted((word, other), key=len)
    same = next((n for n in range(len(short)) if short[n] != long[n]), len(short))
    return len(long) == len(short) + 1 and short[same:] == long[same + 1 :]
