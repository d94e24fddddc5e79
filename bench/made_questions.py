"""Questions made over any table, each with the answer that its cells give: a domain's questions to learn readings from.

People who ask office tables name a row and a measure, as key words or in a sentence, and want a number; those of
WikiTableQuestions want names and counts of rows. So questions of that first kind are made over tables of every kind:
sentences are templates of ours, names are cut short as people cut them, and each answer is reckoned here from the
cells alone, without the program's algebra.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from statistics import mean, median
from typing import Any, NamedTuple

from citeguide.search.tables.semantic_parsing.column_view import ColumnView
from citeguide.search.text.tokenizer import key, terms
from reading_questions import Reference, as_money, with_ranges

MAX_NAME, MAX_HEAD = 8, 7
"""Words of a name, and of a head, that a question has."""
LEAST_ROWS, MAX_ROWS = 4, 3000
ASTRAY = 0.2
"""Share of questions that name what the table lacks."""
CUT, DROPPED = 0.35, 0.3
"""How often a name, or a head, is cut short where it stays the only one."""
Made = dict[str, Any]
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}
_BRACKETS = re.compile(r"\s*[(\[{].*?[)\]}]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

LOOK_UP = (
    "What is the {m} of {l}?", "What is the {m} for {l}?", "{l} {m}", "{m} {l}", "{m} of {l}", "{m} for {l}",
    "what's the {m} in {l}", "How high is the {m} of {l}?", "tell me the {m} of {l}", "I need the {m} for {l}",
    "{l}: what is the {m}?", "Which {m} does {l} have?", "What {m} is given for {l}?", "how much is the {m} for {l}",
    "What {m} does {l} have?", "Could you look up the {m} of {l}?", "Show the {m} of {l}.", "{m} at {l}?",
)  # fmt: skip
MANY = (
    "How many {m} does {l} have?", "How many {m} are there in {l}?", "number of {m} in {l}", "how many {m} {l}",
    "How many {m} were there for {l}?", "{l} number of {m}", "How many {m} did {l} have?", "How many {m} at {l}?",
)  # fmt: skip
MONEY = (
    "How much does {l} pay?", "What does {l} cost?", "How much is {l}?", "what do {l} earn", "How much do {l} make?",
    "{l} pay", "{l} cost", "What would I pay for {l}?", "{l} salary",
)  # fmt: skip
WORDS = (
    "What is the {m} of {l}?", "{l} {m}", "{m} {l}", "Which {m} does {l} have?", "What {m} is listed for {l}?",
    "{m} of {l}", "what is {l}'s {m}", "Give me the {m} for {l}.",
)  # fmt: skip
MOST = (
    "Which {h} has the {most} {m}?", "{h} with the {most} {m}", "What {h} has the {most} {m}?", "{most} {m}",
    "Who has the {most} {m}?", "Where is the {m} {most}?", "Which {h} comes out with the {most} {m}?",
    "What is the {most} {m}?", "which one has the {most} {m}", "{most} {m} by {h}",
)  # fmt: skip
TOP = (
    "top {n} {hs} by {m}", "Which {n} {hs} have the {most} {m}?", "{n} {hs} with the {most} {m}",
    "the {n} {most} {m}", "What are the {n} {hs} with the {most} {m}?", "list the {n} {hs} with {most} {m}",
    "{n} {most} {m}",
)  # fmt: skip
BEYOND = (
    "Which {hs} have a {m} {over} {x}?", "{hs} with {m} {over} {x}", "{m} {over} {x}",
    "Which {hs} are {over} {x} in {m}?", "What {hs} have {m} of {over} {x}?", "list {hs} whose {m} is {over} {x}",
    "Where is the {m} {over} {x}?",
)  # fmt: skip
COUNT_BEYOND = (
    "How many {hs} have a {m} {over} {x}?", "number of {hs} with {m} {over} {x}",
    "In how many {hs} is the {m} {over} {x}?", "count of {hs} with a {m} {over} {x}",
    "For how many {hs} is the {m} {over} {x}?", "How many {hs} are {over} {x} in {m}?",
)  # fmt: skip
COUNT_ALIKE = (
    "How many {hs} have the {c} {v}?", "How many {v} {hs} are there?", "number of {hs} with {c} {v}",
    "How many {hs} are {v}?", "count of {v} {hs}",
)  # fmt: skip
COUNT_ALL = (
    "How many {hs} are there?", "How many {hs} are in the table?", "number of {hs} listed",
    "How many {hs} does the list have?",
)  # fmt: skip
REDUCE = (
    "{agg} {m}", "What is the {agg} {m}?", "What is the {agg} {m} of all {hs}?", "{agg} {m} over all {hs}",
    "{agg} {m} across {hs}", "Tell me the {agg} {m}.",
)  # fmt: skip
REDUCE_ALIKE = (
    "{agg} {m} of {v}", "What is the {agg} {m} for {v}?", "{agg} {m} of the {v} {hs}", "{v} {agg} {m}",
    "{agg} {m} among {v} {hs}", "What is the {agg} {m} of {v} {hs}?",
)  # fmt: skip
COMPARE = (
    "{l} vs {k} {m}", "Which has the higher {m}, {l} or {k}?", "Is the {m} higher in {l} or in {k}?",
    "{m} {l} versus {k}", "{m}: {l} or {k}, which is higher?", "compare the {m} of {l} and {k}",
    "Who has more {m}, {l} or {k}?", "Is the {m} of {l} higher than that of {k}?",
    "{l} or {k}, which has the lower {m}?",
)  # fmt: skip
DIFFERENCE = (
    "What is the difference in {m} between {l} and {k}?", "How much higher is the {m} of {l} than that of {k}?",
    "How many more {m} does {l} have than {k}?", "difference between {l} and {k} in {m}", "{m} {l} minus {k}",
    "By how much does the {m} of {l} exceed {k}'s?", "How much more {m} than {k} does {l} have?",
)  # fmt: skip
BOTH = (
    "total {m} of {l} and {k}", "{m} of {l} and {k} together", "{l} plus {k} {m}",
    "What is the {m} of {l} and {k} combined?", "How many {m} do {l} and {k} have altogether?",
)  # fmt: skip
ACROSS = (
    "difference between the {m} and the {o} of {l}", "How much higher is the {m} than the {o} for {l}?",
    "{l}: {m} minus {o}", "What is the difference between {m} and {o} in {l}?",
)  # fmt: skip
DEAREST = (
    "Which {h} is the {most}?", "What is the {most} {h}?", "{most} {h}", "Which is the {most} {h}?", "the {most} {h}?",
    "what's the {most} {h} and how much is it", "Which {h} is {most}?", "Tell me the {most} {h}.",
)  # fmt: skip
DEAR = ("most expensive", "dearest", "priciest", "costliest")
CHEAP = ("cheapest", "least expensive", "lowest priced")
IN_RANGE = (
    "What is the {m} for {x} {r}?", "{m} for {x} {r}", "{m} with {x} {r}", "How many {m} with {r} {x}?",
    "What {m} do people with {x} {r} get?", "{r} {x} {m}", "What is the {m} at {r} {x}?", "{m} at {x} {r}",
    "how much is the {m} if the {r} is {x}", "I have {x} {r}, what is my {m}?", "{m} when {r} is {x}",
)  # fmt: skip
ROW_IN_RANGE = (
    "Which {h} is for {x} {r}?", "{h} for {r} {x}", "What {h} fits {x} {r}?", "which {h} with {x} {r}",
    "Which {h} can I take at {r} {x}?", "{h} for {x} {r}", "Which {h} is right for {r} {x}?",
)  # fmt: skip
RANGED = ("Age", "Years of service", "Household size", "Weight", "Points", "Days", "Group size", "Score", "Distance")
"""Heads of ranges in which a number is looked up."""
HEADS = (
    "Fee",
    "Price",
    "Cost",
    "Rate",
    "Charge",
    "Monthly fee",
    "Annual fee",
    "Price per person",
    "Total cost",
    "Fare",
)
ROWS = ("Permit", "Course", "Program", "Service", "Item", "Room", "Ticket", "Licence", "Plan", "Type")
"""Heads of tables of prices, and of what costs so much there."""
HIGHEST = ("highest", "largest", "most", "greatest", "biggest", "top", "maximum", "best")
LOWEST = ("lowest", "smallest", "least", "fewest", "minimum")
OVER = ("over", "above", "more than", "higher than", "greater than", "at least", "exceeding")
UNDER = ("under", "below", "less than", "lower than", "at most", "fewer than")
REDUCTIONS: tuple[tuple[str, Callable[[Sequence[float]], float]], ...] = (
    ("average", mean), ("mean", mean), ("total", sum), ("sum of the", sum), ("average", mean), ("combined", sum),
    ("median", median),
)  # fmt: skip


class Asked(NamedTuple):
    """A table to ask: its measures, the column that names rows, and the others of words."""

    table: Reference
    measures: Sequence[ColumnView]
    label: ColumnView
    words: Sequence[ColumnView]
    rows: Sequence[int]


def made(table: Reference, name: str, most: int, rng: random.Random, other: Reference | None = None) -> list[Made]:
    """At most so many questions over a table, with their answers in the form of the plain questions'.

    Some name something of the ``other`` table, which this one lacks: they have no answer.
    """
    asked, strange = _asked(table), _asked(other) if other is not None else None
    if asked is None:
        return []
    found: list[Made] = []
    kinds = [_in_range] if any(column.ranges for column in table.view.visible) else _KINDS
    for _ in range(4 * most):
        one = rng.choice(kinds)(asked, rng)
        if one is not None and strange is not None and rng.random() < ASTRAY:
            one = _astray(one, asked, strange, rng)
        if one is not None and len(found) < most:
            found.append({**one, "documents": [name]})
    return found


def _astray(one: Made, asked: Asked, strange: Asked, rng: random.Random) -> Made | None:
    """The question about something that its table lacks: in the place of a name, or beside it."""
    name = _name(strange.label, rng.choice(strange.rows), strange.table, rng)
    words = {term.stem for term in terms(name or "")}
    held = {term.stem for cell in asked.table.view.vocabulary for term in terms(cell)}
    if name is None or not words or words & held:
        return None
    text = one["question"]
    for row in asked.rows:
        own = " ".join(_BRACKETS.sub("", asked.table.texts[row][asked.label.place]).split())
        if own and own.lower() in text.lower():
            text = re.sub(re.escape(own), lambda _: name, text, count=1, flags=re.IGNORECASE)
            break
    else:
        text = f"{text.rstrip('?.')} {rng.choice(('for', 'in', 'of', 'at', 'for the', 'among'))} {name}"
    return {"kind": "not_found", "question": text}


def priced(table: Reference, rng: random.Random) -> Reference | None:
    """The table as one of prices: a column of numbers holds money, and the rows are things that cost so much."""
    asked = _asked(table)
    if asked is None:
        return None
    return as_money(table, rng.choice(asked.measures).place, rng.choice(HEADS), rng.choice(ROWS))


def ranged(table: Reference, rng: random.Random) -> Reference | None:
    """The table with ranges in which a number is looked up, in one column or in two."""
    asked = _asked(table)
    if asked is None:
        return None
    return with_ranges(table, rng.choice(asked.measures).place, rng.choice(RANGED), in_two=rng.random() < 0.5)


def _asked(table: Reference) -> Asked | None:
    view = table.view
    rows = [row for row in range(view.rows) if view.body >> row & 1]
    if not LEAST_ROWS <= len(rows) <= MAX_ROWS:
        return None
    measures = [c for c in view.visible if c.kind == "number" and c.is_measure and _speakable(c)]
    words = [c for c in view.visible if c.kind == "text" and c is not view.label and c.different > 1 and _speakable(c)]
    label = view.label
    if not measures or label.kind != "text" or label in measures:
        return None
    return Asked(table, measures, label, words, rows)


def _speakable(column: ColumnView) -> bool:
    return 0 < len(head_of(column).split()) <= MAX_HEAD and head_of(column).isascii()


def head_of(column: ColumnView) -> str:
    """A head as people say it."""
    text = _BRACKETS.sub("", _CAMEL.sub(" ", column.name.replace("_", " "))) or column.name
    return " ".join(re.sub(r"[^\w%&'-]+", " ", text).split())


# names


def _name(column: ColumnView, row: int, table: Reference, rng: random.Random) -> str | None:
    """What stands in a row as people say it, cut short where it stays the only one; None where it can't be said."""
    text = " ".join(_BRACKETS.sub("", table.texts[row][column.place]).split()).strip(" .:;,")
    words = text.split()
    if not 0 < len(words) <= MAX_NAME or not any(c.isalpha() for c in text):
        return None
    if len(words) > 2 and rng.random() < CUT:
        short = " ".join(words[: rng.randint(1, len(words) - 1)]).strip(",;-&")
        holding = [k for k in set(column.keys) if f" {key(short)} " in f" {k} "]
        if len(holding) == 1 and len(short) > 3:
            text = short
    return text.lower() if rng.random() < 0.4 else text


