"""A list as it was found in a guide: its items in order, and what introduces it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..model import Span

Form = Literal["list", "headings", "labels", "sentence"]


class ListedItem(NamedTuple):
    """One item: what is quoted (in the document's text), and the name at its beginning."""

    span: Span
    label: str


class Listing(NamedTuple):
    """A list of one guide."""

    form: Form
    document: int
    items: tuple[ListedItem, ...]
    lead: str
    """The sentence or heading that introduces it."""
    before: str
    """What stands before that: the sentence before, the text under the heading."""
    headings: tuple[str, ...]
    """The headings above it, outermost first."""
    intro: Span | None = None
    """Where the lead stands, if it is worth quoting."""
    ordered: bool = False
    """Whether its items are numbered."""
