"""What a cold ``citeguide ask`` costs: the CPU time of the whole process against a bare script on Whoosh alone.

    python bench/cold_start.py [--runs 15] [--limit 1.15]

The bare script imports Whoosh, opens the same index and runs one query. Both find their modules compiled, as after an
installation. Their runs take turns, and the least of each counts, as a machine that does other things only adds.
Ends with 1 where the ratio is above the limit.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

QUESTION = "What is the median hourly wage in Fresno?"
BARE = """
import sys
from whoosh import index, query
with index.open_dir(sys.argv[1]).searcher() as searcher:
    hits = searcher.search(query.Or([query.Term("row", stem) for stem in sys.argv[2:]]), limit=10)
    assert len(hits), "the bare script found nothing"
"""
CITEGUIDE = Path(sysconfig.get_path("scripts"), "citeguide")


def main() -> int:
    """Print the table; give the exit status."""
    options = arguments()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ |= {"CITEGUIDE_INDEX": f"{folder}/index", "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        # There is no index yet: this makes one, of the shipped guides.
        subprocess.run([CITEGUIDE, "ask", QUESTION], capture_output=True)
        (generation,) = Path(folder, "index").glob("generation-*")
        commands = {
            "bare Whoosh": [sys.executable, "-c", BARE, str(generation), "fresno", "median", "hourli"],
            "citeguide ask": [str(CITEGUIDE), "ask", QUESTION],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for command in commands.values():
            cpu_seconds(command)
        for _ in range(options.runs):
            for name, command in commands.items():
                times[name].append(cpu_seconds(command))
    for name, seconds in times.items():
        print(f"{name:<14} least {min(seconds):.3f} s, median {statistics.median(seconds):.3f} s of CPU time")
    ratio = min(times["citeguide ask"]) / min(times["bare Whoosh"])
    print(f"ratio {ratio:.2f}, at most {options.limit} wanted, over {options.runs} runs each")
    return int(ratio > options.limit)


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--limit", type=float, default=1.15)
    return parser.parse_args()


def cpu_seconds(command: list[str]) -> float:
    """User and system time of a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(command, stdout=subprocess.DEVNULL)
    assert ended.returncode in (0, 1), "a question may find nothing, but must not fail"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
