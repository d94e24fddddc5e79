"""The language as data: what stands in ``lang/en``, each file read once, when first needed.

A file has a header of comments (``#``) that says what it is and where it comes from. ``[name]`` begins a section; text
before the first is the section without a name. A line that is set in goes on with the one above it. What a line means
is up to who reads it: words, phrases separated by commas, ``key: value``, or one alternative of a regular expression.
Another language would be another folder.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

SET_IN = "\n    "
_GROUP = re.compile(r"\([^()]*\)")
_FOLDER = Path(__file__).parent / "en"


class Lexicon(NamedTuple):
    """One file of the language's data."""

    sections: Mapping[str, str]
    """Each section as it is written, by its name, in order."""

    def words(self, section: str = "") -> frozenset[str]:
        """The words of a section."""
        return frozenset(self.ordered(section))

    def ordered(self, section: str = "") -> tuple[str, ...]:
        """The words of a section, in order."""
        return tuple(" ".join(self.lines(section)).split())

    def lines(self, section: str = "") -> tuple[str, ...]:
        """The lines of a section, in order."""
        joined = self.sections[section].replace(SET_IN, " ")
        return tuple(line for line in joined.split("\n") if line and line[0] != "#")

    def phrases(self, section: str = "") -> frozenset[str]:
        """The phrases of a section."""
        return frozenset(phrase for line in self.lines(section) for phrase in parted(line))

    def pairs(self, section: str = "") -> tuple[tuple[str, str], ...]:
        """The lines ``key: value`` of a section, in order."""
        cut = (line.partition(":") for line in self.lines(section))
        return tuple((key.strip(), value.strip()) for key, _, value in cut)

    def meanings(self, section: str = "") -> dict[str, str]:
        """What each phrase means, from lines ``meaning: phrase, phrase``."""
        return {phrase: meaning for meaning, said in self.pairs(section) for phrase in parted(said)}

    def pattern(self, section: str = "") -> str:
        """The lines of a section as the alternatives of a regular expression."""
        return any_of(self.lines(section))


def any_of(alternatives: Sequence[str]) -> str:
    """A regular expression for any of these, which are such; the first that fits counts.

    Where all begin with a letter it looks for one of those letters first: without regard to case a text is gone through
    twice as fast so.
    """
    initials = sorted({_initial(each) for each in alternatives})
    ahead = f"(?=[{''.join(initials)}])" if initials and all(initials) else ""
    return f"{ahead}(?:{'|'.join(alternatives)})"


def _initial(alternative: str) -> str:
    """The letter that whatever fits begins with; empty where that is not plain."""
    outside = _GROUP.sub("", alternative)
    plain = alternative[:1].isalpha() and alternative[1:2] not in ("?", "*", "{") and "|" not in outside
    return alternative[0] if plain else ""


def read_sections(path: Path) -> Lexicon:
    """A file of this form, wherever it lies: what is data of other parts is written like the language."""
    head, *rest = path.read_text("utf-8").split("\n[")
    named = (section.partition("]\n") for section in rest)
    return Lexicon({"": head} | {title: body for title, _, body in named})


@cache
def lexicon(name: str) -> Lexicon:
    """The file of that name."""
    return read_sections(_FOLDER / f"{name}.txt")


MONTHS = tuple(names.split(",")[0].capitalize() for _, names in lexicon("quantities").pairs("months"))
"""The months' names, in order."""


def parted(phrases: str) -> list[str]:
    """Phrases separated by commas."""
    return [phrase for part in phrases.split(",") if (phrase := part.strip())]
