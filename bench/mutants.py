"""Do the unit tests notice a mistake? Each mutant is the program with one small mistake in it.

    python bench/mutants.py                   every mutant of mutants.toml, one line each, and how many were killed
    python bench/mutants.py scan lists        only those whose name begins so

A mutant is killed when a test of the files that it names fails. The mutated program is a copy in a temporary folder:
the checkout stays as it is. Some 5 to 30 seconds of computing each. (The method: DeMillo, Lipton and Sayward, 1978.)
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PACKAGES = ("corpus", "indexer", "search", "web")
SECONDS = 300


@dataclass(frozen=True, slots=True)
class Mutant:
    """``was`` stands in the file exactly once, and becomes ``is_``; ``tests`` are the files that should notice."""

    name: str
    file: str
    was: str
    is_: str
    tests: tuple[str, ...]

    def apply(self, root: Path) -> str:
        """The file's text with the mistake in it. Raises ValueError where it does not fit the program any more."""
        text = (root / self.file).read_text("utf-8")
        if text.count(self.was) != 1:
            raise ValueError(f"{self.name}: {self.file} holds {text.count(self.was)} times {self.was!r}, and not once")
        return text.replace(self.was, self.is_)


def mutants() -> Iterator[Mutant]:
    """Those of the table."""
    table = tomllib.loads((HERE / "mutants.toml").read_text("utf-8"))
    for area, entry in table.items():
        for number, (file, was, is_) in enumerate(entry["mutants"], start=1):
            yield Mutant(f"{area} {number}", file, was, is_, tuple(entry["tests"]))


def is_killed(mutant: Mutant) -> bool:
    """Whether a test notices."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "citeguide"
        for package in PACKAGES:
            shutil.copytree(ROOT / package, program / package, ignore=shutil.ignore_patterns("__pycache__"))
        (program / mutant.file).write_text(mutant.apply(ROOT), "utf-8")
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *mutant.tests],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=SECONDS,
        )
    if ended.returncode not in (0, 1):
        sys.exit(ended.stdout.decode(errors="replace")[-2_000:])
    return ended.returncode == 1


def main() -> None:
    """Try them and say which live."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", help="beginnings of names; all without any")
    wanted = tuple(parser.parse_args().names)
    killed = total = 0
    for mutant in mutants():
        if wanted and not mutant.name.startswith(wanted):
            continue
        total += 1
        killed += (noticed := is_killed(mutant))
        print(
            f"{'killed' if noticed else 'LIVES '}  {mutant.name:14}  {mutant.file}: {mutant.was!r} → {mutant.is_!r}",
            flush=True,
        )
    print(f"{killed} of {total} killed")


if __name__ == "__main__":
    main()
