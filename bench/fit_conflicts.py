"""Fits whether two guides' best answers contradict each other, from pairs of guides that do and that only seem to.

    python bench/fit_conflicts.py [--write]

The pairs are those of ../shared/data/lay/pairs and a sample of tests/cases; questions over guides that do not
contradict each other count as pairs that agree. It fits in eight parts, each measured by the others, and prints
recall and precision at every bound; ``--half`` fits on one half of the shared pairs and measures on the other.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from citeguide.indexer.parse import parse_guide
from citeguide.indexer.update import update
from citeguide.search.conflicts import in_its_words
from citeguide.search.conflicts.answer_pair import PAIR_SIGNALS, AnswerPair
from citeguide.search.conflicts.best_answers import pairs
from citeguide.search.conflicts.conflict_question import asked
from citeguide.search.context import Context
from citeguide.search.fitted import fitted
from citeguide.search.query.query import understand
from citeguide.search.reader.sentence_selector import sentences
from citeguide.search.retrieval.reranker import ranking
from citeguide.search.signals import values
from citeguide.search.store.open import Index, open_index
from fit_reader import DATA, LAY, ROOT, golden_lines, logistic, own, public, xquad

CASES = ROOT / "tests" / "cases"
SEED, PLANTED, AGREEING, ORDINARY_SAMPLE = 20261129, 200, 300, 60
WEIGHTS, ORDINARY = {"pairs": 1.0, "disagreements": 0.35, "agreements": 1.0}, 0.35
"""What a pair weighs, of each set, and of ordinary guides."""
PARTS, RIDGE = 8, 0.005
PRECISION, ALARMS = 0.85, 0.015
"""Where the bound is set: the share of what is said of the pairs that is right, and of others with alarms."""

ANSWERED = 0.45
"""The probability that either answer is right, from which on guides can contradict each other. Below it lie seven of
eight alarms on questions that no guide covers, and none of 20 contradictions."""


class Compared(NamedTuple):
    """Two best answers: whether their guides contradict each other, and whether these answers are the two sides."""

    set: str
    number: int
    contradict: bool
    sides: bool
    spoken: bool
    """Whether two guides speak of it in the question's words: then these decide, and the pair is only learnt from."""
    signals: tuple[float, ...]
    texts: tuple[str, str]
    question: str


def fold(text: str) -> str:
    """Text for comparisons."""
    return " ".join(text.split()).lower()


def guides() -> Iterator[tuple[str, int, str, dict[str, str], dict[str, str] | None]]:
    """Every pair: its set, number and question, the guides by name, the sides where they contradict each other."""
    for n, pair in enumerate(golden_lines(DATA / "lay" / "pairs" / "pairs.jsonl")):
        sides = pair["quote_by_document"] if pair["expect"] == "disagreement" else None
        yield "pairs", n, pair["question"], {pair[s]["name"]: pair[s]["text"] for s in "ab"}, sides
    draw = random.Random(SEED)  # noqa: S311 - nothing secret
    for name, size in (("disagreements", PLANTED), ("agreements", AGREEING)):
        for n, case in enumerate(draw.sample(golden_lines(CASES / f"{name}.jsonl"), size)):
            yield name, n, case["question"], case["guides"], case["sides"] if name == "disagreements" else None


def planted(place: Path) -> Iterator[Compared]:
    """The pairs of guides, all in one index, each asked alone."""
    rows = list(guides())
    for name, n, _, texts, _ in rows:
        folder = place / "guides" / f"{name}-{n}"
        folder.mkdir(parents=True)
        for file, text in texts.items():
            (folder / file).write_text(text, "utf-8", newline="")
    update(place / "index", [place / "guides"], parse=parse_guide)
    with open_index(place / "index") as index:
        documents: dict[str, dict[int, str]] = {}
        for document in index.catalog.documents():
            folder_name, file = document.path.split("/")[-2:]
            documents.setdefault(folder_name, {})[document.id] = file
        for name, n, question, _, sides in rows:
            own = documents.get(f"{name}-{n}", {})
            for pair in compared(question, index, frozenset(own)):
                both = [sides is not None and fold(sides[own[s.document]]) in fold(s.text) for s in (pair.a, pair.b)]
                yield _compared(name, n, sides is not None, all(both), pair, question)


def ordinary(place: Path) -> Iterator[Compared]:
    """Guides that do not contradict each other, as far as is known."""
    for name, docs, goldens in ordinary_sets():
        if not (place / name).exists():
            update(place / name, [docs], parse=parse_guide)
        with open_index(place / name) as index:
            for n, golden in enumerate(goldens):
                for pair in compared(" ".join(golden["question"].split())[:2000], index):
                    yield _compared(name, n, False, False, pair, golden["question"])


