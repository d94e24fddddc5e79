"""Which columns a question names, and how: by words of their heads, or by words that mean the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, reduce
from itertools import pairwise
from operator import or_
from typing import NamedTuple

from ....params import PARAMS
from ....query.expansion import synonyms
from ....text.cycles import spoken_of
from ....text.measures import MEASURES, split
from ....text.tokenizer import stem
from ....text.units import UNITS, sort_of
from ..column_view import ColumnView, ValueKind
from ..table_view import TableView
from ..vocabulary import other_names, phrase_table
from ..wording import PHRASE_WORDS, Wording, ordinals, span_bits

SHORTENED = PARAMS.reading_model.shortened_letters


class ColumnMention(NamedTuple):
    """How a question names a column; sets of words as bits."""

    words: int
    """Words that stand in the head."""
    soft: int
    """Words that mean what the head says."""
    level: str
    """full, most, part, soft or none of the head."""
    score: float
    lay: int = 0
    """Those of the soft words that only lay speech for a measure makes mean it: "normal" for a median."""

    @property
    def all_words(self) -> int:
        """Both kinds."""
        return self.words | self.soft


NO_MENTION = ColumnMention(0, 0, "none", 0.0)


def mentions(asked: Wording, view: TableView) -> list[ColumnMention]:
    """How the question names each column."""
    shared = Counter(word for column in view.visible for word in column.head)
    measures = list(_measures(asked.words))
    values = _values_of_heads(asked, view)
    by_head = [NO_MENTION if c.is_hidden else _mention(asked, c, measures, shared, values) for c in view.columns]
    named = reduce(or_, (mention.all_words for mention in by_head), 0)
    return [
        mention if column.is_hidden else _with(mention, _by_value(asked, column) & ~named)
        for mention, column in zip(by_head, view.columns, strict=True)
    ]


def _values_of_heads(asked: Wording, view: TableView) -> frozenset[int]:
    """The numbers that stand behind the whole name of a column, "grade 4": they name no other, "Step 4"."""
    names = {column.head_bases for column in view.visible}
    pairs = enumerate(pairwise(asked.bases), 1)
    return frozenset(n for n, (before, word) in pairs if word.isdecimal() and (before,) in names)


def _by_value(asked: Wording, column: ColumnView) -> int:
    """The words that ask for what a column's numbers measure, by its unit: "cheapest" for money, "days" for days.

    A head that is a month or a day of the week, or runs from one to another, is named by each of these.
    """
    spoken = spoken_of(column.head_words)
    words = sum(1 << n for n, place in asked.moments.items() if place in spoken)
    if column.kind == ValueKind.NUMBER and (unit := column.measured_in) is not None:
        words |= asked.value_types.get(sort_of(unit), 0)
        figures = {figure.last + 1 for figure in asked.figures}
        words |= sum(1 << n for n, w in enumerate(asked.words) if UNITS.get(w) == unit and n not in figures)
    return words


def _with(mention: ColumnMention, words: int) -> ColumnMention:
    """The mention with further words that mean what the column has."""
    if not words or mention.words | mention.soft | words == mention.all_words:
        return mention
    if not mention.score:
        return ColumnMention(0, words, "soft", 0.5)
    gained = 0.0 if mention.soft else 0.5
    return mention._replace(soft=mention.soft | words, score=mention.score + gained)


def _mention(
    asked: Wording,
    column: ColumnView,
    measures: Sequence[tuple[str, int]],
    shared: Mapping[str, int],
    values: frozenset[int],
) -> ColumnMention:
    hard = soft = lay = 0
    named: set[str] = set()
    for n, (stemmed, base) in enumerate(zip(asked.stems, asked.bases, strict=True)):
        telling = asked.content >> n & 1 and n not in values
        if (stemmed in column.head or base in column.head_bases) and (telling or len(column.head) == 1):
            hard |= 1 << n
            named.add(stemmed if stemmed in column.head else base)
        elif (telling and _means(asked.words[n], stemmed, column)) or _is_asked_by(asked.words[n], column):
            soft |= 1 << n
    for n, value in ordinals(asked.words).items() if named else ():
        if str(value) in column.head:  # "second step" for "Step 2"
            hard |= 1 << n
            named.add(str(value))
    for figure in asked.figures:
        if figure.is_date and column.year == figure.value:
            hard |= figure.bits
            named.add(asked.stems[figure.first])
    for measure, words in measures:
        if _alike(measure, column.measure):
            lay |= words
    lay &= ~(hard | soft)
    soft = (soft | lay) & ~hard
    share = len(named) / max(1, len(column.head))
    if not named and not soft:
        return NO_MENTION
    level = "full" if share > 0.99 else "most" if share >= 0.5 else "part" if named else "soft"
    rarity = sum(2 / (1 + shared.get(word, 1)) for word in named)
    return ColumnMention(hard, soft, level, rarity + share + (0.5 if soft else 0.0), lay)


def _means(word: str, stemmed: str, column: ColumnView) -> bool:
    """Whether a word of the question stands for one of the head: it is cut short there, or another word for it."""
    shortened = (h for h in column.head_bases if len(h) >= SHORTENED and h.isalpha() and len(h) < len(word))
    if len(word) > SHORTENED and any(word.startswith(h) for h in shortened):
        return True
    near = {*synonyms(stemmed), *map(stem, other_names(word))}
    return any(head in near for head in column.head)


def _is_asked_by(word: str, column: ColumnView) -> bool:
    """Whether a question word asks for what the column holds: "why" for reasons."""
    return any(head in column.head for head in phrase_table("heads asked by").get((word,), ()))


def _alike(asked: str, measure: str | None) -> bool:
    """Whether one measure is the other, or may stand in for it."""
    if measure is None:
        return False
    return (
        asked == measure
        or (asked in MEASURES and measure in MEASURES[asked].instead)
        or (measure in MEASURES and asked in MEASURES[measure].instead)
    )


def _measures(words: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Measures that the question speaks of in lay words."""
    known = _lay_names()
    for at in range(len(words)):
        for size in range(PHRASE_WORDS, 0, -1):
            if (name := known.get(words[at : at + size])) is not None:
                yield name, span_bits(at, min(at + size, len(words)))


@cache
def _lay_names() -> Mapping[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for measure in MEASURES.values():
        for phrase in split(measure.names, measure.lay):
            found.setdefault(phrase, measure.name)
    return found
