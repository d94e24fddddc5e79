"""What an answer says, proved anew: its words from its quotes, its numbers from operands, its receipt from the rows.

Nothing is taken from the index, nor from the way in which the answer was found. Whatever cannot be derived from what
the answer cites is named with the field that says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ...search.lang.lexicon import lexicon
from ...search.model import Answer, Receipt, Status, Value
from ...search.output.seal import is_altered
from ..document import ParsedTable
from .claimed_fields import unproved_fields, years
from .evidence import CitedEvidence, Claim, letters_of, short, words_in
from .reckoning import Equation, equations, numbers_in

_SPLIT = re.compile(r"\n+|(?<=[.!?:;])\s+|[“”]")
_NUMBERING = re.compile(r"\d{1,3}[.)]")
_TOTAL = re.compile(r"(?:\bof|\bover|\bthe|/) ([\d,]+)\b")
"""Before what it says, the number of rows that were looked at."""


def unproved(evidence: CitedEvidence) -> Iterator[Claim]:
    """Every claim of an answer that does not follow from what it cites."""
    answer = evidence.answer
    if is_altered(answer.seal):
        yield "seal", "the answer was altered since it was saved"
    yield from _shape(answer)
    found = list(equations(answer.table.formula)) if answer.table and answer.table.formula else []
    yield from _formula(evidence, found)
    yield from _computed(evidence, found)
    if answer.answer is not None and evidence.is_current:
        yield from _tabled(evidence, found) if answer.table else _prose(evidence)
    yield from unproved_fields(evidence)
    if answer.table is not None and evidence.tables:
        yield from _receipt(answer.table, evidence.tables)


def _shape(answer: Answer) -> Iterator[Claim]:
    """The fields must agree with each other."""
    numbers = [citation.n for citation in (*answer.citations, *answer.nearest)]
    if numbers != list(range(1, len(numbers) + 1)):
        yield "citations", "they are not numbered from 1 without gaps"
    if (answer.status == Status.NOT_FOUND) != (answer.answer is None):
        yield "status", "it does not agree with the answer"
    if answer.status == Status.ANSWERED and not answer.citations and answer.table is None:
        yield "citations", "an answer cites nothing"
    if (answer.status == Status.DISAGREEMENT) != bool(answer.disagreements):
        yield "disagreements", "they do not agree with the status"
    cited = [n for d in answer.disagreements for side in d.sides for n in side.citations]
    named = [*(value.citation for value in answer.values), *(choice.citation for choice in answer.choices)]
    if not {*cited, *(n for n in named if n is not None)} <= set(numbers):
        yield "citations", "one is spoken of that is not there"
    receipt = answer.table
    if receipt is not None and receipt.matched + receipt.skipped > receipt.scanned:
        yield "table", "more rows matched or were skipped than were scanned"


def _prose(evidence: CitedEvidence) -> Iterator[Claim]:
    """Each sentence, line or quoted piece of an answer in prose is a run of a quote; what joins them says nothing."""
    joining = lexicon("saved_answers").words("prose")
    names = {name for c in evidence.answer.citations for name in (c.path, c.document) if name}
    for piece in _SPLIT.split(evidence.answer.answer or ""):
        letters = letters_of(piece)
        if any(letters in quote for quote in evidence.quotes) or _NUMBERING.fullmatch(piece):
            continue
        said = piece
        for name in sorted(names, key=len, reverse=True):
            said = said.replace(name, " ")
        strange = [*sorted(set(words_in(said)) - joining), *map(str, numbers_in(said))]
        if strange:
            yield "answer", f"'{short(piece)}' stands in no quote ({strange[0]})"


def _tabled(evidence: CitedEvidence, found: Sequence[Equation]) -> Iterator[Claim]:
    """The words and numbers of an answer from a table are those of its rows, or were reckoned."""
    answer = evidence.answer
    text = answer.answer or ""
    measured = words_in(" ".join(f"{v.measure or ''} {v.unit or ''} {v.period or ''}" for v in answer.values))
    known = evidence.words | lexicon("saved_answers").words("tables") | set(measured)
    if strange := sorted(set(words_in(text)) - known):
        yield "answer", f"the word '{strange[0]}' stands in nothing that is cited"
    formula = answer.table.formula or "" if answer.table else ""
    reckoned = {abs(value.value) for value in answer.values if isinstance(value.value, Decimal)}
    known_numbers = evidence.numbers | reckoned | set(numbers_in(formula)) | {each.result for each in found}
    known_numbers |= years(evidence)
    known_numbers |= _totals(text, answer.table)
    rounded = {round(number, digits) for number in reckoned for digits in (0, 1, 2)}
    if odd := [number for number in numbers_in(text) if number not in known_numbers | rounded]:
        yield "answer", f"the number {odd[0]} stands in nothing that is cited and was not reckoned"


def _formula(evidence: CitedEvidence, found: Sequence[Equation]) -> Iterator[Claim]:
    """Every equation holds, and every operand stands in what is cited, or is a sum over the rows."""
    receipt = evidence.answer.table
    known = set(evidence.numbers) | CONSTANTS | _totals((receipt and receipt.formula) or "", receipt)
    is_whole = receipt is not None and bool(evidence.tables) and receipt.matched in (len(receipt.rows), receipt.scanned)
    for equation in found:
        if not equation.holds:
            yield "table.formula", f"{equation.written} does not come out"
        if is_whole and (odd := [n for n in equation.operands if n not in known | evidence.sums]):
            yield "table.formula", f"{odd[0]} stands in nothing that is cited"
        known.add(equation.result)


def _totals(text: str, receipt: Receipt | None) -> set[Decimal]:
    """The numbers of rows among which was looked: no fewer than matched, no more than there are."""
    found = {Decimal(number.replace(",", "")) for number in _TOTAL.findall(text) if number.strip(",")}
    return {number for number in found if receipt and receipt.matched <= number <= receipt.scanned}


CONSTANTS = frozenset(map(Decimal, (2, 12, 40, 52, 100, 2080)))
"""Hours, weeks and months of a year, and what halves and hundredths are made with."""


def _computed(evidence: CitedEvidence, found: Sequence[Equation]) -> Iterator[Claim]:
    """Every computed number is the result of an equation, or follows from a quote by one step."""
    receipt = evidence.answer.table
    for place, value in enumerate(evidence.answer.values, start=1):
        if value.computed and isinstance(value.value, Decimal) and not _follows(value, evidence, found, receipt):
            yield f"values[{place}]", f"{value.value} does not follow from what is cited"


def _follows(value: Value, evidence: CitedEvidence, found: Sequence[Equation], receipt: Receipt | None) -> bool:
    number, formula = abs(Decimal(value.value)), (receipt.formula or "") if receipt else ""
    if any(equation.gives(number) for equation in found):
        return True
    named = numbers_in(formula)
    if number in evidence.numbers or (not found and (number in named or number - 1 in named)):
        return True
    own = [c.quote for c in evidence.answer.citations if value.citation in (None, c.n)]
    quoted = {n for quote in own for n in numbers_in(quote)}
    steps = {n * factor for n in quoted for factor in CONSTANTS} | {abs(a - b) for a in quoted for b in quoted}
    divided = {n / factor for n in quoted for factor in CONSTANTS}
    means = {total / receipt.matched for total in evidence.sums} if receipt and receipt.matched else set()
    return any(abs(step - number) < ROUNDED_WITHIN for step in steps | divided | means | evidence.sums)


ROUNDED_WITHIN = Decimal("0.006")
"""Amounts are rounded to cents."""


def _receipt(receipt: Receipt, tables: Sequence[ParsedTable]) -> Iterator[Claim]:
    """The receipt's rows stand in the table that is cited, and it counts as many as there are."""
    table = next((t for t in tables if t.title == receipt.title), None)
    if table is None:
        yield "table.title", "the table that is cited has another title"
        return
    if receipt.scanned != len(table.rows):
        yield "table.scanned", f"the table has {len(table.rows):,} rows"
    if receipt.columns != tuple(column.name for column in table.columns):
        yield "table.columns", "the table that is cited has other columns"
    rows = {tuple(letters_of(cell.text) for cell in row.cells) for row in table.rows}
    if odd := [row for row in receipt.rows if tuple(map(letters_of, row)) not in rows]:
        yield "table.rows", f"'{short(' | '.join(odd[0]))}' is no row of the table that is cited"
