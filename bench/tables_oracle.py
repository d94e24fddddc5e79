"""Generated questions to tables, their answers held against an independent reckoning from the raw files.

    python bench/tables_oracle.py [--questions 5000] [--seed 1] [--show 20]

The oracle knows nothing of citeguide's parsing: the wage table of the seeds is read with one regular expression, the
sheet of states with the standard csv module, and every expected number is reckoned from these rows with plain decimals.
An answer is equal if its values are the expected ones, in order (for a filter in any order), and its receipt adds up to
what the oracle scanned and matched. Odd questions outside the grammar are in tests/cases/table_questions_outside.jsonl:
they must be refused or answered right. Ends with 1 unless all are.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from citeguide.indexer.build import update
from citeguide.search.index import Index, open_index
from citeguide.search.model import Finding
from citeguide.search.question import understand
from citeguide.search.tables import find

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SEED_TABLE = SHARED / "seeds" / "000_c892d1600849e27d.txt"
SHEET = SHARED / "data" / "wages" / "oews-states-2023.csv"
OUTSIDE = ROOT / "tests" / "cases" / "table_questions_outside.jsonl"

NUMBER_WORDS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}
ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "5th", 6: "6th", 7: "7th"}
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Row:
    """One row of a raw table: its names and its numbers."""

    place: str
    occupation: str
    numbers: dict[str, Decimal]


@dataclass(frozen=True)
class Case:
    """A question with what must come out. ``values`` is None where only a refusal is right."""

    source: str
    kind: str
    question: str
    values: tuple[Decimal, ...]
    matched: int
    ordered: bool = True


@dataclass(frozen=True)
class Source:
    """A raw table and how its rows are spoken of."""

    name: str
    rows: tuple[Row, ...]
    nouns: tuple[str, ...]
    subjects: tuple[str, ...]
    measures: dict[str, tuple[str, ...]]
    """Column to the phrases for it, the unit said."""
    whole: str
    """The row that is no row among the others."""


def seeds() -> Source:
    """The wage table glued into lines."""
    lines = re.findall(r"^(.+?)Hourly\$([\d.]+)\$([\d.]+)\$([\d.]+)", SEED_TABLE.read_text("utf-8"), re.MULTILINE)
    rows = tuple(Row(place, "", dict(zip(("low", "median", "high"), map(Decimal, ns), strict=True))) for place, *ns in lines)
    measures = {
        "low": ("low wage", "entry level wage", "starting pay", "entry-level hourly pay", "starting hourly wage", "low hourly pay"),
        "median": ("median wage", "median hourly wage", "median pay", "typical pay", "median", "middle wage", "median hourly rate"),
        "high": ("high wage", "top-end pay", "high hourly wage", "upper end wage", "high-end pay"),
    }
    subjects = ("coders", "medical coders", "billers", "medical billers", "medical billing and coding specialists", "billing specialists")
    return Source("seeds", rows, ("area", "place", "location"), subjects, measures, "United States")


def sheet() -> Source:
    """The sheet of states and occupations."""
    with SHEET.open(encoding="utf-8", newline="") as file:
        rows = tuple(
            Row(r["area_title"], r["occ_title"], {c: Decimal(r[c]) for c in ("tot_emp", *_MONEY)}) for r in csv.DictReader(file)
        )
    return Source("sheet", rows, ("state",), (), _MONEY | {"tot_emp": ("employment", "total employment")}, "All Occupations")


_MONEY = {
    "h_median": ("median hourly wage", "median hourly pay", "hourly median", "median wage per hour"),
    "a_median": ("median annual wage", "median annual pay", "annual median wage", "median salary per year", "yearly median pay"),
    "h_mean": ("mean hourly wage", "average hourly pay", "hourly mean wage"),
    "a_mean": ("mean annual wage", "average annual pay", "average yearly salary"),
    "h_pct25": ("25th percentile hourly wage", "hourly 25th percentile"),
    "h_pct75": ("75th percentile hourly wage", "hourly 75th percentile"),
    "a_pct25": ("25th percentile annual wage", "annual 25th percentile"),
    "a_pct75": ("75th percentile annual wage", "annual 75th percentile"),
}


class Asker:
    """Makes questions about one source, each with the oracle's answer."""

    def __init__(self, source: Source, chance: random.Random) -> None:
        self.source = source
        self.chance = chance

    def case(self) -> Case:
        """One question of a random kind."""
        kinds = (self.look_up, self.several, self.rank, self.top, self.nth, self.filter, self.between, self.count, self.compare,
                 self.difference, self.aggregate, self.extremes, self.reference, self.convert, self.check)  # fmt: skip
        while True:
            found = self.chance.choice(kinds)()
            if found is not None:
                return found

    # Single rows

    def look_up(self) -> Case:
        row, (column, measure) = self.row(), self.measure()
        place, who = self.name(row), self.of(row)
        question = self.one(
            f"What is the {measure} {who} in {place}?", f"{measure} {who} in {place}", f"{place} {measure} {who}",
            f"In {place}, what is the {measure} {who}?", f"tell me the {measure} {who} in {place}", f"What's the {measure} {who} for {place}?",
            f"Please show the {measure} in {place} {who}", f"how high is the {measure} {who} in {place}?", f"I'd like to know the {measure} {who} in {place}.",
        )  # fmt: skip
        return self.made("look-up", question, [row.numbers[column]], 1)

    def several(self) -> Case:
        row = self.row()
        columns = self.chance.sample([c for c in self.source.measures if c != "tot_emp"], self.chance.choice((2, 3)))
        measures = [self.one(*self.source.measures[c]) for c in columns]
        listed = f"{', '.join(measures[:-1])} and {measures[-1]}"
        if len({c[0] for c in columns}) > 1 and self.source.name == "sheet":
            return self.look_up()
        question = self.one(f"{listed} {self.of(row)} in {self.name(row)}", f"What are the {listed} {self.of(row)} in {self.name(row)}?")
        return self.made("look-up", question, [row.numbers[c] for c in columns], 1)

    def convert(self) -> Case | None:
        """An annual figure where the table has hourly ones alone."""
        if self.source.name != "seeds":
            return None
        row, (column, _) = self.row(), self.measure()
        plain = {"low": ("entry level", "starting"), "median": ("median", "typical"), "high": ("high", "top end")}[column]
        measure, place, who = self.one(*plain), self.name(row), self.of(row)
        question = self.one(
            f"What is the {measure} annual salary {who} in {place}?", f"{measure} yearly pay in {place}", f"annual {measure} pay {who} in {place}",
            f"What does the {measure} pay come to per year in {place}?", f"{place} {measure} salary a year",
        )  # fmt: skip
        return self.made("convert", question, [row.numbers[column] * 2080], 1)

    def check(self) -> Case:
        row, (column, measure) = self.row(), self.measure()
        limit = self.limit(column)
        question = self.one(
            f"Is the {measure} {self.of(row)} in {self.name(row)} above {self.written(limit, column)}?",
            f"Is the {measure} {self.of(row)} in {self.name(row)} less than {self.written(limit, column)}?",
        )
        return self.made("look-up", question, [row.numbers[column]], 1)

    def compare(self) -> Case:
        (first, second), (column, measure) = self.pair(), self.measure()
        one, other, who = self.name(first), self.name(second), self.of(first)
        question = self.one(
            f"Compare the {measure} {who} in {one} and {other}", f"{measure} {who}: {one} vs {other}", f"Is the {measure} {who} higher in {one} or {other}?",
            f"Is the {measure} {who} in {one} higher than in {other}?", f"How does the {measure} {who} in {one} compare with {other}?",
            f"{one} versus {other} {measure} {who}", f"Which has the higher {measure} {who}, {one} or {other}?", f"{measure} {who} in {one} and in {other}",
        )  # fmt: skip
        return self.made("compare", question, [first.numbers[column], second.numbers[column]], 2)

    def difference(self) -> Case:
        (first, second), (column, measure) = self.pair(), self.measure()
        one, other, who = self.name(first), self.name(second), self.of(first)
        question = self.one(
            f"What is the difference in {measure} {who} between {one} and {other}?", f"How much higher is the {measure} {who} in {one} than in {other}?",
            f"difference between {one} and {other} in {measure} {who}", f"By how much does the {measure} {who} in {one} differ from {other}?",
            f"How much lower is the {measure} {who} in {one} than in {other}?",
        )  # fmt: skip
        apart = abs(first.numbers[column] - second.numbers[column])
        return self.made("compare", question, [apart, first.numbers[column], second.numbers[column]], 2)

    # All rows

    def rank(self) -> Case:
        (rows, who), (column, measure), (word, down) = self.many(), self.measure(), self.superlative()
        noun = self.noun()
        question = self.one(
            f"Which {noun} has the {word} {measure}{who}?", f"Where is the {measure}{who} {word}?", f"What {noun} has the {word} {measure}{who}?",
            f"{noun} with the {word} {measure}{who}", f"In which {noun} is the {measure}{who} {word}?",
        )  # fmt: skip
        return self.ranked(question, rows, column, down, 1)

    def top(self) -> Case:
        (rows, who), (column, measure) = self.many(), self.measure()
        n = self.chance.randint(2, 8)
        number = self.one(str(n), NUMBER_WORDS[n])
        word, down = self.one(("top", True), ("bottom", False), ("highest", True), ("lowest", False))
        nouns = f"{self.noun()}s"
        if word in ("top", "bottom"):
            question = self.one(f"{word} {number} {nouns} by {measure}{who}", f"What are the {word} {number} {nouns} for {measure}{who}?")
        else:
            question = self.one(
                f"Which {number} {nouns} have the {word} {measure}{who}?", f"the {number} {nouns} with the {word} {measure}{who}",
                f"List the {number} {word} {nouns} by {measure}{who}",
            )  # fmt: skip
        return self.ranked(question, rows, column, down, n)

    def nth(self) -> Case:
        (rows, who), (column, measure), (word, down) = self.many(), self.measure(), self.superlative()
        n = self.chance.randint(2, 7)
        word = {"best": "highest", "worst": "lowest"}.get(word, word)
        question = self.one(
            f"Which {self.noun()} has the {ORDINALS[n]} {word} {measure}{who}?", f"{ORDINALS[n]} {word} {measure}{who}",
        )  # fmt: skip
        values = sorted((row.numbers[column] for row in rows), reverse=down)
        if len(values) < n:
            return self.rank()
        ties = values.count(values[n - 1])
        return self.made("rank", question, [values[n - 1]] * ties, ties)

    def filter(self) -> Case:
        (rows, who), (column, measure) = self.many(), self.measure()
        limit = self.limit(column)
        test, words = self.condition(limit)
        amount = self.written(limit, column)
        nouns = f"{self.noun()}s"
        question = self.one(
            f"Which {nouns} have a {measure}{who} {words} {amount}?", f"{nouns} with a {measure}{who} {words} {amount}",
            f"List all {nouns} where the {measure}{who} is {words} {amount}", f"Where is the {measure}{who} {words} {amount}?",
        )  # fmt: skip
        return self.filtered(question, rows, column, test)

    def between(self) -> Case:
        (rows, who), (column, measure) = self.many(), self.measure()
        low, high = sorted((self.limit(column), self.limit(column)))
        question = self.one(
            f"Which {self.noun()}s have a {measure}{who} between {self.written(low, column)} and {self.written(high, column)}?",
            f"{self.noun()}s with a {measure}{who} from {self.written(low, column)} to {self.written(high, column)}",
        )
        return self.filtered(question, rows, column, lambda value: low <= value <= high)

    def count(self) -> Case:
        (rows, who), (column, measure) = self.many(), self.measure()
        limit = self.limit(column)
        test, words = self.condition(limit)
        question = self.one(
            f"How many {self.noun()}s have a {measure}{who} {words} {self.written(limit, column)}?",
            f"number of {self.noun()}s with a {measure}{who} {words} {self.written(limit, column)}",
        )
        matched = sum(test(row.numbers[column]) for row in rows)
        return self.made("count", question, [Decimal(matched)], matched)

    def aggregate(self) -> Case:
        (rows, who), (column, measure) = self.many(), self.measure()
        values = sorted(row.numbers[column] for row in rows)
        if column in ("h_mean", "a_mean"):
            return self.extremes()
        mean = (sum(values, Decimal()) / len(values)).quantize(CENT, ROUND_HALF_UP)
        question = self.one(
            f"What is the average {measure}{who} across all {self.noun()}s?", f"mean {measure}{who} over all {self.noun()}s",
            f"unweighted mean of the {measure}{who} across {self.noun()}s",
        )  # fmt: skip
        return self.made("mean", question, [mean], len(values))

    def extremes(self) -> Case:
        (rows, who), (column, measure) = self.many(), self.measure()
        values = sorted(row.numbers[column] for row in rows)
        question = self.one(f"What is the range of the {measure}{who} across {self.noun()}s?", f"range of {measure}{who} over all {self.noun()}s")
        return self.made("range", question, [values[0], values[-1]], len(values))

    def reference(self) -> Case:
        (rows, who), (column, measure) = self.many(), self.measure()
        held = self.chance.choice(rows)
        if self.source.name == "seeds" and self.chance.random() < 0.4:
            held = next(row for row in self.source.rows if row.place == self.source.whole)
        place = "the national figure" if held.place == self.source.whole else self.name(held)
        limit = held.numbers[column]
        more, words = self.one((True, "higher than in"), (False, "lower than in"), (True, "above that of"), (False, "below that of"))
        if held.place == self.source.whole:
            words, place = words.replace("in", "the").replace("that of", "the"), "United States"
        question = self.one(
            f"Which {self.noun()}s have a {measure}{who} {words} {place}?", f"Where is the {measure}{who} {words} {place}?"
        )
        return self.filtered(question, rows, column, lambda value: value > limit if more else value < limit)

    # The oracle

    def made(self, kind: str, question: str, values: Sequence[Decimal], matched: int, ordered: bool = True) -> Case:
        return Case(self.source.name, kind, " ".join(question.split()).replace(" ?", "?"), tuple(values), matched, ordered)

    def ranked(self, question: str, rows: Sequence[Row], column: str, down: bool, n: int) -> Case:
        values = sorted((row.numbers[column] for row in rows), reverse=down)
        shown = [value for at, value in enumerate(values) if at < n or value == values[min(n, len(values)) - 1]]
        return self.made("rank", question, shown, len(shown))

    def filtered(self, question: str, rows: Sequence[Row], column: str, test: Callable[[Decimal], bool]) -> Case:
        values = [row.numbers[column] for row in rows if test(row.numbers[column])]
        return self.made("filter", question, values, len(values), ordered=False)

    def many(self) -> tuple[list[Row], str]:
        """The rows of all places, and who they are about."""
        if self.source.name == "seeds":
            rows = [row for row in self.source.rows if row.place != self.source.whole]
            return rows, self.one("", "", f" for {self.one(*self.source.subjects)}")
        occupation = self.row().occupation
        return [row for row in self.source.rows if row.occupation == occupation], f" for {self.spoken(occupation)}"

    def row(self) -> Row:
        return self.chance.choice(self.source.rows)

    def pair(self) -> tuple[Row, Row]:
        first = self.row()
        others = [row for row in self.source.rows if row.occupation == first.occupation and row.place != first.place]
        return first, self.chance.choice(others)

    def measure(self) -> tuple[str, str]:
        column = self.chance.choice(list(self.source.measures))
        return column, self.one(*self.source.measures[column])

    def name(self, row: Row) -> str:
        """A place by its whole name or one of its parts."""
        if self.source.name == "sheet":
            return row.place
        if row.place == self.source.whole:
            return self.one("the United States", "the US", "the nation")
        core = re.sub(r",.*| \(BOS\)", "", row.place)
        parts = core.split("--") if "--" in core else core.split("-")
        region = "the " if core.endswith("Region") else ""
        return region + self.one(core, *parts, parts[0] + ("" if region else ", CA"), parts[-1] + ("" if region else ", California"), parts[0].lower())

    def of(self, row: Row) -> str:
        if self.source.name == "seeds":
            return self.one("", "", f"for {self.one(*self.source.subjects)}", f"of {self.one(*self.source.subjects)}")
        return f"for {self.spoken(row.occupation)}"

    def spoken(self, occupation: str) -> str:
        """An occupation as the sheet has it, in small letters, or in the singular."""
        simple = re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+s|[A-Z][a-z]+s", occupation) and not occupation.endswith(("ies", "Occupations"))
        return self.one(occupation, occupation.lower(), *(["a " + occupation.lower()[:-1]] if simple and occupation[0] not in "AEIO" else []))

    def noun(self) -> str:
        return self.one(*self.source.nouns)

    def superlative(self) -> tuple[str, bool]:
        return self.one(("highest", True), ("lowest", False), ("best", True), ("worst", False))

    def condition(self, limit: Decimal) -> tuple[Callable[[Decimal], bool], str]:
        return self.one(
            (lambda value: value > limit, "above"), (lambda value: value > limit, "over"), (lambda value: value > limit, "of more than"),
            (lambda value: value < limit, "below"), (lambda value: value < limit, "under"), (lambda value: value < limit, "of less than"),
            (lambda value: value >= limit, "of at least"), (lambda value: value <= limit, "of at most"), (lambda value: value <= limit, "of no more than"),
        )  # fmt: skip

    def limit(self, column: str) -> Decimal:
        """A limit near some row's number, or exactly on it."""
        value = self.row().numbers[column]
        step = {"t": Decimal(10), "a": Decimal(100)}.get(column[0], Decimal("0.05"))
        return max(step, value + self.chance.randint(-5, 5) * step * self.chance.choice((0, 1, 7)))

    def written(self, limit: Decimal, column: str) -> str:
        plain = f"{limit:f}".rstrip("0").rstrip(".") if "." in f"{limit:f}" else f"{limit:f}"
        if column == "tot_emp":
            return self.one(plain, f"{int(limit):,}")
        if column.startswith("a_"):
            return self.one(f"${int(limit):,}", f"${int(limit):,} a year", f"{int(limit)} dollars a year", f"${limit / 1000:f}k" if limit % 1000 == 0 else f"${plain}")
        return self.one(f"${limit:.2f}", f"${plain} an hour", f"{plain} dollars", f"${plain}/hour", f"${plain} per hour")

    def one(self, *choices: object) -> object:
        return self.chance.choice(choices)


