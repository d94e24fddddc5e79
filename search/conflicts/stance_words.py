"""The names by which this package knows the words of ``lang/en/stance``, ``scope`` and ``exclusive_words``.

All words are folded (see ``words.fold``). None of them belongs to a trade: what guides are about is learnt from the
question, and these words only say how a sentence stands to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..lang.lexicon import lexicon

_STANCE = lexicon("stance")
_SCOPE = lexicon("scope")


def _signs(scale: str) -> Mapping[str, int]:
    yes, no = _STANCE.words(f"{scale} +"), _STANCE.words(f"{scale} -")
    return dict.fromkeys(yes, 1) | dict.fromkeys(no, -1)


# Single words

_FUNCTION = dict(_STANCE.pairs("function words"))
AGENT: Final = _FUNCTION["agent"]
INFINITIVE: Final = _FUNCTION["infinitive"]
GENITIVE: Final = _FUNCTION["genitive"]
BENEFIT: Final = _FUNCTION["benefit"]
COPULA: Final = _FUNCTION["copula"]
COMPARISON: Final = _FUNCTION["comparison"]
CONDITION: Final = _FUNCTION["condition"]
CONCESSION: Final = _FUNCTION["concession"]
RESTRICTION: Final = _FUNCTION["restriction"]
PORTION: Final = _FUNCTION["portion"]
LACK: Final = _FUNCTION["lack"]
FREEDOM: Final = _FUNCTION["freedom"]
EXISTENCE: Final = _FUNCTION["existence"]
MUST: Final = _FUNCTION["prohibited duty"]
NOT: Final = _FUNCTION["not"]
LIMIT: Final = _FUNCTION["limit"]
LAST: Final = _FUNCTION["last"]
ARTICLE: Final = _FUNCTION["article"]
ONE: Final = _FUNCTION["one"]
NON: Final = _FUNCTION["compounded denial"]
MADE: Final = _FUNCTION["made"]
"""Words by what they do in a sentence: the agent's "by", the infinitive's "to"."""

# Stances

OBLIGATION: Final = _signs("obligation")
"""Whether something is required (+1) or not (-1)."""
TO_OBLIGES: Final = _STANCE.words("to obliges")
TO_DO: Final = _STANCE.words("to do")
"""They oblige before "to": "have to"."""
LAW: Final = _STANCE.words("law")
"""Nouns that oblige where no other word does: "no law makes you wear one"."""
PASSIVE: Final = _STANCE.words("passive")
"""Of the words that oblige, those that may follow what is required."""
ATTRIBUTIVE: Final = _STANCE.words("attributive")
"""Of these, those that often only describe the noun before them: "the skills required"."""
TELLING: Final = _STANCE.words("telling")
"""A passage that says what is required holds at least one of these."""

PERMISSION: Final = _signs("permission")
"""Whether something may be, can be or is so (+1), or not (-1); a plain sentence without any of them says that it is."""
FREE: Final = _signs("free")
"""Whether something is free of charge (+1) or paid for (-1)."""

PREDICATES: Final = _STANCE.words("predicates")
"""Of the words that deny, those that do so only of what "is" so: a closed basket is no closed office."""
NEGATORS: Final = _STANCE.words("negators")
"""They deny the sentence's verb, as does every word that ends in "n't"."""
NO: Final = _STANCE.words("no")
"""It denies the noun behind it."""
NOT_DENYING: Final = _STANCE.words("not denying")
"""Behind "not" or "no" they leave the sentence affirmed: "not only"."""

MODALS: Final = _STANCE.words("modals")
"""Before a word such as "required" they leave it open."""
HEDGES: Final = _STANCE.words("hedges")
"""They say that a sentence does not hold for all, or is only somebody's view."""
CONDITIONS: Final = _STANCE.words("conditions")
"""They say that a sentence holds in some cases."""
PAST: Final = _STANCE.words("past")
"""They say that a sentence speaks of another time than now."""