def _head(column: ColumnView, peers: Sequence[ColumnView], rng: random.Random) -> str:
    """A head as people say it, cut short where it stays the only one."""
    words = head_of(column).split()
    if len(words) > 1 and rng.random() < DROPPED:
        at = rng.randrange(len(words))
        left = words[:at] + words[at + 1 :]
        others = [set(head_of(peer).lower().split()) for peer in peers if peer is not column]
        if not any(other.issuperset(w.lower() for w in left) for other in others):
            words = left
    return " ".join(words).lower() if rng.random() < 0.7 else " ".join(words)


def _plural(head: str) -> str:
    if head.endswith("s"):
        return head
    return head[:-1] + "ies" if head.endswith("y") and head[-2:-1] not in "aeiou" else head + "s"


class Row(NamedTuple):
    """A row, and the words that only it answers to."""

    row: int
    said: str


def _row(asked: Asked, rng: random.Random) -> Row | None:
    """A row by its name, with cells of other columns where the name is not its own."""
    row = rng.choice(asked.rows)
    said = _name(asked.label, row, asked.table, rng)
    if said is None:
        return None
    alike = {r for r in asked.rows if asked.label.keys[r] == asked.label.keys[row]}
    parts = [said]
    others = [c for c in asked.table.view.visible if c is not asked.label and c not in asked.measures]
    rng.shuffle(others)
    for column in sorted(others, key=lambda c: c.different):
        if len(alike) == 1 or len(parts) > 4:
            break
        cell = asked.table.texts[row][column.place].strip()
        held = {r for r in alike if asked.table.texts[r][column.place].strip() == cell}
        if cell and len(held) < len(alike) and len(cell.split()) <= MAX_NAME:
            alike = held
            parts.append(cell)
    if len(alike) > 1:
        return None
    first, rest = parts[0], parts[1:]
    rng.shuffle(rest)
    joined = rng.choice((" ", ", ", " in ", " "))
    return Row(row, first + "".join(joined + part for part in rest))


