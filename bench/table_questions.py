"""Questions to the wage tables, generated from templates, each with the answer that an independent oracle reckons.

The oracle knows nothing of citeguide's parsing: the wage table of the seeds is read with one regular expression, the
sheet of states with the standard csv module, and every expected number comes from these rows by plain decimals.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TypeVar

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
PATHS = {
    "seeds": SHARED / "seeds" / "000_c892d1600849e27d.txt",
    "sheet": SHARED / "data" / "wages" / "oews-states-2023.csv",
}
CENT = Decimal("0.01")
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}
ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "5th", 6: "6th", 7: "7th"}

TEMPLATES: dict[str, tuple[str, ...]] = {
    "look-up": (
        "What is the {measure} {who} in {place}?",
        "{measure} {who} in {place}",
        "{place} {measure} {who}",
        "In {place}, what is the {measure} {who}?",
        "tell me the {measure} {who} in {place}",
        "What's the {measure} {who} for {place}?",
        "Please show the {measure} in {place} {who}",
        "how high is the {measure} {who} in {place}?",
        "I'd like to know the {measure} {who} in {place}.",
    ),
    "several": ("{measures} {who} in {place}", "What are the {measures} {who} in {place}?"),
    "convert": (
        "What is the {plain} annual salary {who} in {place}?",
        "{plain} yearly pay in {place}",
        "annual {plain} pay {who} in {place}",
        "What does the {plain} pay come to per year in {place}?",
        "{place} {plain} salary a year",
    ),
    "check": (
        "Is the {measure} {who} in {place} above {limit}?",
        "Is the {measure} {who} in {place} less than {limit}?",
    ),
    "compare": (
        "Compare the {measure} {who} in {place} and {other}",
        "{measure} {who}: {place} vs {other}",
        "Is the {measure} {who} higher in {place} or {other}?",
        "Is the {measure} {who} in {place} higher than in {other}?",
        "How does the {measure} {who} in {place} compare with {other}?",
        "{place} versus {other} {measure} {who}",
        "Which has the higher {measure} {who}, {place} or {other}?",
        "{measure} {who} in {place} and in {other}",
    ),
    "difference": (
        "What is the difference in {measure} {who} between {place} and {other}?",
        "How much higher is the {measure} {who} in {place} than in {other}?",
        "difference between {place} and {other} in {measure} {who}",
        "By how much does the {measure} {who} in {place} differ from {other}?",
        "How much lower is the {measure} {who} in {place} than in {other}?",
    ),
    "rank": (
        "Which {noun} has the {super} {measure} {who}?",
        "Where is the {measure} {who} {super}?",
        "What {noun} has the {super} {measure} {who}?",
        "{noun} with the {super} {measure} {who}",
        "In which {noun} is the {measure} {who} {super}?",
    ),
    "top": ("{end} {n} {noun}s by {measure} {who}", "What are the {end} {n} {noun}s for {measure} {who}?"),
    "first": (
        "Which {n} {noun}s have the {super} {measure} {who}?",
        "the {n} {noun}s with the {super} {measure} {who}",
        "List the {n} {super} {noun}s by {measure} {who}",
    ),
    "nth": ("Which {noun} has the {nth} {super} {measure} {who}?", "{nth} {super} {measure} {who}"),
    "filter": (
        "Which {noun}s have a {measure} {who} {condition} {limit}?",
        "{noun}s with a {measure} {who} {condition} {limit}",
        "List all {noun}s where the {measure} {who} is {condition} {limit}",
        "Where is the {measure} {who} {condition} {limit}?",
    ),
    "between": (
        "Which {noun}s have a {measure} {who} between {limit} and {upper}?",
        "{noun}s with a {measure} {who} from {limit} to {upper}",
    ),
    "count": (
        "How many {noun}s have a {measure} {who} {condition} {limit}?",
        "number of {noun}s with a {measure} {who} {condition} {limit}",
    ),
    "mean": (
        "What is the average {measure} {who} across all {noun}s?",
        "mean {measure} {who} over all {noun}s",
        "unweighted mean of the {measure} {who} across {noun}s",
    ),
    "range": (
        "What is the range of the {measure} {who} across {noun}s?",
        "range of {measure} {who} over all {noun}s",
    ),
    "reference": (
        "Which {noun}s have a {measure} {who} {relation} {place}?",
        "Where is the {measure} {who} {relation} {place}?",
    ),
}
CONDITIONS: tuple[tuple[str, Callable[[Decimal, Decimal], bool]], ...] = (
    ("above", Decimal.__gt__),
    ("over", Decimal.__gt__),
    ("of more than", Decimal.__gt__),
    ("below", Decimal.__lt__),
    ("under", Decimal.__lt__),
    ("of less than", Decimal.__lt__),
    ("of at least", Decimal.__ge__),
    ("of at most", Decimal.__le__),
    ("of no more than", Decimal.__le__),
)
SEED_MEASURES = {
    "low": ("low wage", "entry level wage", "starting pay", "entry-level hourly pay", "starting hourly wage"),
    "median": ("median wage", "median hourly wage", "median pay", "typical pay", "median", "median hourly rate"),
    "high": ("high wage", "top-end pay", "high hourly wage", "upper end wage", "high-end pay"),
}
PLAIN = {"low": ("entry level", "starting"), "median": ("median", "typical"), "high": ("high", "top end")}
SUBJECTS = (
    "coders",
    "medical coders",
    "billers",
    "medical billers",
    "medical billing and coding specialists",
    "billing specialists",
)
SHEET_MEASURES = {
    "h_median": ("median hourly wage", "median hourly pay", "hourly median", "median wage per hour"),
    "a_median": ("median annual wage", "median annual pay", "median salary per year", "yearly median pay"),
    "h_mean": ("mean hourly wage", "average hourly pay", "hourly mean wage"),
    "a_mean": ("mean annual wage", "average annual pay", "average yearly salary"),
    "h_pct25": ("25th percentile hourly wage", "hourly 25th percentile"),
    "h_pct75": ("75th percentile hourly wage", "hourly 75th percentile"),
    "a_pct25": ("25th percentile annual wage", "annual 25th percentile"),
    "a_pct75": ("75th percentile annual wage", "annual 75th percentile"),
    "tot_emp": ("employment", "total employment"),
}

T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """One row of a raw table: its names and its numbers."""

    place: str
    occupation: str
    numbers: dict[str, Decimal]


@dataclass(frozen=True)
class Case:
    """A question with what must come out: the first values, in order or not, and how many rows match."""

    source: str
    kind: str
    question: str
    values: tuple[Decimal, ...]
    matched: int
    ordered: bool = True


def seed_rows() -> list[Row]:
    """The wage table that is glued into lines."""
    lines = re.findall(r"^(.+?)Hourly\$([\d.]+)\$([\d.]+)\$([\d.]+)", PATHS["seeds"].read_text("utf-8"), re.MULTILINE)
    names = ("low", "median", "high")
    return [Row(place, "", dict(zip(names, map(Decimal, ns), strict=True))) for place, *ns in lines]


def sheet_rows() -> list[Row]:
    """The sheet of states and occupations."""
    with PATHS["sheet"].open(encoding="utf-8", newline="") as file:
        return [
            Row(r["area_title"], r["occ_title"], {column: Decimal(r[column]) for column in SHEET_MEASURES})
            for r in csv.DictReader(file)
        ]


def cases(questions: int, seed: int) -> Iterator[Case]:
    """Generated questions, half on each source."""
    chance = random.Random(seed)  # noqa: S311 - questions, not secrets
    askers = (SeedAsker(seed_rows(), SEED_MEASURES, chance), SheetAsker(sheet_rows(), SHEET_MEASURES, chance))
    for n in range(questions):
        yield askers[n % 2].case()


class Asker:
    """Makes questions about one source, each with the oracle's answer."""

    source = ""
    nouns: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def __init__(self, rows: Sequence[Row], measures: dict[str, tuple[str, ...]], chance: random.Random) -> None:
        self.all_rows, self.measures, self.chance = rows, measures, chance

    def case(self) -> Case:
        """One question of a random kind, and its answer."""
        kind = self.one(self.kinds)
        row, column = self.one(self.all_rows), self.one(tuple(self.measures))
        rows = self.beside(row)
        words = {"measure": self.one(self.measures[column]), "who": self.who(row), "noun": self.one(self.nouns)}
        words["place"] = self.place(row)
        if kind in ("look-up", "several", "convert", "check"):
            return self.single(kind, row, column, words)
        if kind in ("compare", "difference"):
            return self.pair(kind, row, column, words)
        if kind in ("rank", "top", "nth"):
            return self.ranked(kind, [r.numbers[column] for r in rows], words)
        if kind in ("mean", "range"):
            return self.reduced(kind, [r.numbers[column] for r in rows], words)
        return self.filtered(kind, rows, column, words)

    def single(self, kind: str, row: Row, column: str, words: dict[str, str]) -> Case:
        """About one row."""
        values = [row.numbers[column]]
        if kind == "several":
            columns = self.chance.sample(self.together(column), 2)
            first, second = (self.one(self.measures[c]) for c in columns)
            words["measures"], values = f"{first} and {second}", [row.numbers[c] for c in columns]
        elif kind == "convert":
            words["plain"], values = self.one(PLAIN[column]), [row.numbers[column] * 2080]
        elif kind == "check":
            words["limit"] = self.written(self.limit(column), column)
        return self.made(kind, words, values, 1)

    def pair(self, kind: str, row: Row, column: str, words: dict[str, str]) -> Case:
        """About two rows."""
        other = self.one([r for r in self.all_rows if r.occupation == row.occupation and r.place != row.place])
        words["other"] = self.place(other)
        values = [row.numbers[column], other.numbers[column]]
        apart = [abs(values[0] - values[1])] if kind == "difference" else []
        return self.made(kind, words, [*apart, *values], 2)

    def ranked(self, kind: str, values: Sequence[Decimal], words: dict[str, str]) -> Case:
        """The first ones in order; those that tie with the last are shown as well."""
        words["super"], down = self.one((("highest", True), ("lowest", False), ("best", True), ("worst", False)))
        ordered = sorted(values, reverse=down)
        n = min(1 if kind == "rank" else self.chance.randint(2, 7), len(ordered))
        if kind == "top":
            kind = self.one(("top", "first"))
            words["n"], words["end"] = self.one((str(n), NUMBERS[n])), "top" if down else "bottom"
            words["super"] = "highest" if down else "lowest"
        if kind == "nth":
            words["nth"], words["super"] = ORDINALS[n], "highest" if down else "lowest"
            shown = [value for value in ordered if value == ordered[n - 1]]
        else:
            shown = ordered[:n] + [value for value in ordered[n:] if value == ordered[n - 1]]
        return self.made(kind, words, shown, len(shown))

    def reduced(self, kind: str, values: Sequence[Decimal], words: dict[str, str]) -> Case:
        """The mean or the ends."""
        if kind == "mean" and "mean" not in words["measure"] and "average" not in words["measure"]:
            mean = (sum(values, Decimal()) / len(values)).quantize(CENT, ROUND_HALF_UP)
            return self.made("mean", words, [mean], len(values))
        return self.made("range", words, [min(values), max(values)], len(values))

    def filtered(self, kind: str, rows: Sequence[Row], column: str, words: dict[str, str]) -> Case:
        """The rows that meet a condition, or their number."""
        words["condition"], test = self.one(CONDITIONS)
        limit, upper = sorted((self.limit(column), self.limit(column)))
        words["limit"], words["upper"] = self.written(limit, column), self.written(upper, column)
        values = [row.numbers[column] for row in rows]
        if kind == "between":
            found = [value for value in values if limit <= value <= upper]
        elif kind == "reference":
            held, words["place"], words["relation"], test = self.reference(rows)
            found = [value for value in values if test(value, held.numbers[column])]
        else:
            found = [value for value in values if test(value, limit)]
        if kind == "count":
            return self.made(kind, words, [Decimal(len(found))], len(found))
        return self.made(kind, words, found, len(found), ordered=False)

    def reference(self, rows: Sequence[Row]) -> tuple[Row, str, str, Callable[[Decimal, Decimal], bool]]:
        """A row that others are held against, how it is named, and which way."""
        held = self.one(rows)
        relation, test = self.one(
            (
                ("higher than in", Decimal.__gt__),
                ("lower than in", Decimal.__lt__),
                ("above that of", Decimal.__gt__),
                ("below that of", Decimal.__lt__),
            )
        )
        return held, self.place(held), relation, test

    def made(
        self, kind: str, words: dict[str, str], values: Sequence[Decimal], matched: int, ordered: bool = True
    ) -> Case:
        question = " ".join(self.one(TEMPLATES[kind]).format(**words).split())
        return Case(self.source, kind, re.sub(r" ([?:,])", r"\1", question), tuple(values), matched, ordered)

    def limit(self, column: str) -> Decimal:
        """A limit near some row's number, or exactly on it."""
        value = self.one(self.all_rows).numbers[column]
        step = {"t": Decimal(10), "a": Decimal(100)}.get(column[0], Decimal("0.05"))
        return max(step, value + self.chance.randint(-5, 5) * step * self.one((0, 1, 7)))

    def written(self, limit: Decimal, column: str) -> str:
        """An amount as people write it."""
        plain = f"{limit:f}".rstrip("0").rstrip(".") if "." in f"{limit:f}" else f"{limit:f}"
        if column == "tot_emp":
            return self.one((plain, f"{int(limit):,}"))
        if column.startswith("a_"):
            thousands = f"${limit / 1000:f}k" if limit % 1000 == 0 else f"${plain}"
            return self.one((f"${int(limit):,}", f"${int(limit):,} a year", f"{int(limit)} dollars a year", thousands))
        return self.one(
            (f"${limit:.2f}", f"${plain} an hour", f"{plain} dollars", f"${plain}/hour", f"${plain} per hour")
        )

    def one(self, choices: Sequence[T]) -> T:
        return self.chance.choice(choices)

    def beside(self, row: Row) -> list[Row]:
        """The rows among which is asked."""
        raise NotImplementedError

    def together(self, column: str) -> list[str]:
        """Columns that can be asked for in one breath."""
        raise NotImplementedError

    def who(self, row: Row) -> str:
        """Whom it is about, as it is said."""
        raise NotImplementedError

    def place(self, row: Row) -> str:
        """A row's place, as it is said."""
        raise NotImplementedError


