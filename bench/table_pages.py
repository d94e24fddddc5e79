"""The page of a long table: what paging through it, sorting and filtering it take, and how much memory the server.

    python bench/table_pages.py INDEX TABLE [--runs 5]

``citeguide serve`` answers on this machine alone. Of each address the CPU time of the server counts, the least of the
runs and the first, which reads the columns anew (Linux only). Ends with 1 where one takes more than 300 ms.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from citeguide.search.model import Table
from citeguide.search.store.open import open_index
from citeguide.search.tables.row_filter import table_named

CITEGUIDE = Path(sysconfig.get_path("scripts"), "citeguide")
LIMIT_MS = 300


def main() -> int:
    """Print the figures; give the exit status."""
    options = arguments()
    with open_index(options.index) as index:
        table = table_named(options.table, index.catalog)
        name = next(iter(index.catalog.names(table.id, _words(table), 1).values()))[0]
    slowest = 0.0
    with serving(options.index) as (process, address):
        for what, query in asked(table, name):
            times = [cpu(process.pid, f"{address}/tables/{table.name}?{query}") for _ in range(options.runs)]
            slowest = max(slowest, times[0])
            print(f"{what:<34} first {times[0]:5.0f} ms, then {min(times):5.0f} ms of CPU")
        print(f"most memory of the server {memory(process.pid)} MB")
    return int(slowest > LIMIT_MS)


def asked(table: Table, name: str) -> Iterator[tuple[str, str]]:
    """What is looked at, and the address that shows it."""
    number = next(column.name for column in table.columns if column.role == "measure")
    words, last = table.columns[_words(table)].name, table.row_count // 200
    yield "the first page", ""
    yield "the last page", f"page={last}"
    yield "by a number, first page", f"sort=-{quote(number)}"
    yield "by a number, in the middle", f"sort={quote(number)}&page={last // 2}"
    yield "by words, first page", f"sort={quote(words)}"
    yield "by words downwards, last page", f"sort=-{quote(words)}&page={last}"
    yield "above a number", f"where={quote(f'{number} > 20')}"
    yield "above a number, by words", f"where={quote(f'{number} > 20')}&sort={quote(words)}"
    yield "one name", f"where={quote(f'{words} = {name}')}"
    yield "names that contain a word", f"where={quote(f'{words} ~ ridge')}&sort=-{quote(number)}"
    yield "a state", f"where={quote('state = TX')}&sort=-{quote(number)}"


def _words(table: Table) -> int:
    return next(n for n, column in enumerate(table.columns) if column.role in ("place", "occupation", "label"))


@contextmanager
def serving(index: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server, and where it listens."""
    command = [CITEGUIDE, "--index", index, "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            line = process.stderr.readline()
            yield process, line.split(" on ")[1].split(" ")[0].rstrip("/")
        finally:
            process.terminate()


def cpu(pid: int, address: str) -> float:
    """Milliseconds of CPU that the server takes for one request."""
    before = _spent(pid)
    with urlopen(address) as answer:  # noqa: S310 - of this machine
        assert answer.read()
    return _spent(pid) - before


def _spent(pid: int) -> float:
    """Milliseconds that all threads of a process ran; the sum in ``stat`` counts in hundredths of a second."""
    found = (Path(task, "schedstat").read_text() for task in Path(f"/proc/{pid}/task").iterdir())
    return sum(int(text.split()[0]) for text in found) / 1e6


def memory(pid: int) -> int:
    """The most memory that a process held so far, in megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("table")
    parser.add_argument("--runs", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
