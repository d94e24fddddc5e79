"""Which parts of a page are not the guide: navigation, footers, notices, forms. They stay in its text, dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .element_hints import ElementSize, described, is_heading, is_main, is_sidebar
from .element_names import ELEMENTS, names
from .elements import Element, PageTree
from .main_content import PROSE, beside

INVISIBLE_ELEMENTS = ELEMENTS.words("invisible")
"""Elements whose content is never shown."""
MAIN_SHARE = 0.5
"""Share of the page's plain text that the main element must hold for the rest to count as outside of it."""
ALL = 0.9
"""Share of the page's text from which on an element is as good as the page."""

TARGETS = names("href data-target data-bs-target")
"""Attributes that lead to a place of the page."""
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Regions:
    """Knows of each element of a page whether it is shown, and whether it is part of the guide."""

    def __init__(self, page: PageTree) -> None:
        self._targets = frozenset(_targets(page))
        self._measures: dict[int, ElementSize] = {}
        self._said: dict[int, tuple[str, bool]] = {}
        """What ``_by_itself`` says, which is asked more than once."""
        self.nodes = list(walk(page, self))
        """Every shown node, as ``walk`` gives them."""
        self._sizes = [_size(node) if isinstance(node, str) else 0 for node, _ in self.nodes]
        self._measure()
        self._whole = self.of(page)
        main = next(filter(is_main, page.elements), None)
        self._has_main = main is not None and self._plain(main) > MAIN_SHARE * self._plain(page)
        self._beside: frozenset[int] = frozenset()
        self._beside = frozenset(id(tag) for tag in beside(page, self._prose(), self._counts))

    def of(self, tag: Element) -> ElementSize:
        """The measure of an element; nothing for one that is not shown."""
        return self._measures.get(id(tag), _NOTHING)

    def is_shown(self, tag: Element) -> bool:
        """Whether an element is shown, at once or at a click: a tab's pane is hidden until its link is followed."""
        if tag.name in INVISIBLE_ELEMENTS:
            return False
        if not tag.attributes or not ("hidden" in tag.attributes or _HIDING.search(tag.get("style"))):
            return True
        return tag.get("role") == "tabpanel" or tag.get("id") in self._targets

    def reason(self, tag: Element) -> str:
        """Why an element is not part of the guide, judged by itself; empty where it may be."""
        said = self._said.get(id(tag))
        if said is None:
            said = self._said[id(tag)] = self._by_itself(tag)
        return said[0] if said[0] or said[1] else self._outside_main(tag)

    def _by_itself(self, tag: Element) -> tuple[str, bool]:
        """The same wherever the page's article is, and whether that makes no difference to it."""
        measure = self.of(tag)
        if measure.title or measure.main or measure.text > ALL * self._whole.text:
            return "", True
        if is_sidebar(tag, measure):
            return "sidebar", True
        if measure.text > MAIN_SHARE * self._whole.text:
            return "", True
        return described(tag, measure), False

    def _outside_main(self, tag: Element) -> str:
        beside = tag.parent is not None and self._has_main and self.of(tag.parent).main and not is_main(tag.parent)
        return "outside of the page's main part" if beside or id(tag) in self._beside else ""

    def _plain(self, tag: Element) -> int:
        measure = self.of(tag)
        return measure.text - measure.linked

    def _counts(self, tag: Element) -> tuple[int, int]:
        measure = self.of(tag)
        return measure.text, measure.linked

    def _prose(self) -> dict[int, int]:
        """The characters of prose in each element that may be part of the guide: runs of text outside of links."""
        found: dict[int, int] = {}
        opened: list[int] = []
        apart: Element | None = None
        for (node, enters), size in zip(self.nodes, self._sizes, strict=True):
            if apart is not None:
                apart = None if node is apart else apart
            elif isinstance(node, str):
                opened[-1] += size if size >= PROSE else 0
            elif enters and (node.is_a("a") or self.reason(node)):
                apart = node
            elif enters:
                opened.append(0)
            else:
                found[id(node)] = prose = opened.pop()
                if opened:
                    opened[-1] += prose
        return found

    def _measure(self) -> None:
        """Measure every shown element, children before parents."""
        opened: list[ElementSize] = []
        for (node, enters), size in zip(self.nodes, self._sizes, strict=True):
            if isinstance(node, str):
                opened[-1].text += size
            elif enters:
                heading = node if is_heading(node) else None
                opened.append(ElementSize(0, 0, heading, node.name == "h1", is_main(node)))
            else:
                self._measures[id(node)] = measure = opened.pop()
                if node.is_a("a"):
                    measure.linked = measure.text
                if opened:
                    opened[-1].add(measure)


_NOTHING = ElementSize()


def walk(root: Element, regions: Regions) -> Iterator[tuple[Element | str, bool]]:
    """Every shown node in document order; elements twice, as they are entered (true) and left."""
    yield root, True
    stack = [(root, iter(root.contents))]
    while stack:
        tag, rest = stack[-1]
        for node in rest:
            if isinstance(node, str):
                yield node, True
            elif regions.is_shown(node):
                yield node, True
                stack.append((node, iter(node.contents)))
                break
        else:
            stack.pop()
            yield tag, False


def _size(text: str) -> int:
    """Its characters without blanks."""
    return len("".join(text.split()))


def _targets(page: PageTree) -> Iterator[str]:
    """The ids that links and controls of the page lead to."""
    for tag in page.elements:
        for name in TARGETS & tag.attributes.keys():
            value = tag.get(name)
            if value.startswith("#") and value != "#":
                yield value[1:]
        yield from tag.get("aria-controls").split()
