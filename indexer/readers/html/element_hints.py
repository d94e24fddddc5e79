"""What an element of a page holds, and what its name, its words, its place and its links say that it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from ....search.lang.lexicon import lexicon, parted
from .element_names import ELEMENTS, names
from .elements import Element
from .main_content import LINKED

BY_NAME = ELEMENTS.meanings("left out by name")
BY_ROLE = ELEMENTS.meanings("left out by role")
BY_WORD = tuple(
    (frozenset(parted(words)), part.rpartition(" ")[0], int(part.rpartition(" ")[2]))
    for part, words in lexicon("page_parts").pairs()
)
"""Words of an element's id and classes, what they make of it, and up to how many characters they are believed.

A longer element is believed to be what its words say only where most of its text stands in links.
"""
ELSEWHERE = re.compile(rf"\b(?:{lexicon('guide_text').pattern('links that lead away')})\b", re.IGNORECASE)
"""What a heading says over links that lead away."""
MAX_STRINGS, HEADING_WORDS, MAX_LINKS = 20, 200, 200
"""Pieces of a heading, code points, and links of a list, that are looked at."""
STATE_PREFIXES = ("no-", "not-", "has-", "is-", "with-", "without-")
"""Beginnings of names that tell an element's state, not what it is."""
FOOTERS = names("footer site-footer page-footer global-footer main-footer colophon")
SIDE_NAMES = names("sidebar side-bar rail right-rail left-rail")
DENSE = 0.6
"""Share of an element's text in links from which on it is a collection of links."""

_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_WORDS = re.compile(r"[a-z]+")


@dataclass(slots=True)
class ElementSize:
    """What an element holds: characters without blanks, those in links; its first heading; an h1, the main part."""

    text: int = 0
    linked: int = 0
    heading: Element | None = None
    title: bool = False
    main: bool = False

    def add(self, part: ElementSize) -> None:
        """Count a child in."""
        self.text += part.text
        self.linked += part.linked
        self.heading = self.heading or part.heading
        self.title |= part.title
        self.main |= part.main

    @property
    def is_dense(self) -> bool:
        """Whether most of the text is links."""
        return self.linked > DENSE * self.text


def described(tag: Element, measure: ElementSize) -> str:
    """Why an element is not part of the guide, as far as it says so itself; empty where it may be."""
    if tag.is_a("button") and (is_question(tag) or any(map(is_heading, tag.parents()))):
        return ""
    return (
        BY_NAME.get(tag.name)
        or BY_ROLE.get(tag.get("role"))
        or _by_place(tag, measure)
        or _by_word(tag, measure)
        or _by_links(tag, measure)
        or _by_title(measure)
    )


def is_sidebar(tag: Element, measure: ElementSize) -> bool:
    """Whether it is a sidebar with more links than an article has, however long it is."""
    is_named = tag.is_a("aside") or not SIDE_NAMES.isdisjoint(_names(tag))
    return is_named and measure.linked > LINKED * measure.text


def is_main(tag: Element) -> bool:
    """Whether it is said to be the page's main part."""
    return tag.is_a("main") or tag.get("role") == "main"


def is_question(tag: Element) -> bool:
    """Whether it is a question with its answer after it: marked as one, or a control that shows the answer."""
    if tag.get("itemprop") == "name":
        scope = next((above for above in tag.parents() if "itemscope" in above.attributes), None)
        return scope is not None and scope.get("itemtype").endswith("/Question")
    return tag.is_a("button") and tag.said()[-1:] == "?"


def is_heading(tag: Element) -> bool:
    """Whether it is a heading."""
    return tag.name in _HEADINGS


def _by_place(tag: Element, measure: ElementSize) -> str:
    """A header without a heading, and a footer, that belong to the page and to no article or section of it."""
    if tag.is_a("footer") or (tag.is_a("div") and not FOOTERS.isdisjoint(_names(tag))):
        kind = "footer"
    else:
        kind = "header" if tag.is_a("header") and not measure.heading else ""
    if not kind or any(parent.is_a("article", "main", "section", "blockquote") for parent in tag.parents()):
        return ""
    return f"page {kind}"


def _by_word(tag: Element, measure: ElementSize) -> str:
    if tag.attributes.keys().isdisjoint(("id", "class")):
        return ""
    words = {word for name in _names(tag) if not name.startswith(STATE_PREFIXES) for word in _WORDS.findall(name)}
    for marks, reason, limit in BY_WORD:
        if words & marks and (measure.is_dense or measure.text <= limit):
            return reason
    return ""


def _names(tag: Element) -> list[str]:
    """An element's id and classes."""
    return [tag.get("id").lower(), *tag.words("class")]


def _by_links(tag: Element, measure: ElementSize) -> str:
    """A list of links to places on the same page."""
    if not tag.is_a("ul", "ol") or not measure.is_dense:
        return ""
    links = list(islice((part for part in tag.below() if isinstance(part, Element) and part.is_a("a")), MAX_LINKS))
    return "table of contents" if len(links) > 2 and all(a.get("href").startswith("#") for a in links) else ""


def _by_title(measure: ElementSize) -> str:
    """A box of links whose heading says that they lead away."""
    if measure.heading is None or 2 * measure.linked <= measure.text:
        return ""
    said = " ".join(" ".join(islice(measure.heading.strings(), MAX_STRINGS)).split())
    return "related links" if ELSEWHERE.search(said[:HEADING_WORDS]) else ""
