"""Regular expressions that are compiled when first needed: a cold start pays only for those that its question needs."""

from __future__ import annotations

import re
from functools import cache


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled once; case counts unless the pattern says otherwise (``(?i)``)."""
    return re.compile(pattern)
