"""The rate limit: how many requests an address may make, and that it forgets."""

from __future__ import annotations

import pytest
from citeguide.web.security.rate_limit import MOST_ADDRESSES, Buckets, TooManyRequestsError


class Clock:
    """A clock that stands still until it is told to move."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_address_is_refused_once_its_minute_is_used_up_and_served_again_later() -> None:
    clock = Clock()
    buckets = Buckets(3, clock)
    for _ in range(3):
        buckets.take("a")
    with pytest.raises(TooManyRequestsError):
        buckets.take("a")
    clock.now = 20.0
    buckets.take("a")
    with pytest.raises(TooManyRequestsError):
        buckets.take("a")


def test_one_address_does_not_use_up_what_another_may() -> None:
    buckets = Buckets(1, Clock())
    buckets.take("a")
    buckets.take("b")
    with pytest.raises(TooManyRequestsError):
        buckets.take("a")


def test_memory_is_bounded_by_forgetting_the_longest_quiet_addresses() -> None:
    buckets = Buckets(1, Clock())
    for n in range(MOST_ADDRESSES + 10):
        buckets.take(str(n))
    assert len(buckets._levels) == MOST_ADDRESSES
    buckets.take("0")
