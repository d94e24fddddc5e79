"""A line on standard error that tells how far long work is: on a terminal one that is gone once the work is done, else
a line now and then."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from ..output.terminal import clean, detect
from .writing import note

QUIET_SECONDS = 0.7
"""Seconds of work before anything is shown."""
SHOWING_PACE = 0.1
"""Seconds between two updates on a terminal."""
NOW_AND_THEN = 20.0
"""Seconds before the first line, and between two, where nobody watches: in a log, each stays."""
FORESEEN = 5.0
"""Seconds of work before it is said how long the rest will take."""
BAR_WIDTH = 20
"""Columns of the bar."""


class Progress:
    """Tell it how many are done, of how many, and what is next. Use as a context manager."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._width = detect(sys.stderr).width
        self._began = time.monotonic()
        self._next = self._began + (QUIET_SECONDS if self._shows else NOW_AND_THEN)
        self._shown = 0

    def __call__(self, done: int, total: int, what: str) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        left = remaining(done, total, now - self._began)
        if self._shows:
            self._next = now + SHOWING_PACE
            self._write(line(done, total, f"{left}{what}", self._width))
        else:
            self._next = now + NOW_AND_THEN
            note(f"citeguide: {done:,} of {total:,}, {left}{what}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._write("")

    def _write(self, text: str) -> None:
        print(f"\r{text.ljust(self._shown)}\r{text}", end="", file=sys.stderr, flush=True)  # noqa: T201
        self._shown = len(text)


def remaining(done: int, total: int, seconds: float) -> str:
    """``about 3 min left, `` at the pace so far; empty where that is too early to say."""
    if not 0 < done < total or seconds < FORESEEN:
        return ""
    left = seconds / done * (total - done)
    return f"about {left / 60:,.0f} min left, " if left >= 90 else f"about {left:.0f} s left, "


def line(done: int, total: int, what: str, width: int) -> str:
    """``[######              ]  30 %  12 of 40  guide.txt``, cut to the width."""
    share = done / total if total else 1.0
    bar = "#" * int(share * BAR_WIDTH)
    text = f"[{bar:<{BAR_WIDTH}}] {share:4.0%}  {done:,} of {total:,}  {clean(what)}"
    return text.replace("\n", " ")[: width - 1]
