"""Words that name one thing: by a common root ("coder", "code"), or by a list of near synonyms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

from ..text.tokenizer import stem

KIN: Final = (
    "exam exams examination test tests",
    "cost costs fee fees price prices charge charges costing",
    "pay pays paid payment payments unpaid paying wage wages salary salaries earn earns earnings",
    "job jobs employment work occupation position positions",
    "course courses program programs programme programmes class classes training",
    "certification certificate certified certify",
    "car cars vehicle vehicles",
    "photograph photographs photo photos picture pictures",
    "physician physicians doctor doctors",
    "grow grows growth growing rise rises increase increases",
    "licence license licensed licensure licensing",
    "person persons people employs employees",
    "people inhabitants population",
    "bus buses",
    "try tries attempt attempts times often",
    "cover covers covered include includes included part",
    "renew renews renewed renewal expire expires expired expiry valid",
    "borrow borrows borrowed lend lends lent loan loans",
    "late overdue",
    "die dies died dead deaths kill kills killed",
    "advance ahead",
    "admit admits admitted allow allows allowed",
    "train trains training trained",
    "deadline due until",
    "apply applies applied application applications",
    "teach teaches taught teaching teacher teachers instructor instructors",
    "child children kid kids minor minors",
    "senior seniors pensioner pensioners",
    "shop shops store stores",
    "begin begins beginning start starts starting",
    "finish finishes finished complete completes completed completion",
    "buy buys purchase purchases bought",
    "close closes closed shut shuts",
    "film films movie movies",
    "ticket tickets fare fares",
    "bicycle bicycles bike bikes cycle cycles cyclist cyclists",
    "camp camps camping campsite campsites campground camper campers",
    "stay stays staying visit visits visitor visitors",
    "rubbish garbage trash",
    "leash leashes lead leads",
    "drug drugs medicine medicines medication medications",
    "shot shots vaccine vaccines vaccination vaccinated vaccinations",
    "salon salons parlour parlours",
    "cook cooks cooking",
    "park parks parking",
    "fish fishing angler anglers",
    "boat boats boating boater boaters",
    "drive drives driving driver drivers",
    "notary notaries",
    "barber barbers barbering",
    "broker brokers brokerage",
    "nurse nurses nursing",
    "online internet web",
    "winner winners award awards awarded",
    "insurance insured coverage",
    "deposit deposits",
    "refund refunds refunded refundable",
    "rent rents rental renting",
    "wear wears wearing worn",
    "swim swims swimming swimmer swimmers",
    "smoke smokes smoking",
    "vote votes voting voter voters",
    "marry marries married marriage",
    "hunt hunts hunting hunter hunters",
    "diploma diplomas",
    "mail post",
    "retake retakes resit repeat",
    "guide guides",
    "luggage baggage bag bags",
    "hotel hotels inn",
    "doctorate phd",
    "flat flats apartment apartments",
    "lawyer lawyers attorney attorneys",
    "lesson lessons class classes",
    "hire hires hired employ employs employed",
    "reach reaches reached access accessible",
)
"""Words that name the same thing, or nearly: nearer than ``synonyms`` are, as sides must speak of one thing."""
NARROWER: Final[Mapping[str, str]] = {
    "credential": "certification certificate licence license diploma",
    "credentials": "certification certificate licence license diploma",
    "qualification": "degree diploma certificate certification licence license",
    "vehicle": "car truck van motorcycle",
    "fee": "toll",
    "pet": "dog cat",
    "pets": "dogs cats",
}
"""What a wider word in a question asks for as well."""


@lru_cache(maxsize=65_536)
def kin(a: str, b: str) -> bool:
    """Whether the second stem stands for the first: equal, one the other's root ("coder", "code"), or a name of it."""
    if a == b or b in _narrower().get(a, ()) or _group_of(a) & _group_of(b):
        return True
    short, long = sorted((a, b), key=len)
    if long in (short + short[-1], f"{short}e") and (short[-1] == "s" or long[-1] != "e"):
        return True
    if len(short) < 4 or len(long) - len(short) > 3 or not short.isalpha():
        return False
    return long.startswith(short) or (len(short) >= 6 and long.startswith(short[:-1]))


def forms(sought: str) -> tuple[str, ...]:
    """The stems that name what a stem names, itself first."""
    same = {other for other in _groups() if _group_of(other) & _group_of(sought)} | _narrower().get(sought, frozenset())
    return (sought, *sorted(same - {sought}))


def held(stem_sought: str, stems: Iterable[str]) -> bool:
    """Whether any of these stems is kin to the one sought."""
    return any(kin(stem_sought, other) for other in stems)


def _group_of(one: str) -> frozenset[int]:
    return _groups().get(one, frozenset())


@cache
def _groups() -> Mapping[str, frozenset[int]]:
    """Stem to the numbers of the groups of KIN that it belongs to."""
    found: dict[str, frozenset[int]] = {}
    for number, text in enumerate(KIN):
        for word in text.split():
            found[stem(word)] = found.get(stem(word), frozenset()) | {number}
    return found


@cache
def _narrower() -> Mapping[str, frozenset[str]]:
    return {stem(wide): frozenset(map(stem, text.split())) for wide, text in NARROWER.items()}
