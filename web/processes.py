"""Several processes on one listening socket: kept to their number, and ended together."""

from __future__ import annotations

import os
import signal
import threading
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
    theirs, ours = os.pipe()
    try:
        while True:
            for _ in range(number - len(children)):
                child = os.fork()
                if child == 0:
                    children.clear()
                    os.close(ours)
                    threading.Thread(target=_end_with_the_parent, args=(theirs,), daemon=True).start()
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


def _end_with_the_parent(alive: int) -> None:
    """The pipe that the parent holds ends when the parent does, even where that is killed outright."""
    os.read(alive, 1)
    os.kill(os.getpid(), signal.SIGTERM)
