"""HTML source to a tree, whatever it is made of: end tags left out, constructs never closed, nesting without end."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from ....search.errors import SourceError
from .element_names import IMPLIED_ENDS, UNSEEN, VOID
from .elements import Element, PageTree

MAX_TAGS = 200_000
"""Tags of a page; a tree of so many takes about 150 MB."""
MAX_DEPTH = 200
"""Elements that may stand inside one another; a deeper one is left out, its text is kept."""
REACH = 24
"""Open elements looked through for one that a new element ends by itself."""

_HOPELESS_REFERENCE = re.compile(r"&(?=#[xX]?[0-9a-fA-F]{8})")


def tree(source: str) -> PageTree:
    """The tree of a page. Raises SourceError for a page with too many tags, or one that the parser refuses."""
    tags = source.count("<")
    if tags > MAX_TAGS:
        raise SourceError(f"the page has {tags:,} tags, more than {MAX_TAGS:,}", "split it or save it as text")
    planter = _Planter()
    try:
        planter.feed(closable(source))
        planter.close()
    except (AssertionError, ValueError) as error:
        raise SourceError(f"the page cannot be read ({error})", "save it again or as text") from error
    planter.end_text()
    return planter.page


def closable(source: str) -> str:
    """The source with every construct that is never closed written as text.

    The standard library's parser looks for a construct's end up to the end of the page, and starts over at the next
    ``<``: without this its time is quadratic in the number of constructs left open.
    """
    last = source.rfind(">") + 1
    source = source[:last] + source[last:].replace("<", "&lt;")
    last = source.rfind("-->") + 3 if "-->" in source else 0
    source = source[:last] + source[last:].replace("<!--", "&lt;!--")
    return _HOPELESS_REFERENCE.sub("&amp;", source.replace("<![", "<?["))


class _Planter(HTMLParser):
    """Grows a tree in which elements end where the standard says so, and that is no deeper than ``MAX_DEPTH``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = PageTree("")
        self._open: list[Element] = [self.page]
        self._count: Counter[str] = Counter()
        """Open elements by their names."""
        self._said: list[str] = []
        """Text since the last tag."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        self._begin(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that is closed as it begins."""
        if self._begin(tag, attrs):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End the innermost element of this name with all in it; one that is not open ends nothing."""
        if not self._count[tag]:
            return
        self.end_text()
        ended = ""
        while ended != tag:
            ended = self._open.pop().name
            self._count[ended] -= 1

    def handle_data(self, data: str) -> None:
        """Text."""
        self._said.append(data)

    def updatepos(self, i: int, j: int) -> int:  # noqa: ARG002 - the signature is the library's
        """Lines are not counted: nobody asks for them."""
        return j

    def end_text(self) -> None:
        """What was said since the last tag is one text."""
        if self._said:
            self._open[-1].contents.append("".join(self._said))
            self._said.clear()

    def _begin(self, name: str, attributes: list[tuple[str, str | None]]) -> bool:
        """Begin an element, or leave it out where it would stand too deep; whether it is open now."""
        if name in IMPLIED_ENDS:
            self._end_implied(*IMPLIED_ENDS[name])
        if len(self._open) > MAX_DEPTH and name not in UNSEEN:
            return False
        self.end_text()
        element = Element(name, {key: value or "" for key, value in attributes}, self._open[-1])
        self._open[-1].contents.append(element)
        self.page.elements.append(element)
        if name in VOID:
            return False
        self._open.append(element)
        self._count[name] += 1
        return True

    def _end_implied(self, ended: frozenset[str], stop: frozenset[str]) -> None:
        for element in self._open[: -REACH - 1 : -1]:
            if element.name in ended:
                self.handle_endtag(element.name)
                return
            if element.name in stop:
                return
