"""Fits whether two guides' best answers contradict each other, from pairs of guides that do and that only seem to.

    python bench/fit_conflicts.py [--semantic] [--write]

The pairs are those of ../shared/data/lay/pairs and a sample of tests/cases; questions over guides that do not
contradict each other count as pairs that agree. It fits in eight parts, each measured by the others, and prints
recall and precision at every bound, with those that are found in the question's words; ``--half`` fits on one half of
all pairs and measures on the other. ``--semantic`` does it for indexes with vectors.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from citeguide.indexer.parse import parse_guide
from citeguide.indexer.update import update
from citeguide.search.conflicts import in_its_words
from citeguide.search.conflicts.answer_pair import PAIR_SIGNALS
from citeguide.search.conflicts.assertions import contradiction
from citeguide.search.conflicts.best_answers import pairs
from citeguide.search.conflicts.conflict_question import asked
from citeguide.search.context import Context
from citeguide.search.fitted import fitted
from citeguide.search.query.query import understand
from citeguide.search.reader.answerability import answerability
from citeguide.search.reader.sentence_selector import sentences
from citeguide.search.retrieval.reranker import ranking
from citeguide.search.semantic.encoder import Encoder
from citeguide.search.semantic.models import open_encoder
from citeguide.search.signals import values
from citeguide.search.store.open import Index, open_index
from fit_reader import DATA, LAY, ROOT, golden_lines, logistic, own, public, xquad

CASES = ROOT / "tests" / "cases"
SEED, PLANTED, AGREEING, ORDINARY_SAMPLE = 20261129, 200, 300, 60
WEIGHTS = {"pairs": 1.0, "ramdocs": 0.5, "disagreements": 0.35, "agreements": 1.0}
ORDINARY, SPOKEN = 0.35, 0.05
"""What a pair weighs, of each set, of ordinary guides, and of the cases that the rules read, for which they were
written: with the weight of others they would outnumber them."""
PARTS, RIDGE = 8, 0.01
NONE = "\0"
"""What no text holds."""
LARGE = ("lay-outdoors", "lay-townhall", "lay-tts", "liveqa", "stackfaq")
"""Guides that are left out where vectors are made: it would take long."""
PRECISION, FALSE, ALARMS = 0.92, 0.01, 0.004
"""Where the bound is set: at the least one by which so much of what is said of the pairs is right, and of pairs that
agree and of ordinary questions no more raise an alarm."""

ANSWERED = 0.25
"""The probability that either answer is right, from which on guides can contradict each other. Below it lie alarms on
questions that no guide covers; at .45 four of 36 contradictions lay below it as well, and at .35 two."""


class Case(NamedTuple):
    """A question of a set; of the shared pairs in which wording its guides are written."""

    set: str
    number: int
    wording: str = ""


class Compared(NamedTuple):
    """Two best answers: whether their guides contradict each other, and whether these answers are the two sides."""

    case: Case
    contradict: bool
    sides: bool
    spoken: bool
    """Whether two guides speak of it in the question's words: then these decide, and the pair is only learnt from."""
    signals: tuple[float, ...]
    right: float
    """The probability that either is right at all."""


def fold(text: str) -> str:
    """Text for comparisons."""
    return " ".join(text.split()).lower()


def ramdocs(split: str) -> Iterator[tuple[Case, str, dict[str, str], dict[str, str] | None]]:
    """Pages of the web of which some were changed so that they contradict another; and pages about namesakes."""
    folder = DATA / "public" / "ramdocs"
    for n, gold in enumerate(golden_lines(folder / f"{split}.jsonl")):
        texts = {path.name: path.read_text("utf-8", "replace") for path in folder.glob(f"docs/{gold['documents'][0]}")}
        yield Case("ramdocs", n, gold["kind"]), gold["question"], texts, gold.get("quote_by_document")


def guides() -> Iterator[tuple[Case, str, dict[str, str], dict[str, str] | None]]:
    """Every pair: its question, the guides by name, the sides where they contradict each other."""
    for n, pair in enumerate(golden_lines(DATA / "lay" / "pairs" / "pairs.jsonl")):
        sides = pair["quote_by_document"] if pair["expect"] == "disagreement" else None
        case = Case("pairs", n, pair["style"])
        yield case, pair["question"], {pair[s]["name"]: pair[s]["text"] for s in "ab"}, sides
    draw = random.Random(SEED)  # noqa: S311 - nothing secret
    for name, size in (("disagreements", PLANTED), ("agreements", AGREEING)):
        for n, case in enumerate(draw.sample(golden_lines(CASES / f"{name}.jsonl"), size)):
            yield Case(name, n), case["question"], case["guides"], case["sides"] if name == "disagreements" else None


