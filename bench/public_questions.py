"""Does any question end in an error? Thousands that other people asked, of some of their documents.

    python bench/public_questions.py                   500 questions of each public set in ../shared/data/public
    python bench/public_questions.py --sample 50 wtq   fewer, of one

A question is asked of all the documents that were indexed for its set, in one batch. What counts is that each gets an
answer, a refusal or, in its place, an error that says why; how right the answers are is measured elsewhere. Exit status
1 where there was an error.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

PUBLIC = Path(__file__).resolve().parents[2] / "shared" / "data" / "public"
DOCUMENTS = 60
PROGRAM = [sys.executable, "-c", "from citeguide.search.cli.main import main; main()"]


def outcomes(folder: Path, sample: int) -> tuple[Counter[str], list[str]]:
    """How many questions of a set came to what, and those that came to an error, with it."""
    chance = random.Random(1)  # noqa: S311 - the same questions in every run, no secrets
    lines = [json.loads(line) for line in (folder / "dev.jsonl").read_text("utf-8").splitlines()]
    asked = chance.sample(lines, min(sample, len(lines)))
    documents = sorted((folder / ("csv" if (folder / "csv").is_dir() else "docs")).iterdir())
    with tempfile.TemporaryDirectory() as index:
        chosen = [str(path) for path in chance.sample(documents, min(DOCUMENTS, len(documents)))]
        program = [*PROGRAM, "--index", index]
        subprocess.run([*program, "index", "--lexical", *chosen], capture_output=True)
        questions = "".join(" ".join(line["question"].split()) + "\n" for line in asked)
        ended = subprocess.run([*program, "ask", "--json", "-"], input=questions.encode(), capture_output=True)
    answers = [json.loads(line) for line in ended.stdout.splitlines()]
    wrong = [f"{each['question']!r}: {each['error']}" for each in answers if "error" in each]
    if len(answers) != len(asked):
        wrong.append(f"{asked[len(answers)]['question']!r} ended the batch: {ended.stderr.decode()[-200:]}")
    return Counter(each.get("status", "error") for each in answers), wrong


def main() -> None:
    """Ask them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="*", help="names of sets; all without any")
    parser.add_argument("--sample", type=int, default=500, help="questions of each set")
    arguments = parser.parse_args()
    if not PUBLIC.is_dir():
        sys.exit("the shared test data (../shared) is not here")
    total: Counter[str] = Counter()
    errors: list[str] = []
    for folder in sorted(path.parent for path in PUBLIC.glob("*/dev.jsonl")):
        if not arguments.sets or folder.name in arguments.sets:
            found, wrong = outcomes(folder, arguments.sample)
            print(f"{folder.name:16}", ", ".join(f"{n} {status}" for status, n in sorted(found.items())), flush=True)
            total += found
            errors += wrong
    print(f"{sum(total.values())} asked, {len(errors)} errors", *errors, sep="\n  ")
    sys.exit(bool(errors))


if __name__ == "__main__":
    main()
