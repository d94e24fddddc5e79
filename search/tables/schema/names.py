"""The names in one column of a table, and where a question mentions them: whole, by a part, or by a nickname.

"Los Angeles-Long Beach-Glendale, CA Metropolitan Division" is mentioned by "Long Beach", by "Long Beach, California",
by "LA"; "Financial and Investment Analysts" by "investment analysts". Where a mention means several rows, none is
chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from ...column_kinds import ColumnRole
from ...lang.lexicon import lexicon
from ...lang.states import ABBREVIATIONS, STATES
from ...model import Place
from ...query.expansion import START
from ...text.tokenizer import STOP_WORDS, Term, stems_and_words
from ..parse.vocabulary import phrases
from .nicknames import NICKNAMES, SEVERAL, STATE_NICKNAMES

_PLACES = lexicon("places")

Stems = tuple[str, ...]

SPELLINGS = _PLACES.meanings("spellings")
"""Stems that are written in two ways, to the one that is compared."""
GENERIC = lexicon("table_headers").words("generic")
"""Stems of an occupation's name without which it is still named."""
KIND_WORDS: dict[str, frozenset[str]] = {
    "state": _PLACES.words("behind a state"),
    "nation": frozenset(),
    "": _PLACES.words("behind a place"),
}
"""Words that may stand behind a place's name ("the Fresno area") by its kind; ``""`` for all other kinds."""
OF_PLACE = _PLACES.words("between a kind and its place")
GREATER = _PLACES.words("wider than a place")
METRO = _PLACES.words("around a place")
"""Words that may stand before a place's name: "the city of Fresno", "greater Fresno", "metro Fresno"."""
WORDS_LIKE_CODES = _PLACES.words("words like codes")
"""Words that without capitals are no abbreviations of states."""
_STATE_TAIL = re.compile(r",\s*[A-Z]{2}(?:-[A-Z]{2})*\b.*")
_LISTED = re.compile(r"[;,(]|\band\b")
_KIND_TAIL = re.compile(rf"\s+(?:{_PLACES.pattern('kind behind a name')})\s*$", re.I)


class Mention(NamedTuple):
    """A name in a question: terms ``first`` to ``last``, and the keys of the column that it can mean."""

    column: int
    role: ColumnRole
    keys: tuple[str, ...]
    first: int
    last: int
    whole: bool
    """Whether it is the name itself, not a part of it or another name for it."""
    choice: bool = False
    """Whether the words mean several places at once ("the Bay Area")."""

    def has_role(self, *roles: ColumnRole) -> bool:
        """Whether it has one of these roles."""
        return self.role in roles


