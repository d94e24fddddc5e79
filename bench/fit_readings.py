"""Fits the weights of table readings, and on tables kept apart their threshold: weights.bin and search/fitted.json.

    python bench/fit_readings.py make FOLDER [--index INDEX] [--reports INDEX] [--tables INDEX] [--wiki N] [--jobs N]
    python bench/fit_readings.py fit FOLDER [--write] [--without PART]

``make`` lays questions against tables and writes the features of all readings into FOLDER (reading_cases.py says which
questions); the indexes are of ../shared/data/tables/train, of tatqa's documents, and of ../shared/data/tables, on which
nothing is fitted. ``fit`` finds the weights under which right readings are likeliest (softmax over all readings of a
question and the one that none is right; AdaGrad, averaged). How sure a reading is, and from which confidence on it
answers, is fitted on what such weights give on tables that they were not fitted on: a part of Wikipedia's and of the
reports, and each quarter of the plain tables, left out in turn. It prints the figures there, and with --write keeps
both. ``--without made`` shows what that part brings. It takes numpy, which the extra ``semantic`` brings, and
some minutes.

WikiTableQuestions is CC BY-SA 4.0 (Panupong Pasupat and Percy Liang, 2015; tables from Wikipedia). The weights are
numbers about words and operations; no question, table or cell can be read from them.
"""

from __future__ import annotations

import argparse
import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from citeguide.search.tables.semantic_parsing.confidence import SIGNALS, calibrated, log_odds
from citeguide.search.tables.semantic_parsing.scoring import COMPUTED, is_part
from citeguide.search.tables.semantic_parsing.weights import WEIGHTS_FILE
from numpy.typing import NDArray
from reading_cases import Case, Sources, make, read_cases, table_of

NUMBERS = Path(__file__).resolve().parent.parent / "search" / "fitted.json"
STEP, PASSES, PLAIN_COUNTS = 0.05, 5, 3.0
"""AdaGrad's step; how often all cases are seen; how much more a plain or odd question counts than others."""
COMMON = 3
"""Questions in which a feature is seen, at least: what is seen more seldom is learned by heart."""
KEPT = 165_000
"""Weights that are written: six bytes each."""
LARGEST = 32_000
FOLDS = 4
"""Parts of the plain tables that are left out in turn."""
PRECISION, MARGIN = 0.80, 0.03
"""Of given answers so many shall be right, and a little more, since other tables are read less well."""
OFFERED = 0.15
ROUNDS, RATE, HELD = 400, 2.0, 3.0
"""Steps of the regression, their size, and how strongly it is held towards the plain probability."""
LEAST_GIVEN = 20
SETS = {
    "Wikipedia": ("apart",), "plain, own file": ("plain ",), "plain, all files": ("plain-all",),
    "reports": ("reports",), "odd questions": ("odd apart",),
    "measured only, own file": ("tables ",), "measured only, all files": ("tables-all",),
}  # fmt: skip
"""What is kept apart, and how its parts are called; what is measured only sets no number."""
MEASURED = "tables"
Floats = NDArray[np.float64]
Places = NDArray[np.int32]


class Packed(NamedTuple):
    """A case in arrays: the features of its groups, and the groups of its lines, one behind the other."""

    part: str
    features: Places
    first: Places
    """Where each group begins."""
    of: Places
    """The group of each feature."""
    different: Places
    which: Places
    """The different features, and which of them each is."""
    groups: Places
    begins: Places
    """The groups of all lines, and where each line begins."""
    line: Places
    """The line of each of these."""
    before: NDArray[np.bool_]
    """Which of these groups a line has before it is computed."""
    right: NDArray[np.bool_]
    results: Sequence[int]
    said: Sequence[tuple[float, ...] | None]
    tables: Places
    left_out: Sequence[int]


class Judged(NamedTuple):
    """The likeliest result of a case: its probability, whether it is right, and what its confidence goes by."""

    part: str
    probability: float
    right: bool
    possible: bool
    said: tuple[float, ...] | None
    answerable: bool


def packed(case: Case, places: dict[int, int]) -> Packed:
    """A case in arrays; features get their places as they come."""
    features = np.array([places.setdefault(f, len(places)) for group in case.groups for f in group], np.int32)
    sizes = np.array([len(group) for group in case.groups], np.int32)
    different, which = np.unique(features, return_inverse=True)
    counts = np.array([len(line.groups) for line in case.lines], np.int32)
    begins = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int32)
    line = np.repeat(np.arange(len(counts)), counts).astype(np.int32)
    ahead = np.array([line.before for line in case.lines], np.int32)
    within = np.arange(int(counts.sum())) - begins[line]
    return Packed(
        case.part, features, np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int32),
        np.repeat(np.arange(len(sizes)), sizes).astype(np.int32), different.astype(np.int32), which.astype(np.int32),
        np.concatenate([np.frombuffer(line.groups, np.uint16) for line in case.lines]).astype(np.int32), begins, line,
        within < ahead[line], np.array([line.right for line in case.lines]),
        [line.result for line in case.lines], [line.said for line in case.lines],
        np.array([line.table for line in case.lines], np.int32), [line.left_out for line in case.lines],
    )  # fmt: skip


