"""What a sheet shows for a number: percent, currency, thousands, places after the point, dates (ECMA-376-1, 18.8.30).

Numbers come with 15 significant digits, as Excel shows them at most. A format that is not understood (fractions,
exponents, conditions, shown in thousands) gives the plain number: exact, if not as laid out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache

from ....search.lang.lexicon import MONTHS

MAX_CODE = 255
"""Characters of a format; Excel allows no more."""
MAX_FORMAT_DIGITS = 20
"""Digits before the point of a number that is written out."""
MAX_DECIMAL_PLACES = 15
LAST_DAY = 2_950_000
"""A day in the year 9976: later ones are no dates."""


BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"$"#,##0', 6: '"$"#,##0', 7: '"$"#,##0.00', 8: '"$"#,##0.00',
    9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    41: "#,##0", 42: '"$"#,##0', 43: "#,##0.00", 44: '"$"#,##0.00', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
}  # fmt: skip
"""Formats that files name by number alone (18.8.30); dates whose layout is the reader's own are ISO dates here."""

FORMAT_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<space>[_*].)|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
    r"|\[(?P<elapsed>h+|m+|s+)\]|\[(?P<bracket>[^\]]*)\]|(?P<general>General)|(?P<date>y+|m+|d+|h+|s+)(?:\.0+)?"
    r"|(?P<noon>AM/PM|A/P)|(?P<digits>[0#?](?:[0#?,.]*[0#?,.])?|\.[0#?]+)|(?P<other>;|.)",
    re.IGNORECASE | re.DOTALL,
)
COLOURS = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color ?\d{1,2}", re.IGNORECASE)
NEGATIVE_SIGNS = str.maketrans("", "", "-()")
"""What layouts write around negative numbers: here these have a minus before them, whatever their layout."""
FORMAT_DIGITS = re.compile(r"(?P<whole>[0#?,]*)(?:\.(?P<places>[0#?]*))?")


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four layouts of a format: for positive numbers, negative ones, zero, and text."""

    before: str = ""
    digits: str = ""
    after: str = ""
    dates: tuple[str, ...] = ()
    """The date and time parts in order: ``yyyy``, ``mmm``, ``d``, ``h``; elapsed time as ``[h]``."""
    is_plain: bool = False
    """Whether the number is shown without a layout."""


def shown(value: float, code: str, *, from_1904: bool = False) -> str:
    """The text that a sheet shows for a number under a format; ``from_1904`` counts days as old Macs did."""
    number = Decimal(f"{value:.15g}")
    if not number.is_finite():
        return plain(number)
    section = _section(_sections(code), number)
    if section.dates and 0 <= value < LAST_DAY:
        return _moment(value, section.dates, from_1904)
    if section.is_plain or section.dates or not section.digits.strip("?"):
        return plain(number)
    return _laid_out(number, section)


def plain(number: Decimal) -> str:
    """A number without layout: no exponent unless it is very large, no zeros at its end."""
    if not number.is_finite() or number.adjusted() > MAX_FORMAT_DIGITS or number.adjusted() < -MAX_FORMAT_DIGITS:
        return str(number)
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _section(sections: Sequence[Section], number: Decimal) -> Section:
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]


@lru_cache(maxsize=1_024)
def _sections(code: str) -> tuple[Section, ...]:
    if not code or len(code) > MAX_CODE:
        return (Section(is_plain=True),)
    found: list[list[re.Match[str]]] = [[]]
    for token in FORMAT_TOKEN.finditer(code):
        if token[0] == ";":
            found.append([])
        else:
            found[-1].append(token)
    return tuple(map(_read, found[:3]))


def _read(tokens: Sequence[re.Match[str]]) -> Section:
    """A section from its parts."""
    dates = [token["date"] or f"[{token['elapsed']}]" for token in tokens if token["date"] or token["elapsed"]]
    if dates:
        return Section(dates=tuple(part.lower() for part in dates))
    groups = [n for n, token in enumerate(tokens) if token["digits"]]
    odd = any(token["general"] or not COLOURS.fullmatch(token["bracket"] or "red") for token in tokens)
    if len(groups) != 1 or odd or _is_scaled(tokens[groups[0]]["digits"]) or any(t[0] in "Ee/" for t in tokens):
        return Section(is_plain=True)
    before, after = _literal(tokens[: groups[0]]), _literal(tokens[groups[0] + 1 :])
    return Section(before.translate(NEGATIVE_SIGNS), tokens[groups[0]]["digits"], after.translate(NEGATIVE_SIGNS))


def _is_scaled(digits: str) -> bool:
    """Whether numbers are shown in thousands or millions: the sheet then says so elsewhere, or nowhere."""
    return digits.partition(".")[0].endswith(",") or digits.endswith(",") or digits.count(".") > 1


def _literal(tokens: Sequence[re.Match[str]]) -> str:
    parts = (t["quoted"] or t["escaped"] or t["currency"] or t["other"] or "" for t in tokens if not t["space"])
    return "".join(parts).replace("@", "")


def _laid_out(number: Decimal, section: Section) -> str:
    match = FORMAT_DIGITS.fullmatch(section.digits)
    places = match["places"] or "" if match else ""
    if match is None or len(places) > MAX_DECIMAL_PLACES or number.adjusted() > MAX_FORMAT_DIGITS - MAX_DECIMAL_PLACES:
        return plain(number)
    number = number * 100 if "%" in section.before + section.after else number
    rounded = abs(number).quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    whole = whole.zfill(match["whole"].count("0"))
    whole = f"{int(whole):,}".zfill(1) if "," in match["whole"] else whole
    least = places.rindex("0") + 1 if "0" in places else 0
    fraction = fraction[:least] + fraction[least:].rstrip("0")
    sign = "-" if number < 0 and rounded else ""
    return " ".join(f"{sign}{section.before}{whole}{'.' if fraction else ''}{fraction}{section.after}".split())


# Dates


class _Code(StrEnum):
    """The letters that stand for parts of a moment; an ``m`` is a minute behind hours and before seconds."""

    YEAR = "y"
    MONTH_OR_MINUTE = "m"
    DAY = "d"
    HOUR = "h"
    SECOND = "s"


_OF_DATE = (_Code.YEAR, _Code.MONTH_OR_MINUTE, _Code.DAY)


def _moment(value: float, parts: Sequence[str], from_1904: bool) -> str:
    """A date or a time of day, as exact as the format shows it: ISO, or with the month's name where that is shown."""
    if parts[0].startswith("["):
        return _elapsed(value, parts)
    days = value + 1_462 if from_1904 else value + (value < 60)  # Excel counts a February 29, 1900
    moment = datetime(1899, 12, 30) + timedelta(seconds=round(days * 86_400))
    minutes = {n for n, part in enumerate(parts) if part[0] == _Code.MONTH_OR_MINUTE and _is_minute(parts, n)}
    of_day = [part for n, part in enumerate(parts) if part[0] in (_Code.HOUR, _Code.SECOND) or n in minutes]
    of_year = [part for n, part in enumerate(parts) if part[0] in _OF_DATE and n not in minutes]
    time = f"{moment:%H:%M:%S}" if any(part[0] == _Code.SECOND for part in of_day) else f"{moment:%H:%M}"
    return " ".join(filter(None, (_date(moment, of_year), time if of_day else "")))


