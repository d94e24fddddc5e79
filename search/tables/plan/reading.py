"""One table's reading of a question: everything it takes to answer it, or what the table does not cover of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...column_kinds import ColumnRole
from ...lang.states import ABBREVIATIONS
from ...query.query import Question
from ...store.catalog import Catalog
from ...text.measures import NamedMeasure
from ...text.tokenizer import Term, key, terms
from ..execute.task import Task
from ..parse.grammar import interpret
from ..parse.pieces import Token, cut
from ..parse.vocabulary import FIRM, SenseValue
from ..schema.names import Mention, canonical, phrase
from ..schema.profile import Dimension, Profile
from ..schema.subject import foreign_words
from .measure_selection import in_extremes, wanted
from .request import Request
from .scope import Uncovered, identifying, scope
from .validity import objection

NOTHING_COVERED = Uncovered()
LOOSE = frozenset(
    {
        NamedMeasure.LOW,
        NamedMeasure.HIGH,
        NamedMeasure.SHARE,
        NamedMeasure.COST,
        NamedMeasure.COUNT,
        NamedMeasure.CHANGE,
    }
)
"""Measures whose names are words of any text."""


class Interpretation:
    """What a table makes of a question. With a ``task`` it can answer."""

    def __init__(self, profile: Profile, request: Request, question: str, *, addressed: bool) -> None:
        """``addressed`` is whether it plainly asks for numbers of a row, or among rows."""
        self.profile, self.request, self.question, self.addressed = profile, request, question, addressed
        self.task: Task | None = None
        self.uncovered = NOTHING_COVERED
        self.notes: list[str] = []
        """Names that were mapped."""


def read(profile: Profile, question: Question, words: Sequence[Term], catalog: Catalog) -> Interpretation | None:
    """The table's reading of a question, whose ``words`` may be corrected ones; None for one that is not for tables."""
    if profile.columns is not None:
        named = list(profile.columns.mentions(words, question.text))
        if [mention.keys for mention in named] != [(key(profile.name),)]:
            return None
        words = (*words[: named[0].first], *words[named[0].last + 1 :])
    mentions = _mentions(profile, question.text, words)
    pieces = cut(question.text, words, mentions, profile.own_phrases, _nation(profile))
    if parts := list(_parts_of_names(profile, pieces, words, catalog)):
        mentions = sorted([*mentions, *parts], key=lambda mention: mention.first)
        pieces = cut(question.text, words, mentions, profile.own_phrases, _nation(profile))
    request = interpret(question.text, words, pieces, occupations=profile.dimension("occupation") is not None)
    if request is None:
        return None
    request.column = profile.columns is not None
    apart = request.compared or (request.does("compare") and (request.apart or request.percent))
    if apart and not request.measures and not request.pay and all(s.is_money for s in profile.series):
        request.pay = True
    if not _asks_for_numbers(request, profile):
        return None
    reading = Interpretation(profile, request, question.text, addressed=_is_addressed(request, pieces))
    reading.notes += [note for mention in mentions if (note := _mapping(profile, mention, question.text, words))]
    if request.payer and request.ranged == ColumnRole.PLACE:
        reading.notes.append("The table lists places, not those who pay there.")
    _complete(reading, words, catalog)
    return reading


def _mentions(profile: Profile, text: str, words: Sequence[Term]) -> list[Mention]:
    """Names of the table in the question, without overlap: the longest go before the others."""
    found: list[Mention] = []
    every = [m for d in profile.dimensions for m in d.names.mentions(words, text)]
    roles = ("place", "occupation", "label", "code")
    for mention in sorted(every, key=lambda m: (m.first - m.last, roles.index(m.role), m.first)):
        if all(mention.last < other.first or other.last < mention.first for other in found):
            found.append(mention)
    return sorted(found, key=lambda mention: mention.first)


