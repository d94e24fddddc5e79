"""``citeguide verify``: saved answers held against the guides as they are today."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

import click

from ...search.cli.base import Command, examples, json_option, pass_settings
from ...search.cli.settings import Settings
from ...search.cli.writing import counted, write, write_json
from ...search.errors import UsageError
from ...search.evaluation.saved_answers import read_answers
from ...search.output.answer_json import Json, number, number_or_text
from ...search.output.terminal import clean
from ..verification.asked_again import ON_SEAL
from ..verification.verdicts import Outdated, Unfounded, Unproved, Verdict, VerdictState, Verification
from ..verification.verify import verify as check_answers

MAX_SAVED = 256 * 2**20
"""Bytes of saved answers that are read at most."""


@click.command(
    cls=Command,
    epilog=examples(
        "citeguide ask --json - < questions.txt > answers.jsonl",
        "citeguide verify answers.jsonl",
        "citeguide verify --source guides/ answers.jsonl     without an index",
        'citeguide ask --json "median pay in Fresno" | citeguide verify -',
    ),
)
@click.argument("file", type=click.File("rb"))
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where the guides lie; may be repeated.",
)
@json_option
@pass_settings
def verify(settings: Settings, file: BinaryIO, sources: tuple[Path, ...], as_json: bool) -> int:
    """Re-check every citation of the saved answers in FILE against the guides on disk.

    FILE holds what 'ask --json' wrote: lines of JSON, one array or one object; - is standard input. The guides are
    looked for in the folders that the index remembers, or in each --source. Every number that an answer quotes must
    stand in the quote that it cites, every computed number must follow from its operands, the answer's words must be
    those of its quotes, and the rows of its receipt those of the table. Notes, readings and whatever else cannot be
    derived from the guides is proved by asking the index again; where it says otherwise by now, by a seal that only
    this index could make. With --source it rests on whether the answer was altered since it was saved.

    Exit status: 0 everything is intact, 1 something is not, 2 an error.
    """
    answers = read_answers(_bytes(file))
    if sources:
        outcome = check_answers(answers, sources)
    else:
        with settings.open() as index:
            outcome = check_answers(answers, index.sources, index)
    if as_json:
        write_json(outcome_to_json(outcome))
    else:
        for problem in outcome.problems:
            write(clean(_problem_line(problem)))
        for value in outcome.unfounded:
            write(clean(_number_line(value)))
        for claim in outcome.unproved:
            write(clean(_claim_line(claim)))
        for old in outcome.outdated:
            write(clean(_outdated_line(old)))
        write(_verify_summary(outcome))
    return 0 if outcome.is_sound else 1


def _bytes(file: BinaryIO) -> bytes:
    data = file.read(MAX_SAVED + 1)
    if len(data) > MAX_SAVED:
        raise UsageError(f"{file.name} has more than {MAX_SAVED // 2**20} MB", "split it")
    return data


def _problem_line(problem: Verdict) -> str:
    cited = problem.citation
    return (
        f"answer {problem.answer}, citation {cited.n}, {cited.path}:{cited.lines[0]}: {problem.state}: {problem.note}"
    )


def _number_line(wrong: Unfounded) -> str:
    return f"answer {wrong.answer}, number {wrong.value.value} ({wrong.value.label}): {wrong.reason}"


def _claim_line(claim: Unproved) -> str:
    return f"answer {claim.answer}, {claim.field}: not proved: {claim.reason}"


def _outdated_line(old: Outdated) -> str:
    what = " of ".join(part for part in (old.value.measure, old.value.label) if part)
    now = f"now {' '.join(old.now.text.split())}" if old.now else "not any more"
    return f"answer {old.answer}, number {old.value.value} ({what}): {now}"


def _verify_summary(outcome: Verification) -> str:
    states = Counter(verdict.state for verdict in outcome.verdicts)
    since = sum(1 for verdict in outcome.verdicts if verdict.state == VerdictState.INTACT and verdict.note)
    others = "".join(
        f", {states[state]:,} {state}" for state in VerdictState if state != VerdictState.INTACT and states[state]
    )
    noted = f" ({since:,} in files that changed since)" if since else ""
    wrong = len({old.answer for old in outcome.outdated})
    outdated = f"; {counted(wrong, 'answer')} with numbers that are no longer so" if wrong else ""
    founded = outcome.values - len(outcome.unfounded)
    return (
        f"{counted(outcome.answers, 'answer')}: "
        f"{states[VerdictState.INTACT]:,} of {len(outcome.verdicts):,} citations intact{noted}{others}; "
        f"{founded:,} of {outcome.values:,} quoted numbers stand in their quotes{_proved(outcome)}{outdated}"
    )


def _proved(outcome: Verification) -> str:
    """What else was checked, and for how many answers something that they say does not follow."""
    wrong = len({claim.answer for claim in outcome.unproved})
    checked = [
        f"{counted(number, what)} {done}"
        for number, what, done in (
            (outcome.reckoned, "computed number", "reckoned again"),
            (outcome.receipts, "receipt", "held against its table"),
            (outcome.same, "answer", "came out the same when asked again"),
            (len(outcome.not_asked), "answer", f"not asked again ({_first_reason(outcome)}){_sealed(outcome)}"),
        )
        if number
    ]
    said = f"{counted(wrong, 'answer')} with something that is not proved" if wrong else ""
    return "".join(f"; {part}" for part in (*checked, said) if part)


def _first_reason(outcome: Verification) -> str:
    return outcome.not_asked[0].reason if outcome.not_asked else ""


def _sealed(outcome: Verification) -> str:
    sealed = sum(1 for each in outcome.not_asked if each.sealed)
    return f", {sealed:,} of them sealed by this index" if sealed else ""


def outcome_to_json(outcome: Verification) -> Json:
    states = Counter(verdict.state for verdict in outcome.verdicts)
    return {
        "answers": outcome.answers,
        "citations": {"checked": len(outcome.verdicts)} | {state: states[state] for state in VerdictState},
        "numbers": {"checked": outcome.values, "unfounded": len(outcome.unfounded)},
        "computed": {"checked": outcome.reckoned},
        "receipts": {"checked": outcome.receipts},
        "asked_again": {"same": outcome.same, "not_asked": [asdict(each) for each in outcome.not_asked]},
        "on_seal_where_not_asked": list(ON_SEAL),
        "unproved": [asdict(claim) for claim in outcome.unproved],
        "outdated": [_outdated(old) for old in outcome.outdated],
        "problems": [_problem(problem) for problem in outcome.problems]
        + [
            {"answer": n.answer, "citation": n.value.citation, "state": "unfounded", "note": n.reason}
            for n in outcome.unfounded
        ],
    }


def _outdated(old: Outdated) -> Json:
    value = old.value
    return {
        "answer": old.answer,
        "citation": value.citation,
        "label": value.label,
        "measure": value.measure,
        "value": number_or_text(value.value),
        "now": None if old.now is None or old.now.number is None else number(old.now.number),
    }


def _problem(problem: Verdict) -> Json:
    span, lines = problem.place or (None, None)
    return {
        "answer": problem.answer,
        "citation": problem.citation.n,
        "id": problem.citation.id,
        "path": problem.citation.path,
        "lines": list(problem.citation.lines),
        "state": problem.state,
        "note": problem.note,
        "now": None if problem.place is None else {"span": span, "lines": lines, "text": _now(problem)},
    }


def _now(problem: Verdict) -> str:
    """What stands there now: a quote that moved, or what took its place."""
    return problem.now.text if problem.now else problem.citation.quote
