"""Which parts of a page are not the guide: navigation, footers, notices, forms. They stay in its text, dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

from .element_hints import ElementSize, described, is_heading, is_main, is_sidebar
from .main_content import PROSE, beside
from .tags import is_tag, names

INVISIBLE = names(
    "script style template title meta link base iframe object video audio canvas map rp param source track datalist"
)
"""Elements whose content is never shown."""
MAIN_SHARE = 0.5
"""Share of the page's plain text that the main element must hold for the rest to count as outside of it."""
ALL = 0.9
"""Share of the page's text from which on an element is as good as the page."""

_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Regions:
    """Knows of each element of a page whether it is shown, and whether it is part of the guide."""

    def __init__(self, page: BeautifulSoup) -> None:
        self._targets = frozenset(_targets(page))
        self._measures: dict[int, ElementSize] = {}
        self._measure(page)
        self._whole = self.of(page)
        main = page.find(lambda tag: is_main(tag))
        self._has_main = isinstance(main, Tag) and self._plain(main) > MAIN_SHARE * self._plain(page)
        self._beside: frozenset[int] = frozenset()
        self._beside = frozenset(id(tag) for tag in beside(page, self._prose(page), self._counts))

    def of(self, tag: Tag) -> ElementSize:
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
        if measure.title or measure.main or measure.text > ALL * self._whole.text:
            return ""
        if is_sidebar(tag, measure):
            return "sidebar"
        if measure.text > MAIN_SHARE * self._whole.text:
            return ""
        return described(tag, measure) or self._outside_main(tag)

    def _outside_main(self, tag: Tag) -> str:
        beside = tag.parent is not None and self._has_main and self.of(tag.parent).main and not is_main(tag.parent)
        return "outside of the page's main part" if beside or id(tag) in self._beside else ""

    def _plain(self, tag: Tag) -> int:
        measure = self.of(tag)
        return measure.text - measure.linked

    def _counts(self, tag: Tag) -> tuple[int, int]:
        measure = self.of(tag)
        return measure.text, measure.linked

    def _prose(self, page: BeautifulSoup) -> dict[int, int]:
        """The characters of prose in each element that may be part of the guide: runs of text outside of links."""
        found: dict[int, int] = {}
        opened: list[int] = []
        apart: Tag | None = None
        for node, enters in walk(page, self):
            if apart is not None:
                apart = None if node is apart else apart
            elif not isinstance(node, Tag):
                size = len(node) - sum(map(str.isspace, node))
                opened[-1] += size if size >= PROSE else 0
            elif enters and (is_tag(node, "a") or self.reason(node)):
                apart = node
            elif enters:
                opened.append(0)
            else:
                found[id(node)] = size = opened.pop()
                if opened:
                    opened[-1] += size
        return found

    def _measure(self, page: BeautifulSoup) -> None:
        """Measure every shown element, children before parents."""
        opened: list[tuple[Tag, ElementSize]] = []
        for node, enters in walk(page, self):
            if isinstance(node, Tag) and enters:
                opened.append(
                    (
                        node,
                        ElementSize(
                            heading=node if is_heading(node) else None, title=is_tag(node, "h1"), main=is_main(node)
                        ),
                    )
                )
            elif isinstance(node, Tag):
                tag, measure = opened.pop()
                self._measures[id(tag)] = measure
                if is_tag(tag, "a"):
                    measure.linked = measure.text
                if opened:
                    opened[-1][1].add(measure)
            elif opened:
                opened[-1][1].text += len(node) - sum(map(str.isspace, node))


_NOTHING = ElementSize()


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
