"""How many questions a second the page's server answers: ``python bench/load.py INDEX [--seconds 60] [--clients 16]``.

With ``--swaps 200 --only-swapped --seconds 600 --clients 8`` ten minutes of indexing anew under eight readers.

Starts ``citeguide serve --workers 2`` over a copy of the index and lets so many clients ask, each over its own
connection: first a minimal Flask route on one process of the same server, then ``/api/ask`` with mixed questions, then
the same while generations are swapped under it. A swap indexes a guide that says its own number; an answer is mixed
where it names one generation and quotes another.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from citeguide.indexer.update import update

QUESTIONS = (
    "What is the median hourly wage in Fresno?",
    "top 5 areas by median wage",
    "Which areas pay above $24?",
    "Do I need a certification to work as a medical biller?",
    "What does a medical coder do?",
    "What are the steps to become a medical coder?",
    "median pay of welders in Paris",
    "compare Fresno and Napa",
)
COUNTED = "What number does the swap counter show?"
PATIENCE = 600.0
"""Seconds that the swaps may take on a busy machine."""
PROGRAM = "from citeguide.search.cli.main import main; main()"
MINIMAL = """
import logging, socket, sys
from flask import Flask
from waitress.server import create_server
logging.getLogger("waitress.queue").setLevel(logging.ERROR)
app = Flask(__name__)
app.add_url_rule("/api/ask", view_func=lambda: {"status": "ok"})
with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
    print(f"serving on http://127.0.0.1:{listening.getsockname()[1]}/", file=sys.stderr, flush=True)
    create_server(app, sockets=[listening], threads=4).run()
"""


@dataclass(frozen=True)
class Measured:
    """What the clients of one run saw: seconds for each answered request, and how many went wrong."""

    name: str
    seconds: float
    times: list[float]
    failed: int
    mixed: int
    memory: tuple[float, float]
    """Megabytes of the server's processes before and after."""
    cpu: float
    """Seconds that the server computed: what it can do on a machine of its own, whatever else ran on this one."""

    def line(self) -> str:
        """As a row of a table."""
        cuts = quantiles(self.times, n=100)
        rate, before, after = len(self.times) / self.seconds, *self.memory
        each = self.cpu / len(self.times) * 1000
        return (
            f"| {self.name} | {rate:.0f} | {cuts[49] * 1000:.1f} | {cuts[98] * 1000:.1f} | {each:.2f} | {self.failed} "
            f"| {self.mixed} | {before:.0f} → {after:.0f} |"
        )


def main() -> int:
    """Run it and print a table. Gives 1 where a request failed or an answer was mixed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--swaps", type=int, default=50)
    parser.add_argument("--only-swapped", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        index = Path(place) / "index"
        shutil.copytree(options.index, index)
        serve = [sys.executable, "-c", PROGRAM, "--index", str(index), "serve", "--port", "0", "--workers", "2"]
        print("| | requests/s | p50 ms | p99 ms | CPU ms each | failed | mixed | memory MB |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
        runs = [] if options.only_swapped else [
            _run("a minimal Flask route", [sys.executable, "-c", MINIMAL], options, QUESTIONS),
            _run("/api/ask", serve, options, QUESTIONS),
        ]  # fmt: skip
        runs.append(_run("/api/ask", serve, options, (*QUESTIONS, COUNTED), swapped=index))
    return 1 if any(run.failed or run.mixed for run in runs) else 0


def _run(
    name: str,
    command: Sequence[str],
    options: argparse.Namespace,
    questions: Sequence[str],
    swapped: Path | None = None,
) -> Measured:
    with (
        _server(command) as (process, port),
        multiprocessing.Pool(2) as pool,
        tempfile.TemporaryDirectory() as place,
    ):
        enough = Path(place) / "enough"
        _client((port, 1.0, questions, 8, enough))
        before, computed, began = _memory(process.pid), _cpu(process.pid), time.perf_counter()
        share = (
            port,
            PATIENCE + options.seconds if swapped else options.seconds,
            questions,
            options.clients // 2,
            enough,
        )
        waiting = pool.map_async(_client, [share, share])
        if swapped:
            _swap(swapped, options.seconds, options.swaps)
            name = f"{name}, {options.swaps} swaps"
            enough.touch()
        seen = waiting.get()
        seconds, after = time.perf_counter() - began, _memory(process.pid)
        computed = _cpu(process.pid) - computed
    times = [each for times, _, _ in seen for each in times]
    failed, mixed = sum(failed for _, failed, _ in seen), sum(mixed for _, _, mixed in seen)
    measured = Measured(name, seconds, times, failed, mixed, (before, after), computed)
    print(measured.line(), flush=True)
    return measured


@contextmanager
def _server(command: Sequence[str]) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The server in a process of its own, and its port."""
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        found = re.search(r"http://[^:]+:(\d+)/", process.stderr.readline())
        assert found
        try:
            yield process, int(found[1])
        finally:
            process.terminate()


