"""What a table question costs over many tables: CPU milliseconds, the median and the first of a process.

    python bench/table_cost.py [20 100 1000]

Makes so many sheets of up to 300 rows, each of a subject of its own, in an index of their own, and asks questions of
several kinds (cells, ranks, counts, means, and such that only readings understand) about some of them.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from citeguide.indexer.update import update
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import open_index

ASKED = 60
MOST_ROWS = 300
SUBJECTS = "Ferries Orchards Bakeries Bridges Clinics Kennels Mills Quarries Stables Theatres".split()
THINGS = "River Harbour Valley Summit Meadow Forest Canyon Prairie Lagoon Island".split()
QUESTIONS = (
    "Which {thing} has the highest fee in {name}?",
    "What is the fee of {row} in {name}?",
    "How many {name} have a fee above $50?",
    "What is the average number of seats in {name}?",
    "Which of the {name} is the cheapest?",
    "How long is {row} open in {name}?",
)


def sheet(number: int) -> tuple[str, str, str]:
    """The name of a sheet, what a row of it is, and its text."""
    rng = random.Random(number)  # noqa: S311 - tables, not secrets
    name, thing = f"{SUBJECTS[number % 10]} of region {number}", THINGS[number // 10 % 10]
    rows = [
        f"{thing} {number}-{row},${rng.randint(5, 99)},{rng.randint(10, 400)},{rng.randint(2, 12)} hours"
        for row in range(rng.randint(20, MOST_ROWS))
    ]
    return name, thing, "\n".join([f"{thing},Fee,Seats,Hours", *rows])


def made(folder: Path, tables: int) -> Path:
    """An index of so many sheets."""
    guides = folder / "guides"
    guides.mkdir()
    for number in range(tables):
        name, _, text = sheet(number)
        (guides / f"{name}.csv").write_text(text, "utf-8")
    update(folder / "index", [guides])
    return folder / "index"


def questions(tables: int) -> list[str]:
    """Questions about tables all over the index."""
    rng = random.Random(tables)  # noqa: S311 - questions, not secrets
    found = []
    for n in range(ASKED):
        name, thing, text = sheet(rng.randrange(tables))
        row = rng.choice(text.split("\n")[1:]).partition(",")[0]
        found.append(QUESTIONS[n % len(QUESTIONS)].format(name=name, thing=thing.lower(), row=row))
    return found


def first(index: Path, question: str) -> float:
    """CPU seconds of the first question of a process, without those of opening the index."""
    code = f"import sys; sys.path[:0] = {sys.path!r}; import table_cost; table_cost.print_first(*sys.argv[1:])"
    command = [sys.executable, "-c", code, str(index), question]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def print_first(index: str, question: str) -> None:
    """What ``first`` runs."""
    with open_index(Path(index)) as opened:
        began = time.process_time()
        ask(question, opened)
        print(time.process_time() - began)


def main(sizes: list[int]) -> None:
    """A line for each number of tables."""
    for tables in sizes:
        with TemporaryDirectory() as folder:
            index, asked = made(Path(folder), tables), questions(tables)
            took = []
            with open_index(index) as opened:
                ask(asked[0], opened)
                for question in asked:
                    began = time.process_time()
                    ask(question, opened)
                    took.append(1000 * (time.process_time() - began))
            cuts = statistics.quantiles(took, n=20)
            print(
                f"{tables:,} tables: p50 {statistics.median(took):.1f} ms, p95 {cuts[-1]:.1f} ms, "
                f"the first {first(index, asked[1]):.2f} s",
                flush=True,
            )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [20, 100, 1_000])
