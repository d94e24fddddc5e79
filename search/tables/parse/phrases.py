"""The words of table questions, as data: ``kind: phrases`` or ``kind / value: phrases``, separated by commas.

A longer phrase goes before a shorter one. What the kinds mean, and which values they have, is said in ``vocabulary``.
"""

from __future__ import annotations

PHRASES = """
# Words that change nothing.
filler: equivalent, cover, covers, contain, contains, mention, mentions, appear, appears, take, takes, any, whats,
    hows, im, ill, as, whose, name, work out, amount to, come to, comes to, come out, how big is, how large is, how
    small is, how much does it, to be, question, quick question, thinking, think, thought, planning, planning on,
    considering, hoping, hope, heard, told, said, family, wife, husband, partner, sister, brother, mother, father, mom,
    dad, daughter, son, friend, friends, kids, wants, wanted, relocate, relocating, kindly, with my family, with my
    wife, with my husband, dear, good morning, these days, nowadays, at the moment, at present, was wondering, was
    thinking, were wondering, a, so called, an, the, of, in, on, at, for, with, into, this, that, these, those, there,
    here, it, its, they, them, i, me, my, we, our, you, your, he, she, one, ones, i'd, i'm, i'll, i've, you'd, they're,
    it'd, it'll, am, be, been, being, has, have, had, having, may, might, shall, must, want, would like, i'd like, like
    to, if, whether, so, then, also, too, just, actually, really, please, pls, plz, kindly, thanks, thank, hello, hi,
    hey, ok, okay, let, let's, tell, show, give, know, find, looking, see, say, says, curious, wonder, wondering, help,
    interested, how, much, many, get, gets, getting, expect, expected, expecting, anticipate, receive, receives,
    receiving, offer, offers, offered, offering, bring, brings, come, comes, go, going, goes, become, becoming, work,
    works, working, live, lives, living, got, look up, looked up, move, moving, located, based, listed, reported,
    shown, stated, recorded, according, currently, now, today, right now, exist, figure, figures, value, values, data,
    information, info, table, tables, in the chart, stats, statistics, statistic, amount, amounts, level, levels,
    number, numbers, numeric, absolute, guide, guides, list, lists, well, how high is, how low is, how high are, how
    low are, how good is, how good are, how well, altogether, within, terms, get to, looking at
pay: pay wise, wage wise, salary wise, in pay, in wages, in salary, the pay like, the wage like, the wages like, the
    salary like, pay look like
convert: convert, converted, turn, translate, translated, express, expressed
filler / which: what, what's, which
filler / how much: how much
filler: over in, down in, up in, out in, over at, out there in
filler / look: look, looks, looking like, look like, looks like
how: how do, how does, how did, how can, how would, how could
is it: is, are, was, were, do, does, did
is it / modal: can, could, will, would, should

# Words that make it another kind of question.
blocker: why, when, how come, how do i, how do you, how does one, how to, how long, how old, how often, how fast,
    living wage, living wages, prevailing wage, prevailing wages, how soon, how quickly, how hard, how far, what if,
    what happens, who is, pay me, make me, make of, what kind, what kinds, what type of, what sort, near me, my area, my
    city, my state, my town, who was, who won, ago, since, until, before, after, during

# Who is paid, in general.
any one: person, people, someone, somebody, anyone, anybody, everyone, folks, worker, workers, employee, employees,
    staff, personnel, individual, individuals, earner, earners
any one / profession: professional, professionals, specialist, specialists, expert, experts, practitioner,
    practitioners

# The rows.
rows / place: area, areas, place, places, location, locations, region, regions, spot, spots, market, markets, part,
    parts, anywhere, somewhere
rows / local: city, cities, town, towns, county, counties, community, communities, locality, localities
rows / state: state, states
home: in the state, within the state, across the state, throughout the state, statewide, in this state, of the state
rows / MSA: msa, msas, metropolitan statistical area, metropolitan statistical areas
rows / metro: metro, metros, metro area, metro areas, metropolitan area, metropolitan areas, metropolitan region,
    metropolitan regions, metro region, metro regions
rows / metropolitan division: metropolitan division, metropolitan divisions, metro division, metro divisions,
    division, divisions
rows / BOS region: bos region, bos regions, bos area, bos areas, balance of state, balance of state region, balance
    of state regions, nonmetropolitan area, nonmetropolitan areas, non metropolitan area, non metropolitan areas,
    nonmetro areas, non metro areas
rows / occupation: occupation, occupations, job, jobs, profession, professions, career, careers, role, roles,
    position, positions, job title, job titles, title, titles, line of work, lines of work
rows / who: who, who's
rows / payer: who pays, who is paying, who's paying
rows / country: countries, which country, what country
rows / any: which ones, which one, row, rows, entries, record, records, item, items
where: where, where's, wheres
nation: united states, united states of america, american, usa, u s, u s a, america, nation, national, nationally,
    nationwide, country, countrywide, whole country, nation as a whole, country as a whole, national level
all / each: each, every
all / whole: all, all of the
all: over all, over the, everywhere, both, across, among, between all, various, different, overall, whole, entire
by: per, by, in terms of, based on, measured by, going by, judged by, judging by, as measured by, with respect to

# Which rows: ranks.
super / +many: most
super / -many: fewest, least
super / +: highest, best, top, greatest, largest, biggest, max, maximum, peak, leading, richest, number one, widest,
    broadest, tops the list, top of the list, heads the list, leads the list, comes out on top, ranks first
super / +pay: highest paid, highest paying, best paid, best paying, top paid, top paying, most lucrative, top
    earning, highest earning, most money, most well paid, most highly paid
super / -: ranks last, comes last, is last, lowest, cheapest, worst, bottom, smallest, min, minimum, poorest, narrowest,
    tightest
super / -pay: worst paid, worst paying, bottom paying, least paying, least money, poorest paid, lowest paid, lowest
    paying, least paid, lowest earning, least well paid, poorest paying, least lucrative
order / -: descending, highest to lowest, from highest to lowest, high to low, best to worst, highest first, top to
    bottom
order / +: ascending, lowest to highest, from lowest to highest, low to high, worst to best, lowest first, bottom to
    top
rank: rank, ranks, ranked, ranking, rankings, sort, sorted, order, ordered, in order
ordinal / 1: first, 1 st
ordinal / 2: second, 2 nd, runner up
ordinal / 3: third, 3 rd
ordinal / 4: fourth, 4 th
ordinal / 5: fifth, 5 th
ordinal / 6: sixth, 6 th
ordinal / 7: seventh, 7 th
ordinal / 8: eighth, 8 th
ordinal / 9: ninth, 9 th
ordinal / 10: tenth, 10 th

# Which rows: conditions.
above / >: above, over, more than, greater than, higher than, better than, larger than, bigger than, exceeding,
    exceed, tops, topping, exceeds, in excess of, north of, beat, beats, outpay, outpays, outearn, outearns, surpass,
    surpasses, ahead of, is above, is over, lie above, lies above, sit above, sits above, come in above, comes in above,
    land above, lands above
above / <: fall below, falls below, fall under, falls under, lie below, lies below, sit below, sits below, dip
    below, come in below, comes in below, come in under, comes in under, drop below, drops below, fall short of, below,
    under, beneath, less than, lower than, fewer than, smaller than, worse than, short of, south of, behind, trail,
    trails, cheaper than, sub
above / >=: greater than or equal to, more than or equal to, higher than or equal to, at or above, equal to or
    above, equal to or more than, equal to or greater than, at least, no less than, not less than, no fewer than, not
    fewer than, no lower than, not lower than, not below, not under, a minimum of, minimum of, upwards of
above / <=: less than or equal to, lower than or equal to, at or below, equal to or below, equal to or less than, at
    most, no more than, not more than, no higher than, not higher than, not above, not over, up to, a maximum of,
    maximum of, not exceeding, no greater than, not greater than
above / =: exactly, equal to, equals, equal, precisely
suffix / >=: or more, or higher, or above, or over, or better, or greater, and up, and above, and over, and higher,
    plus
suffix / <=: or less, or lower, or below, or under, or fewer, or worse, and below, and under, and lower
as: as much as, as high as, as well as, as little as, as low as
between: between, in between, anywhere between
tens / 10: teens
tens / 20: twenties
tens / 30: thirties
tens / 40: forties
tens / 50: fifties
tens / 60: sixties
tens / 70: seventies
tens / 80: eighties
tens / 90: nineties
and: and, but
or: or, either
to: to, through, from
than: than
more / +: more, higher, greater, better, larger, bigger
more / -: less, lower, fewer, worse, smaller
about: about, roughly, approximately, nearly, almost, approx
about / near: around, close to, near, nearby, next to

# Comparing and reckoning.
compare: compare, compares, compared, comparing, comparison, versus, vs, v, against, relative to, stack up, stacks
    up, above or below, below or above, over or under, higher or lower than, more or less than, better or worse than,
    measure up, measures up, differ, differs, side by side, compared with, compared to
difference: how wide, how wide is, how wide are, difference, gap, spread, differential, disparity, by how much,
    margin
difference / size: how much larger, how much bigger, how much smaller
difference / people: how many more, how many fewer
difference / +: how much more, how much higher, how much better, how much above, how much over, how much greater,
    how far above, how far over, how many dollars more, how many more dollars, how many cents more, how much extra
difference / -: how much less, how much lower, how much worse, how much below, how much under, how far below, how
    far under, how far behind, how many dollars less, how many dollars fewer, how many cents less
percent: percent, per cent, how many percent, percentage, percentage wise, percentages, proportion, fraction, share,
    what share
count: how many, number of, count of, count, counts, tally
mean / verb: mean
mean: average, averaged, averages, on average, unweighted, arithmetic mean, unweighted mean, unweighted average
sum: total, sum, combined, added up, together
range: range, ranges
range / pay: pay range, salary range, wage range, range of pay, pay ranges, salary ranges, wage ranges
negation: not, no, never, doesn't, don't, isn't, aren't, didn't, won't, can't, cannot, couldn't, wouldn't, wasn't,
    neither, nor, none, nothing, hardly, unless, instead of, rather than, without
except: except, except for, excluding, exclude, excludes, other than, besides, outside, outside of, all but, apart
    from, aside from, leaving out, leave out, not counting, not including, without counting, ignoring, leaving aside,
    but not, left out, without the, minus the
include: including, counting, include, includes

# Numbers.
scale / 1000: k, thousand, grand
scale / 1000000: million
money: dollar, dollars, usd, bucks, buck
full time: full time, fulltime
number / 2: two
number / 3: three
number / 4: four
number / 5: five
number / 6: six
number / 7: seven
number / 8: eight
number / 9: nine
number / 10: ten
number / 11: eleven
number / 12: twelve, dozen
number / 13: thirteen
number / 14: fourteen
number / 15: fifteen
number / 16: sixteen
number / 17: seventeen
number / 18: eighteen
number / 19: nineteen
number / 20: twenty
number / 30: thirty
number / 40: forty
number / 50: fifty
number / 60: sixty
number / 70: seventy
number / 80: eighty
number / 90: ninety
number / 100: hundred

# Pay and its measures, beyond the names that measures have in headers as well.
measure / median: medians
measure / median$: middle, normal, normally, usual, usually, ordinary, regular
measure / low: low, lows, floor, bottom end, starting out, pay floor, entry point, newcomer, newcomers, newbie, newbies,
    newly hired, rookie, rookies, at the bottom, at the bottom end, at the low end, at the lower end, bottom of the
    scale, bottom of the pay scale, bottom of the range, low end of the range, low end of the scale
measure / low$: start, starts, started, starting, begin, begins, beginning
measure / new$: new
measure / minimum wage: minimum wage, minimum wages, minimum hourly wage, legal minimum
measure / high: high, highs, upper, ceiling, top end, top of the scale, experienced, at the top end, at the high
    end, at the upper end, top of the pay scale, top of the range, high end of the range, high end of the scale
measure / gap: low high gap, low to high gap, high low gap, low high spread, pay gap, wage gap
measure / total employment: total employment, total number employed, combined employment
measure / employment~: employ, employs, employing, employed, working as
pay: get paid, gets paid, getting paid, being paid, rate, rates, going rate, hourly rate, pay rate, wage rate,
    remuneration, take home pay, pay scale, wage scale
pay / weak: money, cash
period / year~: salary, salaries
period / year: annualized, annualised, year, a single year, in a year, over a year, for a year, one year
period / hour: hour, h
period / month: month
period / week: week
"""
