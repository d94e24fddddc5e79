"""Hands open files to the process that reads them, which then need not be able to open one.

Windows has no way to send a descriptor: there the other process opens the file again, by its path.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

from .wire import ReadRequest, WireError, framed, receive

if sys.platform != "win32":
    import socket

MAX_REQUEST = 1 << 16


class Handed(NamedTuple):
    """A file to read, by the name that tells its format, and the seconds of computing that it may take."""

    name: str
    opened: BinaryIO
    seconds: float


if sys.platform == "win32":

    class Outbox:
        """The end of the process that asks."""

        theirs = subprocess.PIPE

        def __init__(self) -> None:
            self._pipe: IO[bytes] | None = None

        def started(self, process: subprocess.Popen[bytes]) -> None:
            """The other process has ``theirs`` as its standard input."""
            self._pipe = process.stdin

        def hand(self, file: Path, _: BinaryIO, seconds: float) -> None:
            """Ask for a file. Raises OSError where the other process has ended."""
            if self._pipe is None:
                raise AssertionError("the process was started")
            self._pipe.write(framed(ReadRequest(str(file), seconds)))
            self._pipe.flush()

        def close(self) -> None:
            """Nothing more is asked."""
            if self._pipe is not None:
                with suppress(OSError):
                    self._pipe.close()

    class Inbox:
        """The end of the process that reads."""

        def next(self) -> Handed | None:
            """The next file; None where nothing more is asked. Raises OSError where it cannot be opened."""
            try:
                request: ReadRequest = receive(sys.stdin.buffer, MAX_REQUEST)
            except WireError:
                return None
            return Handed(Path(request.file).name, Path(request.file).open("rb"), request.seconds)

else:

    class Outbox:
        """The end of the process that asks."""

        def __init__(self) -> None:
            self._ours, self._given = socket.socketpair()
            self.theirs = self._given.fileno()

        def started(self, _: subprocess.Popen[bytes]) -> None:
            """The other process has ``theirs`` as its standard input."""
            self._given.close()

        def hand(self, file: Path, opened: BinaryIO, seconds: float) -> None:
            """Ask for a file. Raises OSError where the other process has ended."""
            socket.send_fds(self._ours, [framed(ReadRequest(file.name, seconds))], [opened.fileno()])

        def close(self) -> None:
            """Nothing more is asked."""
            self._ours.close()

    class Inbox:
        """The end of the process that reads."""

        def __init__(self) -> None:
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=0)

        def next(self) -> Handed | None:
            """The next file; None where nothing more is asked."""
            data, descriptors, *_ = socket.recv_fds(self._socket, MAX_REQUEST, 1)
            try:
                request: ReadRequest = receive(BytesIO(data), MAX_REQUEST)
                return Handed(request.file, os.fdopen(descriptors[0], "rb"), request.seconds)
            except WireError:
                return None
