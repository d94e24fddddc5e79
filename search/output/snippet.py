"""The most telling line of what a search found, as a reader sees it, and the words in it that were looked for."""

from __future__ import annotations

import re

from ..citation.drawing import words
from ..model import Citation, DrawnRows, Span
from ..retrieval.passage_search import MAX_SNIPPET, Found
from ..text.markup import MARKED, unmarked


def snippet(found: Found, citation: Citation) -> tuple[str, tuple[Span, ...]]:
    """The line without the marks of its file, of a table's row with the heads, and where the words stand in it."""
    said = found.passage.text[slice(*found.snippet)]
    looked_for = {said[start:end] for start, end in found.matches}
    if any(isinstance(part, DrawnRows) for part in citation.drawn):
        text = _cut(" ".join(words(citation.drawn, addresses=False).split()))
    elif found.document.format in MARKED:
        text = unmarked(said)
    else:
        text = said
    if text == said or not looked_for:
        return text, found.matches if text == said else ()
    pattern = "|".join(map(re.escape, sorted(looked_for, key=len, reverse=True)))
    return text, tuple(match.span() for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE))


def _cut(text: str) -> str:
    """A long row cut between words."""
    return text if len(text) <= MAX_SNIPPET else text[:MAX_SNIPPET].rsplit(" ", 1)[0] + " …"
