"""The smaller claims of an answer: what its values are called and counted in, what its receipt says it did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ...search.lang.lexicon import lexicon
from ...search.model import Receipt, Value
from ...search.text.units import BareUnit
from .evidence import CitedEvidence, Claim, words_in
from .reckoning import numbers_in

_PERIOD = re.compile(r"[/ ](?:hour|day|week|month|year)")


def unproved_fields(evidence: CitedEvidence) -> Iterator[Claim]:
    """Every smaller claim that does not follow from what is cited; without its table nothing is said of them."""
    answer, known = evidence.answer, lexicon("saved_answers")
    if answer.confidence is not None and not 0 <= answer.confidence <= 1:
        yield "confidence", "it is no probability"
    cited = evidence.words | known.words("prose") | known.words("tables") | frozenset(words_in(answer.question))
    for topic in answer.disagreements:
        for said in (topic.topic, *(side.stance for side in topic.sides)):
            if evidence.is_current and (strange := sorted(set(words_in(said)) - cited - known.words("stances"))):
                yield "disagreements", f"the word '{strange[0]}' stands in nothing that is cited"
    if answer.table is None or not (evidence.tables and evidence.is_current):
        return
    yield from _done(answer.table, cited)
    measured = {
        word for table in evidence.tables for column in table.columns for word in words_in(column.measure or "")
    }
    known_numbers = evidence.numbers | years(evidence)
    for place, value in enumerate(answer.values, start=1):
        for name, text in (("label", value.label), ("measure", value.measure), ("period", value.period)):
            strange = sorted(set(words_in(text or "")) - cited - measured)
            strange += [str(number) for number in numbers_in(text or "") if number not in known_numbers]
            if strange:
                yield f"values[{place}].{name}", f"'{strange[0]}' stands in nothing that is cited"
        if not _is_unit(value, evidence):
            yield f"values[{place}].unit", "the table has no such number in this unit"
        is_count = value.unit == BareUnit.COUNT and value.value == answer.table.matched
        if value.computed and not is_count and answer.table.formula is None and _stands(value, evidence):
            yield f"values[{place}].computed", "it stands in its quote, and nothing says how it was computed"


def years(evidence: CitedEvidence) -> frozenset[Decimal]:
    """The years that the cited tables are of."""
    return frozenset(Decimal(table.year) for table in evidence.tables if table.year is not None)


def _done(receipt: Receipt, cited: frozenset[str]) -> Iterator[Claim]:
    if len(receipt.rows) > receipt.matched + receipt.skipped:
        yield "table.matched", "more rows are listed"
    if strange := sorted(set(words_in(receipt.formula or "")) - cited):
        yield "table.formula", f"the word '{strange[0]}' stands in nothing that is cited"


def _is_unit(value: Value, evidence: CitedEvidence) -> bool:
    """Whether a number stands in the table with its unit; a computed one may be by another period, or a share."""
    cells = [cell for table in evidence.tables for row in table.rows for cell in row.cells]
    if value.computed:
        units = {_PERIOD.sub("", cell.unit or "") for cell in cells}
        return value.unit in (None, BareUnit.PERCENT, BareUnit.COUNT) or _PERIOD.sub("", value.unit) in units
    if not isinstance(value.value, Decimal):
        return any(cell.text == value.value for cell in cells)
    return any(cell.number == value.value and cell.unit == value.unit for cell in cells)


def _stands(value: Value, evidence: CitedEvidence) -> bool:
    own = (citation.quote for citation in evidence.answer.citations if citation.n == value.citation)
    return isinstance(value.value, Decimal) and any(abs(value.value) in numbers_in(quote) for quote in own)
