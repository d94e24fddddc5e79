"""The words that disagreement is read from, as data: what obliges, what allows, what denies, what only hedges.

All words are folded (see ``words.fold``). None of them belongs to a trade: what guides are about is learnt from the
question, and these words only say how a sentence stands to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final


def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


def _signs(positive: str, negative: str) -> Mapping[str, int]:
    return dict.fromkeys(positive.split(), 1) | dict.fromkeys(negative.split(), -1)


# Stances

OBLIGATION: Final = _signs(
    "require requires required requiring requirement requirements must mandatory mandate mandated mandates "
    "compulsory obligatory obligated obliged obliges obligation oblige duty duties essential indispensable "
    "imperative need needs needed needing necessary necessity compels compelled forced forces prerequisite",
    "optional voluntary discretionary unnecessary exempt exempted exempts waived waives needn't skip skips omit omits",
)
"""Whether something is required (+1) or not (-1)."""
TO_OBLIGES: Final = words("have has had having")
"""They oblige before "to": "have to"."""
LAW: Final = words("law laws rule rules regulation regulations legislation statute")
"""Nouns that oblige where no other word does: "no law makes you wear one"."""
PASSIVE: Final = words(
    "required needed necessary mandatory compulsory obligatory mandated essential indispensable imperative "
    "optional voluntary unnecessary waived exempt exempted obligation requirement requirements prerequisite"
)
"""Of the words that oblige, those that may follow what is required."""
ATTRIBUTIVE: Final = words("required needed necessary")
"""Of these, those that often only describe the noun before them: "the skills required"."""
TELLING: Final = words(
    "required requirement must need mandatory compulsory obligatory necessary essential optional voluntary exempt "
    "obliged without have law"
)
"""A passage that says what is required holds at least one of these."""

PERMISSION: Final = _signs(
    "can may allowed allows allow permitted permits legal lawful able possible eligible accepted accepts accept "
    "available offered offers provided provides included includes covered covers open welcome entitled valid safe",
    "banned bans prohibited prohibits forbidden forbids illegal unlawful impossible ineligible unavailable excluded "
    "excludes exclude closed closes shut rejected rejects refused refuses denied denies barred disallowed invalid "
    "unsafe lacks lack",
)
"""Whether something may be, can be or is so (+1), or not (-1); a plain sentence without any of them says that it is."""
FREE: Final = _signs("free complimentary", "pay pays paid charge charges charged fee fees cost costs price")
"""Whether something is free of charge (+1) or paid for (-1)."""

PREDICATES: Final = words("closed shut illegal unlawful impossible ineligible unavailable invalid unsafe")
"""Of the words that deny, those that do so only of what "is" so: a closed basket is no closed office."""
NEGATORS: Final = words("not cannot never neither nor nobody none nothing")
"""They deny the sentence's verb, as does every word that ends in "n't"."""
NO: Final = words("no")
"""It denies the noun behind it."""
NOT_DENYING: Final = words("only just merely least even more less fewer later longer earlier sooner")
"""Behind "not" or "no" they leave the sentence affirmed: "not only"."""

MODALS: Final = words("may might could can should would")
"""Before a word such as "required" they leave it open."""
HEDGES: Final = words(
    "some certain many most several few often sometimes occasionally increasingly prefer prefers preferred "
    "recommend recommends recommended advise advised advisable ideally perhaps possibly probably depending "
    "depends vary varies myth myths believe believes belief misconception misconceptions rumour rumor likely "
    "expected generally usually typically normally part parts partly partially unlike other others"
)
"""They say that a sentence does not hold for all, or is only somebody's view."""
CONDITIONS: Final = words("if unless when where only otherwise during while")
"""They say that a sentence holds in some cases."""
PAST: Final = words("was were had formerly previously used former longer")
"""They say that a sentence speaks of another time than now."""

PURPOSE: Final = words("for before after apply eligible qualify towards toward as")
"""Behind a duty they lead to what it is for."""
ATTAINING: Final = words(
    "pass take sit hold have get obtain earn gain complete carry possess secure receive bring show be become"
)
"""Verbs that make what it is for a duty as well: "to pass a test for a licence"."""
BARRIERS: Final = words("whether if when until unless because so that which who")
"""They begin another thought."""
EXCEPTIONS: Final = words("except excluding besides")
"""They lead to what a sentence does not hold for."""
BEING: Final = words("be is are was were been being it's isn't aren't wasn't weren't makes make made")
"""Before "required" they show that what stands before is required."""
STAYING: Final = words("stay stays stayed remain remains remained keep keeps kept")
"""They say that something is so, as "is" does."""

# Scope

