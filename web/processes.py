"""Several processes on one listening socket: kept to their number, and ended together."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

BREATH = 1.0
"""Seconds that a process must have lived to be replaced at once: one that cannot live is not started in a rush."""


def in_processes(number: int, run: Callable[[], None]) -> None:
    """Run it in so many processes: in this one where that is one, else in children, and anew for each that dies.

    Goes on until an exception, such as the KeyboardInterrupt of a signal, ends this process and with it the children.
    """
    if number == 1:
        run()
        return
    children: set[int] = set()
    try:
        while True:
            for _ in range(number - len(children)):
                child = os.fork()
                if child == 0:
                    children.clear()
                    run()
                    return
                children.add(child)
            began = time.monotonic()
            children.discard(os.wait()[0])
            time.sleep(max(0.0, BREATH - (time.monotonic() - began)))
    finally:
        for child in children:
            os.kill(child, signal.SIGTERM)
        for child in children:
            os.waitpid(child, 0)
