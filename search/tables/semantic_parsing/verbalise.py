"""A reading in words: what was computed over which rows of which table."""

from __future__ import annotations

from collections.abc import Callable

from . import algebra as a
from .beam import Candidate
from .table_view import TableView
from .wording import Wording

COMPARED = {
    "=": "is", "has": "contains", ">": "is above", ">=": "is at least", "<": "is below", "<=": "is at most",
    "within": "takes in", "blank": "is blank", "filled": "is given",
}  # fmt: skip
REDUCED = {
    "sum": "Sum", "mean": "Mean", "median": "Median", "min": "Least", "max": "Most",
    "range": "Difference between the greatest and the least",
}  # fmt: skip
PAIRED = {
    "difference": "Difference between {} and {}", "ratio": "Ratio of {} to {}", "share": "Percent that {} is of {}",
    "percent change": "Percent change to {} from {}", "sum": "Sum of {} and {}", "mean": "Mean of {} and {}",
}  # fmt: skip


class Verbaliser:
    """Of one reading; the words of the question stand in for folded ones."""

    def __init__(self, candidate: Candidate, asked: Wording, view: TableView, title: str) -> None:
        self._view, self._title = view, title
        self._said = {
            condition: " ".join(word for n, word in enumerate(asked.words) if link.words >> n & 1)
            for link in candidate.chosen.links
            if link.how in ("whole", "part", "gap")
            for condition in link.conditions
        }
        self._value = candidate.value

    def sentence(self) -> str:
        """The whole reading."""
        where = f" of {self._title}" if self._title else ""
        words = self._of_value(self._value)
        return f"{words[:1].upper()}{words[1:]}{where}"

    def _of_value(self, value: a.Value) -> str:
        said: Callable[[a.Value], str] = getattr(self, f"_{type(value).__name__.lower()}")
        return said(value)

    def _select(self, value: a.Select) -> str:
        return f"{self._head(value.column)} {self._rows(value.rows)}"

    def _count(self, value: a.Count) -> str:
        return f"counted: {self._rows(value.rows)}"

    def _distinct(self, value: a.Distinct) -> str:
        return f"counted: different cells of {self._head(value.column)} {self._rows(value.rows)}"

    def _reduce(self, value: a.Reduce) -> str:
        return f"{REDUCED[value.how].lower()} of {self._head(value.column)} over {self._rows(value.rows)}"

    def _frequent(self, value: a.Frequent) -> str:
        which = "most" if value.descending else "fewest"
        return f"the {self._head(value.column)} with the {which} rows among {self._rows(value.rows)}"

    def _grouped(self, value: a.Grouped) -> str:
        which = "most" if value.descending else "least"
        of = f"{self._head(value.numbers)} in all among {self._rows(value.rows)}"
        return f"the {self._head(value.column)} with the {which} {of}"

    def _times(self, value: a.Times) -> str:
        return f"each {self._head(value.column)} with exactly {value.times} of {self._rows(value.rows)}"

    def _pair(self, value: a.Pair) -> str:
        return PAIRED[value.how].format(self._of_value(value.left), self._of_value(value.right)).lower()

    def _across(self, value: a.Across) -> str:
        heads = ", ".join(map(self._head, value.columns))
        return f"{REDUCED[value.how].lower()} of {heads} {self._rows(value.rows)}"

    def _scaled(self, value: a.Scaled) -> str:
        return f"{self._of_value(value.value)}, times {value.factor:,.4g}"

    def _which(self, value: a.Which) -> str:
        by = self._head(value.column) if value.column is not None else "rows"
        options = " or ".join(self._rows(option) for option in value.options)
        return f"which has the {'most' if value.descending else 'least'} {by}: {options}"

    def _whichcolumn(self, value: a.WhichColumn) -> str:
        heads = " or ".join(map(self._head, value.columns))
        return f"which is {'greater' if value.descending else 'smaller'} {self._rows(value.rows)}: {heads}"

    def _holds(self, value: a.Holds) -> str:
        if value.right is None:
            return f"whether there are {self._of_value(value.left).removeprefix('counted: ')}"
        return f"whether {self._of_value(value.left)} is above {self._of_value(value.right)}"

    def _rows(self, rows: a.Rows) -> str:
        match rows:
            case a.Filter():
                return f"rows{self._where(rows)}"
            case a.TopRows():
                order = "greatest" if rows.descending else "least"
                some = f"number {rows.skip + 1}" if rows.skip else f"first {rows.most}" if rows.most > 1 else "first"
                return f"{self._rows(rows.rows)}, the {some} by {self._head(rows.column)}, {order} first"
            case a.Nth():
                which = {0: "first", -1: "last"}.get(rows.position, f"number {rows.position + 1}")
                return f"{self._rows(rows.rows)}, the {which} of these in the table"
            case a.Neighbour():
                by = f" by {self._head(rows.column)}" if rows.column is not None else ""
                return f"the row {'after' if rows.step > 0 else 'before'} {self._rows(rows.rows)}{by}"
            case a.Alike():
                return f"other rows with the same {self._head(rows.column)} as {self._rows(rows.rows)}"
            case a.Beyond():
                return f"rows {'below' if rows.below else 'above'} {self._rows(rows.rows)}"

    def _where(self, rows: a.Filter) -> str:
        met = (" or " if rows.union else " and ").join(map(self._condition, rows.conditions))
        unmet = f"not: {self._condition(rows.negated)}" if rows.negated is not None else ""
        conditions = " and ".join(filter(None, (met, unmet)))
        return f" where {conditions}" if conditions else ""

    def _condition(self, condition: a.ColumnCondition) -> str:
        head, compared = self._head(condition.column), COMPARED[condition.comparison]
        if condition.comparison in ("blank", "filled"):
            return f"{head} {compared}"
        if isinstance(condition.value, float):
            return f"{head} {compared} {condition.value:.10g}"
        return f"{head} {compared} “{self._said.get(condition, condition.value)}”"

    def _head(self, place: int) -> str:
        return self._view.columns[place].name.strip() or f"column {place + 1}"