def _values(column: ColumnView, rows: Sequence[int]) -> list[tuple[float, int]]:
    return [(value, row) for row in rows if (value := column.values[row]) is not None]


def _figure(value: float, unit: str | None, rng: random.Random) -> str:
    """A number as people write it."""
    shown = f"{value:,.0f}" if value == int(value) and rng.random() < 0.5 else f"{value:.10g}"
    if unit == "percent":
        return shown + rng.choice(("%", " percent"))
    return "$" + shown if unit is not None and unit.startswith("USD") and rng.random() < 0.6 else shown


# kinds of questions


def _look_up(asked: Asked, rng: random.Random) -> Made | None:
    column, row = rng.choice(asked.measures), _row(asked, rng)
    if row is None or (value := column.values[row.row]) is None:
        return None
    unit = (column.unit or "").partition("/")[0]
    counts = unit == "" and value == int(value)
    if _money(asked) == [column] and rng.random() < 0.5:
        text = rng.choice(MONEY).format(l=row.said)
    else:
        templates = MANY if counts and rng.random() < 0.5 else LOOK_UP
        text = rng.choice(templates).format(m=_head(column, asked.table.view.visible, rng), l=row.said)
    return {"kind": "look-up", "question": text, "values": [value]}


def _words(asked: Asked, rng: random.Random) -> Made | None:
    row = _row(asked, rng)
    if row is None or not asked.words:
        return None
    column = rng.choice(asked.words)
    cell = asked.table.texts[row.row][column.place].strip()
    if not cell or cell.lower() in row.said.lower():
        return None
    text = rng.choice(WORDS).format(m=_head(column, asked.table.view.visible, rng), l=row.said)
    return {"kind": "passage", "question": text, "quote": [cell]}


