"""Whether a table answers on a full shelf as it does alone: the same questions, asked of few guides and of many.

    python bench/shelf.py make FEW SHELF      index two guides, and 35 with some ninety tables among them
    python bench/shelf.py ask FEW SHELF [--show 20]

The questions are those of ../shared/golden/seeds.jsonl that a table answers, and those of the README about tables.
Printed are how many are right on each, and with --show those that the shelf makes wrong or refuses.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from citeguide.indexer.update import update
from citeguide.search import ask, open_index
from citeguide.search.evaluation.golden import Golden, judge, read_golden
from citeguide.search.store.open import Index

SHARED = Path(__file__).resolve().parents[2] / "shared"
SHELF = (SHARED / "seeds", SHARED / "data" / "guides", SHARED / "data" / "tables" / "train")
OF_TABLES = ("look-up", "rank", "filter", "aggregate", "compare", "convert", "not_found")


def questions() -> list[Golden]:
    """What a table answers."""
    lines = (SHARED / "golden" / "seeds.jsonl").read_text("utf-8").splitlines()
    kept = [line for line in lines if line.strip() and json.loads(line)["kind"] in OF_TABLES]
    return read_golden("\n".join(kept).encode())


def compared(few: Index, shelf: Index, golden: Sequence[Golden], show: int) -> Counter[str]:
    """How many are right on few guides, on the shelf, and on both."""
    counted: Counter[str] = Counter()
    for each in golden:
        alone = judge(each, ask(each.question, few)).right
        began = time.process_time()
        answer = ask(each.question, shelf)
        counted["milliseconds on the shelf"] += round(1000 * (time.process_time() - began))
        among_many = judge(each, answer).right
        counted.update({"asked": 1, "right alone": alone, "right on the shelf": among_many})
        counted["lost on the shelf"] += alone and not among_many
        if alone and not among_many and counted["lost on the shelf"] <= show:
            print(f"  {each.question}\n      {answer.status}: {(answer.answer or '')[:200]!r}")
    return counted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("act", choices=("make", "ask"))
    parser.add_argument("few", type=Path)
    parser.add_argument("shelf", type=Path)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    if options.act == "make":
        update(options.few, list(SHELF[:1]))
        update(options.shelf, list(SHELF))
        return
    with open_index(options.few) as few, open_index(options.shelf) as shelf:
        print(dict(compared(few, shelf, questions(), options.show)))


if __name__ == "__main__":
    main()