PURPOSE: Final = _STANCE.words("purpose")
"""Behind a duty they lead to what it is for."""
ATTAINING: Final = _STANCE.words("attaining")
"""Verbs that make what it is for a duty as well: "to pass a test for a licence"."""
BARRIERS: Final = _STANCE.words("barriers")
"""They begin another thought."""
EXCEPTIONS: Final = _STANCE.words("exceptions")
"""They lead to what a sentence does not hold for."""
BEING: Final = _STANCE.words("being")
"""Before "required" they show that what stands before is required."""
STAYING: Final = _STANCE.words("staying")
"""They say that something is so, as "is" does."""

# Scope

PARTIES: Final = _SCOPE.words("parties")
"""Private parties: what one of them asks for is not what the law asks for."""
GENERIC_PEOPLE: Final = _SCOPE.words("generic people")
"""Words that stand for whoever the question is about."""
PEOPLE: Final = _SCOPE.words("people")
"""Groups of people."""
TAKING_PART: Final = _SCOPE.words("taking part")
"""Groups that whoever takes part belongs to: as a subject they say nothing of whom a sentence holds for."""
ROLES: Final = _SCOPE.words("roles")
"""Groups of people that behind the name of a trade say no more than the trade: "coding specialists"."""
PEOPLE_ENDINGS: Final = _SCOPE.ordered("people endings")
NOT_PEOPLE: Final = _SCOPE.words("not people")
"""Words that end like names of groups and are none, or name too much."""
RESTRICTING: Final = _SCOPE.words("restricting")
"""Behind a group of people they make it a smaller one: "students who live here"."""

DETERMINERS: Final = _SCOPE.words("determiners")

ACTS: Final = _SCOPE.words("acts")
"""Behind a sentence's first word without an article they show that it is a name: "Utah requires …"."""
TIMES: Final = _SCOPE.words("times")
"""When a sentence holds ("may" and "fall" mean too much else)."""
WORLDWIDE: Final = _SCOPE.words("worldwide")
"""Adverbs that say where."""
EXCLUSIVE_FAMILIES: Final[Mapping[str, Mapping[str, str]]] = {
    family: lexicon("exclusive_words").meanings(family) for family in lexicon("exclusive_words").sections if family
}
"""Words of which one excludes the others: a figure for the median says nothing of the mean."""

PREPOSITIONS: Final = _SCOPE.words("prepositions")
PLACING: Final = _SCOPE.words("placing")
"""Of these, those that say where or when: what holds at the door says nothing of what holds in advance."""
ATTACHING: Final = _SCOPE.words("attaching")
"""Of these, those that right behind a thing make it a smaller one: "a passport with express service"."""
NARROWING: Final = _SCOPE.words("narrowing")
"""Of these, those that make a statement narrower: "closed in winter"."""
FRONTING: Final = _SCOPE.words("fronting")
"""Of these, those that set the scene at the beginning of a sentence."""
BELOW: Final = _SCOPE.words("below")
ABOVE: Final = _SCOPE.words("above")
"""Comparisons that split a range in two: what holds below a bound does not contradict what holds above it."""

# Topics

GENERAL: Final = _SCOPE.words("general")
"""Adjectives that make nothing smaller: a professional certification is a certification."""
LIGHT: Final = _SCOPE.words("light")
"""Verbs and adverbs that carry little of a topic."""

PERSONAL_RELATIVES: Final = _SCOPE.words("personal relatives")
RELATIVE: Final = _SCOPE.words("relatives")
OF_A_PART: Final = _SCOPE.words("before a part")
LEADING_TO_A_SHARE: Final = _SCOPE.words("before a share")
UP_TO: Final = _SCOPE.words("up to")
JOINING: Final = _SCOPE.words("joining")
ANOTHER: Final = _SCOPE.words("another thought")
LEAVING_OPEN: Final = _STANCE.words("leaving open")