class SeedAsker(Asker):
    """Asks about coders in the areas of California."""

    source = "seeds"
    nouns = ("area", "place", "location")
    kinds = (
        "look-up", "several", "convert", "check", "compare", "difference", "rank", "top", "nth", "filter", "between",
        "count", "mean", "range", "reference",
    )  # fmt: skip
    nation = "United States"

    def beside(self, row: Row) -> list[Row]:  # noqa: ARG002 - every row stands beside every other
        return [r for r in self.all_rows if r.place != self.nation]

    def together(self, column: str) -> list[str]:  # noqa: ARG002 - as above
        return list(self.measures)

    def who(self, row: Row) -> str:  # noqa: ARG002 - as above
        return self.one(("", "", f"for {self.one(SUBJECTS)}", f"of {self.one(SUBJECTS)}"))

    def place(self, row: Row) -> str:
        """The whole name or one of its parts, with or without its state."""
        if row.place == self.nation:
            return self.one(("the United States", "the US", "the nation"))
        core = re.sub(r",.*| \(BOS\)", "", row.place)
        parts = core.split("--") if "--" in core else core.split("-")
        if core.endswith("Region"):
            return f"the {core}"
        first, last = parts[0], parts[-1]
        return self.one((core, *parts, f"{first}, CA", f"{last}, California", first.lower()))

    def reference(self, rows: Sequence[Row]) -> tuple[Row, str, str, Callable[[Decimal, Decimal], bool]]:
        """Sometimes the nation."""
        if self.chance.random() < 0.6:
            return super().reference(rows)
        relation, test = self.one((("higher than in", Decimal.__gt__), ("below", Decimal.__lt__)))
        return next(r for r in self.all_rows if r.place == self.nation), "the United States", relation, test


class SheetAsker(Asker):
    """Asks about occupations in the states."""

    source = "sheet"
    nouns: tuple[str, ...] = ("state",)
    kinds = tuple(kind for kind in SeedAsker.kinds if kind != "convert")

    def beside(self, row: Row) -> list[Row]:
        return [r for r in self.all_rows if r.occupation == row.occupation]

    def together(self, column: str) -> list[str]:
        return [c for c in self.measures if c[0] == column[0]] if column != "tot_emp" else self.together("h_mean")

    def who(self, row: Row) -> str:
        """The occupation as the sheet has it, in small letters, or in the singular."""
        name = row.occupation
        simple = re.fullmatch(r"[B-DF-HJ-NP-Z][a-z]+(?: [A-Z][a-z]+)?s", name)
        singular = simple and not name.endswith(("ies", "Occupations"))
        return f"for {self.one((name, name.lower(), *([f'a {name.lower()[:-1]}'] if singular else [])))}"

    def place(self, row: Row) -> str:
        return row.place
