"""What the system keeps the process that reads guides from, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Protection(NamedTuple):
    """What is in force in that process."""

    landlock: int
    """The version that closes all files but those of this Python; 0 where none does."""
    seccomp: bool
    """Whether the calls that reading needs not are refused."""

    def deeds(self) -> dict[str, bool]:
        """What a file that has taken the process over might do, and whether it is kept from it."""
        return {
            "opening other files": self.landlock > 0,
            "writing files": self.landlock > 0 or self.seccomp,
            "using the network": self.seccomp,
            "starting programs": self.seccomp,
        }

    def sentence(self) -> str:
        """Both halves, for whoever runs it."""
        means = [f"Landlock {self.landlock}"] * (self.landlock > 0) + ["seccomp"] * self.seccomp
        kept = _listed(deed for deed, is_kept in self.deeds().items() if is_kept)
        free = _listed(deed for deed, is_kept in self.deeds().items() if not is_kept)
        said = "guides are read in a process of limited time and memory"
        said += f", kept from {kept} ({', '.join(means)})" if kept else ""
        return said + (f"; nothing here keeps it from {free}" if free else "")


def _listed(words: Iterable[str]) -> str:
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last
