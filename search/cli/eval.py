"""``citeguide eval``: your own questions, with the answers that you expect, held against the index."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import click

from ..errors import UsageError
from ..evaluation.golden import SAMPLE_LINE, read_golden
from ..evaluation.runs import RunComparison, compare, comparison_to_json, read_run, run_to_json
from ..evaluation.scores import Figures, JudgedQuestion, Share, Tally, figures, measure
from ..model import Status
from ..output.terminal import bold, clean, detect, dim
from .base import Command, examples, json_option, pass_settings
from .progress import Progress
from .settings import Settings
from .writing import counted, write, write_json

MAX_FILE = 64 * 2**20
"""Bytes of questions, or of a saved run, that are read at most."""
MAX_LISTED = 50
"""Questions of one list that are shown; --json has all of them."""


@click.command(
    cls=Command,
    epilog=examples(
        "citeguide eval questions.jsonl",
        "citeguide eval questions.jsonl --save before.json",
        "citeguide eval questions.jsonl --compare before.json    after you changed a guide",
        "citeguide eval --json questions.jsonl | jq '.questions[] | select(.right | not)'",
        f"echo '{SAMPLE_LINE}' | citeguide eval -",
    ),
)
@click.argument("file", type=click.File("rb"))
@click.option("--by-document", is_flag=True, help="Ask each question of its own 'documents' alone.")
@click.option(
    "--save", type=click.Path(path_type=Path, dir_okay=False), metavar="RUN", help="Keep the run in this file."
)
@click.option("--compare", "earlier", type=click.File("rb"), metavar="RUN", help="Compare with a run kept earlier.")
@json_option
@pass_settings
def evaluate(
    settings: Settings, file: BinaryIO, by_document: bool, save: Path | None, earlier: BinaryIO | None, as_json: bool
) -> int:
    """Ask every question in FILE and count the right answers, by kind.

    FILE holds one question a line, as JSON; - is standard input. A kind is right when

    \b
    passage       the first quote holds every text of "quote"
    list          the quotes together hold every text of "quote"
    look-up       the answer's first numbers are those of "values"; so for
                  typo, compare, aggregate and convert
    rank          the same, in order
    filter        the numbers are exactly those of "values", in any order
    disagreement  the guides disagree, and "quote_by_document" names for each
                  guide a text that its quote holds
    not_found     the question is refused

    \b
    {"kind": "passage", "question": "What does the exam cost?", "quote": ["$90"]}
    {"kind": "rank", "question": "top 2 areas by pay", "values": [27.19, 25.51]}
    {"kind": "not_found", "question": "Who won the cup?", "id": "n7"}
    {"kind": "disagreement", "question": "Is a licence required?",
     "quote_by_document": {"a.txt": "is required", "b.md": "not required"}}

    The last one, too, stands on one line in the file. "id" names a question; "documents" lists the guides that it is
    about.

    Exit status: 0 every answer is right, 1 some are not, 2 an error; with --compare 1 if any kind got worse.
    """
    questions = read_golden(_bytes(file))
    before = None if earlier is None else read_run(_bytes(earlier), earlier.name)
    with settings.open() as index, Progress() as progress:
        outcomes = measure(questions, index, by_document=by_document, progress=progress)
    found = figures(outcomes)
    comparison = None if before is None else compare(before, outcomes)
    run = run_to_json(outcomes, found)
    if save is not None:
        save.write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    if as_json:
        write_json(run if comparison is None else run | {"comparison": comparison_to_json(comparison)})
    else:
        _show(outcomes, found, comparison)
    return _status(found, comparison)


def _status(found: Figures, comparison: RunComparison | None) -> int:
    if comparison is not None:
        return 1 if comparison.is_worse else 0
    return 0 if found.total.right == found.total.asked and not found.faulty else 1


def _bytes(file: BinaryIO) -> bytes:
    data = file.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise UsageError(f"{file.name} has more than {MAX_FILE // 2**20} MB", "split it")
    return data


def _show(outcomes: Sequence[JudgedQuestion], found: Figures, comparison: RunComparison | None) -> None:
    terminal = detect()
    lines = [*_table(found), "", *_small_figures(found)]
    if comparison is None:
        lines += _listed("Wrong", [each for each in outcomes if not each.right])
    else:
        lines += _changes(comparison)
        lines += _listed("Worse", comparison.worse)
        lines += _listed("Better", comparison.better)
    shown = "\n".join(terminal.wrap(line, rest=_hanging(line)) for line in lines)
    write(shown, colour=terminal.colour)


def _table(found: Figures) -> Iterator[str]:
    """One line for each kind, and one for all."""
    yield dim(f"{'kind':<14}{'asked':>7}{'right':>7}{'':>9}{'in first 3':>13}")
    yield from (_row(kind, tally) for kind, tally in found.kinds.items())
    if len(found.kinds) > 1:
        yield bold(_row("all", found.total))


def _row(kind: str, tally: Tally) -> str:
    right, in_three = (f"{part / tally.asked:.1%}" for part in (tally.right, tally.in_three))
    return f"{kind:<14}{tally.asked:>7,}{tally.right:>7,}{right:>9}{in_three:>13}"


def _small_figures(found: Figures) -> Iterator[str]:
    if found.refused.whole:
        yield f"refused: {_share(found.refused)} that no guide answers"
    if found.wrongly_refused.whole:
        yield f"wrongly refused: {_share(found.wrongly_refused)} that a guide answers"
    words = "nothing is quoted" if found.words is None else f"first quote: median {counted(found.words, 'word')}"
    yield f"{words}; faulty spans: {found.faulty:,}"
    yield f"an answer took {found.median_ms:,.1f} ms (median), {found.p95_ms:,.1f} ms (95th percentile)"


def _share(share: Share) -> str:
    return f"{share.part:,} of {share.whole:,} ({share.part / share.whole:.1%})"


def _changes(comparison: RunComparison) -> Iterator[str]:
    """How each kind that changed went in both runs."""
    yield ""
    changed = {kind: change for kind, change in comparison.kinds.items() if change.before != change.now}
    for kind, change in changed.items():
        before, now = change.before, change.now
        yield (
            f"{kind} {'got worse' if change.is_worse else 'got better'}: {before.right:,} to {now.right:,} right, "
            f"{before.in_three:,} to {now.in_three:,} in the first three, of {now.asked:,}"
        )
    if not changed:
        yield "No kind got better or worse."
    if comparison.added or comparison.dropped:
        yield f"Not compared: {counted(comparison.added, 'new question')}, {comparison.dropped:,} no longer asked."


def _listed(title: str, outcomes: Sequence[JudgedQuestion]) -> Iterator[str]:
    """Questions with what came and what was expected."""
    if outcomes:
        yield from ("", bold(f"{title} ({len(outcomes):,}):"))
    for outcome in outcomes[:MAX_LISTED]:
        answer = "refused" if outcome.status == Status.NOT_FOUND else f"{outcome.status}: {outcome.answer}"
        place = " (right in the first three)" if outcome.in_three and not outcome.right else ""
        yield clean(f"  {outcome.id}  {outcome.kind}: {outcome.question}")
        yield clean(f"      came:     {answer}{place}")
        yield clean(f"      expected: {outcome.expected}")
    if (more := len(outcomes) - MAX_LISTED) > 0:
        yield f"  … and {more:,} more; --json lists them all"


def _hanging(line: str) -> str:
    """What a wrapped line goes on with: below its text where it is set in."""
    return " " * 16 if line.startswith("      ") else "      "
