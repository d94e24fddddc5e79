"""A reading in words: what was computed over which rows of which table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from ...lang.lexicon import lexicon
from ...text.amounts import amount
from . import algebra as a
from .beam import Hypothesis
from .linking.link import How
from .table_view import TableView
from .wording import Wording

_ANSWERS = lexicon("answers")
READING_COMPARISONS = dict(_ANSWERS.pairs("readings, compared"))
REDUCED = dict(_ANSWERS.pairs("readings, reduced"))
PAIRED = dict(_ANSWERS.pairs("readings, paired"))


Written = Callable[[a.ColumnCondition], str]
"""How the table writes what a condition names; empty where no row that is shown has it."""


class Verbaliser:
    """Of one reading; a row's own writing, else the words of the question, stand in for folded ones."""

    def __init__(
        self,
        candidate: Hypothesis,
        asked: Wording,
        view: TableView,
        title: str,
        shown: Sequence[int] = (),
        written: Written = lambda _: "",
    ) -> None:
        self._view, self._title, self._shown, self._written = view, title, shown, written
        self._said = {
            condition: " ".join(word for n, word in enumerate(asked.words) if link.words >> n & 1)
            for link in candidate.chosen.links
            if link.how in (How.WHOLE, How.PART, How.GAP)
            for condition in link.conditions
        }
        self._value = candidate.value

    def sentence(self) -> str:
        """The whole reading."""
        words = self._of_value(self._value)
        return f"{words[:1].upper()}{words[1:]}"

    def _of_value(self, value: a.Value) -> str:
        said: Callable[[a.Value], str] = getattr(self, f"_{type(value).__name__.lower()}")
        return said(value)

    def _select(self, value: a.Select) -> str:
        heads = " and ".join(map(self._head, self._shown or (value.column,)))
        return f"{heads} {self._within(value.rows)}"

    def _count(self, value: a.Count) -> str:
        return f"number of rows {self._within(value.rows)}"

    def _distinct(self, value: a.Distinct) -> str:
        return f"number of different entries under {self._head(value.column)} {self._within(value.rows)}"

    def _reduce(self, value: a.Reduce) -> str:
        return f"{REDUCED[value.how]} {self._head(value.column)} {self._within(value.rows)}"

    def _frequent(self, value: a.Frequent) -> str:
        which = "most" if value.descending else "fewest"
        return f"the {self._head(value.column)} that comes up in the {which} of {self._rows(value.rows)}"

    def _grouped(self, value: a.Grouped) -> str:
        which = "most" if value.descending else "least"
        of = f"{self._head(value.numbers)} in all among {self._rows(value.rows)}"
        return f"the {self._head(value.column)} with the {which} {of}"

    def _times(self, value: a.Times) -> str:
        return f"each {self._head(value.column)} that comes up in exactly {value.times} of {self._rows(value.rows)}"

    def _pair(self, value: a.Pair) -> str:
        return PAIRED[value.how].format(self._of_value(value.left), self._of_value(value.right))

    def _across(self, value: a.Across) -> str:
        heads = " and ".join(map(self._head, value.columns))
        return f"{REDUCED[value.how]} {heads} {self._within(value.rows)}"

    def _scaled(self, value: a.Scaled) -> str:
        return f"{self._of_value(value.value)}, times {value.factor:,.4g}"

    def _which(self, value: a.Which) -> str:
        by = self._head(value.column) if value.column is not None else "rows"
        options = " or ".join(self._rows(option) for option in value.options)
        return f"which has the {'most' if value.descending else 'least'} {by}: {options}"

    def _whichcolumn(self, value: a.WhichColumn) -> str:
        heads = " or ".join(map(self._head, value.columns))
        return f"which is {'greater' if value.descending else 'smaller'} {self._within(value.rows)}: {heads}"

    def _holds(self, value: a.Holds) -> str:
        if value.right is None:
            return f"whether there are {self._of_value(value.left).removeprefix('number of ')}"
        return f"whether {self._of_value(value.left)} is above {self._of_value(value.right)}"

    def _within(self, rows: a.Rows) -> str:
        """Where something is looked up: in the table, for the things named, where conditions hold."""
        if not isinstance(rows, a.Filter):
            return f"in {self._rows(rows)}"
        title, self._title = self._title, ""
        return f"in {title or 'the same table'}{self._where(rows)}"

    def _rows(self, rows: a.Rows) -> str:
        match rows:
            case a.Filter():
                return f"the rows{self._of_table()}{self._where(rows)}"
            case a.TopRows():
                return self._first(rows)
            case a.Nth():
                which = {0: "first", -1: "last"}.get(rows.position, f"{rows.position + 1}th")
                return f"the {which} of {self._rows(rows.rows)}"
            case a.Neighbour():
                by = f" by {self._head(rows.column)}" if rows.column is not None else ""
                return f"the row {'after' if rows.step > 0 else 'before'} {self._rows(rows.rows)}{by}"
            case a.Alike():
                return f"the other rows with the same {self._head(rows.column)} as {self._rows(rows.rows)}"
            case a.Beyond():
                return f"the rows {'below' if rows.below else 'above'} {self._rows(rows.rows)}"

    def _first(self, rows: a.TopRows) -> str:
        """The row with the most or least of a column, several of these, or a later one."""
        among, head = self._rows(rows.rows), self._head(rows.column)
        end = "highest" if rows.descending else "lowest"
        if rows.skip:
            return f"number {rows.skip + 1} of {among} by {head}, {end} first"
        if rows.most > 1:
            return f"the first {rows.most} of {among} by {head}, {end} first"
        return f"{among.replace('the rows', 'the row', 1)} with the {end} {head}"

    def _of_table(self) -> str:
        """The table's title, the first time that its rows are spoken of."""
        title, self._title = self._title, ""
        return f" of {title}" if title else ""

    def _where(self, rows: a.Filter) -> str:
        names = [] if rows.union else [each for each in rows.conditions if self._names_a_row(each)]
        rest = [each for each in rows.conditions if each not in names]
        met = (" or " if rows.union else " and ").join(map(self._condition, rest))
        unmet = f"not: {self._condition(rows.negated)}" if rows.negated is not None else ""
        conditions = " and ".join(filter(None, (met, unmet)))
        named = f" for {' and '.join(map(self._named, names))}" if names else ""
        return f"{named}{', where ' if named else ' where '}{conditions}" if conditions else named

    def _names_a_row(self, condition: a.ColumnCondition) -> bool:
        """Whether a condition says no more than what a row is called."""
        is_name = condition.compares("=") and isinstance(condition.value, str)
        return is_name and condition.column == self._view.label.place

    def _named(self, condition: a.ColumnCondition) -> str:
        return f"“{self._written(condition) or self._said.get(condition) or condition.value}”"

    def _condition(self, condition: a.ColumnCondition) -> str:
        head, compared = self._head(condition.column), READING_COMPARISONS[condition.comparison]
        if condition.compares("blank", "filled"):
            return f"{head} {compared}"
        if isinstance(condition.value, float):
            return f"{head} {compared} {self._number(condition)}"
        return f"{head} {compared} {self._named(condition)}"

    def _number(self, condition: a.ColumnCondition) -> str:
        """With the unit of its column, but for a year, which has none."""
        unit = self._unit(condition.column)
        return f"{condition.value:.10g}" if unit is None else amount(Decimal(f"{condition.value:.10g}"), unit)

    def _unit(self, place: int) -> str | None:
        return self._view.columns[place].unit

    def _head(self, place: int) -> str:
        """A column's name as a reader writes it: one of a program has its words parted."""
        name = self._view.columns[place].name.strip() or f"column {place + 1}"
        return name if " " in name else name.replace("_", " ")
