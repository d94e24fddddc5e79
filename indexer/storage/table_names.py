"""What tables are called: short names from their titles, unique in the index and steady from run to run."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from ...search.text.tokenizer import content_terms

MAX_SLUG = 40
"""Code points of a name before its number."""

_NUMBER = re.compile(r"-\d{1,9}")


class TableNames:
    """Gives names; a table that is read again gets the name that it had."""

    def __init__(self, taken: Iterable[tuple[str, int]] = ()) -> None:
        """``taken`` holds the names in the index so far, each with its document's number."""
        self._taken: set[str] = set()
        self._of: defaultdict[int, list[str]] = defaultdict(list)
        self._next: defaultdict[str, int] = defaultdict(lambda: 1)
        for name, document in taken:
            self._own(name, document)

    def release(self, document: int) -> None:
        """Free the names of a document that is gone."""
        self._taken.difference_update(self._of.pop(document, ()))

    def give(self, document: int, titles: Iterable[str]) -> list[str]:
        """Names for all tables of a document, in its order: its former ones first, then the lowest free numbers."""
        former = list(self._of[document])
        return [self._former(slug, former) or self._new(slug, document) for slug in map(_slug, titles)]

    def _former(self, slug: str, former: list[str]) -> str | None:
        for name in former:
            if name == slug or (name.startswith(slug) and _NUMBER.fullmatch(name, len(slug))):
                former.remove(name)
                return name
        return None

    def _new(self, slug: str, document: int) -> str:
        while True:
            number = self._next[slug]
            self._next[slug] += 1
            name = slug if number == 1 else f"{slug}-{number}"
            if name not in self._taken:
                self._own(name, document)
                return name

    def _own(self, name: str, document: int) -> None:
        self._taken.add(name)
        self._of[document].append(name)


def _slug(title: str) -> str:
    """The title's content words, as many as fit, joined by hyphens."""
    slug = ""
    for term in content_terms(title):
        longer = f"{slug}-{term.word}".strip("-") if slug else term.word
        if len(longer) > MAX_SLUG:
            break
        slug = longer
    return slug or "table"
