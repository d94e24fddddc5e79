"""How often one client may ask: a token bucket for each, forgotten when it is full again."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from hashlib import blake2b
from ipaddress import ip_address

from ...search.errors import CiteguideError
from ..shared import Shared

BUCKETS = 1 << 14
"""Clients told apart at once. More share a bucket by chance, and nobody can choose with whom."""


class TooManyRequestsError(CiteguideError):
    """One client asks faster than the server allows."""

    code = "too_many_requests"
    http_status = 429


def client(address: str) -> str:
    """Who stands behind an address: in IPv6 one client has a whole network of 2^64 addresses."""
    try:
        number = ip_address(address)
    except ValueError:
        return address
    return str(number) if number.version == 4 else number.exploded[:19]


class Buckets:
    """Allows ``per_minute`` requests from a client in the long run, and as many at once, in all processes together."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = float(per_minute)
        self._rate = per_minute / 60
        self._clock = clock
        self._key = secrets.token_bytes(16)
        self._taken = Shared(2 * BUCKETS)

    def take(self, address: str) -> None:
        """Count one request. Raises TooManyRequestsError where the client has used up what it may."""
        at = 2 * (int.from_bytes(blake2b(client(address).encode(), key=self._key, digest_size=4).digest()) % BUCKETS)
        now = self._clock()
        with self._taken.held() as numbers:
            taken = max(0.0, numbers[at] - (now - numbers[at + 1]) * self._rate)
            is_over = taken > self._size - 1
            numbers[at], numbers[at + 1] = min(self._size, taken + 1), now
        if is_over:
            raise TooManyRequestsError("too many requests from this address", "wait a minute and ask again")
