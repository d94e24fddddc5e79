"""What a PDF says of itself beside its pages: its title and its dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

from ...dates import iso_date

MADE_BY_PROGRAM = re.compile(r"(?:Microsoft \w+ - |untitled|document ?\d*$|\.\w{2,4}$|slide \d)", re.IGNORECASE)
"""A title that a program gave, and nobody wrote."""
PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
"""ISO 32000-1, 7.9.4, as far as the day."""


def said_title(facts: Mapping[str, str]) -> str:
    """The title that the file gives; empty where it is none."""
    title = " ".join(facts.get("Title", "").split())
    return "" if MADE_BY_PROGRAM.match(title) or PurePath(title).suffix in (".doc", ".docx", ".indd", ".pdf") else title


def said_date(facts: Mapping[str, str]) -> str | None:
    """The day, month or year on which the file says it was changed, else made."""
    found = (PDF_DATE.match(facts.get(name, "")) for name in ("ModDate", "CreationDate"))
    dates = (iso_date("-".join(part for part in match.groups() if part)) for match in found if match)
    return next((date for date in dates if date), None)