def _most(asked: Asked, rng: random.Random) -> Made | None:
    column, is_low = rng.choice(asked.measures), rng.random() < 0.35
    values = sorted(_values(column, asked.rows), reverse=not is_low)
    count = 1 if rng.random() < 0.6 else rng.randint(2, 5)
    if len(values) <= count + 1 or len({value for value, _ in values[: count + 1]}) <= count:
        return None
    head = head_of(asked.label).lower()
    said = {
        "m": _head(column, asked.table.view.visible, rng), "h": head, "hs": _plural(head),
        "most": rng.choice(LOWEST if is_low else HIGHEST), "n": rng.choice((str(count), NUMBERS.get(count, ""))),
    }  # fmt: skip
    templates = MOST if count == 1 else TOP
    if count > 1 and is_low:
        templates = tuple(template for template in TOP if "{most}" in template)
    template = rng.choice(templates)
    names = (
        {"rows": [asked.table.texts[row][asked.label.place] for _, row in values[:count]]} if "{h" in template else {}
    )
    return {"kind": "rank", "question": template.format(**said), "values": [v for v, _ in values[:count]], **names}


def _dearest(asked: Asked, rng: random.Random) -> Made | None:
    money, is_low = _money(asked), rng.random() < 0.5
    if len(money) != 1:
        return None
    values = sorted(_values(money[0], asked.rows), reverse=not is_low)
    if len(values) < LEAST_ROWS or values[0][0] == values[1][0]:
        return None
    said = {"h": head_of(asked.label).lower(), "most": rng.choice(CHEAP if is_low else DEAR)}
    row = asked.table.texts[values[0][1]][asked.label.place]
    return {"kind": "rank", "question": rng.choice(DEAREST).format(**said), "values": [values[0][0]], "rows": [row]}