def _parts_of_names(
    profile: Profile, pieces: Sequence[Token], words: Sequence[Term], catalog: Catalog
) -> Iterator[Mention]:
    """Words that are most of a name: "financial analysts" of "Financial and Investment Analysts"."""
    joined = any(piece.is_a("and", "or", "than", "compare") for piece in pieces)
    for role in ("occupation", "label"):
        dimension = profile.dimension(role)
        named = any(piece.mention is not None and piece.mention.role == role for piece in pieces)
        if dimension is None or (named and not joined):
            continue
        unknown = [piece for piece in pieces if piece.is_a("word")]
        if not any(dimension.names.may_hold(words[piece.first]) for piece in unknown):
            continue
        if role == ColumnRole.LABEL:
            unknown = list(foreign_words(profile, unknown, words, catalog))
        yield from _most_of_names(dimension, unknown, words)


def _most_of_names(dimension: Dimension, unknown: Sequence[Token], words: Sequence[Term]) -> Iterator[Mention]:
    for run in _runs(unknown):
        said = (words[piece.first] for piece in run)
        keys = dimension.names.containing([canonical(term.stem, term.word, dimension.role) for term in said])
        if keys and (dimension.has_role(ColumnRole.OCCUPATION) or len(keys) == 1):
            yield Mention(dimension.column, dimension.names.role, keys, run[0].first, run[-1].last, whole=False)


