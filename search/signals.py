"""A signal: one named number that speaks for or against a passage, a sentence or an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

Subject = TypeVar("Subject")


class Signal(NamedTuple, Generic[Subject]):
    """What is looked at, by name; its weight is fitted and stands in a file of its own."""

    name: str
    value: Callable[[Subject], float]


def values(signals: Sequence[Signal[Subject]], of: Subject) -> tuple[float, ...]:
    """What each signal says, in order."""
    return tuple(signal.value(of) for signal in signals)


def summed(weights: Mapping[str, float], signals: Sequence[Signal[Subject]], of: Subject) -> float:
    """The signals' values, each times its weight, summed; those that count nothing are not looked at."""
    return sum(weights[signal.name] * signal.value(of) for signal in signals if weights.get(signal.name))
