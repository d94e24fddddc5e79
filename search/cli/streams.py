"""Standard output and error that can always be written: closed, piped away, or of an encoding that lacks characters."""

from __future__ import annotations

import codecs
import io
import os
import sys


def prepare() -> None:
    """Make ready before anything is written: no character stops the output, and a closed stream takes everything."""
    codecs.register_error("plain", _plain)
    _fill()
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - as long as the process
    sys.stderr = sys.stderr or sys.stdout
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plain")


def _fill() -> None:
    """Fill the numbers of closed streams: the next file that is opened would get one, even one of an index, and what a
    library then writes to the stream would stand in that file."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free: this one


def let_go() -> None:
    """Nobody may be reading any more (a closed pipe), or the disk be full: Python must not try again at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _plain(error: UnicodeError) -> tuple[str, int]:
    """What is written for characters that the encoding lacks: their plain form, or else their escape."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_PLAIN.get(c) or c.encode("ascii", "backslashreplace").decode() for c in lacking), error.end


_PLAIN = {
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-",
    "\u2014": "--", "\u2212": "-", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2022": "*",
    "\u2026": "...", "\u203a": ">",
}  # fmt: skip
