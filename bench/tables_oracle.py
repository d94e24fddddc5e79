"""Holds answers from tables against an independent oracle, over generated questions and over odd ones.

    python bench/tables_oracle.py [--questions 5000] [--seed 1] [--show 20]

An answer is equal if its values are the oracle's, in order (for a filter in any order), and its receipt says what the
oracle scanned and matched. The odd questions (tests/cases/table_questions_outside.jsonl) must be refused or answered
right. Ends with 1 unless all are.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import table_questions as generated
from citeguide.indexer.update import update
from citeguide.search.context import Context
from citeguide.search.model import Finding
from citeguide.search.query.query import understand
from citeguide.search.retrieval.reranker import ranking
from citeguide.search.store.open import Index, open_index
from citeguide.search.tables import answer
from citeguide.search.tables.answer import finding

HERE = Path(__file__).resolve().parent
OUTSIDE = HERE.parent / "tests" / "cases" / "table_questions_outside.jsonl"


def run(questions: int, seed: int, show: int, odd_questions: int | None = None) -> int:
    """Print the figures by kind and the first faults; the number of faults."""
    with tempfile.TemporaryDirectory() as folder:
        indexes = {}
        for source, path in generated.PATHS.items():
            update(Path(folder, source), [path])
            indexes[source] = open_index(Path(folder, source))
        faults = _equal(indexes, questions, seed, show) + _odd(indexes, show, odd_questions)
        for index in indexes.values():
            index.close()
    return faults


def _equal(indexes: dict[str, Index], questions: int, seed: int, show: int) -> int:
    """Generated questions, one after the other."""
    asked, faults, times = Counter[str](), Counter[str](), []
    scanned = {"seeds": len(generated.seed_rows()), "sheet": len(generated.sheet_rows())}
    for case in generated.cases(questions, seed):
        began = time.process_time()
        found = answer(understand(case.question), Context(indexes[case.source], ranking))
        times.append((time.process_time() - began) * 1000)
        kind = f"{case.source} {case.kind}"
        asked[kind] += 1
        if (text := _fault(case, found, scanned[case.source])) is not None:
            faults[kind] += 1
            if faults.total() <= show:
                print(f"  {case.question}\n      {text}")
    for kind, number in sorted(asked.items()):
        print(f"{kind:<18} {number - faults[kind]:>5}/{number}")
    middle = sorted(times)[len(times) // 2]
    print(f"equal to oracle    {asked.total() - faults.total():>5}/{asked.total()}   p50 {middle:.2f} ms of CPU")
    return faults.total()


def _fault(case: object, found: Finding | None, scanned: int) -> str | None:
    """What is wrong with an answer; None if it is equal to the oracle's."""
    assert isinstance(case, generated.Case)
    if found is None or found.status != "answered" or found.table is None:
        return "not answered"
    got, want = [value.value for value in found.values], list(case.values)
    if (got if case.ordered else sorted(got)) != (want if case.ordered else sorted(want)):
        return f"values {[str(value) for value in got[:8]]}, expected {[str(value) for value in want[:8]]}"
    receipt = (found.table.scanned, found.table.matched, found.table.skipped)
    expected = (scanned, case.matched, 0)
    return None if receipt == expected else f"receipt {receipt}, expected {expected}"


def _odd(indexes: dict[str, Index], show: int, most: int | None) -> int:
    """Questions outside the templates, evenly thinned to ``most``; wrong answers of the grammar are faults.

    What it leaves to readings is answered with a probability: how many of these are wrong is printed.
    """
    odd = [json.loads(line) for line in OUTSIDE.read_text("utf-8").splitlines()]
    odd = odd if most is None else odd[:: max(1, len(odd) // most)]
    faults = refused = misread = 0
    for case in odd:
        question, context = understand(case["question"]), Context(indexes[case["source"]], ranking)
        found, read = finding.answer(question, context), answer(question, context)
        misread += read is not None and read.reading is not None and _is_wrong(case["values"], read)
        refused += found is None or found.status == "not_found"
        if found is not None and _is_wrong(case["values"], found):
            faults += 1
            if faults <= show:
                print(f"  {case['question']}\n      {found.answer!r}, right is {case['values'] or 'a refusal'}")
    right = len(odd) - refused - faults
    print(f"odd questions      {len(odd)}: refused {refused}, answered right {right}, answered wrong {faults}")
    print(f"  and of those that readings answer, wrong {misread}")
    return faults


def _is_wrong(expected: Sequence[str], found: Finding) -> bool:
    """Whether an answer to an odd question is anything but the right numbers, if there are any."""
    if found.status == "not_found":
        return False
    got = [value.value for value in found.values if isinstance(value.value, Decimal)]
    want = sorted(Decimal(value) for value in expected)
    return not want or sorted(got[: len(want)]) != want


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=20, help="faults to print")
    options = parser.parse_args()
    return 1 if run(options.questions, options.seed, options.show) else 0


if __name__ == "__main__":
    sys.exit(main())
