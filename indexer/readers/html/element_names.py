"""Which elements of HTML there are, and how each stands among others."""

from __future__ import annotations


def names(listed: str) -> frozenset[str]:
    """Names separated by blanks as a set."""
    return frozenset(listed.split())


BLOCKS = names(
    "address article aside blockquote caption center details dialog dd dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table tbody td tfoot th "
    "thead tr ul"
)
"""Elements that stand on lines of their own."""
UNSEEN = names("script style template")
"""Elements that hold what only programs read."""
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
