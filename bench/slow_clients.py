"""What slow clients cost the others: ``python bench/slow_clients.py INDEX [--seconds 30]``.

Starts ``citeguide serve`` and lets 110 clients begin requests and drip them, a byte a second, anew whenever they are
ended; 10 ask for the longest table as CSV and read nothing; one asks as people do, on a new connection each time. All
come from one address, which is the hardest case. Prints that one's times, how often the others were ended, and what the
server holds: memory, descriptors, bytes of temporary files. Gives 1 where a question failed or p99 is a second or more.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from urllib.request import urlopen

PROGRAM = "from citeguide.search.cli.main import main; main()"
SLOW, STALLED = 110, 10
HEAD = b"GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
QUESTIONS = ("/ask?q=median+pay+in+Fresno", "/api/ask?q=top+3+areas+by+median+wage", "/tables", "/guides", "/")
PAUSE = 0.05
WORST = 1.0


@dataclass
class Seen:
    """What happened to the clients."""

    times: list[float] = field(default_factory=list)
    failed: int = 0
    slow_ended: int = 0
    stalled_ended: int = 0
    memory: float = 0
    descriptors: int = 0
    files: int = 0


def main() -> int:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--workers", default="1")
    options = parser.parse_args()
    seen = run(options.index, options.seconds, options.workers)
    cuts = quantiles(seen.times, n=100)
    print(f"{SLOW} slow and {STALLED} stalled clients, {options.seconds:g} s, {options.workers} worker(s)")
    print(f"good client: {len(seen.times)} answers, {seen.failed} failed, p50 {cuts[49] * 1000:.0f} ms, "
          f"p99 {cuts[98] * 1000:.0f} ms, slowest {max(seen.times) * 1000:.0f} ms")  # fmt: skip
    print(f"ended: {seen.slow_ended} slow, {seen.stalled_ended} stalled")
    print(
        f"server: {seen.memory:.0f} MB, {seen.descriptors} descriptors, {seen.files / 2**20:.1f} MB in temporary files"
    )
    return int(seen.failed > 0 or cuts[98] >= WORST)


def run(index: Path, seconds: float, workers: str = "1", slow: int = SLOW, stalled: int = STALLED) -> Seen:
    """Serve an index to so many bad clients and a good one."""
    command = [sys.executable, "-c", PROGRAM, "--index", str(index), "serve", "--port", "0", "--workers", workers]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        found = re.search(r"http://[^:]+:(\d+)/", process.stderr.readline())
        assert found
        port, seen, over = int(found[1]), Seen(), threading.Event()
        path = _longest(port)
        threads = [
            threading.Thread(target=_drip, args=(port, slow, over, seen)),
            *(threading.Thread(target=_stall, args=(port, path, over, seen)) for _ in range(stalled)),
            threading.Thread(target=_watch, args=(process.pid, over, seen)),
        ]
        for thread in threads:
            thread.start()
        time.sleep(min(2.0, seconds / 4))
        _ask(port, seconds, seen)
        over.set()
        for thread in threads:
            thread.join()
        process.terminate()
    return seen


def _longest(port: int) -> str:
    with urlopen(f"http://127.0.0.1:{port}/api/tables", timeout=60) as answer:
        tables = json.load(answer)["tables"]
    longest = max(tables, key=lambda table: table["row_count"])
    return f"/tables/{longest['name']}.csv"


def _ask(port: int, seconds: float, seen: Seen) -> None:
    until, n = time.perf_counter() + seconds, 0
    while time.perf_counter() < until:
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", QUESTIONS[n % len(QUESTIONS)])
            answer = connection.getresponse()
            answer.read()
            seen.failed += answer.status != 200
        except (OSError, http.client.HTTPException):
            seen.failed += 1
        finally:
            connection.close()
        seen.times.append(time.perf_counter() - began)
        n += 1
        time.sleep(PAUSE)


def _drip(port: int, number: int, over: threading.Event, seen: Seen) -> None:
    """So many connections at once, each a byte a second; one that is ended is opened anew."""
    connections: list[socket.socket | None] = [None] * number
    while not over.is_set():
        for n, connection in enumerate(connections):
            if connection is None:
                with suppress(OSError):
                    connection = connections[n] = socket.create_connection(("127.0.0.1", port), timeout=5)
                    connection.sendall(HEAD)
                continue
            try:
                connection.sendall(b"x")
                connection.setblocking(False)
                with suppress(BlockingIOError):
                    if not connection.recv(1):
                        raise ConnectionError
                connection.setblocking(True)
            except OSError:
                connection.close()
                connections[n] = None
                seen.slow_ended += 1
        over.wait(1)
    for connection in connections:
        if connection is not None:
            connection.close()


def _stall(port: int, path: str, over: threading.Event, seen: Seen) -> None:
    """Ask for much and read nothing, until it is ended; then again."""
    while not over.is_set():
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # heeded only before it connects
            with suppress(OSError):
                connection.connect(("127.0.0.1", port))
                connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            while not over.wait(0.5) and _is_open(connection):
                pass
        seen.stalled_ended += not over.is_set()


def _is_open(connection: socket.socket) -> bool:
    """Whether the server still holds it: what it sent is left where it is."""
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)
    return info[0] == 1  # TCP_ESTABLISHED


def _watch(process: int, over: threading.Event, seen: Seen) -> None:
    """The most that the server holds at a time (Linux)."""
    while not over.wait(0.2):
        pids = [process, *_children(process)]
        seen.memory = max(seen.memory, sum(map(_memory, pids)))
        open_files = [file for pid in pids for file in _files(pid)]
        seen.descriptors = max(seen.descriptors, len(open_files))
        seen.files = max(seen.files, sum(open_files))


def _children(process: int) -> list[int]:
    with suppress(OSError):
        return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]
    return []


def _memory(process: int) -> float:
    with suppress(OSError):
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text("ascii"))
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


def _files(process: int) -> list[int]:
    """For each open descriptor the bytes of the temporary file that it is, else 0."""
    sizes = []
    with suppress(OSError):
        for entry in os.scandir(f"/proc/{process}/fd"):
            with suppress(OSError):
                is_temporary = "(deleted)" in str(Path(entry.path).readlink())
                sizes.append(entry.stat().st_size if is_temporary else 0)
    return sizes


if __name__ == "__main__":
    sys.exit(main())
