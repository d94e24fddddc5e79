"""A table of hundreds of thousands of rows: what indexing it takes, how fast questions to it are answered, how right.

    python bench/big_table.py [--rows 100000,200000,400000] [--questions 300] [--shape occupations|areas]

The table is made from the sheet of states: its occupations in thousands of areas of made-up names, with other numbers.
In the shape ``areas`` every row is another area, and there are no occupations. Each size is indexed by the program
itself, whose memory is looked at while it runs (Linux only), and asked by it once, in a process of its own; then within
this process. Answers are held against the oracle of table_questions.py.
Ends with 1 where an answer is wrong, the memory of a process is above the limit, or the 99th percentile of a question's
CPU time is.
"""

from __future__ import annotations

import argparse
import csv
import gc
import os
import random
import resource
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import NamedTuple

import table_questions as generated
from citeguide.search.lang.states import ABBREVIATIONS
from citeguide.search.model import Answer
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import Index, open_index
from table_questions import Case, Row

HERE = Path(__file__).resolve().parent
CITEGUIDE = Path(sysconfig.get_path("scripts"), "citeguide")
LIMIT_MS, LIMIT_MB = 100, 400
STARTS = (
    "Amber Ash Birch Bramble Cedar Clay Copper Dover Dun Elder Elm Ember Fern Flint Frost Glen Hazel Heather Iron "
    "Jasper Kings Lark Lind Maple Marsh Oak Otter Pine Quarry Raven Rose Rowan Sable Stone Swan Thorn Vale Wend Wood "
    "Yarrow"
).split()
ENDS = (
    "bridge brook burg bury by cliff dale field ford gate ham haven mere moor port ridge stead ton wick worth"
).split()
TAILS = ("", *(" " + word for word in "Crossing Falls Grove Harbor Heights Junction Landing Mills Springs".split()))


class Cost(NamedTuple):
    """What indexing took; seconds of both processes together, megabytes of each."""

    wall: float
    cpu: float
    parent: int
    child: int
    on_disk: int


# The table