def planted(
    rows: Sequence[tuple[Case, str, dict[str, str], dict[str, str] | None]], place: Path, encoder: Encoder | None
) -> Iterator[Compared]:
    """The pairs of guides, all in one index, each asked alone."""
    for case, _, texts, _ in rows:
        folder = place / "guides" / f"{case.set}-{case.number}"
        folder.mkdir(parents=True)
        for file, text in texts.items():
            (folder / file).write_text(text, "utf-8", newline="")
    update(place / "index", [place / "guides"], parse=parse_guide, encoder=encoder)
    with open_index(place / "index") as index:
        documents: dict[str, dict[int, str]] = {}
        for document in index.catalog.documents():
            folder_name, file = document.path.split("/")[-2:]
            documents.setdefault(folder_name, {})[document.id] = file
        for case, question, _, sides in rows:
            own = documents.get(f"{case.set}-{case.number}", {})
            yield from compared(case, question, index, own, sides)


def ordinary(place: Path, encoder: Encoder | None) -> Iterator[Compared]:
    """Guides that do not contradict each other, as far as is known."""
    for name, docs, goldens in ordinary_sets():
        if encoder and name in LARGE:
            continue
        if not (place / name).exists():
            update(place / name, [docs], parse=parse_guide, encoder=encoder)
        with open_index(place / name) as index:
            for n, golden in enumerate(goldens):
                yield from compared(Case(name, n), " ".join(golden["question"].split())[:2000], index)


def ordinary_sets() -> Iterator[tuple[str, Path, list[dict[str, Any]]]]:
    """Their names, folders and questions."""
    for name in LAY:
        yield f"lay-{name}", DATA / "lay" / name / "docs", golden_lines(DATA / "lay" / name / "questions.jsonl")
    yield "groups", CASES / "groups", own("fit", "fitn", file="group_questions.jsonl")
    yield "xquad", DATA / "xquad" / "docs", xquad(ORDINARY_SAMPLE)
    for name in ("clapnq", "stackfaq", "liveqa"):
        yield name, DATA / "public" / name / "docs", public(name, ORDINARY_SAMPLE)


def compared(
    case: Case, text: str, index: Index, own: dict[int, str] | None = None, sides: dict[str, str] | None = None
) -> Iterator[Compared]:
    """The pairs of best answers that a question gives; and what is found in its words, which decides where it is."""
    question = understand(text, documents=frozenset(own) if own is not None else None)
    context = Context(index, ranking)
    what = asked(question)
    claims = in_its_words(question, what, context) if what else []
    speaking = len({claim.document for claim in claims})
    weights = fitted(semantic=index.meaning is not None)
    ranked = context.ranking(question)
    for pair in pairs(sentences(question, ranked, weights, index.meaning), index.meaning):
        held = sides is not None and own is not None
        both = held and all(fold(sides.get(own[s.document], NONE)) in fold(s.text) for s in (pair.a, pair.b))
        right = answerability(ranked, [pair.either], index.engine, weights).right
        yield Compared(case, sides is not None, both, speaking > 1, values(PAIR_SIGNALS, pair), right)
    if what and speaking > 1 and (said := contradiction(what, claims)):
        quoted = [fold(claim.statement.sentence) for side in said for claim in side]
        both = sides is not None and all(any(fold(gold) in quote for quote in quoted) for gold in sides.values())
        yield Compared(case, sides is not None, both, True, (), 1.0)


def learnt_from(found: Sequence[Compared]) -> list[Compared]:
    """Those that have signals: what is found in the question's words has none."""
    return [c for c in found if c.signals]


def weight(found: Compared) -> float:
    """What a pair counts for the fit."""
    return SPOKEN if found.spoken and found.case.set != "pairs" else WEIGHTS.get(found.case.set, ORDINARY)


def fit(found: Sequence[Compared]) -> Any:
    """The weights, the constant last."""
    signals, sides = np.array([c.signals for c in found]), np.array([float(c.sides) for c in found])
    return logistic(signals, sides, np.array([weight(c) for c in found]), RIDGE)