PARTIES: Final = words(
    "employer employers hospital hospitals clinic clinics company companies firm firms school schools college "
    "colleges university universities program programs programme programmes course courses bank banks insurer "
    "insurers agency agencies club clubs shop shops restaurant restaurants"
)
"""Private parties: what one of them asks for is not what the law asks for."""
GENERIC_PEOPLE: Final = words(
    "you i we one anyone anybody everyone everybody people person persons applicant applicants candidate "
    "candidates someone all it there they"
)
"""Words that stand for whoever the question is about."""
PEOPLE: Final = words(
    "child children adult adults student students resident residents visitor visitors citizen citizens tourist "
    "tourists tenant tenants landlord landlords woman women man men pensioner pensioners apprentice apprentices "
    "freelancer freelancers volunteer volunteers staff nurse nurses doctor doctors guard guards cook cooks chef "
    "chefs parent parents guest guests pilot pilots clerk clerks agent agents aide aides coach coaches veteran "
    "veterans family families household households patient patients driver drivers member members "
    "owner owners worker workers employee employees "
    "teacher teachers cadet cadets intern interns graduate graduates"
)
"""Groups of people."""
TAKING_PART: Final = words(
    "student students pupil pupils learner learners trainee trainees member members guest guests visitor visitors "
    "customer customers buyer buyers user users passenger passengers participant participants winner winners "
    "runner runners applicant applicants candidate candidates holder holders client clients patient patients "
    "owner owners"
)
"""Groups that whoever takes part belongs to: as a subject they say nothing of whom a sentence holds for."""
ROLES: Final = words(
    "specialist specialists professional professionals worker workers staff employee employees personnel"
)
"""Groups of people that behind the name of a trade say no more than the trade: "coding specialists"."""
PEOPLE_ENDINGS: Final = ("ers", "ors", "ists", "ants", "ees", "ians")
NOT_PEOPLE: Final = words(
    "numbers papers letters centers centres orders offers answers others computers chapters quarters counters "
    "covers corners dinners matters powers towers waters years errors floors doors colors colours factors sectors "
    "minors events percents patents continents accidents clients plants grants degrees fees trees wants sees "
    "agrees consists exists insists persists resists assists enters differs refers prefers suffers delivers "
    "considers remembers gathers monitors"
)
"""Words that end like names of groups and are none, or name too much."""
RESTRICTING: Final = words("who whose that over under aged of with holding having")
"""Behind a group of people they make it a smaller one: "students who live here"."""

ACTS: Final = words(
    "has does makes requires allows lets bans prohibits permits forbids imposes charges fines law laws rules state"
)
"""Behind a sentence's first word without an article they show that it is a name: "Utah requires …"."""
TIMES: Final = words(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays "
    "saturdays sundays weekday weekdays weekend weekends january february march april june july august september "
    "october november december spring summer autumn winter term holidays holiday morning mornings evening "
    "evenings night nights today"
)
"""When a sentence holds ("may" and "fall" mean too much else)."""
WORLDWIDE: Final = words(
    "worldwide nationwide nationally statewide abroad overseas globally locally elsewhere indoors outdoors "
    "upstairs downstairs alone unaccompanied"
)
"""Adverbs that say where."""
FAMILIES: Final[Mapping[str, Mapping[str, str]]] = {
    family: {word: name for name, text in members.items() for word in text.split()}
    for family, members in {
        "statistic": {
            "low": "low lowest minimum least bottom entry starting start starts begin begins smallest cheapest",
            "high": "high highest maximum most top largest",
            "median": "median",
            "mean": "mean average",
            "total": "total whole entire overall altogether",
        },
        "authority": {
            "nation": "federal national nation",
            "state": "state states",
            "county": "county counties",
            "city": "city cities town municipal",
            "company": "company companies employer employers firm firms",
        },
        "time": {"full": "full", "half": "part half"},
        "sex": {"men": "men man male males", "women": "women woman female females"},
        "age": {
            "child": "child children kid kids minor minors baby babies",
            "adult": "adult adults",
            "old": "pensioner pensioners senior seniors",
        },
        "origin": {"here": "domestic local", "abroad": "international foreign overseas"},
    }.items()
}
"""Words of which one excludes the others: a figure for the median says nothing of the mean."""

PREPOSITIONS: Final = words(
    "in at on for during under over from to of by with without after before within through inside outside between "
    "above below as into onto about per across around near than against throughout among beside besides despite "
    "like toward towards until since upon behind beyond"
)
PLACING: Final = words("in at on to into inside outside before after during within until beyond through from")
"""Of these, those that say where or when: what holds at the door says nothing of what holds in advance."""
ATTACHING: Final = words("with without for under over")
"""Of these, those that right behind a thing make it a smaller one: "a passport with express service"."""
NARROWING: Final = words(
    "in at on for during under over from of with after before within inside outside between above below until "
    "since beyond against"
)
"""Of these, those that make a statement narrower: "closed in winter"."""
FRONTING: Final = words("in at on within under for with")
"""Of these, those that set the scene at the beginning of a sentence."""
BELOW: Final = words("within before until under below less")
ABOVE: Final = words("after over above more beyond longer")
"""Comparisons that split a range in two: what holds below a bound does not contradict what holds above it."""

# Topics

GENERAL: Final = words(
    "professional official formal special specific particular valid own new any such single separate additional "
    "extra full actual other regular proper good legal state national local same current certain average general "
    "fact practice principle approved accredited recognised recognized standard basic minimum maximum required "
    "mandatory complete entire total usual typical registered licensed certified qualified prospective ordinary "
    "annual yearly monthly written longest shortest"
)
"""Adjectives that make nothing smaller: a professional certification is a certification."""
LIGHT: Final = words(
    "be is are was were been being will would shall should each every both either do does did have has had having "
    "hold holds holding get gets getting take takes taking make makes making become becomes becoming work works "
    "working go going give gives pass passes complete completes obtain earn use want wants ask asks undergo carry "
    "bring brings attend attends live lives living finish finishes join joins leave leaves held keep keeps kept "
    "let lets run runs ride rides wear wears worn use uses enter law laws legal legally state states "
    "official officially national currently still also really actually ever just there"
)
"""Verbs and adverbs that carry little of a topic."""
