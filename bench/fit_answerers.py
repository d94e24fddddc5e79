"""Puts what the answerers find on one scale: fits how likely each finding is right (search/pipeline/scale.py).

    python bench/fit_answerers.py           how often each answerer is right, and what the scale makes of it
    python bench/fit_answerers.py --write   and write the weights into search/fitted.json

Every question of the sets of tests/quality and of training parts is put to each answerer, whether or not another one is
surer, and what it finds is judged by itself. A question that others wrote weighs three times as much as one of the
project's own. After the reader is fitted anew this is to be run again.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from citeguide.indexer.update import update
from citeguide.search.citation.cite import cite
from citeguide.search.context import Context
from citeguide.search.errors import CiteguideError
from citeguide.search.evaluation.golden import judge, read_golden
from citeguide.search.model import Answer, Finding, Status
from citeguide.search.pipeline.answer import findings, read, retrieve
from citeguide.search.pipeline.scale import Weights, chance, signals
from citeguide.search.store.open import Index, open_index
from fit_reader import DATA, ROOT, drawn, golden_lines, is_right, public

sys.path.insert(0, str(ROOT / "tests" / "quality"))
from gate import AGREEMENT, golden_row, question_sets, rows_of, write_guides

SAMPLE = 300
PUBLIC = {"clapnq": 144, "policyqa": 120, "conditionalqa": 200, "stackfaq": 150, "liveqa": 38, "covidqa": 120}
ALONE = ("policyqa", "conditionalqa", "covidqa")
"""Sets whose questions are asked of their own guides alone."""
OTHERS = ("strangers", "tables-b", "tables-c", *PUBLIC)
"""How the names of sets begin that others wrote."""
RIDGE = 1.0
READER, SAID = "reader", "said"
"""Who is asked last, beside what others found; and what an answerer says of itself, which is fitted where it comes
from: by fit_reader.py and fit_readings.py."""
Json = dict[str, Any]


class Found(NamedTuple):
    """What an answerer found for a question of a set, what was found before it, and whether it is right."""

    set: str
    name: str
    finding: Finding
    before: tuple[tuple[str, Finding], ...]
    right: bool


# Asking


def asked() -> Iterator[list[Found]]:
    """What the answerers find for each question."""
    for name, each in question_sets().items():
        rows = [{"kind": each.kind, **row} if each.kind else row for row in drawn(rows_of(each), SAMPLE)]
        guides = [(ROOT / path).resolve() for path in each.guides]
        yield from _of_set(name, rows, guides, alone=not guides)
    for letter in "bc":
        folder = DATA / "tables" / "train"
        yield from _of_set(f"tables-{letter}", golden_lines(folder / f"questions-{letter}.jsonl"), [folder], alone=True)
    for name, sample in PUBLIC.items():
        yield from _of_set(name, public(name, sample), [DATA / "public" / name / "docs"], alone=name in ALONE)


def _of_set(name: str, rows: Sequence[Json], guides: Sequence[Path], *, alone: bool) -> Iterator[list[Found]]:
    print(name, len(rows), flush=True)
    with tempfile.TemporaryDirectory() as work:
        update(Path(work) / "index", guides or [write_guides(rows, Path(work) / "guides")])
        with open_index(Path(work) / "index") as index:
            for row in rows:
                try:
                    yield _of_question(name, row, index, row.get("documents", ()) if alone else ())
                except CiteguideError:
                    continue


def _of_question(name: str, row: Json, index: Index, documents: Sequence[str]) -> list[Found]:
    found: list[Found] = []
    question = read(" ".join(row["question"].split())[:2000], index, documents)
    for answerer, finding in findings(question, Context(index, retrieve)):
        before = tuple((each.name, each.finding) for each in found)
        found.append(Found(name, answerer, finding, before, _is_right(row, finding, index)))
    return found


def _is_right(row: Json, finding: Finding, index: Index) -> bool:
    """What the judges of the sets say of a finding by itself."""
    citations = cite(finding.quotes, index.catalog)
    if row["kind"] == AGREEMENT:
        return finding.status != Status.DISAGREEMENT
    if finding.status == Status.ANSWERED and citations and ("any" in row or row["kind"] == "document"):
        return is_right(row, citations[0].path, citations[0].quote)
    if row["kind"] == "document":
        return False
    golden = read_golden(json.dumps(golden_row(row)).encode())[0]
    answer = Answer(row["question"], finding.status, finding.answer, finding.values, citations=citations)
    return judge(golden, answer).right


# Fitting


def fit(found: Sequence[Found]) -> Weights:
    """The weights of each answerer's signals."""
    weights: dict[str, dict[str, float]] = {}
    for name in dict.fromkeys(each.name for each in found):
        own = [each for each in found if each.name == name and _counts(each)]
        weights[name] = {**_regression(own), SAID: 1.0}
    return weights


def _counts(each: Found) -> bool:
    """Whether a finding tells how sure to be: an answer, of prose where the question is no contradiction's."""
    of_pairs = each.set in ("contradictions", "agreements")
    return each.finding.status != Status.NOT_FOUND and (not of_pairs or each.name == "conflicts")


def _regression(own: Sequence[Found]) -> dict[str, float]:
    """A logistic regression by Newton's method, on top of what an answerer says of itself, which stays so."""
    told = [dict(signals(each.finding, each.before if each.name == READER else ())) for each in own]
    names = list(dict.fromkeys(name for each in told for name in each if name != SAID))
    x = np.array([[each.get(n, 0.0) for n in names] for each in told])
    y = np.array([float(each.right) for each in own])
    offset = np.array([each.get(SAID, 0.0) for each in told])
    weight = np.array([3.0 if each.set.startswith(OTHERS) else 1.0 for each in own])
    w = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w + offset, -30, 30)))
        h = (x * (weight * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(w))
        w = w + np.linalg.solve(h, x.T @ (weight * (y - p)) - RIDGE * w)
    return dict(zip(names, map(float, w), strict=True))


# Telling


def report(found: Sequence[Found], weights: Weights) -> None:
    """A line for each answerer, of the sets that others wrote and of the project's own."""
    rows: dict[tuple[str, str], list[tuple[bool, float]]] = defaultdict(list)
    for each in found:
        if _counts(each):
            kind = "others' sets" if each.set.startswith(OTHERS) else "own sets"
            likely = chance(each.name, each.finding, each.before, weights)
            known = "" if each.finding.confidence is None else ", by likelihood"
            rows[each.name + known, kind].append((each.right, likely))
    for (name, kind), of in sorted(rows.items()):
        right, said = sum(right for right, _ in of), sum(likely for _, likely in of) / len(of)
        print(f"{name:<24} {kind:<13} {right:>5} of {len(of):>5} right {right / len(of):.2f}  said {said:.2f}")


def main() -> None:
    """Ask, fit, tell, and write if wanted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write search/fitted.json")
    write = parser.parse_args().write
    found = [each for question in asked() for each in question]
    weights = fit(found)
    report(found, weights)
    print(json.dumps(weights, indent=1))
    if write:
        path = ROOT / "search" / "fitted.json"
        told = json.loads(path.read_text(encoding="utf-8"))
        told["answerers"] = {name: {k: round(v, 3) for k, v in own.items()} for name, own in weights.items()}
        path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
