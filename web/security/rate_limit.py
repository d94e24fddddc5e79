"""How often one address may ask: a token bucket for each, in memory, forgotten when it is full again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from ...search.errors import CiteguideError

MOST_ADDRESSES = 10_000
"""Addresses remembered at once; past that the longest quiet ones are forgotten, so memory stays bounded."""


class TooManyRequestsError(CiteguideError):
    """One address asks faster than the server allows."""

    code = "too_many_requests"
    http_status = 429


class Buckets:
    """Allows ``per_minute`` requests from an address in the long run, and as many at once."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = float(per_minute)
        self._rate = per_minute / 60
        self._clock = clock
        self._levels: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, address: str) -> None:
        """Count one request. Raises TooManyRequestsError where the address has used up what it may."""
        now = self._clock()
        with self._lock:
            level, since = self._levels.pop(address, (self._size, now))
            level = min(self._size, level + (now - since) * self._rate)
            self._levels[address] = (max(0.0, level - 1), now)
            while len(self._levels) > MOST_ADDRESSES:
                del self._levels[next(iter(self._levels))]
        if level < 1:
            raise TooManyRequestsError("too many requests from this address", "wait a minute and ask again")
