"""Counts of what was served, as the Prometheus text format has them (version 0.0.4)."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Upper bounds of the latency buckets, in seconds."""


class Metrics:
    """Requests by route and status, and how long they took. One for an application, shared by its threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._buckets = [0] * (len(BOUNDS) + 1)
        self._seconds = 0.0

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        with self._lock:
            self._requests[route, status] += 1
            self._buckets[bisect_left(BOUNDS, seconds)] += 1
            self._seconds += seconds

    def text(self, generation: int) -> str:
        """The page that Prometheus reads."""
        with self._lock:
            requests, buckets, seconds = sorted(self._requests.items()), list(self._buckets), self._seconds
        lines = ["# TYPE citeguide_requests_total counter"]
        lines += [
            f'citeguide_requests_total{{route="{route}",status="{status}"}} {count}'
            for (route, status), count in requests
        ]
        lines += ["# TYPE citeguide_request_seconds histogram"]
        below = 0
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), buckets, strict=True):
            below += count
            lines.append(f'citeguide_request_seconds_bucket{{le="{bound}"}} {below}')
        lines += [f"citeguide_request_seconds_sum {seconds:.6f}", f"citeguide_request_seconds_count {below}"]
        lines += ["# TYPE citeguide_index_generation gauge", f"citeguide_index_generation {generation}"]
        return "\n".join(lines) + "\n"
