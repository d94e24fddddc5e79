"""Reads files in a process of their own, within limits of time, memory and output."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, TypeVar

from ...search.errors import SourceError
from ..document import Parse, Part
from ..files.opening import open_regular
from ..files.sources import read
from ..readers import format_of
from .handover import Outbox
from .protection import Protection
from .timed import Timed
from .wire import (
    CLOCK_TIMES,
    OUT_OF_MEMORY,
    Answer,
    ByteStream,
    Read,
    Refused,
    TooLargeError,
    Unreadable,
    WireError,
    receive_answer,
    receive_protection,
)

OUT_OF_TIME = -getattr(signal, "SIGPROF", signal.SIGTERM)
"""The worker's status where it computed for too long."""

STARTING = 60.0
"""Seconds by the clock that a worker may take to start, on a machine however busy."""
KEPT_VARIABLES = frozenset(
    "PATH PYTHONPATH PYTHONHOME LD_LIBRARY_PATH LANG LC_ALL LC_CTYPE TZ SYSTEMROOT TESSDATA_PREFIX".split()
)
"""Variables of the environment that the worker gets."""
THREADS_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
"""How many threads libraries of mathematics start: the worker may start none."""

PAGED = 6
"""How much longer a file of a format of many pages may take: one of 300 takes as long as 30 short ones."""
SCANNED = 20
"""How much longer again where its pages may be pictures, of which one takes a second or two."""

