"""Dates that a guide gives for itself, as ISO dates."""

from __future__ import annotations

import re
from datetime import date

ISO = re.compile(r"\s*(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")


def iso_date(said: str) -> str | None:
    """The date at the beginning of a text: ``2020-05-08``, ``2020-05`` or ``2020``; None where there is none."""
    match = ISO.match(said)
    if match is None:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return None
    return "-".join(part for part in match.groups() if part)
