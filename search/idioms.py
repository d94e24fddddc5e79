"""Turns of phrase: words that mean something together that none of them says alone, and those that say nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .words import Term, fold, stem

IDIOMS = """
from home = online
at home = online
in person = campus
on site = campus
distance learning = online
get in = admission
get into = admission
getting in = admission
getting into = admission
let in = admission
take part = participate
sign up = enroll
signing up = enroll
set up = arrange
look for = seek
looking for = seek
look out for = avoid
time off = vacation
days off = vacation
day off = vacation
well paid = lucrative
well paying = lucrative
pay well = lucrative
pays well = lucrative
good money = lucrative
make a living = earn
get a job = job
get a raise = raise
find work = job
find a job = job
find a position = job
land a job = job
get hired = job
get started = begin
getting started = begin
right away = immediately
as soon as possible = immediately
straight away = immediately
give up = quit
drop out = quit
move up = advance
moving up = advance
get ahead = advance
work my way up = advance
go up = increase
going up = increase
goes up = increase
go down = decrease
going down = decrease
go back = return
going back = return
more than one = several multiple
other than = besides
worth it = worth
hands on = practical
pay off = worth
by law = law
stand for = stand
stands for = stand
fill out = complete
turn in = submit
hand in = submit
i am under = age under
i'm under = age under
get ready = prepare
getting ready = prepare
deal with = handle
run by = run
get rid of = dispose
find out = learn
free of charge = free
out of pocket = cost
these days =
all day =
day to day = daily
in a nutshell =
right now = currently
at the moment = currently
at all =
by the way =
a lot of = much
a lot = much
lots of = much
kind of =
sort of =
by any chance =
good at =
want to know =
would like to know =
wondering if =
i wonder =
i need to know =
can you tell me =
tell me about =
tell me =
what about =
how about =
"""


def without_idioms(terms: Sequence[Term]) -> Iterator[Term]:
    """The terms, with each turn of phrase replaced by what it means; a replacement spans the words it stands for."""
    at = 0
    while at < len(terms):
        length = next((n for n in _LENGTHS if tuple(t.word for t in terms[at : at + n]) in _MEANINGS), 0)
        if not length:
            yield terms[at]
        else:
            said = terms[at : at + length]
            for word in _MEANINGS[tuple(term.word for term in said)]:
                yield Term(stem(word), word, said[0].start, said[-1].end)
        at += length or 1


def _table() -> dict[tuple[str, ...], tuple[str, ...]]:
    pairs = (line.split("=") for line in IDIOMS.strip().split("\n"))
    return {tuple(map(fold, said.split())): tuple(map(fold, meant.split())) for said, meant in pairs}


_MEANINGS = _table()
_LENGTHS = sorted({len(said) for said in _MEANINGS}, reverse=True)