def _money(asked: Asked) -> list[ColumnView]:
    return [column for column in asked.measures if (column.unit or "").partition("/")[0].isupper()]


def _beyond(asked: Asked, rng: random.Random) -> Made | None:
    column, is_under, counts = rng.choice(asked.measures), rng.random() < 0.4, rng.random() < 0.5
    values = sorted(value for value, _ in _values(column, asked.rows))
    if len(set(values)) < LEAST_ROWS:
        return None
    limit = values[rng.randrange(1, len(values) - 1)]
    limit = float(f"{limit:.1g}") if rng.random() < 0.5 else limit
    cue = rng.choice(UNDER if is_under else OVER)
    keeps = {"at least": lambda v: v >= limit, "at most": lambda v: v <= limit}.get(
        cue, (lambda v: v < limit) if is_under else (lambda v: v > limit)
    )
    found = [value for value in values if keeps(value)]
    if not found or (not counts and len(found) > 12) or (counts and len(found) == len(values)):
        return None
    head = head_of(asked.label).lower()
    said = {
        "m": _head(column, asked.table.view.visible, rng), "hs": _plural(head), "over": cue,
        "x": _figure(limit, (column.unit or "").partition("/")[0], rng),
    }  # fmt: skip
    if counts:
        return {"kind": "aggregate", "question": rng.choice(COUNT_BEYOND).format(**said), "values": [float(len(found))]}
    return {"kind": "filter", "question": rng.choice(BEYOND).format(**said), "values": found}


def _alike(asked: Asked, rng: random.Random) -> tuple[ColumnView, str, list[int]] | None:
    """A cell that several rows have in common, and these rows."""
    if not asked.words:
        return None
    column = rng.choice(asked.words)
    often = [k for k, n in Counter(column.keys[row] for row in asked.rows).items() if k and 1 < n < len(asked.rows)]
    if not often:
        return None
    chosen = rng.choice(often)
    rows = [row for row in asked.rows if column.keys[row] == chosen]
    text = asked.table.texts[rows[0]][column.place].strip()
    return (column, text, rows) if 0 < len(text.split()) <= MAX_NAME else None