# fitting


def fit(cases: Sequence[Packed], features: int) -> Floats:
    """The weights under which right readings are likeliest, the largest of those that are not too seldom."""
    usable = [one for one in cases if one.right.any() and not one.right.all()]
    weights, squares, total = np.zeros(features), np.zeros(features), np.zeros(features)
    order = np.random.default_rng(1)
    for _ in range(PASSES):
        for n in order.permutation(len(usable)):
            _learn(usable[n], weights, squares)
        total += weights
    seen = np.zeros(features, np.int32)
    for one in usable:
        seen[one.different] += 1
    total[seen < COMMON] = 0
    return pruned(total / PASSES)


def _learn(one: Packed, weights: Floats, squares: Floats) -> None:
    scores = _scores(one, weights)
    likely = np.exp(scores - scores.max())
    every, right = likely.sum(), likely[one.right].sum()
    if right <= 0:
        return
    gains = np.where(one.right, likely / right, 0.0) - likely / every
    of_groups = np.bincount(one.groups, weights=gains[one.line], minlength=len(one.first))
    gain = np.bincount(one.which, weights=of_groups[one.of], minlength=len(one.different))
    gain *= PLAIN_COUNTS if one.part.startswith(("plain", "odd")) else 1.0
    squares[one.different] += gain * gain
    weights[one.different] += STEP * gain / np.sqrt(squares[one.different] + 1e-8)


def _scores(one: Packed, weights: Floats) -> Floats:
    found: Floats = np.add.reduceat(_weighed(one, weights)[one.groups], one.begins)
    return found


def _weighed(one: Packed, weights: Floats) -> Floats:
    found: Floats = np.add.reduceat(weights[one.features], one.first)
    return found


def pruned(weights: Floats) -> Floats:
    """The largest weights, rounded as they are kept."""
    least = np.sort(np.abs(weights))[-KEPT:][0]
    kept = np.where(np.abs(weights) >= max(least, 1e-9), weights, 0.0)
    scale = np.abs(kept).max() / LARGEST
    found: Floats = np.round(kept / scale) * scale
    return found


def judge(one: Packed, weights: Floats) -> Judged:
    """What the product would find: of the readings that are likeliest before that COMPUTED are computed."""
    weighed = _weighed(one, weights)[one.groups]
    before = np.add.reduceat(np.where(one.before, weighed, 0.0), one.begins)[:-1]
    kept = [*np.argsort(-before, kind="stable")[:COMPUTED], len(one.right) - 1]
    every_score = np.add.reduceat(weighed, one.begins)
    if len(kept) > 1:
        best = max(kept[:-1], key=lambda line: every_score[line])
        kept = [
            line for line in kept
            if line == kept[-1] or one.tables[line] == one.tables[best]
            or not is_part(one.left_out[line], one.left_out[best])
        ]  # fmt: skip
    scores = every_score[kept]
    likely = np.exp(scores - scores.max())
    mass: defaultdict[int, float] = defaultdict(float)
    for share, line in zip(likely, kept, strict=True):
        mass[one.results[line]] += float(share)
    every = sum(mass.values())
    del mass[0]
    answerable = not one.right[-1]
    if not mass:
        return Judged(one.part, 0.0, False, False, None, answerable)
    result, likeliest = max(mass.items(), key=lambda pair: pair[1])
    of_result = [(score, line) for score, line in zip(scores, kept, strict=True) if one.results[line] == result]
    best = max(of_result)[1]
    right, possible = any(one.right[line] for _, line in of_result), bool(one.right[:-1].any())
    return Judged(one.part, likeliest / every, right, possible, one.said[best], bool(answerable))


# confidence


def calibrate(found: Sequence[Judged]) -> dict[str, float]:
    """What each signal counts for a result to be right: logistic regression, held towards the plain probability."""
    usable = [(signals_of(judged), judged.right) for judged in found if judged.said is not None]
    values, right = np.array([v for v, _ in usable]), np.array([r for _, r in usable])
    start = np.array([0.0, 1.0, *[0.0] * len(SIGNALS)])
    weights = start.copy()
    for _ in range(ROUNDS):
        error = right - 1 / (1 + np.exp(-values @ weights))
        weights += (values.T @ error + HELD * (start - weights)) * RATE / len(usable)
    return {name: round(float(weight), 3) for name, weight in zip(("all", "likely", *SIGNALS), weights, strict=True)}


def signals_of(judged: Judged) -> tuple[float, ...]:
    """One, how likely the result is, and what else is known of it."""
    return 1.0, log_odds(judged.probability), *(judged.said or ())


def sure(judged: Judged, fitted: Mapping[str, float]) -> float:
    """The confidence in a result; none in one that leaves out what must not be left out."""
    if judged.said is None:
        return 0.0
    return calibrated(judged.probability, dict(zip(SIGNALS, judged.said, strict=True)), fitted)


