"""Quotes that follow each other and are rows of one table are drawn as that table, its heads once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..model import Citation, DrawnRows


class DrawnTogether(NamedTuple):
    """Quotes that are one table, or one quote that is drawn by itself and has no rows here."""

    citations: tuple[Citation, ...]
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Citation, tuple[str, ...]], ...] = ()
    """Each row, its cells under all heads, beside the quote that it stands in."""


def together(citations: Sequence[Citation]) -> Iterator[DrawnTogether]:
    """The quotes in their order, those of one table as one."""
    group: list[Citation] = []
    heads: tuple[str, ...] | None = None
    for citation in citations:
        own = _heads(citation)
        both = _all_heads(heads, own) if group and _place(group[0]) == _place(citation) else None
        if group and both is None:
            yield _drawn(group, heads)
            group = []
        heads = both or own
        group.append(citation)
    if group:
        yield _drawn(group, heads)


def _place(citation: Citation) -> tuple[object, ...]:
    return citation.path, citation.sha256, citation.section


def _heads(citation: Citation) -> tuple[str, ...] | None:
    """The heads of what it draws, where that is rows and nothing else."""
    part = citation.drawn[0] if len(citation.drawn) == 1 else None
    return part.heads if isinstance(part, DrawnRows) else None


def _all_heads(one: tuple[str, ...] | None, other: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """The heads of both, where they are the same, or those of the fuller but where the other's cells are blank."""
    if one is None or other is None or one == other:
        return one if one == other else None
    fewer, fuller = sorted((one, other), key=len)
    are_told_apart = len(set(fuller)) == len(fuller) and "" not in fuller
    return fuller if are_told_apart and _is_within(fewer, fuller) else None


def _is_within(heads: Sequence[str], fullest: Sequence[str]) -> bool:
    """Whether these are some of the others in their order, and begin as they do: rows go by their first column."""
    left = iter(fullest)
    return heads[0] == fullest[0] and all(head in left for head in heads)


def _drawn(group: Sequence[Citation], heads: tuple[str, ...] | None) -> DrawnTogether:
    if len(group) == 1 or heads is None:
        return DrawnTogether(tuple(group))
    rows = tuple(
        (citation, _under(heads, part.heads, cells))
        for citation in group
        for part in citation.drawn
        if isinstance(part, DrawnRows)
        for cells in part.rows
    )
    return DrawnTogether(tuple(group), heads, rows)


def _under(heads: tuple[str, ...], own: tuple[str, ...], cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells under all heads."""
    if own == heads:
        return cells
    known = dict(zip(own, cells, strict=True))
    return tuple(known.get(head, "") for head in heads)
