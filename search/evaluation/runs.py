"""Runs of golden questions: saved as JSON, read back, and compared with each other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..errors import UsageError
from ..output.answer_json import STATUSES, Json
from .scores import Figures, JudgedQuestion, Tally, tallies

FORM = 1
"""The version of a saved run's form."""


@dataclass(frozen=True, slots=True)
class Change:
    """How one kind went before and now, over the questions that both runs asked."""

    before: Tally
    now: Tally

    @property
    def is_worse(self) -> bool:
        """Fewer right, or fewer among the first three."""
        return self.now.right < self.before.right or self.now.in_three < self.before.in_three


@dataclass(frozen=True, slots=True)
class RunComparison:
    """What changed between two runs. A question is the same if kind, words and documents are."""

    better: tuple[JudgedQuestion, ...]
    worse: tuple[JudgedQuestion, ...]
    kinds: dict[str, Change]
    """Only the questions that both runs asked."""
    added: int
    """Questions that only the new run asked."""
    dropped: int
    """Questions that only the old run asked."""

    @property
    def is_worse(self) -> bool:
        """Whether any kind got worse."""
        return any(change.is_worse for change in self.kinds.values())


def compare(before: Sequence[JudgedQuestion], now: Sequence[JudgedQuestion]) -> RunComparison:
    """Hold a run against an earlier one."""
    old = {_key(each): each for each in before}
    new = {_key(each): each for each in now}
    both = [(old[key], outcome) for key, outcome in new.items() if key in old]
    earlier, later = tallies(a for a, _ in both), tallies(b for _, b in both)
    return RunComparison(
        better=tuple(b for a, b in both if _success(b) > _success(a)),
        worse=tuple(b for a, b in both if _success(b) < _success(a)),
        kinds={kind: Change(earlier[kind], later[kind]) for kind in later},
        added=len(new) - len(both),
        dropped=len(old) - len(both),
    )


def run_to_json(outcomes: Sequence[JudgedQuestion], found: Figures) -> Json:
    """A run as JSON: its figures for a reader, its outcomes for comparing."""
    return {"form": FORM, "figures": asdict(found), "questions": [asdict(outcome) for outcome in outcomes]}


def comparison_to_json(comparison: RunComparison) -> Json:
    """What changed, as JSON."""
    return {
        "better": [outcome.id for outcome in comparison.better],
        "worse": [outcome.id for outcome in comparison.worse],
        "kinds": {
            kind: {"before": asdict(change.before), "now": asdict(change.now), "is_worse": change.is_worse}
            for kind, change in comparison.kinds.items()
        },
        "added": comparison.added,
        "dropped": comparison.dropped,
    }


def read_run(data: bytes, name: str) -> list[JudgedQuestion]:
    """The outcomes of a saved run. Raises UsageError for what is none; ``name`` is what the file is called."""
    try:
        run = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _no_run(name, "it is not JSON") from error
    if not isinstance(run, dict) or run.get("form") != FORM or not isinstance(run.get("questions"), list):
        raise _no_run(name, f"it does not have form {FORM}")
    return [_read_outcome(item, number, name) for number, item in enumerate(run["questions"], start=1)]


def _key(outcome: JudgedQuestion) -> tuple[str, str, tuple[str, ...]]:
    return outcome.kind, outcome.question, outcome.documents


def _success(outcome: JudgedQuestion) -> int:
    return outcome.right + outcome.in_three


def _read_outcome(item: Any, number: int, name: str) -> JudgedQuestion:
    if not isinstance(item, dict) or not all(isinstance(item.get(field), kind) for field, kind in _FIELDS.items()):
        raise _no_run(name, f"question {number} lacks a field")
    documents = tuple(item["documents"])
    if item["status"] not in STATUSES or not all(isinstance(each, str) for each in documents):
        raise _no_run(name, f"question {number} has another form")
    return JudgedQuestion(**{field: item[field] for field in _FIELDS} | {"documents": documents})


_FIELDS = {
    "id": str,
    "kind": str,
    "question": str,
    "documents": list,
    "expected": str,
    "status": str,
    "answer": str,
    "right": bool,
    "in_three": bool,
    "words": int | None,
    "faulty": int,
    "took_ms": int | float,
}
"""The fields of an outcome, and what each is in JSON."""


def _no_run(name: str, reason: str) -> UsageError:
    return UsageError(f"{name} is no saved run: {reason}", "make one with 'citeguide eval FILE --save RUN.json'")
