"""Plain words that stand for each other when people ask about work, study and money: their words, and the guides'.

One line is one family of meaning. General thesauri gave nothing (docs/quality.md): a short list, at half credit, does.
"""

from __future__ import annotations

from .words import fold, stem

FAMILIES = """
job occupation position career profession employment role opening opportunity
workplace job employment
pay wage salary earnings earn income compensation
cost price fee tuition expense expensive charge affordable
free no-cost
school college university institution institute academy
school program
program course class curriculum
training education schooling instruction
teach learn instruct study topic subject knowledge skill
teacher instructor educator professor
student pupil trainee learner
certificate certification credential
exam examination test assessment
need require requirement necessary mandatory prerequisite must obligatory compulsory
recommend suggest advise
help assist assistance support aid
give offer provide grant award
resource help support
begin start enter launch
finish complete completion
choose pick select decide decision elect opt
fast quick quickly rapid soon
growth grow increase rise expand demand
most majority bulk
company business employer firm contractor
organization association body group agency academy board society
employee staff worker personnel specialist
old age
parent guardian
doctor physician
hospital clinic
office clinic practice
best top ideal right recommended
advantage benefit asset upside merit
disadvantage drawback downside
important crucial essential significant vital
online remote virtual distance
duty task responsibility work
allow permit let
approve authorize accredit recognize accept mandate
obtain get receive earn acquire gain
show demonstrate prove
maintain keep renew
law legal legally statute regulation
easy simple straightforward
hard difficult challenging tough
injury hurt accident injured
sick ill illness disease
big large huge
region area location place
resume cv
phone telephone
month year week hour duration length
evening night weekend
retake repeat resit
tool equipment instrument device
average median typical mean
expect project predict forecast anticipate
permission consent
minimum least
"""


def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in FAMILIES.split("\n"):
        stems = {stem(fold(word)) for word in line.split()}
        for one in stems:
            table.setdefault(one, set()).update(stems - {one})
    return {one: frozenset(others) for one, others in table.items()}


SYNONYMS = _table()
"""The stems that stand for a stem."""
