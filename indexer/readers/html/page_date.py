"""The date that a page gives for itself: when it was changed last, else when it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...dates import iso_date, stated_date, written_date
from .element_names import ELEMENTS
from .elements import Element, PageTree

CHANGED = ELEMENTS.ordered("dates of changes")
PUBLISHED = ELEMENTS.ordered("dates of publication")
"""Names of meta elements that date a page, the most telling first."""
UPDATED = ELEMENTS.words("classes of changes")
"""Classes of a time element that says when the page was changed."""

_LINKED_DATA = re.compile(r'"(dateModified|datePublished)"\s{0,9}:\s{0,9}"([^"]{4,40})"')


def page_date(page: PageTree, meta: Mapping[str, str], text: str) -> str | None:
    """The day, month or year: what the page's head and its linked data say, then its parts, then its first lines.

    ``meta`` has what its meta elements say, by name; ``text`` what stands from its title on.
    """
    linked = dict(_LINKED_DATA.findall("\n".join(_linked_data(page))))
    times = page.named("time")
    changed = [meta.get(name, "") for name in CHANGED]
    changed += [linked.get("dateModified", ""), *_parts(page, "dateModified")]
    changed += [_moment(tag) for tag in times if _is_update(tag)]
    published = [meta.get(name, "") for name in PUBLISHED]
    published += [linked.get("datePublished", ""), *_parts(page, "datePublished")]
    published += {_moment(tag) for tag in times} if len({_moment(tag) for tag in times}) == 1 else ()
    return _first(changed) or stated_date(text) or _first(published)


def _first(said: list[str]) -> str | None:
    return next((date for each in said if (date := iso_date(each) or written_date(each))), None)


def _linked_data(page: PageTree) -> Iterator[str]:
    return ("".join(tag.strings()) for tag in page.named("script") if tag.get("type") == "application/ld+json")


def _parts(page: PageTree, name: str) -> Iterator[str]:
    """What the elements say that are marked to be this date."""
    return (_moment(tag) for tag in page.elements if name in tag.attributes.get("itemprop", "").split())


def _is_update(tag: Element) -> bool:
    return not UPDATED.isdisjoint(tag.words("class"))


def _moment(tag: Element) -> str:
    return (tag.get("datetime") or tag.get("content") or tag.said()).strip()
