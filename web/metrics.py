"""Counts of what was served, as the Prometheus text format has them (version 0.0.4)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from .shared import Shared

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Upper bounds of the latency buckets, in seconds."""
HTTP_STATUSES = (
    "200",
    "301",
    "302",
    "304",
    "308",
    "400",
    "401",
    "403",
    "404",
    "405",
    "413",
    "429",
    "500",
    "503",
    "other",
)
OTHER = "none"
"""The route of requests that fit none."""


class Metrics:
    """Requests by route and status, and how long they took. One for an application, shared by all who serve it."""

    def __init__(self, routes: Sequence[str]) -> None:
        self._routes = {route: n for n, route in enumerate([*dict.fromkeys(routes), OTHER])}
        self._first_bucket = len(self._routes) * len(HTTP_STATUSES)
        self._seconds = self._first_bucket + len(BOUNDS) + 1
        self._counts = Shared(self._seconds + 1)

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        told = str(status) if str(status) in HTTP_STATUSES else HTTP_STATUSES[-1]
        at = self._routes.get(route, self._routes[OTHER]) * len(HTTP_STATUSES) + HTTP_STATUSES.index(told)
        with self._counts.held() as counts:
            counts[at] += 1
            counts[self._first_bucket + bisect_left(BOUNDS, seconds)] += 1
            counts[self._seconds] += seconds

    def text(self, generation: int) -> str:
        """The page that Prometheus reads."""
        with self._counts.held() as held:
            counts = list(held)
        lines = ["# TYPE citeguide_requests_total counter"]
        lines += [
            f'citeguide_requests_total{{route="{route}",status="{status}"}} {counts[n * len(HTTP_STATUSES) + m]:.0f}'
            for route, n in sorted(self._routes.items())
            for m, status in enumerate(HTTP_STATUSES)
            if counts[n * len(HTTP_STATUSES) + m]
        ]
        lines += ["# TYPE citeguide_request_seconds histogram"]
        below = 0.0
        for n, bound in enumerate((*map(str, BOUNDS), "+Inf")):
            below += counts[self._first_bucket + n]
            lines.append(f'citeguide_request_seconds_bucket{{le="{bound}"}} {below:.0f}')
        lines += [f"citeguide_request_seconds_sum {counts[self._seconds]:.6f}"]
        lines += [f"citeguide_request_seconds_count {below:.0f}"]
        lines += ["# TYPE citeguide_index_generation gauge", f"citeguide_index_generation {generation}"]
        return "\n".join(lines) + "\n"