def _counted(asked: Asked, rng: random.Random) -> Made | None:
    head = _plural(head_of(asked.label).lower())
    if rng.random() < 0.25:
        if len({asked.label.keys[row] for row in asked.rows}) != len(asked.rows):
            return None
        return {
            "kind": "aggregate",
            "question": rng.choice(COUNT_ALL).format(hs=head),
            "values": [float(len(asked.rows))],
        }
    if (some := _alike(asked, rng)) is None:
        return None
    column, cell, rows = some
    text = rng.choice(COUNT_ALIKE).format(hs=head, c=head_of(column).lower(), v=cell)
    return {"kind": "aggregate", "question": text, "values": [float(len(rows))]}


def _reduced(asked: Asked, rng: random.Random) -> Made | None:
    column = rng.choice(asked.measures)
    word, reduce = rng.choice(REDUCTIONS)
    said = {"agg": word, "m": _head(column, asked.table.view.visible, rng), "hs": _plural(head_of(asked.label).lower())}
    some = _alike(asked, rng) if rng.random() < 0.5 else None
    values = [value for value, _ in _values(column, some[2] if some else asked.rows)]
    if len(values) < 2:
        return None
    text = rng.choice(REDUCE_ALIKE).format(v=some[1], **said) if some else rng.choice(REDUCE).format(**said)
    return {"kind": "aggregate", "question": text, "values": [reduce(values)]}


def _two(asked: Asked, rng: random.Random) -> Made | None:
    column, one, other = rng.choice(asked.measures), _row(asked, rng), _row(asked, rng)
    if one is None or other is None or one.row == other.row:
        return None
    first, second = column.values[one.row], column.values[other.row]
    if first is None or second is None or first == second:
        return None
    said = {"m": _head(column, asked.table.view.visible, rng), "l": one.said, "k": other.said}
    match rng.randrange(4):
        case 0 | 1:
            return {"kind": "compare", "question": rng.choice(COMPARE).format(**said), "values": [first, second]}
        case 2:
            return {"kind": "aggregate", "question": rng.choice(BOTH).format(**said), "values": [first + second]}
        case _:
            if first < second:
                first, second, said["l"], said["k"] = second, first, said["k"], said["l"]
            return {"kind": "aggregate", "question": rng.choice(DIFFERENCE).format(**said), "values": [first - second]}


def _across(asked: Asked, rng: random.Random) -> Made | None:
    row = _row(asked, rng)
    if row is None or len(asked.measures) < 2:
        return None
    one, other = rng.sample(list(asked.measures), 2)
    first, second = one.values[row.row], other.values[row.row]
    if first is None or second is None or first <= second or one.unit != other.unit:
        return None
    text = rng.choice(ACROSS).format(m=head_of(one).lower(), o=head_of(other).lower(), l=row.said)
    return {"kind": "aggregate", "question": text, "values": [first - second]}


def _in_range(asked: Asked, rng: random.Random) -> Made | None:
    """What stands in the one row whose range takes in a number."""
    ranges = next(column for column in asked.table.view.visible if column.ranges)
    row = rng.choice(asked.rows)
    low, high = ranges.ranges[row]
    number = float(rng.randint(int(low), int(min(high, low + 99))))
    if [n for n, (a, b) in ranges.ranges.items() if a <= number <= b] != [row]:
        return None
    head = head_of(ranges).removesuffix(" from").lower()
    said = {"x": f"{number:.0f}", "r": head, "h": head_of(asked.label).lower()}
    measures = [column for column in asked.measures if head not in column.name.lower()]
    if measures and rng.random() < 0.6:
        column = rng.choice(measures)
        if (value := column.values[row]) is None:
            return None
        said["m"] = _head(column, asked.table.view.visible, rng)
        return {"kind": "look-up", "question": rng.choice(IN_RANGE).format(**said), "values": [value]}
    cell = asked.table.texts[row][asked.label.place].strip()
    if not cell:
        return None
    return {"kind": "passage", "question": rng.choice(ROW_IN_RANGE).format(**said), "quote": [cell]}


_KINDS: tuple[Callable[[Asked, random.Random], Made | None], ...] = (
    *[_look_up] * 6, *[_words] * 2, *[_most] * 4, *[_beyond] * 4, *[_counted] * 2, *[_reduced] * 4, *[_two] * 4,
    *[_dearest] * 2, _across,
)  # fmt: skip