Told = TypeVar("Told")
Keep = Callable[[Part], None]
ReadFile = Callable[[Path, Keep], Read]


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file, or a part of a long one, may take.

    ``seconds`` are of computing, and three times as many by the clock, which is all that Windows knows; a format of
    many pages may take ``PAGED`` times as long. Bytes of ``memory`` are of address space, where the platform limits it;
    an ``answer`` is what comes back.
    """

    seconds: float = 10
    memory: int = 512 * 2**20
    answer: int = 256 * 2**20

    def seconds_for(self, file: Path, *, ocr: bool = False) -> float:
        """How long a file of this name may be computed."""
        form = format_of(file.name)
        scanned = SCANNED if ocr and form is not None and form.read_with_ocr is not None else 1
        return self.seconds * (PAGED if form is not None and form.has_pages else 1) * scanned


def _let_go(_: Part) -> None:
    pass


DEFAULT_LIMITS = Limits()
GUIDE_PARSER = "citeguide.indexer.parse:parse_guide"
OCR_PARSER = "citeguide.indexer.parse:parse_with_ocr"


class Reader:
    """Reads one file after the other in one worker, started at the first and replaced when it ends. Close it."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS, parser: str = GUIDE_PARSER, *, ocr: bool = False) -> None:
        """``parser`` names what makes a guide of bytes and a file name, ``module:function``; ``ocr`` is another."""
        self._limits = limits
        self._parser = OCR_PARSER if ocr else parser
        self._worker: _Worker | None = None

    def __call__(self, file: Path, keep: Keep = _let_go) -> Read:
        """A file's guide; of a long one ``keep`` is given the parts first, and is not called again after an error.

        Raises SourceError where it is no guide or goes over a limit, OSError where the system does not give it.

        A worker that has read other files may fail for what they left behind: then a new one tries again, so that
        what comes of a file never depends on the others. It needs no second try where time or memory did not do: each
        file has its own time, and a worker that has grown ends itself.
        """
        try:
            with open_regular(file) as opened:
                answer = self._ask(file, opened, keep)
        except _WorkerLostError as lost:
            self.close()
            raise SourceError(*lost.args) from lost
        if isinstance(answer, Refused):
            raise SourceError(answer.reason, answer.remedy)
        if isinstance(answer, Unreadable):
            raise OSError(answer.number, answer.reason)
        return answer

    def start(self) -> None:
        """Have a worker ready: its start takes a while, in which there may be other things to do."""
        if self._worker is None or not self._worker.is_alive():
            self.close()
            self._worker = _Worker(self._limits, self._parser)

    def close(self) -> None:
        """End the worker."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def protection(self) -> Protection:
        """What the system keeps the worker from."""
        return self._started().protection()

    def _ask(self, file: Path, opened: BinaryIO, keep: Keep) -> Read | Refused | Unreadable:
        try:
            return self._started().ask(file, opened, keep)
        except _WorkerLostError as lost:
            if lost.is_final:
                raise
        self.close()
        opened.seek(0)  # the worker that was lost may have read on
        return self._started().ask(file, opened, keep)

    def _started(self) -> _Worker:
        self.start()
        if self._worker is None:
            raise AssertionError("the worker was started")
        return self._worker


def in_process(parse: Parse) -> ReadFile:
    """Reads files in this process, without limits: for trusted ones, and for tests."""

    def read_here(file: Path, _: Keep) -> Read:
        data = read(file)
        return Read(len(data), sha256(data).hexdigest(), parse(data, file.name))

    return read_here


class _WorkerLostError(Exception):
    """The worker is of no use any more: the reason to give for the file, and the remedy."""

    def __init__(self, reason: str, remedy: str, *, is_final: bool) -> None:
        super().__init__(reason, remedy)
        self.is_final = is_final
        """Whether a fresh worker would fare no better."""


class _Worker:
    """The process: asked one file at a time."""

    def __init__(self, limits: Limits, parser: str) -> None:
        self._limits = limits
        self._ocr = parser == OCR_PARSER
        self._seconds, self._computed = limits.seconds, 0.0
        self._is_fresh = True
        self._protection: Protection | None = None
        self._outbox = Outbox()
        start = f"from {__package__}.worker import main; main({limits.memory}, {parser!r})"
        self._process = subprocess.Popen(  # noqa: S603 - our own program; -P keeps the current folder's modules out
            [sys.executable, "-P", "-c", start],
            stdin=self._outbox.theirs,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            bufsize=0,
        )
        self._outbox.started(self._process)

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def protection(self) -> Protection:
        """Wait until it takes requests, and what the system keeps it from."""
        if self._protection is None:
            self._protection = self._told(receive_protection, STARTING)
        return self._protection

    def ask(self, file: Path, opened: BinaryIO, keep: Keep) -> Read | Refused | Unreadable:
        """What it makes of a file, whose parts are kept as they come. Raises _WorkerLostError where it ends."""
        self.protection()
        self._seconds, self._computed = self._limits.seconds_for(file, ocr=self._ocr), self._state()[1]
        with suppress(OSError):  # then it has ended, as the missing answer tells
            self._outbox.hand(file, opened, self._seconds)
        answer = self._answer()
        while isinstance(answer, Part):
            self._is_fresh = True  # for a new one would begin anew
            keep(answer)
            answer = self._answer()
        self._is_fresh = False
        return answer

    def _answer(self) -> Answer:
        return self._told(partial(receive_answer, most=self._limits.answer), CLOCK_TIMES * self._seconds)

    def _told(self, receive: Callable[[ByteStream], Told], seconds: float) -> Told:
        """What it says next, within so many seconds by the clock."""
        if self._process.stdout is None:
            raise AssertionError("the worker was started with a pipe")
        heard = Timed(self._process.stdout, seconds, self._is_starved)
        try:
            return receive(heard)
        except (WireError, OSError) as error:
            self._process.kill()
            raise self._lost(error, is_late=heard.is_late) from error

    def _is_starved(self) -> bool:
        """Whether it would compute if the machine let it, and its own time is not up, whatever the clock says."""
        state, computed = self._state()
        return state == b"R" and computed - self._computed < self._seconds

    def _state(self) -> tuple[bytes, float]:
        """Whether it computes (R), and how many seconds it has; nothing where the system does not tell (proc(5))."""
        try:
            said = Path(f"/proc/{self._process.pid}/stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            return b"", 0.0
        return said[0], (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """Kill it; it has nothing to lose."""
        self._process.kill()
        self._outbox.close()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process.wait()

    def _lost(self, error: Exception, *, is_late: bool) -> _WorkerLostError:
        """Why there is no answer."""
        limits, status = self._limits, self._process.wait()
        remedy = "split it, or leave it out"
        if isinstance(error, TooLargeError):
            return _WorkerLostError(f"gives more than {limits.answer // 2**20} MB to keep", remedy, is_final=True)
        if status == OUT_OF_TIME or is_late:
            return _WorkerLostError(f"took longer than {self._seconds:g} s", remedy, is_final=True)
        if status == OUT_OF_MEMORY:
            reason = f"needs more than {limits.memory // 2**20} MB of memory"
            return _WorkerLostError(reason, remedy, is_final=True)
        return _WorkerLostError("the reader crashed on it", "leave it out, and report it", is_final=self._is_fresh)


def _environment() -> dict[str, str]:
    """What Python needs to start, and nothing that is none of a guide's business, such as a password."""
    kept = {name: value for name, value in os.environ.items() if name.upper() in KEPT_VARIABLES}
    return kept | {"MALLOC_ARENA_MAX": "1", **dict.fromkeys(THREADS_VARIABLES, "1")}
