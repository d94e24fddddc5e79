"""Landlock: from here on a process of Linux opens no file but those that it names, whoever's file it is.

https://docs.kernel.org/userspace-api/landlock.html has the calls and the numbers.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""The same numbers on every machine."""
_VERSION = 1
_BENEATH = 1
_NO_NEW_PRIVILEGES = 38

_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_FILES = ((1, (1 << 13) - 1), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
"""Which kinds of access each version of Landlock governs, by their bits: the first thirteen, rename across folders,
truncate, control of devices."""
_NETWORK = (4, 0b11)
"""Binding and connecting TCP."""
_SCOPES = (6, 0b11)
"""Abstract sockets of others, and signals to others."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("place", ctypes.c_int32))


def version() -> int:
    """The kernel's Landlock, from 1 on; 0 where it has none."""
    return max(0, _call(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION))


def read_only(places: Iterable[Path]) -> int:
    """Let this thread, and those that it starts, read these files and folders, and open nothing else.

    Gives the version in force, or 0 where the kernel has no Landlock, or not all of it was granted. There is no way
    back: it also gives up the privileges of programs that it may start.
    """
    known = version()
    if not known:
        return 0
    wanted = _Ruleset(
        sum(bits for since, bits in _FILES if since <= known),
        _NETWORK[1] if known >= _NETWORK[0] else 0,
        _SCOPES[1] if known >= _SCOPES[0] else 0,
    )
    rules = _call(_CREATE_RULESET, ctypes.byref(wanted), ctypes.c_size_t(_size(known)), 0)
    if rules < 0:
        return 0
    try:
        for place in places:
            _allow(rules, place)
        return known if no_new_privileges() and _call(_RESTRICT_SELF, rules, 0) == 0 else 0
    finally:
        os.close(rules)


def no_new_privileges() -> bool:
    """Whether programs that this process starts get no right that it has not."""
    return bool(_libc().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0)


def _size(known: int) -> int:
    """Bytes of the ruleset that this version reads."""
    return 8 * (1 + (known >= _NETWORK[0]) + (known >= _SCOPES[0]))


def _allow(rules: int, place: Path) -> None:
    """Reading below a place; one that is not there needs no rule."""
    try:
        opened = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rule = _Beneath(_READ_FILE | (_READ_FOLDER if place.is_dir() else 0), opened)
        _call(_ADD_RULE, rules, _BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(opened)


def _call(number: int, *arguments: object) -> int:
    result: int = _libc().syscall(ctypes.c_long(number), *arguments)
    return result


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
