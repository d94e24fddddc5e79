"""No node outlives the tests that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cluster_nodes import missing

STARTS = (
    "import cluster_nodes, time; n = cluster_nodes.Nodes(1); print(*n._pids(), n.folder, flush=True); time.sleep(99)"
)


def test_nodes_end_with_the_process_that_started_them_even_where_it_is_killed() -> None:
    """Frozen nodes too, which nothing but SIGKILL ends."""
    if reason := missing():
        pytest.skip(reason)
    tests = Path(__file__).parents[1]
    with subprocess.Popen([sys.executable, "-c", STARTS], stdout=subprocess.PIPE, cwd=tests, text=True) as process:
        assert process.stdout is not None
        pid, folder = process.stdout.readline().split()
        os.kill(int(pid), signal.SIGSTOP)
        process.kill()
    until = time.monotonic() + 20
    while (_runs(pid) or Path(folder).exists()) and time.monotonic() < until:
        time.sleep(0.05)
    assert (_runs(pid), Path(folder).exists()) == (False, False)


def _runs(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
