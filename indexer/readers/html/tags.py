"""HTML source to a tree, whatever it is made of: end tags left out, constructs never closed, nesting without end.

Beautiful Soup reads it; what is looked at again and again is a light copy of its tree.
"""

from __future__ import annotations

import re
import warnings
from typing import Any, cast

from bs4 import BeautifulSoup, ParserRejectedMarkup, Tag
from bs4.builder._htmlparser import BeautifulSoupHTMLParser, HTMLParserTreeBuilder
from bs4.element import NavigableString, PreformattedString

from ....search.errors import SourceError
from .element_names import IMPLIED_ENDS, UNSEEN
from .elements import Element, PageTree

MAX_TAGS = 200_000
"""Tags of a page; a tree of so many takes about 300 MB."""
MAX_ELEMENT_DEPTH = 200
"""Elements that may stand inside one another; a deeper one is left out, its text is kept."""
OPEN_ELEMENTS = 24
"""Open elements looked through for one that a new element ends by itself."""

HTML_BLANKS = " \t\n\r\f"

_HOPELESS_REFERENCE = re.compile(r"&(?=#[xX]?[0-9a-fA-F]{8})")


def tree(source: str) -> PageTree:
    """The tree of a page. Raises SourceError for a page with too many tags, or one that the parser refuses."""
    tags = source.count("<")
    if tags > MAX_TAGS:
        raise SourceError(f"the page has {tags:,} tags, more than {MAX_TAGS:,}", "split it or save it as text")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", category=UserWarning)
        try:
            soup = _Soup(closable(source), builder=_Builder(multi_valued_attributes=None, store_line_numbers=False))
        except (ParserRejectedMarkup, AssertionError, ValueError) as error:
            raise SourceError(f"the page cannot be read ({error})", "save it again or as text") from error
    return _light(soup)


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


class _Parser(BeautifulSoupHTMLParser):
    """Counts no lines: where a tag stands in the source is of no concern."""

    def updatepos(self, i: int, j: int) -> int:  # noqa: ARG002 - by the standard library's name
        """What comes next begins at ``j``."""
        return j


class _Builder(HTMLParserTreeBuilder):
    """Beautiful Soup's own, with that parser."""

    def feed(self, markup: Any, *_options: Any) -> None:
        """Parse all of it. Raises AssertionError where the standard library's parser refuses it."""
        arguments, options = self.parser_args
        parser = _Parser(cast(BeautifulSoup, self.soup), *arguments, **options)
        parser.feed(markup)
        parser.close()


class _Open(Tag):
    """An element with nothing but what is asked of it while the tree grows; most of a tag's time goes into the rest."""

    def __init__(self, name: str, attributes: Any, *, can_be_empty: bool) -> None:
        self.name, self.prefix, self.attrs = name, None, attributes
        self.can_be_empty_element = can_be_empty
        self.contents = []


class _Soup(BeautifulSoup):
    """A tree in which elements end where the standard says so, and that grows no deeper than ``MAX_ELEMENT_DEPTH``.

    Nodes know what they hold, and nothing of their neighbours: half of the time went into what nobody asks them.
    """

    def handle_starttag(
        self,
        name: str,
        namespace: str | None,  # noqa: ARG002 - Beautiful Soup's
        nsprefix: str | None,  # noqa: ARG002 - Beautiful Soup's
        attrs: Any,
        *_positions: Any,
        **_options: Any,
    ) -> Tag | None:
        """Begin an element, or leave it out where it would stand too deep."""
        if name in IMPLIED_ENDS:
            self._end_implied(*IMPLIED_ENDS[name])
        if len(self.tagStack) > MAX_ELEMENT_DEPTH and name not in UNSEEN:
            return None
        self.endData()
        tag = _Open(name, attrs, can_be_empty=self.builder.can_be_empty_element(name))
        self.pushTag(tag)
        return tag

    def endData(self, containerClass: type[NavigableString] | None = None) -> None:  # noqa: N802, N803 - Beautiful Soup's
        """Text has ended: the open element holds it, blanks alone as a single one; a comment is dropped."""
        if not self.current_data:
            return
        text = "".join(self.current_data)
        self.current_data = []
        if containerClass is not None and issubclass(containerClass, PreformattedString):
            return
        if not self.preserve_whitespace_tag_stack and not text.strip(HTML_BLANKS):
            text = "\n" if "\n" in text else " "
        self.tagStack[-1].contents.append(cast("NavigableString", text))

    def _end_implied(self, ended: frozenset[str], stop: frozenset[str]) -> None:
        for tag in self.tagStack[: -OPEN_ELEMENTS - 1 : -1]:
            if tag.name in ended:
                self.handle_endtag(tag.name)
                return
            if tag.name in stop:
                return


def _light(soup: BeautifulSoup) -> PageTree:
    """The same tree as elements with nothing but their names, attributes and contents."""
    page = PageTree("")
    waiting: list[tuple[Tag, Element]] = [(soup, page)]
    while waiting:
        tag, element = waiting.pop()
        inside: list[tuple[Tag, Element]] = []
        for child in tag.contents:
            if isinstance(child, Tag):
                below = Element(child.name, cast("dict[str, str]", child.attrs), element)
                element.contents.append(below)
                inside.append((child, below))
            else:
                element.contents.append(str(child))
        waiting += reversed(inside)
        if element is not page:
            page.elements.append(element)
    return page
