"""What speaks for a reading and against it, as named features.

Features come in groups that many readings share, the words with an operation, a condition, a column; each group is made
and weighed once a question. A name begins with a letter for its group: o operation, s shape, l link, b beside a link,
p pair of links, e shown column, r ordering column, q both columns, u what stays unexplained, t the result, n no reading
at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import pairwise

from ...params import PARAMS
from .beam import Beam, Hypothesis
from .column_view import ColumnView
from .executor import Computed
from .linking.head_linking import ColumnMention
from .linking.link import How, Link
from .question_dates import FIRST_YEAR, LAST_YEAR
from .wording import span_bits

Group = tuple[object, ...]
"""Which features, and of what: the name of the method that makes them, and its arguments."""
NO_READING: Group = ("nothing",)
"""The group of the reading that no reading is right."""
HEAD_WORDS = PARAMS.reading_model.head_words
SOFT: tuple[How, ...] = (How.PART, How.GAP, How.ALIAS, How.SPELLED)
"""Ways of naming a cell that are not exact."""


def bucket(count: int) -> str:
    """A small number as it is, larger ones in steps."""
    return str(count) if count < 4 else "4-7" if count < 8 else "8+"


class Features:
    """The features of one question's readings on one table."""

    def __init__(self, beam: Beam) -> None:
        asked = beam.asked
        self.beam, self.asked = beam, asked
        self.kind = asked.kind or "none"
        self.focus = span_bits(*asked.focus)
        self.focus_stems = asked.stems[slice(*asked.focus)]
        self.whole = _all(link.words for link in beam.links if link.how == How.WHOLE)
        self.figures = _all(figure.bits for figure in asked.figures)
        self.head_words = _all(beam.heads[column.place].words for column in beam.view.visible)
        self.signals = asked.triggers.get("most", 0) | asked.triggers.get("ends", 0)
        self.signal_words = tuple(word for n, word in enumerate(asked.words) if self.signals >> n & 1)
        self.period = next(iter(asked.periods), "")
        self.title = sum(1 << n for n, stem in enumerate(asked.stems) if stem in beam.view.topic)
        self.best = max((head.score for head in beam.heads), default=0.0)
        self.best_numeric = max((beam.heads[place].score for place in beam.numeric), default=0.0)
        self.general = tuple(self._general(n) for n in range(len(asked.words)))
        self.figure_sorts = {figure.bits: figure.sort for figure in asked.figures}
        self.siblings = {column.place: self._sibling(column) for column in beam.view.columns}

    def groups(self, candidate: Hypothesis) -> Iterator[Group]:
        """The groups of a reading before it is computed."""
        operation, chosen = candidate.operation, candidate.chosen
        kind, explained = operation.partition(" ")[0], self.explained(candidate)
        yield "operation", operation
        yield "shape", operation, len(chosen.links), bucket(chosen.size), tuple(sorted({x.how for x in chosen.links}))
        for link in chosen.links:
            yield "link", link, kind
            if link.how in SOFT:
                yield "beside", link.how, left_beside(link, self.asked.content & ~explained & ~self.title)
        if len(chosen.links) > 1:
            yield "links", tuple((link.column, link.how) for link in chosen.links)
        if candidate.select >= 0:
            yield "shown", operation, candidate.select
        if candidate.order >= 0:
            yield "ordering", operation, candidate.order
            if candidate.select >= 0:
                yield "columns", operation, candidate.select, candidate.order
        yield "unexplained", explained & (self.asked.content | self.figures), kind, len(chosen.links)

    def groups_of_result(self, candidate: Hypothesis, computed: Computed) -> Iterator[Group]:
        """The groups that a result adds."""
        numbers = [item for item in computed.items if isinstance(item, float)]
        size = ""
        if numbers and computed.column is None:
            first = numbers[0]
            size = str(int(first)) if first in (0, 1) else "neg" if first < 0 else "small" if first < 20 else "big"
        is_year = bool(numbers) and all(FIRST_YEAR <= number <= LAST_YEAR for number in numbers)
        repeats = any(isinstance(item, str) and item in self._text for item in computed.items)
        sizes = bucket(len(computed.items)), bucket(len(computed.rows))
        yield "result", candidate.operation, "number" if numbers else "text", *sizes, repeats, size, is_year

    def explained(self, candidate: Hypothesis) -> int:
        """The words that a reading gives a meaning to, as bits."""
        columns = {candidate.select, candidate.order, *(link.column for link in candidate.chosen.links)} - {-1}
        named = _all(self.beam.heads[place].all_words for place in columns)
        return named | candidate.chosen.words | candidate.words

    def names(self, group: Group) -> list[str]:
        """The features of a group."""
        make: Callable[..., Iterator[str]] = getattr(self, f"_{group[0]}")
        return list(make(*group[1:]))

    @cached_property
    def _text(self) -> str:
        return " ".join(self.asked.words)

    def _general(self, n: int) -> str:
        """A word, but for names and numbers a sign."""
        if self.figures >> n & 1:
            return "#"
        return "@" if self.whole >> n & 1 and self.asked.content >> n & 1 else self.asked.words[n]

    def _sibling(self, column: ColumnView) -> str:
        """What a column is among those that the question names as well as it: the one that takes in the others?"""
        heads = self.beam.heads
        named = heads[column.place].all_words
        peers = [
            other for other in self.beam.view.visible
            if other.kind == column.kind and heads[other.place].all_words == named
        ]  # fmt: skip
        if column.is_hidden or len(peers) == 1:
            return "alone"
        if any(other.is_overall for other in peers):
            return "overall" if column.is_overall else "part"
        return "plainest" if len(column.head) <= min(len(other.head) for other in peers) else "longer"

    @cached_property
    def _lexical(self) -> tuple[str, ...]:
        words = self.general
        return (
            *dict.fromkeys(f"1:{word}" for word in words),
            *(f"2:{one} {other}" for one, other in pairwise(words)),
            "^:" + " ".join(words[:2]),
            "^:" + " ".join(words[:3]),
            f"n:{bucket(len(words) // 3)}",
        )

    # the groups

    def _nothing(self) -> Iterator[str]:
        beam, content = self.beam, self.asked.content
        reached = _all(link.words for link in beam.links) | _all(head.all_words for head in beam.heads) | self.title
        left, total = (content & ~reached).bit_count(), content.bit_count()
        yield "n"
        yield f"n k:{self.kind}"
        yield f"n left {bucket(left)}"
        yield f"n left {bucket(left)} of {bucket(total)}"
        yield f"n share {round(4 * left / max(1, total))}"
        yield f"n whole {bucket((self.whole & content).bit_count())}"
        yield f"n heads {bucket((self.head_words & content).bit_count())}"
        yield f"n best {round(self.best)}"
        yield f"n links {bucket(len(beam.links))}"

    def _operation(self, operation: str) -> Iterator[str]:
        kind = operation.partition(" ")[0]
        yield f"o {operation}"
        yield f"o {operation} k:{self.kind}"
        yield from (f"o {operation} {feature}" for feature in self._lexical)
        if kind != operation:
            yield from (f"o {kind}* {feature}" for feature in self._lexical)

    def _shape(self, operation: str, links: int, rows: str, hows: tuple[str, ...]) -> Iterator[str]:
        kind, how = operation.partition(" ")[0], "+".join(hows)
        yield f"s {operation} {links}"
        yield f"s {kind} rows {rows}"
        yield f"s {links} {rows}"
        yield f"s {kind} {links} k:{self.kind}"
        yield f"s {kind} {how}"
        yield f"s {how}"

    def _link(self, link: Link, kind: str) -> Iterator[str]:
        words, column, how = self.asked.words, self.beam.view.columns[link.column], link.how
        test = link.conditions[0].comparison if len(link.conditions) == 1 else "decade"
        before = words[link.first - 1] if link.first else "^"
        behind = words[link.words.bit_length()] if link.words.bit_length() < len(words) else "$"
        head = self.beam.heads[link.column]
        is_label = column is self.beam.view.label
        yield f"l {how}"
        yield f"l {how} {column.kind}"
        yield f"l {how} {test} size {min(link.words.bit_count(), 4)}"
        yield f"l {how} {test} before {before}"
        yield f"l {test} before2 {words[link.first - 2] if link.first > 1 else '^'} {before}"
        yield f"l {test} {column.kind} before {before}"
        yield f"l {how} behind {behind}"
        yield f"l {how} named {head.score > 0}"
        yield f"l {how} label {is_label}"
        yield f"l {test} {column.kind} k:{self.kind}"
        yield f"l {how} rows {bucket(link.mask.bit_count())}"
        yield f"l {kind} {test} {how}"
        yield f"l {kind} label {is_label}"
        yield f"l {kind} before {before}"
        yield f"l {how} key {column.is_key}"
        yield f"l {how} rank {column.order.is_rank}"
        yield f"l {how} hidden {column.is_hidden}"
        yield from self._of_sort(link, test, column)
        if head.score > 0:
            yield f"l {how} {test} apart {_apart(link.words, head.words)}"
        if how == How.COMPARED:
            yield from self._cues(link, test)
        if how in (How.PART, How.GAP):
            yield f"l {how} cover {round(link.weight % 1, 1)}"
        if link.words & self.focus:
            yield f"l {how} in focus k:{self.kind}"
        if link.words & self.head_words:
            yield f"l {how} is head"
        if any(
            o.how == How.WHOLE and o.words != link.words and o.words & link.words == link.words for o in self.beam.links
        ):
            yield f"l {how} inside longer"

    def _of_sort(self, link: Link, test: str, column: ColumnView) -> Iterator[str]:
        """Whether what a column holds is what the words speak of."""
        yield f"l {link.how} sort {column.sort}"
        yield f"l {link.how} sibling {self.siblings[column.place]}"
        if link.how in (How.NUMBER, How.COMPARED):
            sort = next((sort for bits, sort in self.figure_sorts.items() if bits & link.words), "")
            head = self.beam.heads[column.place]
            yield from self._named(f"l {link.how}", head, self.best_numeric)
            yield f"l {link.how} {test} {column.sort} f:{sort}"
            yield f"l {link.how} measure {column.is_measure} {test}"
            yield f"l {link.how} {head.level} sibling {self.siblings[column.place]}"

    def _cues(self, link: Link, test: str) -> Iterator[str]:
        """The words that say whether more or less is meant."""
        words = self.asked.words
        for n, word in enumerate(words):
            if link.words >> n & 1 and not self.figures >> n & 1:
                yield f"l {test} cue {word}"
                yield from (f"l {test} cue {word} {after}" for after in words[n + 1 : n + 2])
                yield from (f"l {test} cue {ahead} {word}" for ahead in words[n - 1 : n])

    def _beside(self, how: str, sides: tuple[bool, bool]) -> Iterator[str]:
        yield f"b {how} {sides[0]} {sides[1]}"
        yield f"b {how} {sum(sides)}"
        yield f"b {sum(sides)}"

    def _links(self, links: tuple[tuple[int, str], ...]) -> Iterator[str]:
        repeats = len({column for column, _ in links}) < len(links)
        yield f"p same {repeats} {'+'.join(sorted(how for _, how in links))}"

    def _named(self, tag: str, head: ColumnMention, best: float) -> Iterator[str]:
        named = "best" if head.score and head.score >= best - 1e-9 else "named" if head.score else "no"
        yield f"{tag} {head.level}"
        yield f"{tag} n:{named}"
        yield f"{tag} {head.level} n:{named}"

    def _shown(self, operation: str, place: int) -> Iterator[str]:
        beam, kind = self.beam, operation.partition(" ")[0]
        column, head = beam.view.columns[place], beam.heads[place]
        tag, order = f"e {kind}", column.order
        is_label = column is beam.view.label
        in_focus = bool(head.words & self.focus)
        yield from self._named(tag, head, self.best)
        yield f"{tag} focus {in_focus} {bool(head.soft & self.focus)} k:{self.kind}"
        yield f"e focus {in_focus} k:{self.kind} {head.level}"
        yield f"{tag} {column.kind} k:{self.kind}"
        yield f"{tag} label {is_label}"
        yield f"e label {is_label} k:{self.kind} {head.level}"
        yield f"{tag} place {min(place, 3)}"
        yield f"e {column.kind} k:{self.kind} y:{order.is_year} r:{order.is_rank}"
        yield f"{tag} key {column.is_key}"
        yield f"{tag} unit {column.unit} k:{self.kind}"
        alone = head.score > 0 and head.score == self.best and sum(h.score == head.score for h in beam.heads) == 1
        yield f"{tag} alone {alone}"
        for stem in column.head[:HEAD_WORDS]:
            yield f"e head {stem} k:{self.kind}"
            yield from (f"e head {stem} f:{word}" for word in self.focus_stems)
        yield from (f"e {column.kind} f:{word}" for word in self.focus_stems)
        yield self._periods("e", column)
        yield f"{tag} sort {column.sort} k:{self.kind}"
        yield f"e sort {column.sort} measure {column.is_measure} k:{self.kind}"
        yield f"{tag} sibling {self.siblings[place]}"
        yield f"e sibling {self.siblings[place]} {head.level}"
        yield from (f"e sort {column.sort} f:{word}" for word in self.focus_stems)
        if self.focus and not in_focus and any(other.words & self.focus for other in beam.heads):
            yield f"{tag} focus is another's"
        if head.words and self.signals:
            yield f"{tag} near signal {_apart(head.words, self.signals)}"

    def _periods(self, tag: str, column: ColumnView) -> str:
        if not self.period or column.period is None:
            return f"{tag} period {bool(self.period)} {column.period is not None}"
        return f"{tag} period same {self.period == column.period}"

    def _ordering(self, operation: str, place: int) -> Iterator[str]:
        beam, kind = self.beam, operation.partition(" ")[0]
        column, head = beam.view.columns[place], beam.heads[place]
        tag, order = f"r {kind}", column.order
        named = "best" if head.score and head.score >= self.best_numeric - 1e-9 else "named" if head.score else "no"
        sort = f"{column.kind} y:{order.is_year} r:{order.is_rank}"
        yield from self._named(tag, head, self.best_numeric)
        yield f"r n:{named} of {min(3, len(beam.numeric))} {head.level}"
        yield f"{tag} {sort}"
        yield f"{tag} sorted {order.direction}"
        yield f"r {operation} sorted {order.direction} {column.kind}"
        yield f"{tag} unit {column.unit}"
        yield f"{tag} near {_apart(head.all_words, self.signals)}"
        for word in self.signal_words:
            yield f"{tag} w:{word}"
            yield f"{tag} w:{word} {sort}"
            yield f"r w:{word} n:{named}"
            yield from (f"{tag} w:{word} h:{stem}" for stem in column.head[:3])
        yield from (f"{tag} h:{stem}" for stem in column.head[:3])
        for n, word in enumerate(self.asked.words):
            if self.asked.content >> n & 1:
                yield from (f"r c:{word} h:{stem}" for stem in column.head[:2])
        yield self._periods("r", column)
        yield f"{tag} sort {column.sort}"
        yield f"{tag} measure {column.is_measure}"
        yield f"r sibling {self.siblings[place]} {head.level}"
        yield from (f"r sort {column.sort} w:{word}" for word in self.signal_words)

    def _columns(self, operation: str, shown: int, order: int) -> Iterator[str]:
        one, other = self.beam.heads[shown].words, self.beam.heads[order].words
        first = "" if not one or not other or one == other else "s" if one & -one < other & -other else "o"
        yield f"q {operation.partition(' ')[0]} same {shown == order} first {first}"
        yield f"q {operation} first {first}"
        yield f"q overlap {bool(one & other)} {shown == order}"

    def _unexplained(self, explained: int, kind: str, links: int) -> Iterator[str]:
        asked = self.asked
        left = asked.content & ~explained
        titled = left & self.title
        left &= ~titled
        count, total = left.bit_count(), asked.content.bit_count()
        share = round(4 * count / max(1, total))
        lost = (left & self.whole).bit_count()
        figures = sum(1 for figure in asked.figures if not explained >> figure.first & 1)
        yield f"u {bucket(count)}"
        yield f"u {kind} {bucket(count)}"
        yield f"u share {share}"
        yield f"u share {share} {links}"
        yield f"u total {bucket(total)} {share}"
        yield f"u whole {bucket(lost)}"
        yield f"u whole {lost > 0} {kind}"
        yield f"u figures {figures}"
        yield f"u figures {figures} {kind}"
        yield f"u heads {bucket((left & self.head_words).bit_count())}"
        if titled:
            yield f"u title {min(3, titled.bit_count())}"
        for n, word in enumerate(self.general):
            if left >> n & 1:
                yield f"u w:{word}"
                yield f"u w:{word} {kind}"

    def _result(
        self, operation: str, sort: str, items: str, rows: str, repeats: bool, size: str, is_year: bool
    ) -> Iterator[str]:
        kind = operation.partition(" ")[0]
        yield f"t {operation} {sort}"
        yield f"t {kind} n:{items}"
        yield f"t {operation} n:{items} k:{self.kind}"
        yield f"t {sort} n:{items} k:{self.kind}"
        yield f"t {sort} y:{is_year} k:{self.kind}"
        yield f"t {kind} repeats {repeats}"
        yield f"t {sort} repeats {repeats}"
        yield f"t {kind} v:{size} k:{self.kind}"
        yield f"t {operation} v:{size}"
        yield f"t {kind} rows {rows}"


def _all(sets: Iterator[int]) -> int:
    found = 0
    for words in sets:
        found |= words
    return found


def left_beside(link: Link, left: int) -> tuple[bool, bool]:
    """Whether the word before a link, and the one behind it, is among those that are left without a meaning."""
    return _is_set(left, link.first - 1), _is_set(left, link.words.bit_length())


def _is_set(bits: int, place: int) -> bool:
    return place >= 0 and bool(bits >> place & 1)


def _apart(one: int, other: int) -> str:
    """How many words stand between two groups of words, in steps."""
    if not one or not other:
        return "-"
    begin = max((one & -one).bit_length(), (other & -other).bit_length())
    return bucket(max(0, begin - min(one.bit_length(), other.bit_length()) - 1))
