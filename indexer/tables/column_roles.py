"""What a column is about, by the words of its header: places, occupations, pay types, years, codes."""

from __future__ import annotations

from functools import cache

from ...search.column_kinds import ColumnRole
from ...search.lang.lexicon import lexicon
from ...search.text.column_headers import in_header
from ...search.text.tokenizer import terms

_TABLE_HEADERS = lexicon("table_headers")

PAY_TYPES: dict[str, str] = _TABLE_HEADERS.meanings("pay types")
"""What a cell of a pay type column says, folded, and the period it means."""


def role(header: str) -> ColumnRole | None:
    """The role that a header's words name; None where they name none, or a measure."""
    if in_header(header).measure is not None and not _exactly(header):
        return None
    words = [term.word for term in terms(header.replace("_", " "))]
    for size in range(min(4, len(words)), 0, -1):
        for at in range(len(words) - size, -1, -1):
            if (found := role_words().get(" ".join(words[at : at + size]))) is not None:
                return ColumnRole.LABEL if found == ColumnRole.OCCUPATION and _goes_on(words[at + size :]) else found
    return None


@cache
def role_words() -> dict[str, ColumnRole]:
    """Each phrase that names a role."""
    return {phrase: ColumnRole(role) for phrase, role in _TABLE_HEADERS.meanings("roles").items()}


def _goes_on(rest: list[str]) -> bool:
    """Whether another noun follows, so that the words before only say whose: "job duties" are no jobs."""
    return bool(rest) and rest[0].isalpha() and rest[0] not in _LINKS


_LINKS = _TABLE_HEADERS.words("links")


def _exactly(header: str) -> bool:
    return " ".join(term.word for term in terms(header.replace("_", " "))) in role_words()