def chances(found: Sequence[Compared], weights: Any) -> list[tuple[Compared, float]]:
    """Each that is decided with its probability: what the question's words find is certain, and decides alone."""
    open_ones = [c for c in found if c.signals and not c.spoken]
    scores = np.array([c.signals for c in open_ones]) @ weights[:-1] + weights[-1]
    likely = zip(open_ones, (1 / (1 + np.exp(-scores))).tolist(), strict=True)
    return [*((c, p * (c.right >= ANSWERED)) for c, p in likely), *((c, 1.0) for c in found if not c.signals)]


def crossed(found: Sequence[Compared], parts: int) -> list[tuple[Compared, float]]:
    """Each with its probability under weights fitted without its part."""
    judged: list[tuple[Compared, float]] = []
    for part in range(parts):
        apart = [c for c in found if c.case.number % parts == part]
        judged += chances(apart, fit(learnt_from([c for c in found if c.case.number % parts != part])))
    return judged


def report(judged: Sequence[tuple[Compared, float]], of: int = 80) -> float:
    """What each bound finds of so many contradictions; gives the least one with the precision that is asked for."""
    least = 1.0
    others = len({c.case for c, _ in judged if c.case.set not in WEIGHTS})
    for bound in (n / 20 for n in range(19, 5, -1)):
        said = {c.case: c for c, p in sorted(judged, key=lambda each: each[1]) if p >= bound}
        ours = [c for c in said.values() if c.case.set == "pairs"]
        hit = Counter(c.case.wording for c in ours if c.sides)
        right = sum(c.contradict for c in ours)
        alarms = sum(case.set not in WEIGHTS for case in said)
        false = sum(case.set == "agreements" for case in said)
        precision = right / (len(ours) or 1)
        web = [c.sides for c in said.values() if c.case.set == "ramdocs"]
        print(
            f"{bound:.2f} recall {hit.total()}/{of} = {hit.total() / of:.3f} (own words {hit['own']}, like words"
            f" {hit['near']}), precision {right}/{len(ours)} = {precision:.3f}; alarms on {AGREEING} agreements"
            f" {false}, on {others} ordinary questions {alarms}; ramdocs, train: {sum(web)} of {len(web)} right"
        )
        if precision >= PRECISION and alarms <= ALARMS * others and false <= FALSE * AGREEING:
            least = bound
    return least


def measure_ramdocs(place: Path, encoder: Encoder | None) -> None:
    """What the numbers in force find on the half of the web pages that nothing is fitted on."""
    numbers = fitted(semantic=encoder is not None).clash
    weights = np.array([numbers.get(name, 0.0) for name in (*(s.name for s in PAIR_SIGNALS), "constant")])
    judged = chances(list(planted(list(ramdocs("dev")), place, encoder)), weights)
    said = {c.case: c for c, p in sorted(judged, key=lambda each: each[1]) if p >= numbers["least"]}
    right = sum(c.sides for c in said.values())
    kinds = Counter(case.wording for case, c in said.items() if not c.contradict)
    print(
        f"ramdocs dev: {right} contradictions with both sides; false: {kinds['passage']}, on namesakes {kinds['sides']}"
    )


def main() -> None:
    """Fit, and print or write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write search/fitted.json")
    parser.add_argument("--half", type=int, choices=(0, 1), help="fit on the pairs of this half, measure on the others")
    parser.add_argument("--ramdocs", action="store_true", help="measure the numbers in force on public/ramdocs alone")
    parser.add_argument("--semantic", action="store_true", help="with vectors, which indexes that are built get")
    parser.add_argument("--indexes", type=Path, default=Path(tempfile.gettempdir()) / "citeguide-fit-conflicts")
    options = parser.parse_args()
    kind = "semantic" if options.semantic else "lexical"
    encoder = open_encoder() if options.semantic else None
    with tempfile.TemporaryDirectory() as place:
        if options.ramdocs:
            measure_ramdocs(Path(place), encoder)
            return
        found = [
            *planted([*guides(), *ramdocs("train")], Path(place), encoder),
            *ordinary(options.indexes / kind, encoder),
        ]
    if options.half is not None:
        mine, theirs = ([c for c in found if (c.case.number % 2 == options.half) == own] for own in (True, False))
        report(chances(theirs, fit(learnt_from(mine))), of=40)
        return
    least = report(crossed(found, PARTS))
    if options.write:
        path = ROOT / "search" / "fitted.json"
        known = json.loads(path.read_text(encoding="utf-8"))
        names = [*(s.name for s in PAIR_SIGNALS), "constant"]
        weights = zip(names, fit(learnt_from(found)), strict=True)
        known["clash"][kind] = {n: round(float(w), 3) for n, w in weights} | {"least": least, "answered": ANSWERED}
        path.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
