"""A line on standard error that tells how far long work is; only on a terminal, and gone once the work is done."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from ..output.terminal import clean, detect

QUIET = 0.7
"""Seconds of work before anything is shown."""
PACE = 0.1
"""Seconds between two updates."""
BAR = 20
"""Columns of the bar."""


class Progress:
    """Tell it how many are done, of how many, and what is next. Use as a context manager."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._width = detect(sys.stderr).width
        self._next = time.monotonic() + QUIET
        self._shown = 0

    def __call__(self, done: int, total: int, what: str) -> None:
        now = time.monotonic()
        if not self._shows or now < self._next:
            return
        self._next = now + PACE
        self._write(line(done, total, what, self._width))

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


def line(done: int, total: int, what: str, width: int) -> str:
    """``[######              ]  30 %  12 of 40  guide.txt``, cut to the width."""
    share = done / total if total else 1.0
    bar = "#" * int(share * BAR)
    text = f"[{bar:<{BAR}}] {share:4.0%}  {done:,} of {total:,}  {clean(what)}"
    return text.replace("\n", " ")[: width - 1]
