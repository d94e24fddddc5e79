"""The language's data: every file says what it is, and every section is read by someone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from citeguide.search.lang.lexicon import MONTHS, Lexicon, any_of, lexicon, parted

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = sorted((ROOT / "search" / "lang" / "en").glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_says_what_it_is_and_where_it_comes_from(file: Path) -> None:
    """Its first lines are comments, the last of which names the source."""
    head = file.read_text("utf-8").split("\n\n")[0].split("\n")
    assert len(head) >= 2
    assert all(line.startswith("# ") for line in head)
    assert "citeguide" in head[-1] or "encyclopaedia" in head[-1]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_section_stands_twice(file: Path) -> None:
    """The second would hide the first without a word."""
    titles = [line[1:-1] for line in file.read_text("utf-8").split("\n") if line.startswith("[")]
    assert len(titles) == len(set(titles))


def test_every_section_is_read() -> None:
    """A section that no module names is dead, or has a wrong name."""
    code = "\n".join(path.read_text("utf-8") for part in ("search", "indexer") for path in (ROOT / part).rglob("*.py"))
    whole = {"measures", "exclusive_words", "prose_idf"}
    named = {(file.stem, title) for file in FILES for title in lexicon(file.stem).sections if title}
    unread = {(name, title) for name, title in named if name not in whole and not _is_named(title, code)}
    assert unread == set()


def _is_named(title: str, code: str) -> bool:
    parts = [title, title.removesuffix(" +").removesuffix(" -"), title.rpartition(", ")[2]]
    return any(f"{quote}{part}{quote}" in code for part in parts for quote in "\"'") or f", {parts[-1]}'" in code


def test_lines_comments_and_set_in_lines() -> None:
    """What the forms of a section give: words in order, phrases, keys with values, alternatives."""
    held = Lexicon({"": "# note\none two\n\nthree\n", "pairs": "a: b, c d,\n    e\nf: g\n"})
    assert held.ordered() == ("one", "two", "three")
    assert held.words() == {"one", "two", "three"}
    assert held.pairs("pairs") == (("a", "b, c d, e"), ("f", "g"))
    assert held.meanings("pairs") == {"b": "a", "c d": "a", "e": "a", "g": "f"}
    assert held.pattern() == "(?=[ot])(?:one two|three)"
    assert parted(" x ,, y z ") == ["x", "y z"]


def test_the_months_stand_in_order() -> None:
    """Dates are read and written by their places."""
    assert [MONTHS.index(name) for name in ("January", "June", "December")] == [0, 5, 11]


@pytest.mark.parametrize(
    ("alternatives", "found"),
    [
        (["from", "of"], ["From", "of"]),
        (["steps?", "includ(?:e|es)"], ["STEPS", "include"]),
        (["an?", r"\w+ing"], ["a", "writing", "a"]),
        (["t?here", "x*here"], ["here", "there"]),
        (["on|off", "up"], ["off", "up"]),
        ([], []),
    ],
)
def test_any_of_alternatives(alternatives: list[str], found: list[str]) -> None:
    """The same is found as without looking for a first letter, whatever the alternatives begin with."""
    text = "From here writing: STEPS of a thing there include off up a"
    plain = re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)
    ours = re.compile(rf"\b{any_of(alternatives)}\b", re.IGNORECASE)
    assert [match.group() for match in ours.finditer(text)] == [match.group() for match in plain.finditer(text)]
    assert set(found) <= {match.group() for match in ours.finditer(text)}
