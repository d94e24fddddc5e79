"""Runs a function in a child process and stops it at the n-th of its calls that change files: killed, or refused.

It traces the child (Linux, x86-64), so the calls of SQLite and of Python's own C code count as ours do.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import sys
from collections.abc import Callable
from typing import Literal

TRACEME, SYSCALL, GETREGS, SETREGS, SETOPTIONS = 0, 24, 12, 13, 0x4200
OPTIONS = 0x100001
"""The child dies with us; stops at calls are told from others."""
AT_CALL = signal.SIGTRAP | 0x80
RAX, RDX, RSI, ORIG_RAX = 10, 12, 13, 15
OPEN, OPENAT = 2, 257
CHANGING = {1, 18, 40, 73, 74, 75, 76, 77, 82, 83, 84, 86, 87, 257, 2, 258, 263, 264, 265, 316, 326}
"""write, pwrite, sendfile, flock, fsync, fdatasync, truncate, ftruncate, rename, mkdir, rmdir, link, unlink, open."""
Registers = ctypes.c_ulong * 27
Do = Literal["kill", "once", "for ever", "count"]


def can_trace() -> bool:
    """Whether this machine is one that the tracer knows."""
    return sys.platform == "linux" and platform.machine() == "x86_64"


def run(act: Callable[[], object], at: int, do: Do, error: int = 0) -> tuple[int, int]:
    """Run ``act``, and at its ``at``-th changing call, from 1, kill it, or refuse this one, or all from then on.

    Gives how many such calls there were, and how the child ended: 0 done, 1 failed with an error of ours, 2 with
    another one, -9 killed.
    """
    child = os.fork()
    if child == 0:
        _child(act)
    trace = ctypes.CDLL(None, use_errno=True).ptrace
    trace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    os.waitpid(child, 0)
    trace(SETOPTIONS, child, None, OPTIONS)
    registers, seen, entering, refused, forward = Registers(), 0, True, False, 0
    while True:
        trace(SYSCALL, child, None, forward)
        _, status = os.waitpid(child, 0)
        if not os.WIFSTOPPED(status):
            return seen, os.waitstatus_to_exitcode(status)
        forward = 0 if os.WSTOPSIG(status) == AT_CALL else os.WSTOPSIG(status)
        if forward:
            continue
        trace(GETREGS, child, None, ctypes.byref(registers))
        if entering and _changes(registers):
            seen += 1
            if do == "kill" and seen == at:
                os.kill(child, signal.SIGKILL)
            elif (do == "once" and seen == at) or (do == "for ever" and seen >= at):
                refused = True
                registers[ORIG_RAX] = ctypes.c_ulong(-1).value
                trace(SETREGS, child, None, ctypes.byref(registers))
        elif not entering and refused:
            refused = False
            registers[RAX] = ctypes.c_ulong(-error).value
            trace(SETREGS, child, None, ctypes.byref(registers))
        entering = not entering


def _changes(registers: ctypes.Array[ctypes.c_ulong]) -> bool:
    number = registers[ORIG_RAX]
    flags = registers[RDX] if number == OPENAT else registers[RSI]
    return number in CHANGING and (number not in (OPEN, OPENAT) or bool(flags & os.O_CREAT))


def _child(act: Callable[[], object]) -> None:
    from citeguide.search.errors import CiteguideError

    status = 2
    try:
        ctypes.CDLL(None).ptrace(TRACEME, 0, None, None)
        os.kill(os.getpid(), signal.SIGSTOP)
        act()
        status = 0
    except CiteguideError:
        status = 1
    finally:
        os._exit(status)
