"""A signal: one named number that speaks for or against a passage, a sentence or an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

Subject = TypeVar("Subject")

SUM_ROUNDING = 1e-6
"""How far sums may lie apart that are added up in another order."""


class Signal(NamedTuple, Generic[Subject]):
    """What is looked at, by name; its weight is fitted and stands in a file of its own."""

    name: str
    value: Callable[[Subject], float]
    bounds: Callable[[Subject], tuple[float, float]] | None = None
    """Where it takes long to tell: what it lies between, which is told at once."""


def values(signals: Sequence[Signal[Subject]], of: Subject) -> tuple[float, ...]:
    """What each signal says, in order."""
    return tuple(signal.value(of) for signal in signals)


def summed(weights: Mapping[str, float], signals: Sequence[Signal[Subject]], of: Subject) -> float:
    """The signals' values, each times its weight, summed; those that count nothing are not looked at."""
    return sum(weights[signal.name] * signal.value(of) for signal in signals if weights.get(signal.name))


def falls_short(weights: Mapping[str, float], signals: Sequence[Signal[Subject]], of: Subject, least: float) -> bool:
    """Whether the signals' sum is surely less than ``least``.

    Signals that take long are told one by one, those first that may change the sum most, and only for as long as what
    the others add at most may still reach it.
    """
    highest, slow = SUM_ROUNDING, []
    for signal in signals:
        if weight := weights.get(signal.name):
            low, high = signal.bounds(of) if signal.bounds else (signal.value(of),) * 2
            highest += (most := max(weight * low, weight * high))
            if low < high:
                slow.append((abs(weight) * (high - low), weight, most, signal))
    slow.sort(key=lambda each: each[0])
    while highest >= least and slow:
        _, weight, most, signal = slow.pop()
        highest += weight * signal.value(of) - most
    return highest < least
