"""Indexes malformed files and watches what becomes of them: ``python bench/fuzz_files.py [--files 3000] [--seed 1]``.

The files are damaged copies of good ones and bombs (``malformed.py``). Each is read by a worker as ``citeguide index``
reads it, alone, with its time and its worker's memory taken; then each folder of a hundred is indexed by the program
itself, with good guides beside them. Ends with status 0 where no worker grew beyond 512 MB, every one ended in time,
the program never failed, each file was indexed or named with a reason, and every good guide was indexed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import malformed
from citeguide.indexer.sandbox.guarded import Limits, Reader
from citeguide.search.errors import SourceError

PROGRAM = "from citeguide.search.cli.main import main; main()"
BATCH = 100
MOST_MEGABYTES = 512.0
MARGIN = 50.0
"""Seconds for starting a worker and for ending it when its time is over, on a machine that does other things."""
GOOD = {
    "good.md": "# Cards\n\nA library card is free for everyone who lives in the county.\n",
    "good.html": "<h1>Cards</h1><p>A library card is free for everyone who lives in the county.</p>",
    "good.csv": "Area,Median\nSalem,$17.20\nEugene,$16.80\n",
    "good.txt": "Bakers work early in the day, and most of them learn the trade on the job.\n",
}


@dataclass
class Outcome:
    """What became of the files so far."""

    files: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    """Of CPU for each file, by all workers that tried it."""
    megabytes: float = 0.0
    """Of the largest process, whether it read files or built the index."""
    reasons: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    """What must not happen, a line each."""


def campaign(
    files: int, seed: int, work: Path, *, bombs: Sequence[str] | None = None, formats: Sequence[str] = ()
) -> Outcome:
    """Read and index so many files below ``work``.

    ``bombs`` names those that are among them (default: all); ``formats`` are the endings of files that are damaged
    (default: all).
    """
    outcome = Outcome()
    named = malformed_files(seed, bombs, formats)
    for number in range(0, files, BATCH):
        folder = work / f"batch-{number}"
        folder.mkdir()
        for name, text in GOOD.items():
            (folder / name).write_text(text, "utf-8")
        for name, data in islice(named, min(BATCH, files - number)):
            (folder / name).write_bytes(data)
        read_each(folder, outcome)
        index(folder, work / f"index-{number}", outcome)
    return outcome


def malformed_files(seed: int, bombs: Sequence[str] | None, formats: Sequence[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Names and bytes without end: the bombs first, then damaged files, each kind in turn."""
    rng = random.Random(seed)  # noqa: S311 - the same files for the same seed
    for name, make in malformed.bombs():
        if bombs is None or name in bombs:
            yield name, make()
    seeds, number = malformed.seeds(), 0
    seeds = {suffix: good for suffix, good in seeds.items() if not formats or suffix in formats}
    while True:
        for suffix, good in seeds.items():
            number += 1
            harm = (
                malformed.redrawn if suffix == ".pdf" else malformed.repacked if suffix in malformed.PACKAGES else None
            )
            damage = harm if harm is not None and rng.random() < 0.6 else malformed.damaged
            yield f"damaged-{number}{suffix}", damage(rng.choice(good), rng)


def read_each(folder: Path, outcome: Outcome) -> None:
    """Each file by itself in a worker, as ``index`` reads it."""
    with Reader() as reader:
        for path in sorted(folder.iterdir()):
            reader.start()
            began, before = time.monotonic(), computed()
            try:
                reader(path)
                reason = "read"
            except SourceError as error:
                reason = error.message
            took = time.monotonic() - began
            outcome.files += path.name not in GOOD
            outcome.reasons[reason] += 1
            outcome.seconds[path.name] = computed() - before
            outcome.megabytes = max(outcome.megabytes, worker().megabytes, largest_ended())
            if took > Limits().seconds_for(path) + MARGIN:
                outcome.failures.append(f"{path.name} took {took:.1f} s")


def computed() -> float:
    """Seconds of CPU of all workers so far, of those that have ended and of the one there is."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime + worker().seconds


def largest_ended() -> float:
    """Megabytes of the largest process that has ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


class Worker(NamedTuple):
    """The process that reads: its seconds of CPU so far, its most memory so far; zeros without one."""

    seconds: float = 0.0
    megabytes: float = 0.0


def worker() -> Worker:
    """The one there is now. Linux alone tells."""
    me = os.getpid()
    children = Path(f"/proc/{me}/task/{me}/children").read_text().split()
    try:
        process = Path("/proc") / children[-1]
        fields = (process / "stat").read_text().rpartition(")")[2].split()
        most = re.search(r"VmHWM:\s+(\d+) kB", (process / "status").read_text())
    except (IndexError, OSError):
        return Worker()
    seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return Worker(seconds, int(most[1]) / 1024 if most else 0.0)


def index(folder: Path, place: Path, outcome: Outcome) -> None:
    """The folder by the program itself: nothing but a report, every file in it, every good guide indexed."""
    command = [sys.executable, "-c", PROGRAM, "--index", str(place), "index", "--lexical", "--json", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONUTF8": "1"})
    if result.returncode or "Traceback" in result.stderr:
        outcome.failures.append(f"{folder.name}: status {result.returncode}: {result.stderr[-500:]}")
        return
    report = json.loads(result.stdout)
    failed = {Path(each["path"]).name: each for each in report["failed"]}
    added = {Path(path).name for path in report["added"]}
    silent = [name for name, each in failed.items() if not each["reason"] or not each["remedy"]]
    lost = {path.name for path in folder.iterdir()} - added - failed.keys()
    outcome.failures += [f"{name}: no reason given" for name in silent]
    outcome.failures += [f"{name}: neither indexed nor named" for name in sorted(lost)]
    outcome.failures += [f"{folder.name}: {name} is not indexed" for name in GOOD if name not in added]


def main() -> int:
    """Run it and print what became of the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bombs-only", action="store_true")
    parser.add_argument("--only", nargs="*", help="names of bombs")
    parser.add_argument("--without-bombs", action="store_true")
    parser.add_argument("--formats", nargs="*", default=(), help="endings of the files that are damaged (default: all)")
    options = parser.parse_args()
    names = options.only or [name for name, _ in malformed.bombs() if not options.without_bombs]
    files = len(names) if options.bombs_only or options.only else options.files
    with tempfile.TemporaryDirectory() as work:
        outcome = campaign(files, options.seed, Path(work), bombs=names, formats=options.formats)
    print(f"{outcome.files:,} files; largest process {outcome.megabytes:.0f} MB")
    print("longest:", *(f"{outcome.seconds[n]:.1f} s {n}" for n in slowest(outcome)), sep="\n  ")
    print("outcomes:", *(f"{count:,} {reason}" for reason, count in outcome.reasons.most_common(40)), sep="\n  ")
    print("must not happen:", *(outcome.failures or ["nothing did"]), sep="\n  ")
    return int(bool(outcome.failures) or outcome.megabytes > MOST_MEGABYTES)


def slowest(outcome: Outcome) -> list[str]:
    """The names of the files that took longest."""
    return sorted(outcome.seconds, key=lambda name: -outcome.seconds[name])[:30]


if __name__ == "__main__":
    sys.exit(main())
