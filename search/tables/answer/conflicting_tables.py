"""Tables of several guides that give one thing different figures: each side with its row, its guide and date."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Disagreement, Finding, Quote, Side, Status, TableRow, Value
from ...store.open import Index
from ...text.tokenizer import terms
from ..execute.task import ResultSet
from ..plan.reading import Interpretation

Answered = tuple[Interpretation, ResultSet]


def contradicting(first: Answered, others: Sequence[Answered]) -> list[Answered]:
    """The answers of other guides that cannot be right beside the first: one row of one thing, in one year.

    Figures of another year are another edition, and those of a table on something else are no contradiction.
    """
    reading, result = first
    if not reading.request.does("look-up") or result.holds is not None:
        return []
    return [
        (other, found)
        for other, found in others
        if other.profile.document != reading.profile.document
        and other.profile.years == reading.profile.years
        and _subject(other) == _subject(reading)
        and _named(found) == _named(result)
    ]


def disagreement(sides: Sequence[Answered], topic: str, index: Index) -> Finding:
    """The sides, each with what its guide says and when that is from."""
    quotes: list[Quote] = []
    values: list[Value] = []
    shown: list[Side] = []
    for _, result in sides:
        start = len(quotes)
        quotes += quotes_of(result.rows, index)
        values += [Value(n.value, n.unit, n.measure, n.label, n.computed, start + 1) for n in result.numbers]
        shown.append(Side(_says(result), tuple(range(start + 1, len(quotes) + 1))))
    documents = [reading.profile.document for reading, _ in sides]
    says = "; ".join(f"{d.path} says {side.stance}" for d, side in zip(documents, shown, strict=True))
    return Finding(
        Status.DISAGREEMENT,
        answer=f"The guides disagree: {says}.",
        quotes=tuple(quotes),
        values=tuple(values),
        disagreements=(Disagreement(topic=topic.strip().rstrip("?").rstrip(), sides=tuple(shown)),),
        notes=tuple(_dated(reading) for reading, _ in sides),
    )


def _dated(reading: Interpretation) -> str:
    document, years = reading.profile.document, reading.profile.years
    said = f"{document.path} is dated {document.date}" if document.date else f"{document.path} gives no date"
    return f"{said}; its figures are of {max(years)}" if years else said


def _says(result: ResultSet) -> str:
    return "; ".join(f"{number.label}: {number.measure} {number}" for number in result.numbers)


def _subject(reading: Interpretation) -> frozenset[str]:
    """The words of the table's title and headings, without years."""
    return frozenset(term.stem for term in terms(reading.profile.table.title) if not term.word[0].isdigit())


def _named(result: ResultSet) -> list[tuple[str, str, str | None]]:
    return [(number.label.casefold(), number.measure, number.unit) for number in result.numbers]


def quotes_of(rows: Sequence[TableRow], index: Index) -> tuple[Quote, ...]:
    """Rows as they stand in their guide."""
    passages = index.catalog.passages(row.id for row in rows)
    return tuple(Quote(p.document, p.headings, p.lines, p.span, p.text) for p in passages)