def cases(questions: int, seed: int) -> Iterator[Case]:
    """Generated questions, half on each source."""
    chance = random.Random(seed)  # noqa: S311 - questions, not secrets
    askers = (Asker(seeds(), chance), Asker(sheet(), chance))
    for n in range(questions):
        yield askers[n % 2].case()


def fault(case: Case, found: Finding | None, scanned: int) -> str | None:
    """What is wrong with an answer; None if it is equal to the oracle's."""
    if found is None or found.status != "answered" or found.table is None:
        return "not answered"
    values = [value.value for value in found.values]
    if (values if case.ordered else sorted(values)) != (list(case.values) if case.ordered else sorted(case.values)):
        return f"values {[str(v) for v in values][:8]}, expected {[str(v) for v in case.values][:8]}"
    receipt = found.table
    if (receipt.scanned, receipt.matched, receipt.skipped) != (scanned, case.matched, 0):
        return f"receipt {receipt.scanned}/{receipt.matched}/{receipt.skipped}, expected {scanned}/{case.matched}/0"
    return None


def wrong(expected: Sequence[str], found: Finding | None) -> str | None:
    """What is wrong with an answer to an odd question: anything but a refusal or the right numbers, if there are any."""
    if found is None or found.status == "not_found":
        return None
    values = [value.value for value in found.values]
    right = sorted(Decimal(value) for value in expected)
    if not right or sorted(values[: len(right)]) != right:
        return f"{found.answer!r}, right is {list(expected) or 'a refusal'}"
    return None


