"""Patterns of ignore files, with the meaning that gitignore gives them (but for named classes, ``[[:digit:]]``).

Ignore files come with the guides and are as little trusted. So a pattern is matched folder by folder, and what a star
stands for is tried from one place on only (an atomic group): time grows with pattern times path, however many stars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Part = re.Pattern[str] | None
"""What one folder's name must be; None stands for ``**``, any number of folders."""

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of an ignore file."""

    parts: tuple[Part, ...]
    negated: bool
    folders_only: bool
    anchored: bool
    """Whether it speaks of the whole path below the ignore file's folder, not of a name at any depth."""

    def matches(self, path: Sequence[str], *, folder: bool) -> bool:
        """Whether it speaks of a path, whose parts are given from the ignore file's folder on."""
        if self.folders_only and not folder:
            return False
        return _match(self.parts, path if self.anchored else path[-1:])


def pattern(line: str) -> Pattern | None:
    """The pattern of a line; None where it is blank or a comment."""
    line = _without_spaces(line.removesuffix("\r"))
    negated = line.startswith("!")
    body = line[negated:].removesuffix("/")
    if not body or line.startswith("#"):
        return None
    anchored = "/" in body
    parts = body.removeprefix("/").split("/")
    made = tuple(None if anchored and part == "**" else _name(part) for part in parts)
    return Pattern(made, negated, line.endswith("/"), anchored)


def _without_spaces(line: str) -> str:
    """Without spaces at the end; one after a backslash stays."""
    bare = line.rstrip(" ")
    escaped = (len(bare) - len(bare.rstrip("\\"))) % 2
    return line[: len(bare) + escaped]


def _match(parts: Sequence[Part], path: Sequence[str]) -> bool:
    """Match part by part. After a mismatch the last ``**`` takes one folder more; none before it needs another try."""
    at = here = 0
    resume: tuple[int, int] | None = None
    while here < len(path):
        part = parts[at] if at < len(parts) else _NEVER
        if part is None:
            resume = (at + 1, here + 1)
            if at + 1 == len(parts):
                return True
            at += 1
        elif part.match(path[here]):
            at, here = at + 1, here + 1
        elif resume is not None:
            at, here = resume
            resume = (at, here + 1)
        else:
            return False
    return at == len(parts)


def _name(text: str) -> re.Pattern[str]:
    """A regular expression for one name; one that never matches for what is no pattern, such as ``[a``."""
    runs = [""]
    for element in _elements(text):
        if element is None:
            return _NEVER
        if element == "*":
            runs.append("")
        else:
            runs[-1] += element
    first, *others = runs
    if not others:
        return re.compile(rf"{first}\Z", re.DOTALL)
    between = "".join(f"(?>.*?{run})" for run in others[:-1] if run)
    return re.compile(rf"{first}{between}.*{others[-1]}\Z", re.DOTALL)


def _elements(text: str) -> Iterator[str | None]:
    """``*``, or a regular expression for one character; None where the pattern is broken off."""
    at = 0
    while at < len(text):
        char = text[at]
        if char == "[":
            one, at = _set(text, at + 1)
        elif char == "\\":
            one, at = re.escape(text[at + 1]) if at + 1 < len(text) else None, at + 2
        else:
            one, at = {"*": "*", "?": "."}.get(char, re.escape(char)), at + 1
        yield one


def _set(text: str, at: int) -> tuple[str | None, int]:
    """What ``[…]`` stands for, and where it ends; ``at`` is behind its bracket."""
    negated = text[at : at + 1] in ("!", "^") and at < len(text)
    at += negated
    found: list[str] = []
    while at < len(text) and (text[at] != "]" or not found):
        first, at = _member(text, at)
        last = first
        if text[at : at + 1] == "-" and text[at + 1 : at + 2] not in ("]", ""):
            last, at = _member(text, at + 1)
        found.append(re.escape(first) + (f"-{re.escape(last)}" if last > first else ""))
    if at >= len(text):
        return None, at
    return f"[{'^' if negated else ''}{''.join(found)}]", at + 1


def _member(text: str, at: int) -> tuple[str, int]:
    escaped = text[at] == "\\" and at + 1 < len(text)
    return text[at + escaped], at + escaped + 1
