"""One changed guide among many: which files are opened again, and how long ``citeguide index`` takes.

    python bench/incremental.py [--guides 1000] [--runs 5] [--limit 1.0]
    python bench/incremental.py --guides 20000 --passages 10 --limit 0.6

The least of several runs counts, as a machine that does other things only adds: CPU time of both processes, and the
clock. With ``--passages`` a guide has so many passages of an encyclopedia (``peers.py``), each below a heading; with
``--folder`` guides and index are kept there, and used again by the next run. Ends with 1 where any other guide is
opened, or the CPU time is more than the limit in seconds.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import sysconfig
import tempfile
import time
from itertools import islice
from pathlib import Path

import peers
from citeguide.indexer.parse import parse_guide
from citeguide.indexer.update import update

CITEGUIDE = Path(sysconfig.get_path("scripts"), "citeguide")
WORDS = "zebras graze where rivers bend and herons wait for rain while farmers count their sheep before winter".split()
LONG_AGO = 1_600_000_000
"""Seconds: a time for files that are not fresh any more."""


def main() -> int:
    """Print the figures; give the exit status."""
    options = arguments()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        guides, index = folder / "guides", folder / "index"
        if not guides.exists():
            write(guides, options.guides, options.passages)
        first = timed(index, guides)
        print(f"{options.guides:,} guides indexed: {first[0]:.2f} s, {first[1]:.2f} s of CPU")
        opened = reopened(guides, index)
        print(f"one changed: {len(opened)} opened ({', '.join(sorted(opened))})")
        runs = []
        for n in range(options.runs):
            change(guides / "guide-0007.md", n)
            runs.append(timed(index))
        clock, cpu = min(run[0] for run in runs), min(run[1] for run in runs)
        print(f"one changed: {clock:.2f} s, {cpu:.2f} s of CPU (least of {options.runs} runs)")
        clock_still, cpu_still = timed(index)
        print(f"none changed: {clock_still:.2f} s, {cpu_still:.2f} s of CPU")
    return int(cpu > options.limit or opened != {"guide-0007.md"})


def write(folder: Path, number: int, passages: int = 0) -> None:
    """Guides of a few sections each, written long ago: of so many of an encyclopedia's passages, else of made words."""
    chance = random.Random(2)  # noqa: S311 - words, not secrets
    folder.mkdir()
    found = peers.passages(number * passages)
    for n in range(number):
        sections = [f"## {p.title}\n\n{p.text}\n" for p in islice(found, passages)]
        if not passages:
            words = " ".join(chance.choices(WORDS, k=60))
            sections = [f"## {' '.join(chance.choices(WORDS, k=3))}\n\n{words}.\n"] * 4
        change(folder / f"guide-{n:04}.md", 0, "\n".join((f"# Guide {n}\n", *sections)))


def change(guide: Path, step: int, text: str = "") -> None:
    """Write a guide, or a sentence behind what it holds, and give it a time of its own in the past."""
    with guide.open("a", encoding="utf-8") as file:
        file.write(text or f"\nLions sleep {step} hours more.\n")
    os.utime(guide, (LONG_AGO + step + bool(not text), LONG_AGO + step + bool(not text)))


def reopened(guides: Path, index: Path) -> set[str]:
    """The names of the guides that an update opens after one has changed."""
    change(guides / "guide-0007.md", 1_000)
    opened: set[str] = set()

    def note(event: str, details: tuple[object, ...]) -> None:
        if event == "open" and watching and isinstance(details[0], str) and details[0].endswith(".md"):
            opened.add(Path(details[0]).name)

    watching = True
    sys.addaudithook(note)
    assert update(index, parse=parse_guide).changed == (str(guides / "guide-0007.md"),)
    watching = False
    return opened


def timed(index: Path, *paths: Path) -> tuple[float, float]:
    """Seconds by the clock and of CPU that the program takes."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([CITEGUIDE, "--index", index, "index", "--lexical", *paths], stdout=subprocess.DEVNULL, check=True)
    clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--guides", type=int, default=1_000)
    parser.add_argument("--passages", type=int, default=0)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=1.0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
