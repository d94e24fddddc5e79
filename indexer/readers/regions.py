"""Which parts of a page are not the guide: navigation, footers, notices, forms. They stay in its text, dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

from .markup import names

INVISIBLE = names(
    "script style template title meta link base iframe object video audio canvas map rp param source track datalist"
)
"""Elements whose content is never shown."""
BY_NAME = {
    "nav": "navigation",
    "noscript": "shown without JavaScript only",
    "svg": "drawing",
    **dict.fromkeys(("button", "select", "textarea", "label", "legend"), "form control"),
}
BY_ROLE = {
    **dict.fromkeys(("navigation", "menu", "menubar", "tablist", "toolbar"), "navigation"),
    **dict.fromkeys(("dialog", "alertdialog"), "dialog"),
    "contentinfo": "footer",
    "search": "search box",
    "button": "form control",
}
BY_WORD: tuple[tuple[frozenset[str], str, int], ...] = (
    (names("nav navbar navigation breadcrumb breadcrumbs menu submenu pager pagination skip tabs"), "navigation", 40),
    (names("cookie cookies consent gdpr ccpa"), "cookie notice", 1_500),
    (names("share sharing social addthis"), "share links", 120),
    (names("related recommended recirc popular trending"), "related links", 0),
    (names("newsletter subscribe subscription signup"), "sign-up form", 500),
    (names("ad ads advert advertisement sponsored"), "advertisement", 500),
    (names("comments disqus"), "readers' comments", 1_000_000),
    (names("tools print printer toolbar"), "page tools", 120),
)
"""Words of an element's id and classes, what they make of it, and up to how many characters they are believed.

A longer element is believed to be what its words say only where most of its text stands in links.
"""
STATES = ("no-", "not-", "has-", "is-", "with-", "without-")
"""Beginnings of names that tell an element's state, not what it is."""
FOOTERS = names("footer site-footer page-footer global-footer main-footer colophon")
DENSE = 0.6
"""Share of an element's text in links from which on it is a collection of links."""
MAIN_SHARE = 0.5
"""Share of the page's plain text that the main element must hold for the rest to count as outside of it."""

_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_WORDS = re.compile(r"[a-z]+")


@dataclass(slots=True)
class Measure:
    """What an element holds: characters without blanks, those in links; whether a heading, an h1, the main part."""

    text: int = 0
    linked: int = 0
    heading: bool = False
    title: bool = False
    main: bool = False

    def add(self, part: Measure) -> None:
        """Count a child in."""
        self.text += part.text
        self.linked += part.linked
        self.heading |= part.heading
        self.title |= part.title
        self.main |= part.main

    @property
    def is_dense(self) -> bool:
        """Whether most of the text is links."""
        return self.linked > DENSE * self.text


class Regions:
    """Knows of each element of a page whether it is shown, and whether it is part of the guide."""

    def __init__(self, page: BeautifulSoup) -> None:
        self._targets = frozenset(_targets(page))
        self._measures: dict[int, Measure] = {}
        self._measure(page)
        self._whole = self.of(page)
        main = page.find(lambda tag: _is_main(tag))
        self._has_main = isinstance(main, Tag) and self._plain(main) > MAIN_SHARE * self._plain(page)

    def of(self, tag: Tag) -> Measure:
        """The measure of an element; nothing for one that is not shown."""
        return self._measures.get(id(tag), _NOTHING)

    def is_shown(self, tag: Tag) -> bool:
        """Whether an element is shown, at once or at a click: a tab's pane is hidden until its link is followed."""
        if tag.name in INVISIBLE:
            return False
        if not (tag.has_attr("hidden") or _HIDING.search(str(tag.get("style", "")))):
            return True
        return tag.get("role") == "tabpanel" or tag.get("id") in self._targets

    def reason(self, tag: Tag) -> str:
        """Why an element is not part of the guide, judged by itself; empty where it may be."""
        measure = self.of(tag)
        if measure.title or measure.main or measure.text > MAIN_SHARE * self._whole.text:
            return ""
        return (
            BY_NAME.get(tag.name)
            or BY_ROLE.get(str(tag.get("role", "")))
            or _by_place(tag, measure)
            or _by_word(tag, measure)
            or _by_links(tag, measure)
            or self._outside_main(tag)
        )

    def _outside_main(self, tag: Tag) -> str:
        beside = tag.parent is not None and self._has_main and self.of(tag.parent).main and not _is_main(tag.parent)
        return "outside of the page's main part" if beside else ""

    def _plain(self, tag: Tag) -> int:
        measure = self.of(tag)
        return measure.text - measure.linked

    def _measure(self, page: BeautifulSoup) -> None:
        """Measure every shown element, children before parents."""
        opened: list[tuple[Tag, Measure]] = []
        for node, enters in walk(page, self):
            if isinstance(node, Tag) and enters:
                opened.append(
                    (node, Measure(heading=node.name in _HEADINGS, title=node.name == "h1", main=_is_main(node)))
                )
            elif isinstance(node, Tag):
                tag, measure = opened.pop()
                self._measures[id(tag)] = measure
                if tag.name == "a":
                    measure.linked = measure.text
                if opened:
                    opened[-1][1].add(measure)
            elif opened:
                opened[-1][1].text += len(node) - sum(map(str.isspace, node))


_NOTHING = Measure()


def walk(root: Tag, regions: Regions) -> Iterator[tuple[Tag | str, bool]]:
    """Every shown node in document order; elements twice, as they are entered (true) and left."""
    yield root, True
    stack = [(root, iter(root.contents))]
    while stack:
        tag, rest = stack[-1]
        node = next(rest, None)
        if node is None:
            stack.pop()
            yield tag, False
        elif isinstance(node, Tag):
            if regions.is_shown(node):
                yield node, True
                stack.append((node, iter(node.contents)))
        elif not isinstance(node, PreformattedString):
            yield str(node), True


def _targets(page: BeautifulSoup) -> Iterator[str]:
    """The ids that links and controls of the page lead to."""
    for tag in page.find_all(True):
        for name in ("href", "data-target", "data-bs-target"):
            value = str(tag.get(name, ""))
            if value.startswith("#"):
                yield value[1:]
        yield from str(tag.get("aria-controls", "")).split()


def _is_main(tag: Tag) -> bool:
    return tag.name == "main" or tag.get("role") == "main"


def _by_place(tag: Tag, measure: Measure) -> str:
    """A header without a heading, and a footer, that belong to the page and to no article or section of it."""
    if tag.name == "footer" or (tag.name == "div" and not FOOTERS.isdisjoint(_names(tag))):
        kind = "footer"
    else:
        kind = "header" if tag.name == "header" and not measure.heading else ""
    around = {parent.name for parent in tag.parents}
    return f"page {kind}" if kind and not around & {"article", "main", "section", "blockquote"} else ""


def _by_word(tag: Tag, measure: Measure) -> str:
    words = {word for name in _names(tag) if not name.startswith(STATES) for word in _WORDS.findall(name)}
    for marks, reason, limit in BY_WORD:
        if words & marks and (measure.is_dense or measure.text <= limit):
            return reason
    return ""


def _names(tag: Tag) -> list[str]:
    """An element's id and classes."""
    return [str(name).lower() for name in (tag.get("id", ""), *tag.get_attribute_list("class"))]


def _by_links(tag: Tag, measure: Measure) -> str:
    """A list of links to places on the same page."""
    if tag.name not in ("ul", "ol") or not measure.is_dense:
        return ""
    links = tag.find_all("a", limit=200)
    return "table of contents" if len(links) > 2 and all(str(a.get("href", "")).startswith("#") for a in links) else ""
