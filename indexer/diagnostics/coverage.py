"""Nothing vanishes: what of a guide's text no passage, heading, table row or dropped piece accounts for."""

from __future__ import annotations

from collections.abc import Iterator

from ...search.model import Span
from ..document import ParsedGuide
from ..encoding.decode import CONTENT


def uncovered(guide: ParsedGuide) -> list[Span]:
    """The runs of content that are not accounted for: empty for every guide that was read well."""
    return [gap for gap in _gaps(guide) if CONTENT.search(guide.text, *gap)]


def _gaps(guide: ParsedGuide) -> Iterator[Span]:
    """The spaces between the pieces that account for something."""
    reached = 0
    for start, end in sorted(_pieces(guide)):
        if start > reached:
            yield reached, start
        reached = max(reached, end)
    yield reached, len(guide.text)


def _pieces(guide: ParsedGuide) -> Iterator[Span]:
    yield from (passage.span for passage in guide.passages)
    yield from (heading.span for heading in guide.headings)
    yield from (doubt.span for doubt in guide.doubts if doubt.is_a("dropped"))
    for table in guide.tables:
        yield from table.header
        yield from (row.span for row in table.rows)