def rows(number: int, shape: str) -> Iterator[list[str]]:
    """The header, and so many rows: real ones with other areas and numbers."""
    with generated.PATHS["sheet"].open(encoding="utf-8", newline="") as file:
        real = list(csv.DictReader(file))
    chance = random.Random(11)  # noqa: S311 - numbers, not secrets
    models = list({row["occ_title"]: row for row in real}.values()) if shape == "occupations" else real[:1]
    columns = [column for column in real[0] if column != "prim_state"]
    if shape == "areas":
        columns = ["area_title", "tot_emp", "h_mean", "h_median", "h_pct25", "h_pct75"]
    yield columns
    for n, area in zip(range(number), (area for area in areas() for _ in models), strict=False):
        row = models[n % len(models)] | {"area": str(7_000_000 + n // len(models)), "area_title": area}
        yield [varied(row[column], chance) if column in generated.SHEET_MEASURES else row[column] for column in columns]


def areas() -> Iterator[str]:
    """Some 400,000 names: "Ashford Falls, TX"."""
    towns = ["".join(parts) for parts in product(STARTS, ENDS, TAILS)]
    random.Random(3).shuffle(towns)  # noqa: S311 - names, not secrets
    states = [state for state in ABBREVIATIONS if state != "DC"]
    for turn in range(len(states)):
        for n, town in enumerate(towns):
            yield f"{town}, {states[(n + turn) % len(states)]}"


def varied(number: str, chance: random.Random) -> str:
    """Another number of as many decimals, a whole one for a whole one."""
    exact = Decimal(number)
    unit = Decimal(1) if exact == exact.to_integral_value() else exact
    return str((exact * Decimal(chance.randint(7_000, 14_000)) / 10_000).quantize(unit))


# The questions


class Asker(generated.SheetAsker):
    """Asks about occupations in the areas."""

    nouns: tuple[str, ...] = ("area", "place")

    def __init__(self, found: Sequence[Row], chance: random.Random) -> None:
        measures = {c: words for c, words in generated.SHEET_MEASURES.items() if c in found[0].numbers}
        super().__init__(found, measures, chance)
        self.by_occupation: dict[str, list[Row]] = defaultdict(list)
        for row in self.all_rows:
            self.by_occupation[row.occupation].append(row)

    def beside(self, row: Row) -> list[Row]:
        return self.by_occupation[row.occupation]

    def who(self, row: Row) -> str:
        return super().who(row) if row.occupation else ""

    def place(self, row: Row) -> str:
        """With its state, short or written out."""
        town, state = row.place.split(", ")
        return str(self.one((f"{town}, {state}", f"{town}, {ABBREVIATIONS[state].title()}")))


def read(path: Path) -> list[Row]:
    """The rows as the oracle knows them."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                row["area_title"],
                row.get("occ_title", ""),
                {column: Decimal(row[column]) for column in generated.SHEET_MEASURES if column in row},
            )
            for row in csv.DictReader(file)
        ]


def answered(index: Index, path: Path, questions: int, show: int) -> tuple[int, float]:
    """Ask, print, and give the number of wrong answers and the 99th percentile in milliseconds of CPU."""
    found = read(path)
    asker = Asker(found, random.Random(5))  # noqa: S311 - questions, not secrets
    ask(asker.case().question, index)
    gc.collect()
    gc.freeze()  # the oracle's rows are not the program's: its garbage collection is not to go through them
    times: dict[str, list[tuple[float, float]]] = defaultdict(list)
    wrong = 0
    for _ in range(questions):
        case = asker.case()
        wall, cpu = time.perf_counter(), time.process_time()
        answer = ask(case.question, index)
        times[case.kind].append((1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)))
        if (text := fault(case, answer, len(found))) is not None:
            wrong += 1
            if wrong <= show:
                print(f"  {case.question}\n      {text}")
    for kind, each in sorted(times.items()):
        print(f"{kind:<12} {len(each):>4} asked, slowest {max(each)[0]:6.1f} ms of CPU")
    every = sorted(cpu for each in times.values() for cpu, _ in each)
    clock = sorted(wall for each in times.values() for _, wall in each)
    p50, p99, by_clock = every[len(every) // 2], every[int(len(every) * 0.99)], clock[int(len(clock) * 0.99)]
    print(f"{questions - wrong} of {questions} answers equal to the oracle's")
    print(f"CPU p50 {p50:.1f} ms, p99 {p99:.1f} ms; by the clock p99 {by_clock:.1f} ms")
    return wrong, p99


def fault(case: Case, answer: Answer, scanned: int) -> str | None:
    """What is wrong with an answer, of which at most the first hundred rows are given; None for nothing."""
    if answer.status != "answered" or answer.table is None:
        return "not answered"
    got, want = [value.value for value in answer.values], list(case.values)
    if not case.ordered and len(want) <= 100:
        got, want = sorted(got), sorted(want)
    if len(want) > 100:
        got, want = sorted(got), sorted(got) if not set(got) - set(want) and len(got) == 100 else want  # type: ignore[arg-type]
    if got != want:
        return f"values {[str(value) for value in got[:8]]}, expected {[str(value) for value in want[:8]]}"
    receipt = (answer.table.scanned, answer.table.matched, answer.table.skipped)
    return (
        None if receipt == (scanned, case.matched, 0) else f"receipt {receipt}, expected {(scanned, case.matched, 0)}"
    )


# Indexing


def indexed(path: Path, index: Path) -> Cost:
    """Run the program and look at its memory, and its child's, until it ends."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen([CITEGUIDE, "--index", index, "index", path], stdout=subprocess.DEVNULL) as process:
        peaks = watched(process, 0.05)
    assert process.returncode == 0, "the table could not be indexed"
    cpu = _cpu_since(before)
    size = sum(file.stat().st_size for file in index.glob("generation-*/*")) // 2**20
    parent = peaks.pop(process.pid, 0)
    return Cost(time.perf_counter() - began, cpu, parent, max(peaks.values(), default=0), size)


def _cpu_since(before: resource.struct_rusage) -> float:
    """Seconds of CPU that the children which have ended took since then."""
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def watched(process: subprocess.Popen[bytes], every: float) -> dict[int, int]:
    """The most memory of a process and of each of its children until it ends, looked at every so many seconds."""
    peaks: dict[int, int] = {}
    while process.poll() is None:
        for pid in (process.pid, *children(process.pid)):
            peaks[pid] = max(peaks.get(pid, 0), peak(pid))
        time.sleep(every)
    return peaks


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def peak(pid: int) -> int:
    """The most memory that a process held so far, in megabytes."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def main() -> int:
    """Print the figures; give the exit status."""
    options = arguments()
    os.environ["PYTHONHASHSEED"] = "0"
    over = []
    with tempfile.TemporaryDirectory() as folder:
        for number in map(int, options.rows.split(",")):
            path, index = Path(folder, f"{number}.csv"), Path(folder, f"index-{number}")
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows(number, options.shape))
            cost = indexed(path, index)
            print(
                f"{number:>8,} rows, {path.stat().st_size // 2**20} MB: {cost.wall:.0f} s ({cost.cpu:.0f} s of CPU), "
                f"most memory {cost.parent} MB and {cost.child} MB, index {cost.on_disk} MB",
                flush=True,
            )
            over += [f"{cost.parent} MB and {cost.child} MB"] if max(cost.parent, cost.child) > LIMIT_MB else []
            print(cold(path, index))
            with open_index(index) as opened:
                wrong, p99 = answered(opened, path, options.questions, options.show)
            over += [f"{wrong} wrong answers"] if wrong else []
            over += [f"p99 {p99:.0f} ms"] if p99 > LIMIT_MS else []
    print("over the limit: " + ", ".join(over) if over else "within all limits")
    return int(bool(over))


def cold(path: Path, index: Path) -> str:
    """What the first question of a process takes, the least of five."""
    asker = Asker(read(path), random.Random(7))  # noqa: S311 - questions, not secrets
    question = next(case.question for case in iter(asker.case, None) if case.kind == "look-up")
    times, most = [], 0
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with subprocess.Popen([CITEGUIDE, "--index", index, "ask", question], stdout=subprocess.DEVNULL) as process:
            most = max(most, *watched(process, 0.002).values())
        assert process.returncode == 0, "the look-up found nothing"
        times.append(_cpu_since(before))
    return f"a process for one look-up: {1000 * min(times):.0f} ms of CPU, {most} MB"


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="400000", help="one size or several, separated by commas")
    parser.add_argument("--shape", choices=("occupations", "areas"), default="occupations")
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--show", type=int, default=10, help="wrong answers to print")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
