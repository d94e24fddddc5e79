"""The process in which files are read, one after the other: a file that crashes, hangs or bloats it ends nothing else.

It holds no lock, writes to nothing but its answers, and ends with its parent: at once where it waits or runs Python,
and when its time is up at the latest.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import IO

from ...search.errors import SourceError
from ..document import Parse, Part
from ..files.sources import MAX_BYTES, read, too_large
from ..large_sheet import LONG, read_long
from ..readers import format_of
from .wire import OUT_OF_MEMORY, PATIENCE, Answer, Read, ReadRequest, Refused, Unreadable, WireError, receive, send

if sys.platform != "win32":
    import resource
    import select

MAX_REQUEST = 1 << 20


def main(memory: int, parser: str) -> None:
    """Answer requests from standard input until it ends, in at most ``memory`` bytes of address space.

    ``parser`` is the ``module:function`` that makes a guide of bytes and a file name. Where a file has left much memory
    behind, this process ends: the next file is to have as much as if it came first.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks decides what an interruption ends
    gc.set_threshold(50_000)
    answers = _answers()
    parse = _named(parser)
    _bind(memory)
    most_held = _held() + memory // 4
    while _held() <= most_held and (request := _next()) is not None:
        try:
            _answer(Path(request.path), parse, answers, request.seconds)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _answers() -> IO[bytes]:
    """Standard output for answers alone: whatever else is printed goes where errors go."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _bind(memory: int) -> None:
    """Limit the address space, leave no core files, and end with the parent, where the platform can."""
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or most > memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))
    Thread(target=_end_with_parent, daemon=True).start()


def _held() -> int:
    """Bytes of address space; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _end_with_parent() -> None:
    """Wait until the other end of standard input is closed, which nobody but the parent holds."""
    watched = select.poll()
    watched.register(0, 0)
    watched.poll()
    os._exit(0)


def _next() -> ReadRequest | None:
    try:
        request: ReadRequest = receive(sys.stdin.buffer, MAX_REQUEST)
    except WireError:
        return None
    return request


def _named(parser: str) -> Parse:
    module, _, name = parser.partition(":")
    parse: Parse = getattr(import_module(module), name)
    return parse


def _answer(file: Path, parse: Parse, answers: IO[bytes], seconds: float) -> None:
    """Send all there is of a file. The time counts for each part anew, and not while the parent is busy with one."""
    _allow(seconds)
    for answer in _read(file, parse):
        faulthandler.cancel_dump_traceback_later()
        send(answers, answer)
        _allow(seconds)
    faulthandler.cancel_dump_traceback_later()


def _allow(seconds: float) -> None:
    """End this process where it computes for longer, or waits much longer: how busy the machine is condemns no file."""
    faulthandler.dump_traceback_later(PATIENCE * seconds, exit=True)
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)  # RLIMIT_CPU knows whole seconds only


def _read(file: Path, parse: Parse) -> Iterator[Answer]:
    try:
        form = format_of(file.name)
        if form is not None and form.in_parts and file.stat().st_size >= LONG:
            yield from _in_parts(file)
        else:
            data = read(file)
            yield Read(len(data), sha256(data).hexdigest(), parse(data, file.name))
    except SourceError as error:
        yield Refused(error.message, error.remedy)
    except OSError as error:
        yield Unreadable(error.errno or 0, error.strerror or str(error))


def _in_parts(file: Path) -> Iterator[Answer]:
    with file.open("rb") as opened:
        hashed = _Hashed(opened)
        for found in read_long(hashed, file.name):
            yield found if isinstance(found, Part) else Read(hashed.size, hashed.digest.hexdigest(), found)


class _Hashed:
    """A file that is read from its beginning to its end, and what its bytes add up to."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = 0
        self.digest = sha256()

    def read(self, size: int, /) -> bytes:
        """The next bytes. Raises SourceError where they are more in all than a guide may have."""
        data = self._file.read(size)
        self.size += len(data)
        self.digest.update(data)
        if self.size > MAX_BYTES:
            raise too_large()
        return data