class Names:
    """The names of one column: ``texts`` as they stand in the table, by key."""

    def __init__(self, column: int, role: ColumnRole, texts: dict[str, str], places: dict[str, Place]) -> None:
        self.column, self.role, self.texts, self.places = column, role, texts, places
        self.phrases: dict[Stems, tuple[int, list[str]]] = {}
        """Stems to the rank of the reading (0 whole, 1 part, 2 nickname) and the keys."""
        self.known: frozenset[str] | None = None
        """What ``words`` gives, once it was asked for."""
        self.own: dict[str, Stems] = {}
        """The telling stems of names that were looked at."""
        for key, text in texts.items():
            for rank, phrase in _phrases(text, role, places.get(key)):
                self._add(phrase, rank, key)
        if self.has_role(ColumnRole.PLACE):
            self._add_nicknames()
        self.longest = max(map(len, self.phrases), default=1)

    def has_role(self, *roles: ColumnRole) -> bool:
        """Whether it has one of these roles."""
        return self.role in roles

    def mentions(self, words: Sequence[Term], text: str) -> Iterator[Mention]:
        """Where a question mentions these names, from the left, the longest first, without overlap."""
        stems = [canonical(term.stem, term.word, self.role) for term in words]
        at = 0
        while at < len(words):
            found = self._at(stems, words, text, at)
            if found is not None:
                yield found
                at = found.last + 1
            else:
                at += 1

    def words(self) -> frozenset[str]:
        """The folded words of the names, for reading misspelled ones."""
        if self.known is None:
            self.known = frozenset(chain.from_iterable(self._cut()))
        return self.known

    def neighbours(self) -> Iterator[tuple[str, str]]:
        """Words that stand side by side in a name."""
        return chain.from_iterable(map(pairwise, self._cut()))

    def _cut(self) -> Iterator[list[str]]:
        return ([word for _, word in stems_and_words(text) if word.isalpha()] for text in self.texts.values())

    def may_hold(self, word: Term) -> bool:
        """Whether any name can have this word: each has the letters that its stem begins with."""
        start = canonical(word.stem, word.word, self.role)[:START]
        return any(start in key for key in self.texts)

    def containing(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """The keys whose name holds all these stems in order, with at least half of the name's own words among them."""
        likely: Iterable[str] = self.texts
        if not self.has_role(ColumnRole.PLACE):
            begun = [one[:START] for one in wanted]
            likely = [key for key in self.texts if all(start in key for start in begun)]
        found = []
        for key in likely:
            own = self.own.get(key)
            if own is None:
                own = self.own[key] = tuple(self._own(self.texts[key]))
            held = set(wanted) <= set(own) if self.has_role(ColumnRole.LABEL) else _in_order(wanted, own)
            if held and 2 * len(wanted) >= len(own) and not self._is_group(key):
                found.append(key)
        return tuple(found)

    def _own(self, text: str) -> Iterator[str]:
        """The stems of a name that say something."""
        words = ((stem, word) for stem, word in stems_and_words(text) if word not in STOP_WORDS)
        return (one for stem, word in words if (one := canonical(stem, word, self.role)) not in GENERIC)

    def _at(self, stems: Sequence[str], words: Sequence[Term], text: str, at: int) -> Mention | None:
        for size in range(min(self.longest, len(stems) - at), 0, -1):
            rank, keys = self.phrases.get(tuple(stems[at : at + size]), (9, []))
            if not keys or not self._is_meant(words[at : at + size], text, rank, keys):
                continue
            if not self.has_role(ColumnRole.PLACE):
                return Mention(self.column, self.role, tuple(keys), at, at + size - 1, rank == 0)
            return self._with_surroundings(keys, rank, (at, at + size - 1), words, text)
        return None

    def _is_meant(self, words: Sequence[Term], text: str, rank: int, keys: Sequence[str]) -> bool:
        """Whether the words are the name: short ones as a code, ordinary ones with a capital where none need be.

        Groups of occupations are meant by their own words alone: "managers" are not "Management Occupations".
        """
        if len(words) == 1 and len(words[0].word) < 3:
            return rank == 2 or (_is_capital(words[0], text) and text[words[0].start : words[0].end].isupper())
        if any(self._is_group(key) and not all(word.word in key.split() for word in words) for key in keys):
            return False
        if tuple(word.word for word in words) not in phrases():
            return True
        return (
            self.has_role(ColumnRole.PLACE, ColumnRole.OCCUPATION)
            and words[0].start > 0
            and _is_capital(words[0], text)
        )

    def _is_group(self, key: str) -> bool:
        return self.has_role(ColumnRole.OCCUPATION) and key.endswith(" occupations")

    def _with_surroundings(
        self, keys: Sequence[str], rank: int, span: tuple[int, int], words: Sequence[Term], text: str
    ) -> Mention | None:
        """The mention with its state and kind: "Portland, Maine", "greater Fresno"; None where the state is another."""
        first, last = span
        state, end = _state_after(words, text, last)
        if state is not None and any(self._states(key) for key in keys):
            keys = [key for key in keys if state in self._states(key)]
            last = end
            if not keys:
                return None
        kinds = {self._kind(key) for key in keys}
        allowed = KIND_WORDS.get(next(iter(kinds)), KIND_WORDS[""]) if len(kinds) == 1 else KIND_WORDS[""]
        while last + 1 < len(words) and words[last + 1].word in allowed:
            last += 1
        if allowed and first >= 2 and words[first - 1].word in OF_PLACE and words[first - 2].word in allowed | GREATER:
            first -= 2
        elif allowed and first >= 1 and words[first - 1].word in GREATER | METRO:
            first -= 1
        return Mention(self.column, self.role, tuple(keys), first, last, rank == 0, choice=rank == 3)

    def _states(self, key: str) -> tuple[str, ...]:
        """The states that a place lies in; none for a state itself, and where its name does not say so."""
        place = self.places.get(key)
        return () if place is None or place.is_a("state") or not place.state else tuple(place.state.split("-"))

    def _kind(self, key: str) -> str:
        return self.places[key].kind if key in self.places else ""

    def _add_nicknames(self) -> None:
        plain = dict(self.phrases)
        for nicknames, of_states in ((NICKNAMES, False), (STATE_NICKNAMES, True)):
            for nickname, name in nicknames.items():
                for key in plain.get(phrase(name, ColumnRole.PLACE), (0, []))[1]:
                    if of_states == (key in self.places and self.places[key].is_a("state")):
                        self._add(phrase(nickname, ColumnRole.PLACE), 2, key)
        for nickname, several in SEVERAL.items():
            for name in several:
                for key in plain.get(phrase(name, ColumnRole.PLACE), (0, []))[1]:
                    self._add(phrase(nickname, ColumnRole.PLACE), 3, key)
        for key, place in self.places.items():
            if place.is_a("state") and place.state:
                self._add((place.state.lower(),), 0, key)

    def _add(self, words: Stems, rank: int, key: str) -> None:
        """A phrase means what it names best: the whole name goes before a part of another."""
        best, keys = self.phrases.get(words, (9, []))
        if words and rank < best:
            self.phrases[words] = (rank, [key])
        elif words and rank == best and key not in keys:
            keys.append(key)


def canonical(stem: str, word: str, role: ColumnRole) -> str:
    """What names are compared by: a place's words as they are, other words by their stems, so that one is many."""
    return SPELLINGS.get(word, word) if role == ColumnRole.PLACE else stem


def phrase(text: str, role: ColumnRole = ColumnRole.LABEL) -> Stems:
    """A name's words as they are compared."""
    return tuple(canonical(stem, word, role) for stem, word in stems_and_words(text))


def _phrases(text: str, role: ColumnRole, place: Place | None) -> Iterator[tuple[int, Stems]]:
    """What a name is known by: itself (0), its parts (1)."""
    whole = phrase(text, role)
    yield 0, whole
    base = text.partition("(")[0].strip() or text
    yield from _of_place(base, place) if role == ColumnRole.PLACE else _of_label(text, base, role, whole)


def _of_place(base: str, place: Place | None) -> Iterator[tuple[int, Stems]]:
    """Without its state and kind, and cut at its hyphens."""
    base = _STATE_TAIL.sub("", base) if place is None or not place.is_a("state") else base
    for name in (base, _KIND_TAIL.sub("", base)):
        yield 0, phrase(name, ColumnRole.PLACE)
    for part in re.split("--" if "--" in base else r"[-–/]", base):
        yield 1, phrase(part, ColumnRole.PLACE)
        yield 1, phrase(_KIND_TAIL.sub("", part), ColumnRole.PLACE)


def _of_label(text: str, base: str, role: ColumnRole, whole: Stems) -> Iterator[tuple[int, Stems]]:
    """Without a remark in brackets and the word "occupations", and what it lists."""
    core = whole if base == text else phrase(base)
    yield 0, core
    if core and core[-1] in GENERIC:
        yield 0, tuple(stem for stem in core if stem not in GENERIC)
    if _LISTED.search(text) is None:
        return
    if role == ColumnRole.LABEL:
        yield 1, phrase(re.split(r"[;,(]", text)[0])
    for part in _LISTED.split(text):
        own = phrase(part)
        is_listed = len(own) > 1 and part.strip() != text.strip()
        if is_listed and (role != ColumnRole.OCCUPATION or _is_named(own)):
            yield 1, own


def _is_named(words: Stems) -> bool:
    """Whether a part of an occupation's name says who: "Market Research Analysts", not "Including Health"."""
    return words[0] not in GENERIC and words[-1] not in GENERIC


def _state_after(words: Sequence[Term], text: str, last: int) -> tuple[str | None, int]:
    """The postal abbreviation of a state right behind a place's name, and the term that it ends with."""
    for size in (3, 2, 1):
        after = words[last + 1 : last + 1 + size]
        if len(after) < size or text[words[last].end : after[0].start].strip() not in ("", ","):
            continue
        name = " ".join(term.word for term in after)
        if name in STATES:
            return STATES[name], last + size
        code = text[after[0].start : after[0].end]
        if size == 1 and code in ABBREVIATIONS and not text.isupper():
            return code, last + 1
        if size == 1 and code.upper() in ABBREVIATIONS and code not in WORDS_LIKE_CODES:
            return code.upper(), last + 1
    return None, last


def _is_capital(word: Term, text: str) -> bool:
    """Whether a word begins with a capital that says something."""
    return text[word.start].isupper() and not text.isupper()


def _in_order(wanted: Sequence[str], own: Iterable[str]) -> bool:
    rest = iter(own)
    return all(word in rest for word in wanted)
