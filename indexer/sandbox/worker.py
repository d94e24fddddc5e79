"""The process in which files are read, one after the other: a file that crashes, hangs or bloats it ends nothing else.

It can do nothing but read the file that it was handed, and say what stands there, as far as the system knows to keep it
from everything else (``confine.py``). It ends with its parent: at once where it waits or runs Python, and when its time
is up at the latest.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import IO, BinaryIO

from ...search.errors import SourceError
from ..document import Parse, Part
from ..files.sources import MAX_GUIDE_BYTES, read_opened, too_large
from ..large_sheet import read_long
from ..readers import format_of
from .confine import close_calls, close_files
from .handover import Handed, Inbox
from .protection import Protection
from .wire import CLOCK_TIMES, OUT_OF_MEMORY, Answer, Read, Refused, Unreadable, send

if sys.platform != "win32":
    import resource
    import select


def main(memory: int, parser: str) -> None:
    """Answer requests from standard input until it ends, in at most ``memory`` bytes of address space.

    ``parser`` is the ``module:function`` that makes a guide of bytes and a file name. Where a file has left much memory
    behind, this process ends: the next file is to have as much as if it came first.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks decides what an interruption ends
    gc.set_threshold(50_000)
    answers, parse, inbox, held = _answers(), _named(parser), Inbox(), _address_space()
    landlock = close_files()
    if sys.platform != "win32":
        Thread(target=_end_with_parent, daemon=True).start()
    send(answers, Protection(landlock, close_calls(memory)))
    most_held = held() + memory // 4
    while held() <= most_held and (handed := inbox.next()) is not None:
        try:
            _answer(handed, parse, answers)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _answers() -> IO[bytes]:
    """Standard output for answers alone: whatever else is printed goes where errors go."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _address_space() -> Callable[[], int]:
    """What tells how much of it this process holds, for as long as it lives; 0 where the system tells nothing.

    The file that says it is opened while files can be.
    """
    if sys.platform == "win32" or not Path("/proc/self/statm").exists():
        return lambda: 0
    said = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
    return lambda: int(os.pread(said, 100, 0).split()[0]) * resource.getpagesize()


def _end_with_parent() -> None:
    """Wait until the other end of standard input is closed, which nobody but the parent holds."""
    watched = select.poll()
    watched.register(0, 0)
    watched.poll()
    os._exit(0)


def _named(parser: str) -> Parse:
    module, _, name = parser.partition(":")
    parse: Parse = getattr(import_module(module), name)
    return parse


def _answer(handed: Handed, parse: Parse, answers: IO[bytes]) -> None:
    """Send all there is of a file. The time counts for each part anew, and not while the parent is busy with one."""
    _allow(handed.seconds)
    for answer in _read(handed, parse):
        _allow(0)
        send(answers, answer)
        _allow(handed.seconds)
    _allow(0)


def _allow(seconds: float) -> None:
    """End this process where it computes for longer; for ever at 0. How long it waits is the parent's to tell."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)  # RLIMIT_CPU knows whole seconds only
    elif seconds:
        faulthandler.dump_traceback_later(CLOCK_TIMES * seconds, exit=True)
    else:
        faulthandler.cancel_dump_traceback_later()


def _read(handed: Handed, parse: Parse) -> Iterator[Answer]:
    try:
        with handed.opened as opened:
            form = format_of(handed.name)
            if form is not None and form.is_in_parts(os.fstat(opened.fileno()).st_size):
                yield from _in_parts(opened, handed.name)
            else:
                data = read_opened(opened)
                yield Read(len(data), sha256(data).hexdigest(), parse(data, handed.name))
    except SourceError as error:
        yield Refused(error.message, error.remedy)
    except OSError as error:
        yield Unreadable(error.errno or 0, error.strerror or str(error))


def _in_parts(opened: BinaryIO, name: str) -> Iterator[Answer]:
    hashed = _Hashed(opened)
    for found in read_long(hashed, name):
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
        if self.size > MAX_GUIDE_BYTES:
            raise too_large()
        return data