def threshold(found: Sequence[Judged], fitted: Mapping[str, float], precision: float) -> float:
    """The least confidence from which on so many of the given answers are right."""
    ranked = sorted(((sure(judged, fitted), judged.right) for judged in found), reverse=True)
    best, right = 1.0, 0
    for given, ((confidence, is_right_one), (after, _)) in enumerate(pairwise([*ranked, (0.0, False)]), 1):
        right += is_right_one
        if given >= LEAST_GIVEN and right / given >= precision:
            best = (confidence + after) / 2
    return best


def report(name: str, found: Sequence[Judged], fitted: Mapping[str, float], least: float) -> None:
    """One line of figures."""
    answerable, other = [j for j in found if j.answerable], [j for j in found if not j.answerable]
    given = [judged for judged in answerable if sure(judged, fitted) >= least]
    right, count = sum(judged.right for judged in given), max(1, len(answerable))
    refused = sum(sure(judged, fitted) < least for judged in other) / max(1, len(other))
    print(
        f"{name}: of {len(answerable)} possible {sum(j.possible for j in answerable) / count:.1%}, "
        f"forced {sum(j.right for j in answerable) / count:.1%}, at {least:.2f} right {right / count:.1%} "
        f"of {len(given) / count:.1%} given ({right / max(1, len(given)):.1%}); refused of {len(other)}: {refused:.1%}",
        flush=True,
    )


# the main act


def write(weights: Mapping[int, float], answered: float, fitted: Mapping[str, float]) -> None:
    """Keep weights, thresholds and what confidence goes by as the program reads them."""
    scale = max(map(abs, weights.values())) / LARGEST
    known = json.loads(NUMBERS.read_text(encoding="utf-8"))
    known["readings"] = {"answered": round(answered, 3), "offered": OFFERED, "confidence": dict(fitted)}
    NUMBERS.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    facts = {"count": len(weights), "scale": scale}
    features = sorted(weights)
    hashes, values = array("I", features), array("h", [round(weights[f] / scale) for f in features])
    WEIGHTS_FILE.write_bytes(json.dumps(facts).encode() + b"\n" + hashes.tobytes() + values.tobytes())


class Fold(NamedTuple):
    """What is fitted on, and what is judged by the weights that come of it."""

    fitted: Callable[[str], bool]
    judged: Callable[[str], bool]


def folds(parts: Iterable[str]) -> list[Fold]:
    """Each quarter of the plain tables left out; at last nothing but what is always kept apart."""
    of = {name: n % FOLDS for n, name in enumerate(sorted({table_of(part) for part in parts} - {""}))}

    def without(number: int) -> Fold:
        return Fold(
            lambda part: is_fitted(part) and of.get(table_of(part)) != number,
            lambda part: part.startswith("plain") and of.get(table_of(part)) == number,
        )

    return [*map(without, range(FOLDS)), Fold(is_fitted, is_apart)]


def is_fitted(part: str) -> bool:
    """Whether weights are fitted on a case; the tables of all files are a second look at the same questions, and cost
    precision on tables that were left out."""
    return not is_apart(part) and not part.startswith("plain-all")


def is_apart(part: str) -> bool:
    """Whether nothing is fitted on a case: whole tables, and every third report."""
    return part.startswith(("apart", MEASURED, "odd apart")) or (
        part.startswith("reports") and crc32(part.encode()) % 3 == 0
    )


def fit_and_report(folder: Path, without: Sequence[str], *, keep: bool, jobs: int) -> None:
    """Fit without what is kept apart; there, set how confidence is reckoned, and from which on is answered."""
    places: dict[int, int] = {}
    global _cases, _features
    _cases = [packed(one, places) for one in read_cases(folder) if not one.part.startswith(tuple(without))]
    _features = len(places)
    with Pool(jobs) as pool:
        told = pool.map(_fit_and_judge, range(FOLDS + 1), chunksize=1)
    weights, found = told[-1][0], [judged for _, some in told for judged in some]
    fitting = [judged for judged in found if not judged.part.startswith(MEASURED)]
    fitted = calibrate(fitting)
    least = threshold(fitting, fitted, PRECISION + MARGIN)
    print(fitted, f"answered from {least:.3f}")
    for name, parts in SETS.items():
        for shown in (least - 0.1, least, least + 0.1):
            report(name, [judged for judged in found if judged.part.startswith(parts)], fitted, shown)
    if keep:
        write({f: float(weights[place]) for f, place in places.items() if weights[place]}, least, fitted)


_cases: list[Packed] = []
_features = 0
"""Read before the pool begins, so that its processes share them."""


def _fit_and_judge(number: int) -> tuple[Floats, list[Judged]]:
    fold = folds(one.part for one in _cases)[number]
    weights = fit([one for one in _cases if fold.fitted(one.part)], _features)
    return weights, [judge(one, weights) for one in _cases if fold.judged(one.part)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("act", choices=("make", "fit"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wiki", type=int, default=20_000)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--reports", type=Path)
    parser.add_argument("--tables", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--without", action="append", default=[], metavar="PART", help="fit without it")
    options = parser.parse_args()
    if options.act == "make":
        sources = Sources(options.index, options.reports, options.tables)
        make(options.folder, options.wiki, sources, options.jobs)
    else:
        fit_and_report(options.folder, options.without, keep=options.write, jobs=options.jobs)


if __name__ == "__main__":
    main()