def _runs(pieces: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """Words that stand side by side, each as far as it goes."""
    run: tuple[Token, ...] = ()
    for piece in pieces:
        if run and piece.first != run[-1].last + 1:
            yield run
            run = ()
        run = (*run, piece)
    yield from [run] if run else []


def _nation(profile: Profile) -> Mention | None:
    """The table's row of the nation, ready to be put where the question speaks of it."""
    places = profile.dimension("place")
    keys = [key for key, place in places.names.places.items() if place.is_a("nation")] if places is not None else []
    return Mention(places.column, ColumnRole.PLACE, (keys[0],), 0, 0, True) if places is not None and keys else None


def _asks_for_numbers(request: Request, profile: Profile) -> bool:
    """Whether there is a sign that numbers of a table are asked for, not only words that could be."""
    firm = [m for m in request.measures if m in FIRM or m not in LOOSE]
    rows_counted = request.does("count") and not request.words
    workers_counted = request.workers and bool(profile.of_measure("employment"))
    placed = bool(request.names or request.ranged) and bool(request.measures)
    labelled = request.amount and any(mention.has_role(ColumnRole.LABEL) and mention.whole for mention in request.names)
    return request.pay or bool(firm) or rows_counted or workers_counted or placed or labelled


def _is_addressed(request: Request, pieces: Sequence[Token]) -> bool:
    """Whether it names a row, or asks among rows in the words of tables."""
    named = any(mention.has_role(ColumnRole.PLACE, ColumnRole.OCCUPATION) for mention in request.names)
    return named or any(piece.is_a("super", "above") and request.ranged for piece in pieces)


def _mapping(profile: Profile, mention: Mention, text: str, words: Sequence[Term]) -> str | None:
    """What a name was taken for, where it is not the name itself."""
    if mention.whole or len(mention.keys) > 1:
        return None
    dimension = next(d for d in profile.dimensions if d.column == mention.column)
    written = text[words[mention.first].start : words[mention.last].end]
    return f'"{written}" is read as "{dimension.text(mention.keys[0])}".'


def _complete(reading: Interpretation, words: Sequence[Term], catalog: Catalog) -> None:
    """Fill in the task, or what stands in its way."""
    profile, request = reading.profile, reading.request
    _settle(reading)
    unknown = _unknown(reading, words, catalog)
    if unknown:
        reading.uncovered = Uncovered(tuple(_written(piece, words) for piece in unknown))
        return
    if (reason := objection(request)) is not None:
        reading.uncovered = Uncovered(note=reason)
        return
    if request.not_understood:
        parts = ", ".join(f'"{_written(piece, words)}"' for piece in request.not_understood)
        reading.uncovered = Uncovered(note=f"Not understood: {parts}.")
        return
    numbers = wanted(profile, request) if not request.does("count") or request.thresholds else []
    if isinstance(numbers, str):
        said = numbers and numbers in reading.question.casefold()
        reading.uncovered = Uncovered((numbers,)) if said else Uncovered(note=_lacking(numbers))
        return
    series = [one.series for one in numbers] or profile.series[:1]
    rows = scope(profile, request, series, catalog)
    if isinstance(rows, Uncovered):
        reading.uncovered = rows
    else:
        reading.task = Task(profile, request, rows, numbers, catalog, _called(reading))


def named_heads(reading: Interpretation) -> list[Dimension]:
    """The columns of names whose heads the question speaks of: "which company", "towns"."""
    asked = {term.stem for term in terms(reading.question)}
    dimensions = reading.profile.dimensions
    heads = (phrase(reading.profile.table.columns[dimension.column].name) for dimension in dimensions)
    return [d for d, head in zip(dimensions, heads, strict=True) if head and asked.issuperset(head)]


def _called(reading: Interpretation) -> Dimension | None:
    """The one column of labels that the question asks for, unless it names a row of it."""
    named = {mention.column for mention in reading.request.names}
    asked = [d for d in named_heads(reading) if d.has_role(ColumnRole.LABEL) and d.column not in named]
    return asked[0] if len(asked) == 1 else None


def _lacking(measure: str) -> str:
    """That a table lacks a measure which the question asks for in other words, so that they are not what is missing."""
    return f"The table has no {measure}." if measure else ""


def _written(piece: Token, words: Sequence[Term]) -> str:
    return " ".join(word.word for word in words[piece.first : piece.last + 1])


def _unknown(reading: Interpretation, words: Sequence[Term], catalog: Catalog) -> tuple[Token, ...]:
    """The words that the table does not cover. One that lists occupations is about these alone."""
    occupations = reading.profile.dimension("occupation")
    if occupations is not None and occupations.size > 1:
        return reading.request.words
    return foreign_words(reading.profile, reading.request.words, words, catalog)


def _settle(reading: Interpretation) -> None:
    """What reads as a rank, a range or a filter is a look-up where all rows are named; and the reverse."""
    profile, request = reading.profile, reading.request
    _states_as_scope(profile, request)
    places = {m.column for m in request.names if m.has_role(ColumnRole.PLACE)}
    free = any(d.column not in {m.column for m in request.names} for d in identifying(profile))
    extreme = request.extreme if request.limit is None and request.nth is None and not request.measures else None
    if request.does("rank") and extreme is not None and in_extremes(profile, extreme):
        if not free and request.ranged is None:
            request.operation, request.measures = "look-up", (extreme,)
        elif request.of_pay and request.ranged is None and not request.names:
            request.measures = (extreme,)
    elif request.does("compare") and request.of_pay and extreme and not request.either and request.ranged is None:
        request.measures = (extreme,)
    elif request.does("filter") and request.ranged is None and not request.everything and request.yes_no:
        request.operation = "look-up"
    elif request.does("range") and places and set(request.measures) <= {NamedMeasure.LOW, NamedMeasure.HIGH}:
        request.operation, request.measures = "look-up", ("low", "high")
    elif request.does("look-up", "list") and (request.states or request.home) and not places and not request.ranged:
        request.operation = "range"
        state = ABBREVIATIONS[request.states[0]].title() if request.states else "the state"
        reading.notes.append(f"The table has no row for {state} as a whole.")


def _states_as_scope(profile: Profile, request: Request) -> None:
    """ "Areas in Maine": a state that has a row of its own is where the rows asked for lie."""
    places = profile.dimension("place")
    of_states = SenseValue.STATE in request.kinds
    if places is None or request.ranged != ColumnRole.PLACE or of_states or request.does("compare"):
        return
    for mention in request.names:
        place = places.names.places.get(mention.keys[0]) if mention.column == places.column else None
        if place is not None and place.is_a("state") and place.state and places.in_state(place.state):
            request.names = tuple(name for name in request.names if name is not mention)
            request.states += (place.state,)
