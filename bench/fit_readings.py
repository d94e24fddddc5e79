"""Fits the weights of table readings, fixes their thresholds on tables kept apart, and writes weights.bin.

    python bench/fit_readings.py make FOLDER [--wiki N] [--index INDEX] [--jobs N]
    python bench/fit_readings.py fit FOLDER [--write]

``make`` lays questions against tables and writes the features of all readings into FOLDER: training questions of
WikiTableQuestions whose tables stand in no question of dev, a third of them also against another table, which answers
nothing; and with --index, an index of ../shared/data/tables/train, the plain questions there. ``fit`` finds the weights
under which right readings are likeliest (softmax over all readings of a question and the one that none is right;
AdaGrad, averaged), prints what they give on the tables kept apart, and with --write keeps the largest as weights.bin.

WikiTableQuestions is CC BY-SA 4.0 (Panupong Pasupat and Percy Liang, 2015; tables from Wikipedia). The weights are
numbers about words and operations; no question, table or cell can be read from them.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import random
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zlib import crc32

import table_questions
from citeguide.indexer.update import update
from citeguide.search.tables.semantic_parsing.answerer import keeps_what_counts
from citeguide.search.tables.semantic_parsing.beam import Beam
from citeguide.search.tables.semantic_parsing.confidence import SIGNALS, calibrated, log_odds, signals
from citeguide.search.tables.semantic_parsing.families.generator import candidates
from citeguide.search.tables.semantic_parsing.features import NOTHING, Features, Group
from citeguide.search.tables.semantic_parsing.scoring import COMPUTED, Reading
from citeguide.search.tables.semantic_parsing.weights import FILE, fitted_weights
from citeguide.search.tables.semantic_parsing.wording import wording
from reading_questions import (
    PLAIN,
    REPORTS,
    Gold,
    Reference,
    indexed_tables,
    is_right,
    questions,
    wiki_parts,
    wiki_table,
)

STEP, PASSES, PLAIN_COUNTS = 0.05, 5, 3.0
"""AdaGrad's step; how often all cases are seen; how much more a plain question counts than one of Wikipedia."""
UNANSWERABLE = 0.35
"""Share of questions that are also asked of a table that does not answer them."""
SETTLED = 3.0
"""Of weights that are known: what AdaGrad has summed up of their steps' squares before the first case."""
KEPT = 165_000
"""Weights that are written: six bytes each."""
LARGEST = 32_000
SHARD = 100
ODD = 4
"""Of so many odd questions one is fitted on, and one measured."""
APART = 600
"""Questions of Wikipedia over tables kept apart."""
PRECISION, MARGIN = 0.80, 0.01
"""Of given answers so many shall be right, and a little more: what ``answerer.is_sure`` adds is not counted here."""
OFFERED = 0.15
ROUNDS, RATE, HELD = 400, 2.0, 3.0
"""Steps of the regression, their size, and how strongly it is held towards the plain probability."""
LEAST_GIVEN = 20
SETS = {
    "Wikipedia": ("apart", "apart other"), "plain questions": ("tables",), "reports": ("reports",),
    "odd questions": ("odd apart",),
}  # fmt: skip
"""What is kept apart, and how its parts are called."""
OUTSIDE = Path(__file__).resolve().parent.parent / "tests" / "cases" / "table_questions_outside.jsonl"


class Line(NamedTuple):
    """A reading: its groups before it is computed and all of them, whether it is right, and what it comes to."""

    groups: array[int]
    before: int
    right: bool
    result: int
    said: tuple[float, ...] | None
    """What its confidence goes by; None where it leaves out what must not be left out."""


class Case(NamedTuple):
    """A question: groups of features that its readings share, and the readings; the last is that none is right."""

    part: str
    groups: list[array[int]]
    lines: list[Line]


class Judged(NamedTuple):
    """The likeliest result of a case: its probability, whether it is right, and what its confidence goes by."""

    part: str
    probability: float
    right: bool
    possible: bool
    said: tuple[float, ...] | None
    answerable: bool


