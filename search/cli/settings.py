"""What holds for every command, and the index that it opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..errors import IndexMissingError, UsageError
from ..store.generation import is_unused
from ..store.location import Place, index_folder
from ..store.open import Index, open_index
from .writing import note

COMPLETION_VARIABLE = "_CITEGUIDE_COMPLETE"
"""Set where a shell asks what may stand on a command line."""
ANSWER_LIMIT = 60.0
"""What one question to the index may take: an index from elsewhere may be made so that reading it never ends."""


class Settings:
    """What was said before or after the command's name and holds for every command."""

    def __init__(
        self, index: Place | None = None, *, debug: bool = False, fill: Callable[[Path], None] | None = None
    ) -> None:
        """``fill`` makes the first index, of the guides that citeguide ships with; the program says how."""
        self.index, self.debug, self.fill = index, debug, fill

    def place(self) -> Place:
        """Where the index lies, whether it exists or not."""
        return index_folder(self.index)

    def folder(self, what: str) -> Path:
        """The same for what needs a folder. Raises UsageError where the index lies on a cluster."""
        chosen = self.place()
        if not isinstance(chosen, Path):
            raise UsageError(f"{what} needs an index in a folder", "name one with --index")
        return chosen

    def open(self, *, quiet: bool = False) -> Index:
        """The index, opened for reading. Raises IndexMissingError where there is none."""
        opened = open_index(self.place())
        if opened.trouble and not quiet:
            note(f"citeguide: {opened.trouble}; 'citeguide index' mends it")
        opened.catalog.stop_after(ANSWER_LIMIT)
        return opened

    def open_or_fill(self) -> Index:
        """The index; where there is none, and nothing in its place, one of the shipped guides is made first."""
        try:
            return self.open()
        except IndexMissingError:
            folder = self.place()
            if self.fill is None or not isinstance(folder, Path) or not is_unused(folder):
                raise
            self.fill(folder)
            return self.open()


def text_argument(value: str) -> str:
    """What was typed, where bytes that were no text become ``?``."""
    return value.encode("utf-8", "replace").decode("utf-8")