def _client(share: tuple[int, float, Sequence[str], int, Path]) -> tuple[list[float], int, int]:
    """Keeps so many requests under way from this process for so long, or until a file says that it is enough.

    One thread writes all and reads each in turn.
    """
    port, seconds, questions, clients, enough = share
    connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(clients)]
    sent = [_ask(c, questions, n) for n, c in enumerate(connections)]
    times: list[float] = []
    failed = mixed = 0
    until, n = time.perf_counter() + seconds, clients
    while time.perf_counter() < until and not enough.exists():
        for at, connection in enumerate(connections):
            response = connection.getresponse()
            body = response.read()
            times.append(time.perf_counter() - sent[at])
            failed += response.status not in (200, 404)
            mixed += _is_mixed(body)
            sent[at] = _ask(connection, questions, n := n + 1)
    for connection in connections:
        connection.getresponse().read()
        connection.close()
    return times, failed, mixed


def _ask(connection: http.client.HTTPConnection, questions: Sequence[str], n: int) -> float:
    began = time.perf_counter()
    connection.request("GET", f"/api/ask?{urlencode({'q': questions[n % len(questions)]})}")
    return began


def _is_mixed(body: bytes) -> bool:
    """Whether an answer quotes the counter of another generation than it names."""
    answer = json.loads(body)
    if answer.get("question") != COUNTED or answer["status"] != "answered":
        return False
    shown = re.search(r"shows number (\d+)", answer["citations"][0]["quote"])
    return shown is not None and int(shown[1]) != answer["index"]["generation"]


def _swap(index: Path, seconds: float, swaps: int) -> None:
    """Puts so many generations in force, each with a guide that names it, spread over the run where there is time."""
    guide = index.parent / "counter.md"
    began = time.perf_counter()
    generation = int(json.loads((_current(index) / "manifest.json").read_text("utf-8"))["generation"])
    for n in range(swaps):
        generation += 1
        guide.write_text(f"# The swap counter\n\nThe swap counter shows number {generation} now.\n", encoding="utf-8")
        update(index, [guide])
        time.sleep(max(0.0, began + (n + 1) * seconds / (swaps + 2) - time.perf_counter()))


def _current(index: Path) -> Path:
    return index / (index / "current").read_text("ascii").split()[0]


def _memory(process: int) -> float:
    """Megabytes that a process and its children hold (Linux; 0 elsewhere)."""
    found = (re.search(r"VmRSS:\s+(\d+)", path.read_text("ascii")) for path in _of_tree(process, "status"))
    return sum(int(each[1]) / 1024 for each in found if each)


def _cpu(process: int) -> float:
    """Seconds that a process and its children have computed (Linux; 0 elsewhere)."""
    fields = (path.read_text("ascii").rpartition(")")[2].split() for path in _of_tree(process, "stat"))
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def _of_tree(process: int, name: str) -> Iterator[Path]:
    """The file of this name under ``/proc`` for a process and each of its children."""
    place = Path("/proc", str(process))
    if place.is_dir():
        yield place / name
        for task in place.glob("task/*/children"):
            yield from (Path("/proc", child, name) for child in task.read_text("ascii").split())


if __name__ == "__main__":
    sys.exit(main())
