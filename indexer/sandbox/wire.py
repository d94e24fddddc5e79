"""What the process that reads files and the one that asked it say to each other: frames that hold plain data.

A file may have taken the reading process over, so what comes from there is read as hostile: of bounded size, and by an
unpickler that makes plain data and our own dataclasses, which do nothing by being made.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import IO, Any, NamedTuple, Protocol

from ...search import column_kinds, model
from .. import document
from ..document import ParsedGuide, Part
from .protection import Protection

OUT_OF_MEMORY = 3
"""The reading process's exit status where its memory did not do."""

CLOCK_TIMES = 3
"""How many times as long as it may compute the reading process may take by the clock."""

MOST_FIRST = 1 << 12
"""Bytes of the first frame."""

_SIZE = struct.Struct("!Q")


class ReadRequest(NamedTuple):
    """Read this file, and give up after so many seconds of computing."""

    file: str
    """Its name; its path where the file is not handed over."""
    seconds: float


class Read(NamedTuple):
    """What a file was when it was read, and the guide that it holds, but for the parts of it that were sent before."""

    size: int
    sha256: str
    guide: ParsedGuide


class Refused(NamedTuple):
    """The file is no guide: the reason and the remedy of a SourceError."""

    reason: str
    remedy: str


class Unreadable(NamedTuple):
    """The system does not give the file: what its OSError said."""

    number: int
    reason: str


Answer = Read | Part | Refused | Unreadable
"""One to a request, after any number of parts."""


class WireError(Exception):
    """The other side ended, or said what cannot be understood."""


class TooLargeError(WireError):
    """The other side says more than it may."""


class ByteStream(Protocol):
    """Bytes, in order."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, or fewer where there are no more."""
        ...


def framed(message: ReadRequest) -> bytes:
    """A request as it is sent."""
    data = pickle.dumps(message, protocol=5)
    return _SIZE.pack(len(data)) + data


def send(file: IO[bytes], message: Protection | Answer) -> None:
    """Write one frame."""
    data = pickle.dumps(message, protocol=5)
    file.write(_SIZE.pack(len(data)))
    file.write(data)
    file.flush()


def receive_answer(file: ByteStream, most: int) -> Answer:
    """The next frame as an answer; raises as ``receive`` does."""
    message = receive(file, most)
    if not isinstance(message, Answer):
        raise WireError("no answer")
    return message


def receive_protection(file: ByteStream) -> Protection:
    """The first frame, which says that requests may come; raises as ``receive`` does."""
    message = receive(file, MOST_FIRST)
    if not isinstance(message, Protection):
        raise WireError("no beginning")
    return message


def receive(file: ByteStream, most: int) -> Any:
    """The next frame's message. Raises WireError at the end and for damage, TooLargeError above ``most`` bytes."""
    head = file.read(_SIZE.size)
    if len(head) < _SIZE.size:
        raise WireError("the end")
    (size,) = _SIZE.unpack(head)
    if size > most:
        raise TooLargeError("too much")
    data = file.read(size)
    if len(data) < size:
        raise WireError("the end")
    try:
        return _PlainData(BytesIO(data)).load()
    except _DAMAGE as error:
        raise WireError("not plain data") from error


_DAMAGE = (
    ArithmeticError, AttributeError, EOFError, LookupError, MemoryError, RecursionError, TypeError, ValueError,
    pickle.UnpicklingError,
)  # fmt: skip


class _PlainData(pickle.Unpickler):
    """Knows only what a guide is made of."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a guide")
        return _KNOWN[module, name]


def _classes() -> Iterator[type]:
    for module in (document, model, column_kinds):
        yield from (c for c in vars(module).values() if isinstance(c, type) and c.__module__ == module.__name__)
    yield from (ReadRequest, Protection, Read, Refused, Unreadable, Decimal)


_KNOWN = {(known.__module__, known.__name__): known for known in _classes()}
