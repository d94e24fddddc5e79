"""HTML source to a tree, whatever it is made of: end tags left out, constructs never closed, nesting without end."""

from __future__ import annotations

import re
import warnings
from typing import Any

from bs4 import BeautifulSoup, ParserRejectedMarkup, Tag

from ....search.errors import SourceError

MAX_TAGS = 200_000
"""Tags of a page; a tree of so many takes about 300 MB."""
MAX_DEPTH = 200
"""Elements that may stand inside one another; a deeper one is left out, its text is kept."""
REACH = 24
"""Open elements looked through for one that a new element ends by itself."""


def is_tag(element: Tag, *names: str) -> bool:
    """Whether an element has one of these names."""
    return element.name in names


def names(listed: str) -> frozenset[str]:
    """Names separated by blanks as a set."""
    return frozenset(listed.split())


BLOCKS = names(
    "address article aside blockquote caption center details dialog dd dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table tbody td tfoot th "
    "thead tr ul"
)
"""Elements that stand on lines of their own."""
_HOLDERS = names("article aside blockquote button caption div fieldset form main nav section table td th li")
IMPLIED_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(BLOCKS, (names("p"), _HOLDERS)),
    "li": (names("li"), names("ul ol menu dir td th")),
    **dict.fromkeys(("dt", "dd"), (names("dt dd"), names("dl td th"))),
    **dict.fromkeys(("td", "th"), (names("td th"), names("table tr"))),
    "tr": (names("tr"), names("table")),
    **dict.fromkeys(("thead", "tbody", "tfoot"), (names("thead tbody tfoot"), names("table"))),
    "option": (names("option"), names("select")),
}
"""For an element that begins: which open elements end with it, and which stop the search for them (HTML, 13.1.2.4)."""

_HOPELESS_REFERENCE = re.compile(r"&(?=#[xX]?[0-9a-fA-F]{8})")


class _Tree(BeautifulSoup):
    """A tree in which elements end where the standard says so, and that grows no deeper than ``MAX_DEPTH``."""

    def handle_starttag(self, name: str, *arguments: Any, **options: Any) -> Tag | None:
        """Begin an element, or leave it out where it would stand too deep."""
        if name in IMPLIED_ENDS:
            self._end_implied(*IMPLIED_ENDS[name])
        if len(self.tagStack) > MAX_DEPTH:
            return None
        return super().handle_starttag(name, *arguments, **options)

    def _end_implied(self, ended: frozenset[str], stop: frozenset[str]) -> None:
        for tag in self.tagStack[: -REACH - 1 : -1]:
            if tag.name in ended:
                self.handle_endtag(tag.name)
                return
            if tag.name in stop:
                return


def tree(source: str) -> BeautifulSoup:
    """The tree of a page. Raises SourceError for a page with too many tags, or one that the parser refuses."""
    tags = source.count("<")
    if tags > MAX_TAGS:
        raise SourceError(f"the page has {tags:,} tags, more than {MAX_TAGS:,}", "split it or save it as text")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", category=UserWarning)
        try:
            return _Tree(closable(source), "html.parser")
        except (ParserRejectedMarkup, AssertionError, ValueError) as error:
            raise SourceError(f"the page cannot be read ({error})", "save it again or as text") from error


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
