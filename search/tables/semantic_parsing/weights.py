"""The fitted weights of features; the thresholds that were fixed with them stand in ``search/fitted.json``.

``weights.bin`` begins with a line of JSON, the facts, and goes on with an array of 32-bit hashes of features' names, in
order, and one of 16-bit weights in their order, little-endian. bench/fit_readings.py writes it and says what it was
fitted on.
"""

from __future__ import annotations

import json
import sys
from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

WEIGHTS_REMEMBERED = 32_768
"""Features whose weights are kept as they were asked for: some 4 MB at most."""
WEIGHTS_FILE = Path(__file__).parent / "weights.bin"


class Weights(NamedTuple):
    """Weights by the hash of the feature's name."""

    hashes: array[int]
    packed: array[int]
    scale: float

    def weight(self, name: str) -> float:
        """A feature's weight; nought for most."""
        wanted = crc32(name.encode())
        at = bisect_left(self.hashes, wanted)
        if at < len(self.hashes) and self.hashes[at] == wanted:
            return self.packed[at] * self.scale
        return 0.0


@cache
def fitted_weights() -> Weights:
    """The weights that come with the program, read when they are first asked for."""
    data = WEIGHTS_FILE.read_bytes()
    line, _, rest = data.partition(b"\n")
    facts = json.loads(line)
    count = facts["count"]
    hashes, packed = array("I"), array("h")
    hashes.frombytes(rest[: 4 * count])
    packed.frombytes(rest[4 * count : 6 * count])
    if sys.byteorder == "big":
        hashes.byteswap()
        packed.byteswap()
    return Weights(hashes, packed, facts["scale"])


@lru_cache(WEIGHTS_REMEMBERED)
def fitted_weight(name: str) -> float:
    """A feature's weight, remembered: questions share most of their features."""
    return fitted_weights().weight(name)
