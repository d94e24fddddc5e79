"""A question linked to a table: which columns it names, and which conditions its words may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from ....params import PARAMS
from ..executor import Executor
from ..wording import Wording
from .cell_linking import cell_links
from .head_linking import ColumnMention
from .link import NAMED, How, Link
from .number_linking import flag_links, number_links

MAX_CELL_LINKS, MAX_EQUAL, MAX_COMPARED, MAX_FLAGGED = PARAMS.reading_model.links


def links(asked: Wording, heads: Sequence[ColumnMention], run: Executor) -> list[Link]:
    """The surest of all links, each once."""
    numbers = list(number_links(asked, heads, run))
    kept = [
        *_surest(cell_links(asked, heads, run), MAX_CELL_LINKS),
        *_surest((link for link in numbers if link.how in NAMED), MAX_EQUAL),
        *_surest((link for link in numbers if link.how == How.COMPARED), MAX_COMPARED),
        *islice(flag_links(asked, heads, run), MAX_FLAGGED),
    ]
    return list({(link.conditions, link.words): link for link in kept if link.mask}.values())


def _surest(found: Iterable[Link], most: int) -> list[Link]:
    return sorted((link for link in found if link.mask), key=lambda link: -link.weight)[:most]
