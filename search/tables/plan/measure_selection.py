"""Which numbers of a table are wanted: the measures and periods asked for, found in its columns or reckoned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ...params import PARAMS
from ...store.columns import MAX_DECIMALS
from ...store.scan import Line
from ...text.measures import MEASURES, WORKING_HOURS, NamedMeasure, Period, is_statistic, label, stand_in
from ...text.units import BareUnit
from ..schema.profile import Profile, Series
from .request import GAP, Request

CENT = Decimal("0.01")
LARGE = PARAMS.tables.yearly_from
MAX_PRICES = 6
"""Prices of one thing that are given where the question does not say which."""
DEFAULTS = ("median", "pay", "mean", "minimum wage")
"""What "pay" means, the most telling first."""


class MeasureSelection(NamedTuple):
    """One measure as it is to be given: read from a column, or reckoned from one or two."""

    measure: str
    """As the table has it, or ``gap``."""
    asked: str | None
    """As the question has it; None where it only asks for pay."""
    series: Series
    minus: Series | None = None
    """What is subtracted: the low end, where the gap is asked for."""
    period: str | None = None
    """The period that the figures are converted to; None where they stand as they are."""

    @property
    def columns(self) -> tuple[int, ...]:
        return (self.series.column,) if self.minus is None else (self.series.column, self.minus.column)

    @property
    def unit(self) -> str | None:
        if self.period is None:
            return self.series.unit
        return f"{(self.series.unit or '').partition('/')[0]}/{self.period}"

    @property
    def computed(self) -> bool:
        return self.minus is not None or self.period is not None

    @property
    def label(self) -> str:
        if self.minus is not None:
            return f"gap between {label(self.minus.measure)} and {label(self.series.measure)}"
        return label(self.measure)

    def value(self, line: Line) -> Decimal | None:
        """A row's number as wanted, exact; None where it is missing in one of the columns."""
        value = self.unconverted(line)
        return value if value is None else self.converted(value)

    def unconverted(self, line: Line) -> Decimal | None:
        """The same in the period of the columns, which is not rounded."""
        numbers = [Decimal(repr(number)) for number in line[1:] if number is not None]
        if len(numbers) < len(self.columns):
            return None
        return numbers[0] - numbers[1] if self.minus is not None else numbers[0]

    def order(self, line: Line) -> float:
        """What rows are ordered by: alike for rows with the same number, as ``value`` gives it."""
        numbers = [number for number in line[1:] if number is not None]
        return round(numbers[0] - numbers[1], MAX_DECIMALS) if self.minus is not None else numbers[0]

    def converted(self, value: Decimal) -> Decimal:
        """A number of the columns as it is wanted: by another period, or as it is."""
        return value if self.period is None else converted(value, self.series.period or "hour", self.period)

    def factor(self) -> str:
        """The conversion as it is written in a formula: "× 2,080"."""
        to, own = WORKING_HOURS[self.period or "hour"], WORKING_HOURS[self.series.period or "hour"]
        return f"× {_short(to / own)}" if to >= own else f"/ {_short(own / to)}"


def converted(value: Decimal, own: str, to: str) -> Decimal:
    """An amount by one period as one by another, to the cent."""
    return (value * WORKING_HOURS[to] / WORKING_HOURS[own]).quantize(CENT, ROUND_HALF_UP)


def assumption() -> str:
    """What a conversion between periods rests on."""
    return "Converted at 2,080 working hours a year (40 a week)."


def stand_ins(found: Sequence[MeasureSelection]) -> list[str]:
    """Which measure is given in place of one that the table lacks."""
    pairs = {(label(w.asked), w.label): None for w in found if w.asked is not None and w.asked != w.measure}
    return [f"The table has no {asked}: the {given} is given." for asked, given in pairs]


def _short(number: Decimal) -> str:
    return f"{number.quantize(CENT):,f}".removesuffix(".00")


def wanted(profile: Profile, request: Request) -> list[MeasureSelection] | str:
    """What the request wants of the table, in order; the name of a measure that the table lacks."""
    asked: Sequence[str | None] = request.measures or _defaults(profile, request)
    if asked == [None]:
        return "pay" if request.pay else ""
    found: list[MeasureSelection] = []
    for measure in asked:
        here = list(_of(profile, request, measure or "", measure if request.measures else None))
        if not here:
            return label(measure or "")
        found += here
    return found


def of_measure(profile: Profile, request: Request, measure: str) -> MeasureSelection | None:
    """One measure, in the first of the periods that fit the request."""
    return next(_of(profile, request, measure, measure), None)


def in_columns(profile: Profile, measure: str) -> str | None:
    """The measure of the table that answers to a measure asked for; None for none."""
    return stand_in(measure, {series.measure for series in profile.series})


def in_extremes(profile: Profile, measure: str) -> bool:
    """Whether the table has the low or high end itself, and not only something nearer to the middle."""
    return in_columns(profile, measure) in (NamedMeasure.LOW, NamedMeasure.HIGH, NamedMeasure.P10, NamedMeasure.P90)


