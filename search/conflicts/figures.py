"""Which quantity of a statement gives the figure asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..lang.lexicon import lexicon
from ..params import PARAMS
from ..text.number_words import QuantityKind
from ..text.quantities import EVERY, UNLIMITED, Quantity, is_number, quantities
from ..text.quantity_patterns import QuantityBound
from ..text.tokenizer import STOP_WORDS, stem
from .clauses import Statement
from .figure_question import ATTRIBUTES, LIMITED, MEASURE_WORDS, Sought
from .lexical_relation import any_names_same
from .people import is_people
from .stance_words import ARTICLE, BEING, GENERIC_PEOPLE, LAST, LIGHT, OBLIGATION, OF_A_PART, ONE, TAKING_PART
from .topic import Topic

_FIGURES = lexicon("figures")

LASTING = _FIGURES.words("lasting")
"""Words by which a sentence says how long."""
WHOLE_DURATIONS = frozenset(map(stem, _FIGURES.words("whole")))
"""What a duration may be a duration of and still be the whole: "two years of full-time study"."""
FRACTION_WORDS = _FIGURES.words("fractions")
DOORS = _FIGURES.words("doors")
"""Parts that open and close with the whole."""
GENERIC_STEMS = frozenset(map(stem, GENERIC_PEOPLE))
AGES = _FIGURES.words("ages")


def figures(statement: Statement, wanted: Sought, topic: Topic) -> Iterator[Quantity]:
    """The quantities of a statement that give the figure asked for."""
    if of_a_part(statement, topic) or _half_named(statement, topic):
        return
    first, last = statement.clause[0].start, statement.clause[-1].end
    for quantity in quantities(statement.sentence):
        inside = first <= quantity.span[0] < last
        if (
            inside
            and not _is_article(quantity, wanted, statement)
            and _is_kind(quantity, wanted, statement)
            and _is_of(quantity, wanted, topic)
        ):
            yield quantity


def distinct(found: Iterable[Quantity]) -> list[Quantity]:
    """The quantities, each once: "three quarters of employers, 75%" says one figure twice."""
    kept: list[Quantity] = []
    for one in found:
        if not any(one.kind == other.kind and other.low <= one.high and one.low <= other.high for other in kept):
            kept.append(one)
    return kept


def limit(quantity: Quantity) -> Quantity:
    """A figure of what may be: "you can borrow 10 books" says that no more may be borrowed."""
    if quantity.kind not in LIMITED or quantity.bound != QuantityBound.EXACT or quantity.low != quantity.high:
        return quantity
    return quantity._replace(low=0.0, bound=QuantityBound.AT_MOST)


def _is_article(quantity: Quantity, wanted: Sought, statement: Statement) -> bool:
    """Whether "one" counts nothing: "one must", "one of the guests"; "one guest" does, where guests are counted."""
    return statement.sentence[slice(*quantity.span)].casefold() == ONE and (bool(quantity.of) or not wanted.counted)


def _is_kind(quantity: Quantity, wanted: Sought, statement: Statement) -> bool:
    """Whether the quantity is of a kind asked for, and the statement says it as such."""
    here = [term.word for term in statement.clause]
    if QuantityKind.AGE in wanted.kinds and quantity.is_a(QuantityKind.COUNT) and not wanted.counted:
        at_age = statement.sentence[: quantity.span[0]].endswith((" at ", " from "))
        is_so = statement.sentence[: quantity.span[0]].endswith((" are ", " is "))
        is_so = (is_so and not quantity.nouns) or statement.sentence[: quantity.span[0]].endswith(" be ")
        return at_age or is_so or quantity.bound != QuantityBound.EXACT or not AGES.isdisjoint(here)
    if quantity.unit == EVERY:
        return wanted.kinds == {QuantityKind.DURATION} and not wanted.in_units
    if quantity.is_a(QuantityKind.DURATION) and not (wanted.bounding or wanted.in_units):
        lasting = any(w in LASTING or (w == LAST and here[n - 1 : n] != [ARTICLE]) for n, w in enumerate(here))
        spent = statement.sentence[: quantity.span[0]].endswith((" for ", " in "))
        return (lasting or spent) and quantity.kind in wanted.kinds
    return quantity.kind in wanted.kinds


def _is_of(quantity: Quantity, wanted: Sought, topic: Topic) -> bool:
    """Whether the quantity is an amount of what is asked about."""
    if quantity.adjective and not any(map(topic.holds, quantity.nouns)):
        return False
    counts = quantity.is_a(QuantityKind.COUNT, QuantityKind.DURATION)
    if (
        wanted.counted
        and counts
        and quantity.low < UNLIMITED
        and not any(any_names_same(counted, quantity.nouns) for counted in wanted.counted)
    ):
        return False
    known = WHOLE_DURATIONS | GENERIC_STEMS | wanted.counted | {"and"}
    return not quantity.of or not quantity.of.isdisjoint(known) or any(map(topic.holds, quantity.of))


def _half_named(statement: Statement, topic: Topic) -> bool:
    """Whether the clause names a thing without what the question says before it: "renewal" for "late renewal"."""
    stems = [term.stem for term in statement.clause]
    return any(
        b.start - a.end == 1
        and a.stem not in topic.names
        and a.word not in TAKING_PART
        and any_names_same(b.stem, stems)
        and not any_names_same(a.stem, stems)
        for a, b in pairwise(topic.words)
    )


def of_a_part(statement: Statement, topic: Topic) -> bool:
    """Whether the clause's subject is only a part of the topic: "the small stage of the theatre"."""
    clause = statement.clause
    at = next((n for n, term in enumerate(clause[: PARAMS.conflicts.subject_reach]) if term.word in OF_A_PART), None)
    if at is None or is_number(clause[at + 1].word if at + 1 < len(clause) else "of"):
        return False
    if any(term.word in BEING or term.word in OBLIGATION for term in clause[:at]):
        return False
    before = [term for term in clause[:at] if term.word not in STOP_WORDS | GENERIC_PEOPLE]
    if before and before[-1].word in FRACTION_WORDS:
        return False
    if not before or any(term.word in LIGHT or is_number(term.word) for term in before) or is_people(before[-1].word):
        return False
    if before[-1].word in MEASURE_WORDS or before[-1].word in ATTRIBUTES or before[-1].word in DOORS:
        return False
    return not topic.holds(before[-1].stem)