def run(questions: int, seed: int, show: int, odd_questions: int | None = None) -> int:
    """Print the table of kinds and the faults; the number of faults."""
    with tempfile.TemporaryDirectory() as folder:
        indexes = {}
        for source, path in (("seeds", SEED_TABLE), ("sheet", SHEET)):
            update(Path(folder, source), [path])
            indexes[source] = open_index(Path(folder, source))
        faults = _generated(indexes, questions, seed, show) + _odd(indexes, show, odd_questions)
        for index in indexes.values():
            index.close()
    return faults


def _generated(indexes: dict[str, Index], questions: int, seed: int, show: int) -> int:
    asked, faults, times = Counter[str](), Counter[str](), []
    scanned = {"seeds": len(seeds().rows), "sheet": len(sheet().rows)}
    for case in cases(questions, seed):
        began = time.process_time()
        found = find(understand(case.question), indexes[case.source])
        times.append((time.process_time() - began) * 1000)
        kind = f"{case.source} {case.kind}"
        asked[kind] += 1
        if (text := fault(case, found, scanned[case.source])) is not None:
            faults[kind] += 1
            if faults.total() <= show:
                print(f"  {case.question}\n      {text}")
    for kind, number in sorted(asked.items()):
        print(f"{kind:<18} {number - faults[kind]:>5}/{number}")
    print(f"{'equal to oracle':<18} {asked.total() - faults.total():>5}/{asked.total()}   p50 {sorted(times)[len(times) // 2]:.2f} ms of CPU")
    return faults.total()


def _odd(indexes: dict[str, Index], show: int, most: int | None) -> int:
    """Questions outside the grammar, from the cases of the tests."""
    odd = [json.loads(line) for line in OUTSIDE.read_text("utf-8").splitlines() if line.strip()] if OUTSIDE.exists() else []
    odd = odd if most is None else odd[:: max(1, len(odd) // most)]
    faults = refused = 0
    for case in odd:
        found = find(understand(case["question"]), indexes[case["source"]])
        refused += found is None or found.status == "not_found"
        if (text := wrong(case["values"], found)) is not None:
            faults += 1
            if faults <= show:
                print(f"  {case['question']}\n      {text}")
    print(f"odd questions: {len(odd)}, refused {refused}, answered right {len(odd) - refused - faults}, wrong {faults}")
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=20, help="faults to print")
    options = parser.parse_args()
    return 1 if run(options.questions, options.seed, options.show) else 0


if __name__ == "__main__":
    sys.exit(main())
