"""Readings of table questions, measured on questions that nothing was fitted on.

    python bench/table_readings.py wiki [--sample N]
    python bench/table_readings.py plain INDEX [--all-tables] [--train]
    python bench/table_readings.py reports INDEX

``wiki``: questions of WikiTableQuestions' dev part, straight from the tables' files: how many are right when the
likeliest reading always answers, how many at the shipped threshold, and how many of ../shared's questions on a wrong
table are refused. ``plain``: the plain questions over real tables in ../shared/data/tables, through the product on an
index of them, each on its own table, or with --all-tables on all. ``reports``: the arithmetic questions of tatqa's dev
part, each on its own page. Only totals are printed.
"""

from __future__ import annotations

import argparse
import importlib.machinery
import importlib.util
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from citeguide.search.fitted import fitted
from citeguide.search.output.answer_json import to_json
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import Index, open_index
from citeguide.search.tables.semantic_parsing.answerer import is_sure
from citeguide.search.tables.semantic_parsing.beam import Beam
from citeguide.search.tables.semantic_parsing.scoring import Outcome, outcomes, score
from citeguide.search.tables.semantic_parsing.weights import fitted_weights
from citeguide.search.tables.semantic_parsing.wording import wording
from reading_questions import PLAIN, SHARED, WTQ, Gold, Reference, is_right, questions, wiki_table


def likeliest(gold: Gold, table: Reference) -> Outcome | None:
    """The likeliest result of a question on a table."""
    found = outcomes([score(Beam(wording(gold["question"]), table.view), fitted_weights().weight)])
    return found[0] if found else None


def wiki(sample: int) -> None:
    """Forced, at the threshold, and on wrong tables."""
    counted: Counter[str] = Counter()
    began = time.process_time()
    for gold in sampled(questions(WTQ / "dev.jsonl"), sample):
        table = wiki_table(gold["documents"][0])
        best = likeliest(gold, table)
        right = best is not None and is_right(gold, table)(best.best.candidate, best.best.computed)
        given = best is not None and is_sure(best, fitted().readings)
        counted.update({"asked": 1, "right when forced": right, "given": given, "given and right": given and right})
    took = (time.process_time() - began) / max(1, counted["asked"])
    for gold in sampled(questions(WTQ / "wrong-table.jsonl"), sample):
        best = likeliest(gold, wiki_table(gold["documents"][0]))
        refused = best is None or not is_sure(best, fitted().readings)
        counted.update({"on a wrong table": 1, "refused there": refused})
    print(dict(counted), f"{1000 * took:.1f} ms of computing a question", flush=True)


def plain(folder: Path, *, all_tables: bool, train: bool) -> None:
    """Through the product: right, wrong and refused by kind."""
    files = ("train/questions-b.jsonl", "train/questions-c.jsonl") if train else ("questions.jsonl",)
    judge = loaded(SHARED / "golden" / "score").judge
    with open_index(folder) as index:
        told: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for gold in questions(*(PLAIN / file for file in files)):
            given = asked(gold["question"], index, () if all_tables else gold["documents"])
            tally(told, gold["kind"], given["status"], judge(gold, given)[0], gold["kind"] == "not_found")
    shown(told)


def reports(folder: Path) -> None:
    """Arithmetic over annual reports."""
    judge = loaded(SHARED / "data" / "public" / "score").judge
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with open_index(folder) as index:
        for gold in questions(SHARED / "data" / "public" / "tatqa" / "dev.jsonl"):
            if gold["kind"] in ("tat-arithmetic", "tat-count"):
                given = asked(gold["question"], index, gold["documents"])
                tally(told, gold["kind"], given["status"], judge(gold, given)["right"], unanswerable=False)
    shown(told)


def asked(question: str, index: Index, documents: Sequence[str]) -> dict[str, Any]:
    """The answer as a program gets it."""
    answer: dict[str, Any] = json.loads(json.dumps(to_json(ask(question, index, documents=documents)), default=str))
    return answer


def tally(told: defaultdict[str, Counter[str]], kind: str, status: str, right: bool, unanswerable: bool) -> None:
    """Right, wrong or refused, of its kind and of all."""
    verdict = "right" if right else "wrong" if status != "not_found" or unanswerable else "refused"
    for name in (kind, "all"):
        told[name].update({"asked": 1, verdict: 1})


def shown(told: defaultdict[str, Counter[str]]) -> None:
    """A line a kind."""
    for kind, counted in sorted(told.items()):
        shares = "  ".join(f"{name} {counted[name]} ({counted[name] / counted['asked']:.1%})" for name in _VERDICTS)
        print(f"{kind:15} asked {counted['asked']}  {shares}", flush=True)


_VERDICTS = ("right", "wrong", "refused")


def sampled(golds: Sequence[Gold], most: int) -> Iterable[Gold]:
    """So many of them, by a fixed seed; all where none is said."""
    return random.Random(20261129).sample(golds, most) if 0 < most < len(golds) else golds  # noqa: S311 - questions


def loaded(path: Path) -> ModuleType:
    """A script without an ending as a module."""
    loader = importlib.machinery.SourceFileLoader(f"{path.parent.name}_{path.name}", str(path))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    if spec is None:
        raise SystemExit(f"{path} is missing")
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("act", choices=("wiki", "plain", "reports"))
    parser.add_argument("index", nargs="?", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--all-tables", action="store_true")
    parser.add_argument("--train", action="store_true")
    options = parser.parse_args()
    if options.act == "wiki":
        wiki(options.sample)
    elif options.index is None:
        parser.error("which index?")
    elif options.act == "plain":
        plain(options.index, all_tables=options.all_tables, train=options.train)
    else:
        reports(options.index)


if __name__ == "__main__":
    main()
