"""What stands beside a page's article: bars and boxes around the one element that holds nearly all of its prose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from .element_names import BLOCKS, ELEMENTS
from .elements import Element

SHARE = 0.8
"""Share of an element's prose from which on the child that holds it leads to the article."""
PROSE = 20
"""Characters, blanks not counted, of a run of plain text from which on it counts as prose: a shorter one is a label."""
LEAST_ARTICLE = 300
"""Characters of prose that make an article; a page with less is short enough to be kept as it is."""
TELLING_LENGTH = 60
"""Characters outside of links from which on a box has something to say, if its links are few."""
LINKED = 0.3
"""Share of a box's text in links up to which they are few."""
BOXES = ELEMENTS.words("boxes")
"""Elements that arrange a page. Beside a paragraph or a list an element is a part of the article, not around it."""

Measured = Callable[[Element], tuple[int, int]]
"""Characters of an element, and those of them in links."""


def beside(page: Element, prose: dict[int, int], measured: Measured) -> Iterator[Element]:
    """The boxes beside the article that hold labels or links.

    ``prose`` has the characters of prose in each element that may be part of the guide, by its ``id()``.
    """
    around = list(_path(page, prose, measured))
    if prose.get(id(around[-1]), 0) >= LEAST_ARTICLE:
        for parent, inside in pairwise(around):
            boxes = (child for child in parent.children() if child.name in BOXES and child is not inside)
            yield from (box for box in boxes if not _says_something(box, measured))


def _path(page: Element, prose: dict[int, int], measured: Measured) -> Iterator[Element]:
    """From the page to its article, each the child of the one before."""
    tag: Element | None = page
    while tag is not None:
        yield tag
        tag = _dominant(tag, prose, measured)


def _dominant(tag: Element, prose: dict[int, int], measured: Measured) -> Element | None:
    """The box that holds nearly all prose of an element; None where there is none, or paragraphs stand beside it."""
    children = list(tag.children())
    boxes = [child for child in children if child.name in BOXES]
    best = max(boxes, key=lambda box: prose.get(id(box), 0), default=None)
    if best is None or prose.get(id(best), 0) < SHARE * prose.get(id(tag), 0):
        return None
    paragraphs = (child for child in children if child.name in BLOCKS and child.name not in BOXES)
    return None if any(_says_something(each, measured) for each in paragraphs) else best


def _says_something(tag: Element, measured: Measured) -> bool:
    """Whether an element holds more than labels and links."""
    text, linked = measured(tag)
    return text - linked >= TELLING_LENGTH and linked <= LINKED * text
