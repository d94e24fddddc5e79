"""What a column is about, by the words of its header: places, occupations, pay types, years, codes."""

from __future__ import annotations

from functools import cache

from ...search.model import ColumnRole
from ...search.text.column_headers import in_header
from ...search.text.tokenizer import terms

ROLE_WORDS: dict[ColumnRole, str] = {
    "place": "location, place, area, area name, area title, region, state, states, province, territory, county, city, "
    "town, metro, metro area, metropolitan area, metropolitan statistical area, msa, country, geography, campus",
    "occupation": "occupation, occupations, occupational title, occ title, occupation title, job title, job, career, "
    "profession, position, role, specialty",
    "pay type": "pay type, wage type, pay period, rate type, pay basis, pay frequency",
    "year": "year, period, survey year, date",
    "code": "code, id, fips, soc, soc code, occ code, occupation code, area code, naics, naics code, zip, zip code",
    "label": "title, name, industry, industry title, program, school, employer, education, degree, level, rank, group, "
    "type, category, description, item, sector, certification, credential, requirement, institution, step",
}  # fmt: skip
"""Header words by role, separated by commas, folded."""

PAY_TYPES: dict[str, str] = {
    "hourly": "hour", "hour": "hour", "per hour": "hour", "daily": "day", "weekly": "week", "monthly": "month",
    "annual": "year", "annually": "year", "yearly": "year", "year": "year", "per year": "year", "salary": "year",
    "per annum": "year", "p a": "year", "pa": "year", "per day": "day", "per week": "week", "per month": "month",
    "hr": "hour", "yr": "year", "an hour": "hour", "a year": "year", "salaried": "year",
}  # fmt: skip
"""What a cell of a pay type column says, folded, and the period it means."""


def role(header: str) -> ColumnRole | None:
    """The role that a header's words name; None where they name none, or a measure."""
    if in_header(header).measure is not None and not _exactly(header):
        return None
    words = [term.word for term in terms(header.replace("_", " "))]
    for size in range(min(4, len(words)), 0, -1):
        for at in range(len(words) - size, -1, -1):
            if (found := role_words().get(" ".join(words[at : at + size]))) is not None:
                return "label" if found == "occupation" and _goes_on(words[at + size :]) else found
    return None


@cache
def role_words() -> dict[str, ColumnRole]:
    """Each phrase that names a role."""
    return {phrase.strip(): role for role, phrases in ROLE_WORDS.items() for phrase in phrases.split(",")}


def _goes_on(rest: list[str]) -> bool:
    """Whether another noun follows, so that the words before only say whose: "job duties" are no jobs."""
    return bool(rest) and rest[0].isalpha() and rest[0] not in _LINKS


_LINKS = frozenset(("and", "or", "in", "of", "by", "for", "name", "names", "title", "titles", "group", "groups"))


def _exactly(header: str) -> bool:
    return " ".join(term.word for term in terms(header.replace("_", " "))) in role_words()
