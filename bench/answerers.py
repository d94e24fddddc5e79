"""How often each answerer is right on questions that nobody here wrote: the priors of ``search/params.py``.

    python bench/answerers.py              all questions of the training parts
    python bench/answerers.py --sample 40  so many of each set

Every question is asked with the trace on; the answer counts for the answerer that the pipeline chose. Only parts that
may be fitted on are asked: the lay domains and the training files of tables and of passages.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from citeguide.indexer.update import update
from citeguide.search import ask, open_index
from citeguide.search.errors import CiteguideError
from citeguide.search.evaluation.golden import judge, read_golden

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
LAY = ("coverage", "notify", "outdoors", "townhall", "tts")
SEED = 20261129


def sets() -> Iterator[tuple[Path, Path, bool]]:
    """Questions, the folder of their guides, and whether a question is asked of its own guides alone."""
    for domain in LAY:
        yield DATA / "lay" / domain / "questions.jsonl", DATA / "lay" / domain / "docs", False
    for letter in "bc":
        yield DATA / "tables" / "train" / f"questions-{letter}.jsonl", DATA / "tables" / "train", True
    for name in ("clapnq", "conditionalqa", "policyqa"):
        yield DATA / "public" / name / "train.jsonl", DATA / "public" / name / "docs", name == "policyqa"


def main() -> None:
    """Ask, judge, and print a row an answerer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sample", type=int, default=1_000_000, metavar="N")
    most = parser.parse_args().sample
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for questions, guides, alone in sets():
        for name, is_right in _outcomes(questions, guides, most, alone=alone):
            asked[name] += 1
            right[name] += is_right
    for name in sorted(asked):
        share = right[name] / asked[name]
        sys.stdout.write(f"{name:<18}{right[name]:>5} of {asked[name]:>5} right  {share:.2f}\n")


def _outcomes(questions: Path, guides: Path, most: int, *, alone: bool) -> Iterator[tuple[str, bool]]:
    """Which answerer spoke, with " refuse" behind it where it refused, and whether that was right."""
    lines = [line for line in questions.read_text("utf-8").splitlines() if line.strip()]
    kept = random.Random(SEED).sample(lines, min(most, len(lines)))  # noqa: S311 - a fixed sample
    golden = read_golden("\n".join(kept).encode())
    with tempfile.TemporaryDirectory() as work:
        named = sorted({name for line in kept for name in json.loads(line).get("documents", ())})
        update(Path(work), [path for name in named for path in guides.glob(name)] if alone else [guides])
        with open_index(Path(work)) as index:
            for each in golden:
                try:
                    documents = each.documents if alone else ()
                    answer = ask(each.question, index, documents=documents, explain=True)
                except CiteguideError:
                    continue
                name = next(stage.says for stage in answer.explain or () if stage.name == "choose")
                refused = " refuse" if answer.status == "not_found" else ""
                yield name + refused, judge(each, answer).right


if __name__ == "__main__":
    main()