def case(part: str, gold: Gold, tables: Sequence[Reference], *, answerable: bool) -> Case:
    """All readings of a question on tables that compete."""
    asked = wording(gold["question"])
    groups: list[array[int]] = []
    lines: list[Line] = []
    nothing: array[int] | None = None
    for table in tables:
        beam = Beam(asked, table.view)
        features = Features(beam)
        known: dict[Group, int] = {}

        def place(group: Group, features: Features = features, known: dict[Group, int] = known) -> int:
            if group not in known:
                known[group] = len(groups)
                groups.append(array("I", [crc32(name.encode()) for name in features.names(group)]))
            return known[group]

        right = is_right(gold, table) if answerable else None
        for candidate in candidates(beam):
            computed = beam.run.run(candidate.value)
            if computed is not None:
                before = [place(group) for group in features.groups(candidate)]
                after = [place(group) for group in features.groups_of_result(candidate, computed)]
                result = hash((id(table.view), frozenset(computed.items))) or 1
                is_so = right is not None and right(candidate, computed)
                said = _said(Reading(beam, candidate, computed, 0.0, features.explained(candidate)))
                lines.append(Line(array("H", before + after), len(before), is_so, result, said))
        nothing = nothing or array("H", [place(NOTHING)])
    lines.append(Line(nothing or array("H"), 1, not answerable, 0, None))
    return Case(part, groups, lines)


def _said(reading: Reading) -> tuple[float, ...] | None:
    return tuple(signals(reading).values()) if keeps_what_counts(reading) else None


# making


def make(folder: Path, wiki: int, index: Path | None, reports: Path | None, tables: Path | None, jobs: int) -> None:
    """Write the cases of all questions, a shard a file."""
    folder.mkdir(parents=True, exist_ok=True)
    if index is not None:
        golds = questions(PLAIN / "train" / "questions-b.jsonl", PLAIN / "train" / "questions-c.jsonl")
        _write(folder / "plain-000", list(_indexed_cases("plain", golds, indexed_tables(index))))
    if reports is not None:
        golds = [g for g in questions(REPORTS / "train.jsonl") if g["kind"] in ("tat-arithmetic", "tat-count")]
        _write(folder / "reports-000", list(_indexed_cases("reports", golds, indexed_tables(reports))))
    if tables is not None:
        _write(
            folder / "tables-000",
            list(_indexed_cases("tables", questions(PLAIN / "questions.jsonl"), indexed_tables(tables))),
        )
    for number, part in enumerate(("odd", "odd apart")):
        _write(folder / f"odd-{number:03}", list(_odd_cases(part, number)))
    fitted, apart = wiki_parts()
    tasks = [(folder, f"apart-{n:03}", "apart", some) for n, some in enumerate(_shards(apart[:APART]))]
    tasks += [(folder, f"wiki-{n:03}", "wiki", some) for n, some in enumerate(_shards(fitted[:wiki]))]
    with Pool(jobs) as pool:
        for name in pool.imap_unordered(_make_wiki, tasks):
            print(name, flush=True)


def _shards(golds: Sequence[Gold]) -> Iterator[Sequence[Gold]]:
    return (golds[at : at + SHARD] for at in range(0, len(golds), SHARD))


def _make_wiki(task: tuple[Path, str, str, Sequence[Gold]]) -> str:
    folder, name, part, golds = task
    if not (folder / name).exists():
        _write(folder / name, list(_wiki_cases(part, golds, random.Random(name))))  # noqa: S311 - cases, not secrets
    return name


def _wiki_cases(part: str, golds: Sequence[Gold], rng: random.Random) -> Iterator[Case]:
    names = sorted({gold["documents"][0] for gold in golds})
    for gold in golds:
        own, other = gold["documents"][0], rng.choice(names)
        yield case(part, gold, [wiki_table(own)], answerable=True)
        if rng.random() < UNANSWERABLE and other != own:
            yield case(f"{part} other", gold, [wiki_table(other)], answerable=False)


def _indexed_cases(part: str, golds: Iterable[Gold], tables: Mapping[str, Sequence[Reference]]) -> Iterator[Case]:
    for gold in golds:
        name = gold["documents"][0]
        if name in tables:
            yield case(f"{part} {name}", gold, tables[name], answerable=gold["kind"] != "not_found")