def _defaults(profile: Profile, request: Request) -> list[str | None]:
    """What is measured where nothing is named; of one row, "all the wage figures" are all of its measures.

    Pay that the table gives as a range alone is its two ends, and one of several prices ("resident", "visitor") is all
    of them.
    """
    of_money = list(dict.fromkeys(series.measure for series in profile.series if series.is_money))
    if request.does("look-up") and request.all_figures:
        return list(of_money)
    is_range = {*of_money} == {NamedMeasure.LOW, NamedMeasure.HIGH}
    if request.does("look-up") and request.pay and not request.thresholds and is_range:
        return [NamedMeasure.LOW, NamedMeasure.HIGH]
    if request.does("look-up") and (request.pay or request.amount) and MEASURES.keys().isdisjoint(of_money):
        return list(of_money[:MAX_PRICES]) or [_default(profile, request)]
    return [_default(profile, request)]


def _default(profile: Profile, request: Request) -> str | None:
    """What is measured where nothing is named: the median of pay, or employment where workers are counted."""
    if request.workers:
        return _employment(profile, request)
    if request.amount and not request.pay:
        measures = {series.measure for series in profile.series}
        return measures.pop() if len(measures) == 1 else None
    if request.pay:
        of_money = list(dict.fromkeys(series.measure for series in profile.series if series.is_money))
        told = next((measure for measure in DEFAULTS if measure in of_money), None)
        return told or next((measure for measure in of_money if len(of_money) == 1 or is_statistic(measure)), None)
    return None


def _employment(profile: Profile, request: Request) -> str | None:
    """The count of people: of the year that is asked for, where columns of several years have one."""
    counts = [
        series
        for series in profile.series
        if NamedMeasure.EMPLOYMENT in series.measure and series.unit == BareUnit.COUNT
    ]
    of_year = [series.measure for series in counts if set(request.years) & set(series.years)]
    return of_year[0] if of_year else ("employment" if profile.of_measure("employment") else None)


def _of(profile: Profile, request: Request, measure: str, asked: str | None) -> Iterator[MeasureSelection]:
    if measure == GAP:
        low, high = (in_columns(profile, end) for end in request.ends)
        if low is None or high is None or low == high or not all(_in_kind(profile, end) for end in request.ends):
            return
        lows = {series.unit: series for series in profile.of_measure(low)}
        for series, period in _in_periods(profile.of_measure(high), request):
            if series.unit in lows:
                yield MeasureSelection(GAP, GAP, series, lows[series.unit], period)
        return
    found = in_columns(profile, measure)
    if found is None and measure == NamedMeasure.EMPLOYMENT and request.many and profile.of_measure("share"):
        found = "share"  # who employs most has the largest share
    if found is None or (request.pay and not any(series.is_money for series in profile.of_measure(found))):
        return
    for series, period in _in_periods(profile.of_measure(found), request):
        yield MeasureSelection(found, asked, series, None, period)


def _in_kind(profile: Profile, end: str) -> bool:
    """Whether the table has this end of a gap: itself, and not only something nearer to the middle."""
    return (
        in_extremes(profile, end) if end in (NamedMeasure.LOW, NamedMeasure.HIGH) else in_columns(profile, end) == end
    )


def _in_periods(found: Sequence[Series], request: Request) -> Iterator[tuple[Series, str | None]]:
    """The series to take, each with the period to convert it to."""
    by_period = {series.period: series for series in reversed(found)}
    known = [period for period in WORKING_HOURS if period in by_period]
    if not known:
        yield from _without_period(found, request)
        return
    for period in request.periods or _preferred(known, request):
        if period in by_period:
            yield by_period[period], None
        elif period in WORKING_HOURS:
            yield by_period["year" if period == Period.MONTH and Period.YEAR in by_period else known[0]], period


def _without_period(found: Sequence[Series], request: Request) -> Iterator[tuple[Series, str | None]]:
    """Figures of no known period: of a measure in percent and in numbers, the one that is asked for, else both.

    Amounts of pay without a period are taken for those of a year, if they are large enough: see ``single``.
    """
    if request.periods and not (request.periods == (Period.YEAR,) and found[0].is_money):
        return
    in_percent = [series for series in found if series.unit == BareUnit.PERCENT]
    others = [series for series in found if series.unit != BareUnit.PERCENT]
    chosen = {"percent": in_percent, "number": others}.get(request.unit, [])
    yield from ((series, None) for series in chosen or (*in_percent[:1], *others[:1]))


def _preferred(known: Sequence[str], request: Request) -> Sequence[str]:
    """The periods to give where none is asked for: all of them for single rows, else the one that fits the question."""
    fitting = [t.period for t in request.thresholds if t.period in known]
    if request.salary and Period.YEAR in known:
        fitting.append("year")
    fitting += [by_size(t.value) for t in request.thresholds if t.value is not None and by_size(t.value) in known]
    if request.does("look-up") and not request.thresholds:
        return sorted(known, key=lambda period: (period not in fitting, known.index(period)))
    return [next((period for period in fitting if period), known[0])]


def by_size(amount: Decimal) -> str:
    """By which period an amount of pay is likely to be, if nothing else says so."""
    return "year" if amount >= LARGE else "hour"
