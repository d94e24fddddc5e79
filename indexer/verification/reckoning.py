"""The arithmetic of a receipt's formula, done again: "$19.44 per hour × 2,080 = $40,435.20 per year"."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterator
from decimal import Decimal, DivisionByZero, InvalidOperation
from typing import NamedTuple

from ...search.text.number_words import IN_FIGURES

MAX_SUM = 2_000
_FIGURE = re.compile(IN_FIGURES)
_TOKEN = re.compile(rf"{IN_FIGURES}|[()+*/×÷−-]")
_SIGNS = str.maketrans("×÷−", "*/-")
_STEPS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


class Equation(NamedTuple):
    """``left = result``, as it is written; ``exact`` is what the left side comes to, None where it is no arithmetic."""

    written: str
    operands: tuple[Decimal, ...]
    exact: Decimal | None
    result: Decimal
    is_percent: bool

    @property
    def holds(self) -> bool:
        """Whether the left side, rounded as the right side is, gives it; a sum over rows is left to others."""
        return self.exact is None or self.gives(self.result)

    def gives(self, number: Decimal) -> bool:
        """Whether a number is what this comes to, up to its last digit."""
        if self.exact is None:
            return abs(number) == self.result
        places = (min(0, int(each.as_tuple().exponent)) for each in (number, self.result))
        last = Decimal(1).scaleb(max(places))
        exact = self.exact * 100 if self.is_percent else self.exact
        return abs(abs(exact) - abs(number)) <= last * Decimal("0.51") and abs(abs(number) - self.result) <= last


def numbers_in(text: str) -> list[Decimal]:
    """The numbers that stand in a text, without their signs."""
    return [Decimal(found.replace(",", "")) for found in _FIGURE.findall(text)]


def equations(formula: str) -> Iterator[Equation]:
    """Every equation of a formula; what has no equals sign is none."""
    for part in formula[:MAX_SUM].split(";"):
        left, equals, right = part.rpartition("=")
        results = numbers_in(right)
        if equals and len(results) == 1:
            yield Equation(part.strip(), tuple(numbers_in(left)), _value(left), results[0], "%" in right)


def _value(text: str) -> Decimal | None:
    tokens = [token.translate(_SIGNS) for token in _TOKEN.findall(text)]
    if len(tokens) < 3:
        return None
    try:
        written = " ".join(token.replace(",", "").lstrip("0") or "0" for token in tokens)
        return _evaluated(ast.parse(written, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError, InvalidOperation, DivisionByZero):
        return None


def _evaluated(node: ast.expr) -> Decimal:
    if isinstance(node, ast.Constant):
        return Decimal(str(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_evaluated(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in _STEPS:
        result: Decimal = _STEPS[type(node.op)](_evaluated(node.left), _evaluated(node.right))
        return result
    raise ValueError("no arithmetic")
