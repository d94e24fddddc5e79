"""Seccomp: from here on a process of Linux makes no call of the system but those of a list.

The list is ``syscalls.csv``; ``_CONDITIONS`` narrows some by what they are called with. It holds what reading takes:
memory, clocks, and files that are opened for reading. There is no call in it for the network, for starting a process,
for changing a file or who owns it, or for a signal to anyone else.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""The machines whose numbers the list has, and by which number the kernel knows them (AUDIT_ARCH)."""
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_OTHER_ABI = 0x40000000
"""From here on x86_64 has the numbers of another way to call it (x32)."""
_NEWER = 424
"""From this number on, the same on every machine, calls are so young that every C library does without them: they are
said not to exist, and the older call is made that the list knows."""
_MODE_FILTER, _ALL_THREADS = 1, 1

_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
"""Where these stand in what a filter is given."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_IOCTLS = (0x5401, 0x5413, 0x541B, 0x5450, 0x5451)
"""Whether it is a terminal, how wide, how many bytes wait; open in other programs or not."""
_FCNTLS = (0, 1, 2, 3, 4, 1030)
"""Duplicates and flags; not who is sent a signal when something happens."""

CALLS_LIST = Path(__file__).with_name("syscalls.csv")

Instruction = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def is_known() -> bool:
    """Whether the list has numbers for this machine."""
    return sys.platform == "linux" and platform.machine() in _ARCHITECTURES and sys.maxsize > 2**32


def confine() -> bool:
    """Refuse everything but the list from now on, to all threads; gives whether the kernel does.

    The process must have given up new privileges before, as ``landlock.no_new_privileges`` does.
    """
    if not is_known():
        return False
    machine = platform.machine()
    code = program(machine, os.getpid())
    filled = _Program(len(code), b"".join(struct.pack("HBBI", *each) for each in code))
    call = ctypes.CDLL(None, use_errno=True).syscall
    return bool(call(ctypes.c_long(_SECCOMP[machine]), _MODE_FILTER, _ALL_THREADS, ctypes.byref(filled)) == 0)


def program(machine: str, process: int) -> list[Instruction]:
    """The filter of a machine, in the kernel's instructions, for a process of this number."""
    code = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, _ARCHITECTURES[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if machine == "x86_64":
        code += [(_AT_LEAST, 0, 1, _OTHER_ABI), (_RETURN, 0, 0, _REFUSE | errno.EPERM)]
    for name, number in numbers(machine):
        body = [*_condition(name, process), (_RETURN, 0, 0, _REFUSE | errno.EPERM)]
        code += [(_EQUAL, 0, len(body), number), *body] if len(body) > 1 else [
            (_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)
        ]  # fmt: skip
    code += [
        (_AT_LEAST, 0, 1, _NEWER),
        (_RETURN, 0, 0, _REFUSE | errno.ENOSYS),
        (_RETURN, 0, 0, _REFUSE | errno.EPERM),
    ]
    return code


def numbers(machine: str) -> Iterator[tuple[str, int]]:
    """The calls of the list that this machine has, with its number for each."""
    rows = (line.split(",") for line in CALLS_LIST.read_text("ascii").splitlines() if not line.startswith("#"))
    column = next(rows).index(machine)
    for row in rows:
        if row[column]:
            yield row[0], int(row[column])


def _condition(name: str, process: int) -> list[Instruction]:
    """Instructions that allow a call by its arguments; none where any will do."""
    match name:
        case "open":
            return _unless_any(1, _WRITING)
        case "openat":
            return _unless_any(2, _WRITING)
        case "fcntl":
            return _if_one_of(1, _FCNTLS)
        case "ioctl":
            return _if_one_of(1, _IOCTLS)
        case "kill" | "tgkill":
            return _if_one_of(0, (process,))
        case "prlimit64":  # to look at a limit, not to set one
            return [_load(2), (_EQUAL, 0, 3, 0), _load(2, high=True), (_EQUAL, 0, 1, 0), (_RETURN, 0, 0, _ALLOW)]
    return []


def _unless_any(argument: int, bits: int) -> list[Instruction]:
    return [_load(argument), (_ANY_BIT, 1, 0, bits), (_RETURN, 0, 0, _ALLOW)]


def _if_one_of(argument: int, values: tuple[int, ...]) -> list[Instruction]:
    tests = [(_EQUAL, len(values) - n - 1, 0 if n < len(values) - 1 else 1, v) for n, v in enumerate(values)]
    return [_load(argument), *tests, (_RETURN, 0, 0, _ALLOW)]


def _load(argument: int, *, high: bool = False) -> Instruction:
    """Half an argument; both machines have the low half first."""
    return (_LOAD, 0, 0, _ARGUMENTS + 8 * argument + 4 * high)