def ordinary_sets() -> Iterator[tuple[str, Path, list[dict[str, Any]]]]:
    """Their names, folders and questions."""
    for name in LAY:
        yield f"lay-{name}", DATA / "lay" / name / "docs", golden_lines(DATA / "lay" / name / "questions.jsonl")
    yield "groups", CASES / "groups", own("fit", "fitn", file="group_questions.jsonl")
    yield "xquad", DATA / "xquad" / "docs", xquad(ORDINARY_SAMPLE)
    for name in ("clapnq", "stackfaq", "liveqa"):
        yield name, DATA / "public" / name / "docs", public(name, ORDINARY_SAMPLE)


def compared(text: str, index: Index, documents: frozenset[int] | None = None) -> Iterator[AnswerPair]:
    """The pairs of best answers that a question gives."""
    question = understand(text, documents=documents)
    context = Context(index, ranking)
    what = asked(question)
    speaking = {claim.document for claim in in_its_words(question, what, context)} if what else set()
    yield from pairs(sentences(question, context.ranking(question), fitted()), len(speaking))


def _compared(name: str, n: int, contradict: bool, sides: bool, pair: AnswerPair, question: str) -> Compared:
    texts = (fold(pair.a.text), fold(pair.b.text))
    return Compared(name, n, contradict, sides, pair.speaking > 1, values(PAIR_SIGNALS, pair), texts, question)


def learnt_from(found: Sequence[Compared]) -> list[Compared]:
    """Those that teach: the cases that the rules read, for which they were written, would outnumber all others."""
    return [c for c in found if not c.spoken or c.set == "pairs"]


def fit(found: Sequence[Compared]) -> Any:
    """The weights, the constant last."""
    weights = [WEIGHTS.get(c.set, ORDINARY) for c in found]
    signals, sides = np.array([c.signals for c in found]), np.array([float(c.sides) for c in found])
    return logistic(signals, sides, np.array(weights), RIDGE)


def chances(found: Sequence[Compared], weights: Any) -> Any:
    """The probability of each."""
    scores = np.array([c.signals for c in found]) @ weights[:-1] + weights[-1]
    return 1 / (1 + np.exp(-scores))


def crossed(found: Sequence[Compared]) -> list[tuple[Compared, float]]:
    """Each with its probability under weights fitted without its part."""
    judged: list[tuple[Compared, float]] = []
    for part in range(PARTS):
        apart = [c for c in found if c.number % PARTS == part and not c.spoken]
        judged += zip(apart, chances(apart, fit([c for c in found if c.number % PARTS != part])), strict=True)
    return judged


def report(judged: Sequence[tuple[Compared, float]]) -> float:
    """What each bound finds; gives the least one with the precision that is asked for."""
    least = 1.0
    others = len({(c.set, c.number) for c, _ in judged if c.set not in WEIGHTS})
    for bound in (n / 20 for n in range(19, 3, -1)):
        said = {(c.set, c.number): c for c, p in sorted(judged, key=lambda each: each[1]) if p >= bound}
        of = [c for c in said.values() if c.set == "pairs"]
        right, hit = sum(c.contradict for c in of), sum(c.sides for c in of)
        alarms = sum(c.set not in WEIGHTS for c in said.values())
        cases = [sum(c.set == name for c in said.values()) for name in ("disagreements", "agreements")]
        precision = right / (len(of) or 1)
        print(
            f"{bound:.2f} pairs: recall {hit / 80:.3f} precision {precision:.3f}; of {PLANTED} and {AGREEING} cases"
            f" {cases[0]} and {cases[1]}; alarms on {others} ordinary questions {alarms}"
        )
        if precision >= PRECISION and max(alarms / others, cases[1] / AGREEING) <= ALARMS:
            least = bound
    return least


def main() -> None:
    """Fit, and print or write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write search/fitted.json")
    parser.add_argument("--half", type=int, choices=(0, 1), help="fit on the pairs of this half, measure on the others")
    parser.add_argument("--indexes", type=Path, default=Path(tempfile.gettempdir()) / "citeguide-fit")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        found = learnt_from([*planted(Path(place)), *ordinary(options.indexes)])
    if options.half is not None:
        apart = [c for c in found if c.number % 2 != options.half and not c.spoken]
        report(list(zip(apart, chances(apart, fit([c for c in found if c.number % 2 == options.half])), strict=True)))
        return
    least = report(crossed(found))
    if options.write:
        path = ROOT / "search" / "fitted.json"
        both = json.loads(path.read_text(encoding="utf-8"))
        names = [*(s.name for s in PAIR_SIGNALS), "constant"]
        both["clash"] = {n: round(float(w), 3) for n, w in zip(names, fit(found), strict=True)} | {
            "least": least,
            "answered": ANSWERED,
        }
        path.write_text(json.dumps(both, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
