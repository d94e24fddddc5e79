"""Several processes on one listening socket: kept to their number, and ended together."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

BREATH = 1.0
"""Seconds that a process must have lived to be replaced at once: one that cannot live is not started in a rush."""


def in_processes(number: int, run: Callable[[], None]) -> None:
    """Run it in so many processes: in this one where that is one, else in children, and anew for each that dies.

    Goes on until an exception, such as the KeyboardInterrupt of a signal, ends this process and with it the children.
    """
    if number == 1:
        run()
        return
    parent, children = os.getpid(), set[int]()
    theirs, ours = os.pipe()
    try:
        while True:
            for _ in range(number - len(children)):
                with _held_back(signal.SIGINT, signal.SIGTERM):
                    child = os.fork()
                    children.add(child)
                if child == 0:
                    os.close(ours)
                    threading.Thread(target=_end_with_the_parent, args=(theirs,), daemon=True).start()
                    run()
                    return
            began = time.monotonic()
            children.discard(os.wait()[0])
            time.sleep(max(0.0, BREATH - (time.monotonic() - began)))
    finally:
        if os.getpid() == parent:
            os.close(ours)  # ends the children: a signal to one that was only just forked could be lost
            for child in children:
                os.waitpid(child, 0)


@contextmanager
def _held_back(*signals: signal.Signals) -> Iterator[None]:
    """These arrive afterwards: what Python does around a fork would swallow the exception that they raise."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_the_parent(alive: int) -> None:
    """The pipe that the parent holds ends when the parent wants it to, or does itself, even where it is killed."""
    os.read(alive, 1)
    os.kill(os.getpid(), signal.SIGTERM)
