"""The rate limit: how many requests a client may make, that it forgets, and that all processes count together."""

from __future__ import annotations

import os

import pytest
from citeguide.web.metrics import Metrics
from citeguide.web.security.rate_limit import Buckets, TooManyRequestsError, client


class Clock:
    """A clock that stands still until it is told to move."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_client_is_refused_once_its_minute_is_used_up_and_served_again_later() -> None:
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


def test_one_client_does_not_use_up_what_another_may() -> None:
    buckets = Buckets(1, Clock())
    buckets.take("192.0.2.1")
    buckets.take("192.0.2.2")
    with pytest.raises(TooManyRequestsError):
        buckets.take("192.0.2.1")


def test_who_has_a_whole_network_is_one_client() -> None:
    """Every machine with IPv6 has 2^64 addresses to ask from."""
    assert client("2001:db8:1:2::3") == client("2001:db8:1:2:ffff::9") != client("2001:db8:1:3::3")
    assert client("192.0.2.1") != client("192.0.2.2")


def test_many_clients_take_no_more_memory_than_few() -> None:
    """More than there are buckets: some share one, most of the time of another, and nothing fails."""
    buckets = Buckets(1, Clock())
    refused = 0
    for n in range(2_000):
        try:
            buckets.take(f"192.0.{n // 250}.{n % 250}")
        except TooManyRequestsError:
            refused += 1
    assert refused < 400


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot fork")
def test_processes_count_together() -> None:
    """What a child counted before it ended is neither lost nor forgotten."""
    buckets, metrics = Buckets(3, Clock()), Metrics(["/ask"])
    for _ in range(2):
        child = os.fork()
        if child == 0:
            buckets.take("a")
            metrics.count("/ask", 200, 0.02)
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
    buckets.take("a")
    metrics.count("/ask", 200, 0.02)
    with pytest.raises(TooManyRequestsError):
        buckets.take("a")
    assert 'citeguide_requests_total{route="/ask",status="200"} 3' in metrics.text(1)
    assert 'citeguide_request_seconds_bucket{le="0.025"} 3' in metrics.text(1)


def test_an_address_that_nobody_foresaw_is_counted_with_the_others() -> None:
    metrics = Metrics(["/ask"])
    metrics.count("/made/up", 418, 9.0)
    assert 'citeguide_requests_total{route="none",status="other"} 1' in metrics.text(1)
    assert 'citeguide_request_seconds_bucket{le="+Inf"} 1' in metrics.text(1)