def _odd_cases(part: str, first: int) -> Iterator[Case]:
    """Some questions that no grammar foresees, over two tables of wages: hardly any of them has an answer."""
    odd = questions(OUTSIDE)[first::ODD]
    for source, path in table_questions.PATHS.items():
        with TemporaryDirectory() as folder:
            update(Path(folder), [path])
            tables = [table for some in indexed_tables(Path(folder)).values() for table in some]
        for gold in (gold for gold in odd if gold["source"] == source):
            asked = {**gold, "kind": "rank", "values": [float(value) for value in gold["values"]]}
            yield case(f"{part} {source}", asked, tables, answerable=bool(gold["values"]))


def _write(path: Path, cases: list[Case]) -> None:
    path.write_bytes(pickle.dumps([(c.part, c.groups, list(map(tuple, c.lines))) for c in cases]))


def _read(folder: Path) -> Iterator[Case]:
    """What ``make`` wrote there, by us and for us alone."""
    for path in sorted(folder.iterdir()):
        for part, groups, lines in pickle.loads(path.read_bytes()):  # noqa: S301 - our own file
            yield Case(part, groups, [Line(*line) for line in lines])


# fitting


def fit(cases: Sequence[Case], known: Mapping[int, float]) -> dict[int, float]:
    """The weights under which right readings are likeliest; those that are known already move less than new ones."""
    places: dict[int, int] = {feature: place for place, feature in enumerate(known)}
    packed = [[array("I", [places.setdefault(f, len(places)) for f in group]) for group in c.groups] for c in cases]
    weights = [known.get(feature, 0.0) for feature in places]
    squares = [SETTLED if feature in known else 0.0 for feature in places]
    total = [0.0] * len(places)
    usable = [n for n, c in enumerate(cases) if 0 < sum(line.right for line in c.lines) < len(c.lines)]
    rng = random.Random(1)  # noqa: S311 - an order, no secret
    for _ in range(PASSES):
        rng.shuffle(usable)
        for n in usable:
            _learn(cases[n], packed[n], weights, squares)
        total = [summed + weight for summed, weight in zip(total, weights, strict=True)]
    return {feature: total[place] / PASSES for feature, place in places.items()}


def _learn(one: Case, groups: Sequence[array[int]], weights: list[float], squares: list[float]) -> None:
    scores = _scores(one, [sum([weights[f] for f in group]) for group in groups])
    top = max(scores)
    exps = [math.exp(score - top) for score in scores]
    every, right = sum(exps), sum(e for e, line in zip(exps, one.lines, strict=True) if line.right)
    if right <= 0:
        return
    gains = [0.0] * len(groups)
    for e, line in zip(exps, one.lines, strict=True):
        gain = (e / right if line.right else 0.0) - e / every
        if abs(gain) > 1e-6:
            for group in line.groups:
                gains[group] += gain
    steps: dict[int, float] = {}
    for group, gain in zip(groups, gains, strict=True):
        if gain:
            for feature in group:
                steps[feature] = steps.get(feature, 0.0) + gain
    counts = PLAIN_COUNTS if one.part.startswith("plain") else 1.0
    for feature, step in steps.items():
        gain = step * counts
        squares[feature] += gain * gain
        weights[feature] += STEP * gain / math.sqrt(squares[feature] + 1e-8)


def _scores(one: Case, weighed: Sequence[float]) -> list[float]:
    return [sum([weighed[group] for group in line.groups]) for line in one.lines]


def judge(one: Case, weights: Mapping[int, float]) -> Judged:
    """What the product would find: of the readings that are likeliest before that COMPUTED are computed."""
    weighed = [sum([weights.get(f, 0.0) for f in group]) for group in one.groups]
    readings = sorted(one.lines[:-1], key=lambda line: -sum([weighed[g] for g in line.groups[: line.before]]))
    kept = [*readings[:COMPUTED], one.lines[-1]]
    scores = [sum([weighed[group] for group in line.groups]) for line in kept]
    top = max(scores)
    mass: defaultdict[int, float] = defaultdict(float)
    for score, line in zip(scores, kept, strict=True):
        mass[line.result] += math.exp(score - top)
    every = sum(mass.values())
    del mass[0]
    answerable = not one.lines[-1].right
    if not mass:
        return Judged(one.part, 0.0, False, False, None, answerable)
    result, likeliest = max(mass.items(), key=lambda pair: pair[1])
    of_result = [(score, line) for score, line in zip(scores, kept, strict=True) if line.result == result]
    best = max(of_result, key=lambda pair: pair[0])[1]
    right = any(line.right for _, line in of_result)
    possible = any(line.right for line in one.lines[:-1])
    return Judged(one.part, likeliest / every, right, possible, best.said, answerable)


