"""Whether a server that runs on grows: ``python bench/long_run.py INDEX [--requests 5000] [--swaps 20] [--clients 8]``.

Eight clients ask ``citeguide serve`` with one worker as people and programs do: pages, answers, tables, exports, what
is not there, on connections that are closed, kept and broken off. Meanwhile guides are indexed anew so often. Prints
memory, descriptors and threads after each tenth of the requests. Gives 1 where the last tenth holds more than 5 % more
memory than the third did, by when all has been used once, or any more descriptors or threads. Linux only.
"""

from __future__ import annotations

import argparse
import http.client
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from citeguide.indexer.update import update

PROGRAM = "from citeguide.search.cli.main import main; main()"
PATHS = (
    "/ask?q=What+does+a+medical+coder+do", "/api/ask?q=top+3+areas+by+median+wage", "/api/ask", "/search?q=fee",
    "/api/ask?q=compare+Fresno+and+Napa", "/tables", "/api/tables", "/guides", "/", "/api/health", "/nothing/here",
    "/ask?q=" + "a" * 3_000, "/static/style.css",
)  # fmt: skip
STEPS = 10
SETTLED = 2
"""The step, from 0, by whose end everything has been used once."""
GROWTH = 1.05


class Held(NamedTuple):
    """What the process holds: megabytes, descriptors, threads."""

    memory: float
    files: int
    threads: int


def main() -> int:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--requests", type=int, default=5_000)
    parser.add_argument("--swaps", type=int, default=20)
    parser.add_argument("--clients", type=int, default=8)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        place, guide = Path(work, "index"), Path(work, "swapped.txt")
        shutil.copytree(options.index, place)
        seen = run(place, guide, options.requests, options.swaps, options.clients)
    for n, held in enumerate(seen, start=1):
        print(f"{n * options.requests // STEPS:7,} requests: {held.memory:6.1f} MB, {held.files} descriptors, "
              f"{held.threads} threads")  # fmt: skip
    return int(grows(seen[SETTLED], seen[-1]))


def grows(settled: Held, last: Held) -> bool:
    """Whether the last holds more than it may."""
    return last.memory > GROWTH * settled.memory or last.files > settled.files or last.threads > settled.threads


def run(index: Path, guide: Path, requests: int, swaps: int, clients: int = 8) -> list[Held]:
    """What the server holds after each step, with nothing under way."""
    command = [sys.executable, "-c", PROGRAM, "--index", str(index), "serve", "--port", "0"]
    seen, step = [], max(1, requests // STEPS)
    with (
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process,
        ThreadPoolExecutor(clients) as pool,
    ):
        assert process.stderr
        found = re.search(r"http://[^:]+:(\d+)/", process.stderr.readline())
        assert found
        for first in range(0, requests, step):
            asked = [pool.submit(_ask, int(found[1]), n) for n in range(first, first + step)]
            for n in range(swaps // STEPS):
                guide.write_text(f"# Swap\n\nThe swap counter shows {first + n}.\n", "utf-8")
                update(index, [guide])
            for each in asked:
                each.result()
            seen.append(_settled(process.pid))
        process.terminate()
    return seen


class _Client(threading.local):
    """Each client's connection that is kept."""

    kept: http.client.HTTPConnection | None = None


_client = _Client()


def _ask(port: int, n: int) -> None:
    """One request: on a connection that is kept, one of its own, or one that is broken off before the answer."""
    path = PATHS[n % len(PATHS)]
    connection = (
        _client.kept if n % 3 == 0 and _client.kept else http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    )
    if n % 3 == 0:
        _client.kept = connection
    try:
        connection.request("GET", path)
        if n % 3 < 2:
            connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        connection.close()
    if n % 3:
        connection.close()


def _settled(process: int) -> Held:
    """What it holds once it waits: the least of some looks, since connections end a little later than their clients."""
    looks = []
    for _ in range(10):
        time.sleep(0.2)
        looks.append(_held(process))
    return Held(*map(min, zip(*looks, strict=True)))


def _held(process: int) -> Held:
    said = Path(f"/proc/{process}/status").read_text("ascii")
    numbers = dict(re.findall(r"^(VmRSS|Threads):\s+(\d+)", said, re.MULTILINE))
    files = 0
    with suppress(OSError):
        files = sum(1 for _ in Path(f"/proc/{process}/fd").iterdir())
    return Held(int(numbers["VmRSS"]) / 1024, files, int(numbers["Threads"]))


if __name__ == "__main__":
    sys.exit(main())
