"""Which files and folders an indexed folder's ignore files leave out.

A file ``.citeguideignore`` speaks of what lies below its own folder, in the form of a .gitignore: the last pattern that
matches decides, those of inner folders after those of outer ones, and nothing below an ignored folder comes back in.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...search.errors import SourceError
from ..report import Failure
from .globs import Pattern, pattern
from .opening import open_regular

IGNORE_FILE = ".citeguideignore"
MAX_IGNORE_BYTES = 64 * 2**10
MAX_PATTERNS = 1_000
"""In force in one folder: each is held against every name there."""

Rules = tuple[tuple[int, Pattern], ...]
"""Patterns, each with the depth of its ignore file's folder below the root; the last to decide comes first."""


class Ignored:
    """The ignore files below one root, each read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._rules: dict[tuple[str, ...], Rules | None] = {}
        self.failures: list[Failure] = []
        """Folders whose ignore file cannot be used: they are held, as nobody knows what must be left out."""

    def holds(self, path: Path, *, folder: bool = False) -> bool:
        """Whether a file or folder below the root, or a folder that it lies in, is ignored."""
        return self.holds_parts(path.relative_to(self._root).parts, folder=folder)

    def holds_parts(self, parts: tuple[str, ...], *, folder: bool = False) -> bool:
        """The same of a place by its parts below the root."""
        rules = self._within((), ())
        for depth in range(1, len(parts)):
            rules = None if rules is None else self._within(parts[:depth], rules)
        return rules is None or (bool(rules) and _ignored(rules, parts, folder=folder))

    def _within(self, folder: tuple[str, ...], outer: Rules) -> Rules | None:
        """The rules in a folder, given those around it; None where all of it is ignored."""
        if folder not in self._rules:
            left_out = folder and _ignored(outer, folder, folder=True)
            self._rules[folder] = None if left_out else self._read(folder, outer)
        return self._rules[folder]

    def _read(self, folder: tuple[str, ...], outer: Rules) -> Rules | None:
        try:
            own = _patterns(self._root, folder, MAX_PATTERNS - len(outer))
        except FileNotFoundError:
            return outer
        except (OSError, SourceError) as error:
            reason = error.message if isinstance(error, SourceError) else error.strerror
            here = str(self._root.joinpath(*folder))
            self.failures.append(
                Failure(here, f"its {IGNORE_FILE} cannot be used ({reason})", "mend it", looked_at=False)
            )
            return None
        return (*((len(folder), each) for each in reversed(own)), *outer)


def _patterns(root: Path, folder: Sequence[str], most: int) -> list[Pattern]:
    with open_regular(root.joinpath(*folder, IGNORE_FILE)) as file:
        data = file.read(MAX_IGNORE_BYTES + 1)
    lines = data.decode("utf-8-sig", "surrogateescape").split("\n")
    found = [each for each in map(pattern, lines) if each is not None]
    if len(data) > MAX_IGNORE_BYTES or len(found) > most:
        raise SourceError(f"more than {MAX_PATTERNS:,} patterns, or {MAX_IGNORE_BYTES // 2**10} KB")
    return found


def _ignored(rules: Rules, path: Sequence[str], *, folder: bool) -> bool:
    deciding = next((each for depth, each in rules if each.matches(path[depth:], folder=folder)), None)
    return deciding is not None and not deciding.negated
