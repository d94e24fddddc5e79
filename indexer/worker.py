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
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import IO

from ..search.errors import SourceError
from .parsed import Parse
from .sources import read
from .wire import OUT_OF_MEMORY, Answer, Read, Refused, Request, Unreadable, WireError, receive, send

if sys.platform != "win32":
    import resource
    import select

MAX_REQUEST = 1 << 20


def main(memory: int, parser: str) -> None:
    """Answer requests from standard input until it ends, in at most ``memory`` bytes of address space.

    ``parser`` is the ``module:function`` that makes a guide of bytes and a file name.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks decides what an interruption ends
    gc.set_threshold(50_000)
    answers = _answers()
    parse = _named(parser)
    _bind(memory)
    while (request := _next()) is not None:
        faulthandler.dump_traceback_later(request.seconds, exit=True)
        try:
            send(answers, _read(Path(request.path), parse))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        faulthandler.cancel_dump_traceback_later()


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


def _end_with_parent() -> None:
    """Wait until the other end of standard input is closed, which nobody but the parent holds."""
    watched = select.poll()
    watched.register(0, 0)
    watched.poll()
    os._exit(0)


def _next() -> Request | None:
    try:
        request: Request = receive(sys.stdin.buffer, MAX_REQUEST)
    except WireError:
        return None
    return request


def _named(parser: str) -> Parse:
    module, _, name = parser.partition(":")
    parse: Parse = getattr(import_module(module), name)
    return parse


def _read(file: Path, parse: Parse) -> Answer:
    try:
        data = read(file)
        return Read(len(data), sha256(data).hexdigest(), parse(data, file.name))
    except SourceError as error:
        return Refused(error.message, error.remedy)
    except OSError as error:
        return Unreadable(error.errno or 0, error.strerror or str(error))
