"""What stands around a table and says of what its numbers are: caption, the sentence before it, title, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...search.lang.lexicon import lexicon
from ...search.text.column_headers import in_caption
from ...search.text.measures import is_statistic
from ..document import Block
from .values import CURRENCY_CODE, SIGN

DOLLARS = "USD"
MAX_BEFORE = 600
"""Code points before a table in which the sentence that introduces it is looked for."""
MAX_CAPTION = 80
"""Code points of a line right above a table that may be its caption: "Hourly wages of coders, May 2023"."""
POINTING = ("table", "follow", "below", "chart")
"""Words of a sentence that points to a table after it."""

_SCALES = "|".join(lexicon("table_headers").ordered("scales"))
SCALED = re.compile(
    rf"(?:{SIGN}|\b(?:{CURRENCY_CODE})) ?['’]?(?:{_SCALES})\b|['’]000s?\b|\bin (?:{_SCALES})\b", re.IGNORECASE
)
"""A head that says that its numbers are so many thousands or millions: they are no amounts of money as they stand."""


def is_scaled(head: str) -> bool:
    """Whether a head or caption says that its numbers are thousands, or millions."""
    return SCALED.search(head) is not None


@dataclass(frozen=True, slots=True)
class TableContext:
    """What the surroundings say, None where they say nothing: a statistic of pay, its period, the year."""

    measure: str | None
    period: str | None
    pay: bool
    """Whether they speak of pay at all."""
    year: int | None
    currency: str = DOLLARS
    """What bare amounts of pay are in, where nothing nearer says so."""
    amounts: str | None = None
    """The currency that a caption or heading says all amounts are in: "EUR per month"."""
    amounts_period: str | None = None
    """The period that it says with it."""
    decimal_comma: bool = False
    """Whether numbers have a comma before the fraction."""
    accounts: bool = False
    """Whether a number in brackets is a loss."""


def context(block: Block, text: str, title: str, headings: tuple[str, ...], document_title: str) -> TableContext:
    """Read the surroundings of a table's block; the nearest that says something is believed."""
    caption = block.grid.caption if block.grid else ""
    near = [
        in_caption(said) for said in dict.fromkeys((caption, _before(text, block), title, *headings[:-4:-1])) if said
    ] or [in_caption(document_title)]
    years = (said.year for said in (*near, in_caption(document_title)))
    pay = [said for said in near if said.pay]
    amounts = next((said for said in near[:2] if said.currency), None)
    amounts = None if any(map(is_scaled, (caption, title))) else amounts
    return TableContext(
        measure=next((said.measure for said in pay if is_statistic(said.measure)), None),
        period=next((said.period for said in pay if said.period), None),
        pay=bool(pay),
        year=next((year for year in years if year is not None), None),
        currency=amounts.currency or DOLLARS if amounts else DOLLARS,
        amounts=amounts.currency if amounts else None,
        amounts_period=amounts.period if amounts else None,
    )


def _before(text: str, block: Block) -> str:
    """The line before the table, if it introduces it: it ends with a colon, points to what follows, or is a caption."""
    start = block.span[0]
    line = text[max(0, start - MAX_BEFORE) : start].rstrip().rpartition("\n")[2].strip()
    folded = line.casefold()
    points = line.endswith(":") or any(word in folded for word in POINTING)
    caption = len(line) <= MAX_CAPTION and not line.endswith(".") and in_caption(line).pay
    return line if points or caption else ""