# confidence


def calibrate(found: Sequence[Judged]) -> dict[str, float]:
    """What each signal counts for a result to be right: logistic regression, held towards the plain probability."""
    usable = [(signals_of(judged), judged.right) for judged in found if judged.said is not None]
    names = ("all", "likely", *SIGNALS)
    start = [0.0, 1.0, *[0.0] * len(SIGNALS)]
    weights = list(start)
    for _ in range(ROUNDS):
        slopes = [HELD * (before - weight) for before, weight in zip(start, weights, strict=True)]
        for values, right in usable:
            total = sum([weight * value for weight, value in zip(weights, values, strict=True)])
            error = right - 1 / (1 + math.exp(-total))
            slopes = [slope + error * value for slope, value in zip(slopes, values, strict=True)]
        weights = [weight + slope * RATE / len(usable) for weight, slope in zip(weights, slopes, strict=True)]
    return {name: round(weight, 3) for name, weight in zip(names, weights, strict=True)}


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


def pruned(weights: Mapping[int, float]) -> dict[int, float]:
    """The largest weights, rounded as they are kept."""
    kept = sorted(weights, key=lambda feature: -abs(weights[feature]))[:KEPT]
    scale = max(abs(weights[feature]) for feature in kept) / LARGEST
    return {feature: round(weights[feature] / scale) * scale for feature in kept}


def write(weights: Mapping[int, float], answered: float, offered: float, fitted: Mapping[str, float]) -> None:
    """Keep weights, thresholds and what confidence goes by as the program reads them."""
    scale = max(map(abs, weights.values())) / LARGEST
    facts = {
        "count": len(weights), "scale": scale, "answered": round(answered, 3), "offered": round(offered, 3),
        "confidence": dict(fitted),
    }  # fmt: skip
    features = sorted(weights)
    hashes, packed = array("I", features), array("h", [round(weights[f] / scale) for f in features])
    FILE.write_bytes(json.dumps(facts).encode() + b"\n" + hashes.tobytes() + packed.tobytes())


def known_weights() -> dict[int, float]:
    """The weights that come with the program, by the hashes of their features."""
    known = fitted_weights()
    return {feature: weight * known.scale for feature, weight in zip(known.hashes, known.packed, strict=True)}


def fit_and_report(folder: Path, *, keep: bool, refine: bool) -> None:
    """Fit on all but what is kept apart; there, set how confidence is reckoned, and from which on is answered."""
    cases = list(_read(folder))
    apart = [c for c in cases if is_apart(c.part)]
    weights = pruned(fit([c for c in cases if not is_apart(c.part)], known_weights() if refine else {}))
    found = [judge(c, weights) for c in apart]
    fitted = calibrate(found)
    least = threshold(found, fitted, PRECISION + MARGIN)
    print(fitted, f"answered from {least:.3f}")
    for name, parts in SETS.items():
        for shown in (least - 0.1, least, least + 0.1):
            report(name, [judged for judged in found if judged.part.startswith(parts)], fitted, shown)
    if keep:
        write(weights, least, OFFERED, fitted)


def is_apart(part: str) -> bool:
    """Whether nothing is fitted on a case: whole tables, and every third report."""
    return part.startswith(("apart", "tables", "odd apart")) or (
        part.startswith("reports") and crc32(part.encode()) % 3 == 0
    )


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
    parser.add_argument("--refine", action="store_true", help="begin with the weights that are there")
    options = parser.parse_args()
    if options.act == "make":
        make(options.folder, options.wiki, options.index, options.reports, options.tables, options.jobs)
    else:
        fit_and_report(options.folder, keep=options.write, refine=options.refine)


if __name__ == "__main__":
    main()
