"""What safety costs: ``python bench/safety_cost.py BEFORE [--runs 9] [--guides 1000] [--megabytes 100]``.

BEFORE is a folder with an older citeguide in it, as ``git archive COMMIT search indexer web corpus | tar x -C
BEFORE/citeguide`` leaves it, with an empty ``__init__.py``. Both do the same in turn, each in processes of its own:
index small guides; open an index of so many megabytes and look one row up. Prints the CPU seconds of both, children
included, and the ratio of the least. Gives 1 where indexing takes more than 1.1 times what it took, or a look-up 1.15.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from incremental import write

MOST_INDEXING, MOST_LOOKING_UP = 1.1, 1.15
INDEX = "from citeguide.search.cli.main import main; main()"
LOOK_UP = """
import sys
from pathlib import Path
from citeguide.search.store.open import open_index
with open_index(Path(sys.argv[1])) as index:
    index.catalog.rows_numbered(index.catalog.tables()[0].id, [77])
"""
MB_OF_INDEX = 12
"""For each MB of such a sheet."""


def main() -> int:
    """Print the figures; give the exit status."""
    options = arguments()
    trees = {"before": str(options.before.absolute()), "now": ""}
    with tempfile.TemporaryDirectory() as folder:
        guides, sheet = Path(folder, "guides"), Path(folder, "sheet.csv")
        write(guides, options.guides)
        write_sheet(sheet, options.megabytes)
        held = {name: Path(folder, f"large-{name}") for name in trees}
        for name, tree in trees.items():
            run(tree, INDEX, "--index", held[name], "index", sheet)
        size = sum(file.stat().st_size for file in held["now"].rglob("*")) >> 20

        def index(name: str, number: int) -> None:
            run(trees[name], INDEX, "--index", Path(folder, f"{name}-{number}"), "index", guides)

        indexing = compare(f"{options.guides:,} guides indexed", index, options.runs)
        looking_up = compare(
            f"{size} MB opened, one row", lambda name, _: run(trees[name], LOOK_UP, held[name]), 3 * options.runs
        )
    return int(indexing > MOST_INDEXING or looking_up > MOST_LOOKING_UP)


def compare(what: str, act: Callable[[str, int], None], runs: int) -> float:
    """The least CPU time now, in times of the least before; other programs on the machine only add."""
    seconds: dict[str, list[float]] = {"before": [], "now": []}
    for number in range(runs):
        for name in sorted(seconds, reverse=number % 2 == 0):
            began = computed()
            act(name, number)
            seconds[name].append(computed() - began)
    before, now = (min(seconds[name]) for name in ("before", "now"))
    print(f"{what}: {before:.3f} s before, {now:.3f} s now, ratio {now / before:.3f} (least of {runs})", flush=True)
    return now / before


def run(tree: str, program: str, *words: object) -> None:
    """One program with the package of a tree, and without reading for meaning, which some version may not know."""
    environment = os.environ | {"CITEGUIDE_LEXICAL": "1"} | ({"PYTHONPATH": tree} if tree else {})
    command = [sys.executable, "-c", program, *map(str, words)]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def computed() -> float:
    """CPU seconds of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def write_sheet(file: Path, megabytes: int) -> None:
    """A sheet whose index has about so many megabytes."""
    chance = random.Random(3)  # noqa: S311 - words, not secrets
    rows = range(int(megabytes / MB_OF_INDEX * 2**20) // 1_200)
    lines = (f"Row {n},{n % 997},{chance.randbytes(600).hex()}" for n in rows)
    file.write_text("Name,Count,Remarks\n" + "\n".join(lines) + "\n", "utf-8")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    for name, number in (("runs", 9), ("guides", 1_000), ("megabytes", 100)):
        parser.add_argument(f"--{name}", type=int, default=number)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