def _is_minute(parts: Sequence[str], n: int) -> bool:
    """Whether an ``m`` means minutes: after hours, or before seconds."""
    return (n > 0 and parts[n - 1][0] == _Code.HOUR) or (n + 1 < len(parts) and parts[n + 1][0] == _Code.SECOND)


def _date(moment: datetime, parts: Sequence[str]) -> str:
    kinds = [part[0] for part in parts if len(part) < 3 or part[0] != _Code.DAY]
    if not kinds:
        return f"{moment:%Y-%m-%d}" if parts else ""
    if any(part.startswith("mmm") for part in parts):
        return _named(moment, kinds)
    if _Code.DAY in kinds or kinds == [_Code.MONTH_OR_MINUTE]:
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m}" if _Code.MONTH_OR_MINUTE in kinds else f"{moment.year:04}"


def _named(moment: datetime, kinds: Sequence[str]) -> str:
    month = MONTHS[moment.month - 1]
    if _Code.DAY not in kinds:
        return f"{month} {moment.year}" if _Code.YEAR in kinds else month
    if kinds.index(_Code.DAY) < kinds.index(_Code.MONTH_OR_MINUTE):
        return f"{moment.day} {month} {moment.year}" if _Code.YEAR in kinds else f"{moment.day} {month}"
    return f"{month} {moment.day}, {moment.year}" if _Code.YEAR in kinds else f"{month} {moment.day}"


def _elapsed(value: float, parts: Sequence[str]) -> str:
    """Hours, minutes and seconds that may go beyond a day."""
    seconds = round(value * 86_400)
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if parts[-1][0] == _Code.SECOND else f"{hours}:{minutes:02}"
