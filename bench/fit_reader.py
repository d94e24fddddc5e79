"""Fits the reader: the weights of passages, sentences and of "is this right", from questions that other people asked.

    python bench/fit_reader.py [--left-out] [--write] [--semantic]

Passages and sentences by conditional logit (a softmax over a question's candidates, several of which may be right),
the probability of being right by logistic regression. ``--left-out`` fits without each lay domain in turn and measures
on it; ``--write`` fits on all and writes search/fitted.json. The data is read from ../shared.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from citeguide.indexer.update import update
from citeguide.search.fitted import SHARED, Fitted
from citeguide.search.query.query import understand
from citeguide.search.reader import answerability, sentence_selector
from citeguide.search.reader.answerability import RIGHT_SIGNALS
from citeguide.search.reader.sentence_signals import SENTENCE_SIGNALS
from citeguide.search.retrieval import reranker
from citeguide.search.retrieval.passage_signals import PASSAGE_SIGNALS, Candidate
from citeguide.search.retrieval.reranker import Ranked, Ranking
from citeguide.search.semantic.encoder import Encoder
from citeguide.search.semantic.models import open_encoder
from citeguide.search.signals import Signal, values
from citeguide.search.store.open import Index, open_index

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
LAY = ("coverage", "tts", "outdoors", "townhall", "notify")
PRICE = 0.001
SEED = 20261129
WRONG, REFUSED = 0.17, 0.73
"""Where the bound for answers is set: covered questions answered wrong at most, uncovered ones refused at least."""
RIDGE = 0.03
MEASURED = "reversed "
"""How the names of sets begin that nothing is fitted on: short covered questions, long uncovered ones."""
CERTAIN = 0.001
"""What a probability may lack to nought and one when it is scaled."""


class Asked(NamedTuple):
    """A question, the candidates for its answer with their signals, and which of them are right."""

    set: str
    golden: dict[str, Any]
    question: Any
    index: Index
    paths: dict[int, str]
    found: list[Candidate]
    passages: np.ndarray
    right: np.ndarray


class Read(NamedTuple):
    """What was read for a question: what speaks for the first quote, and whether it, or one of three, is right."""

    set: str
    covered: bool
    signals: tuple[float, ...]
    first: bool
    three: bool
    words: int
    length: int
    most: float = 1.0
    """The probability that the product gives it at most."""


# Questions


def fold(text: str) -> str:
    """Text for comparisons."""
    return " ".join(text.split()).lower()


def held(golden: dict[str, Any], path: str, text: str) -> bool:
    """Whether a text of a guide holds the answer, or most of a long one, or is a part of it."""
    name = path.rsplit("/", 1)[-1]
    if golden["kind"] == "document":
        return name in golden["relevant"]
    if golden["kind"] != "passage" or not any(Path(name).match(d) for d in golden["documents"]):
        return False
    own = fold(text)
    for quote in map(fold, golden.get("any") or golden["quote"]):
        need = quote.split()
        words = set(own.split())
        if quote in own or (len(words) >= 5 and own in quote):
            return True
        if len(need) > 6 and sum(word in words for word in need) >= 0.7 * len(need):
            return True
    return False


def is_right(golden: dict[str, Any], path: str, text: str) -> bool:
    """What the judges of the sets say of a quote."""
    if golden["kind"] == "passage" and "any" not in golden:
        return all(fold(t) in fold(text) for t in golden["quote"])
    return held(golden, path, text)


def ask(name: str, index: Index, goldens: Iterable[dict[str, Any]], alone: bool) -> list[Asked]:
    """The candidates of every question that prose can answer or must refuse."""
    paths = {d.id: d.path for d in index.catalog.documents()}
    asked = []
    for golden in goldens:
        documents = None
        if alone and golden.get("documents"):
            documents = frozenset(n for n, p in paths.items() if p.rsplit("/", 1)[-1] in golden["documents"])
        question = understand(" ".join(golden["question"].split())[:2000], documents=documents)
        found = reranker.candidates(question, index)
        signals = np.array([values(PASSAGE_SIGNALS, c) for c in found]).reshape(len(found), len(PASSAGE_SIGNALS))
        right = np.array([held(golden, paths[c.passage.document], c.passage.text) for c in found], dtype=bool)
        asked.append(Asked(name, golden, question, index, paths, found, signals, right))
    return asked


# Fitting


def conditional_logit(groups: Sequence[tuple[np.ndarray, np.ndarray, float]], ridge: float, rounds: int = 150) -> Any:
    """Weights under which the right candidates of each group have the highest share of a softmax."""
    x = np.concatenate([g[0] for g in groups])
    y = np.concatenate([g[1] for g in groups])
    starts = np.cumsum([0, *(len(g[1]) for g in groups)])[:-1]
    weight = np.array([g[2] for g in groups])
    scale = x.std(axis=0) + 1e-9
    x = x / scale
    sizes = np.diff([*starts, len(y)])
    w, m, v = np.zeros(x.shape[1]), np.zeros(x.shape[1]), np.zeros(x.shape[1])
    for step in range(1, rounds + 1):
        s = x @ w
        s -= np.repeat(np.maximum.reduceat(s, starts), sizes)
        e = np.exp(s)
        p = e / np.repeat(np.add.reduceat(e, starts), sizes)
        right = np.repeat(np.add.reduceat(p * y, starts), sizes)
        q = p * y / np.maximum(right, 1e-12)
        gradient = x.T @ ((q - p) * np.repeat(weight, sizes)) / weight.sum() - ridge * w
        m, v = 0.9 * m + 0.1 * gradient, 0.99 * v + 0.01 * gradient**2
        w = w + 0.1 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8) * min(1.0, 30 / step)
    return w / scale


def logistic(x: np.ndarray, y: np.ndarray, weight: np.ndarray, ridge: float) -> Any:
    """Weights and constant of a logistic regression, by Newton's method."""
    scale = x.std(axis=0) + 1e-9
    a = np.hstack([x / scale, np.ones((len(x), 1))])
    w = np.zeros(a.shape[1])
    penalty = ridge * np.diag([*[1.0] * x.shape[1], 0.0]) * weight.sum()
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(a @ w, -30, 30)))
        h = (a * (weight * p * (1 - p))[:, None]).T @ a + penalty + 1e-9 * np.eye(len(w))
        w = w + np.linalg.solve(h, a.T @ (weight * (y - p)) - penalty @ w)
    return np.append(w[:-1] / scale, w[-1])


def set_weights(asked: Sequence[Asked]) -> dict[str, float]:
    """What a question of each set weighs: every set the same, a lay domain more."""
    sizes: dict[str, int] = {}
    for each in asked:
        sizes[each.set] = sizes.get(each.set, 0) + 1
    return {name: (3.0 if name.startswith("lay") else 1.0) / n for name, n in sizes.items()}


class Fitter:
    """Keeps what was seen of each question, so that a fold costs only the fitting."""

    def __init__(self, skip: Callable[[str, str], bool] | None = None) -> None:
        self.skip = skip or (lambda *_: False)
        """Whether a signal of a stage, "passage" or "sentence", is left out, by its name."""
        self.cache: dict[tuple[str, int], list[tuple[Any, tuple[float, ...], bool]]] = {}
        self.tables: dict[tuple[str, int], tuple[np.ndarray, np.ndarray]] = {}

    def fit(self, asked: Sequence[Asked]) -> Fitted:
        """The weights of passages and sentences that these questions ask for."""
        weights = set_weights(asked)
        keep = [not self.skip("passage", s.name) for s in PASSAGE_SIGNALS]
        groups = [(a.passages * keep, a.right, weights[a.set]) for a in asked if a.right.any() and not a.right.all()]
        passage = dict(zip((s.name for s in PASSAGE_SIGNALS), conditional_logit(groups, 1e-3), strict=True))
        numbers = Fitted(passage, {}, {}, PRICE, 0.0)
        keep = [*(not self.skip("sentence", s.name) for s in SENTENCE_SIGNALS), True]
        groups = []
        for a in (a for a in asked if a.golden["kind"] == "passage"):
            signals, right = self.sentences(a, numbers)
            if len(right) and right.any() and not right.all():
                groups.append((signals * keep, right, weights[a.set]))
        names = [*(s.name for s in SENTENCE_SIGNALS), "passage"]
        return numbers._replace(sentence=dict(zip(names, conditional_logit(groups, 2e-3), strict=True)))

    def ranking(self, a: Asked, numbers: Fitted) -> Ranking:
        """The candidates in the order of their scores."""
        w = np.array([numbers.passage[s.name] for s in PASSAGE_SIGNALS])
        scores = a.passages @ w if len(a.found) else []
        ranked = sorted(map(Ranked, a.found, map(float, scores)), key=lambda r: -r.score)
        return Ranking(a.found[0].words if a.found else (), tuple(ranked[:10]))

    def views(self, a: Asked, r: Ranked) -> list[tuple[Any, tuple[float, ...], bool]]:
        """A passage's sentences with their signals, and whether they hold the answer; seen once."""
        key = (a.set + a.golden["id"] + str(a.golden.get("form", "")), r.passage.id)
        if key not in self.cache:
            found = sentence_selector.views(a.question, Ranking(r.candidate.words, (r,)), a.index.meaning)[0]
            path = a.paths[r.passage.document]
            self.cache[key] = [(v, values(SENTENCE_SIGNALS, v), held(a.golden, path, v.text)) for v in found]
        return self.cache[key]

    def sentences(self, a: Asked, numbers: Fitted) -> tuple[np.ndarray, np.ndarray]:
        """The signals of the best passages' sentences, with the passage's score last."""
        best = self.ranking(a, numbers).passages[: a.question.params.reader.passages]
        top = best[0].score if best else 0.0
        seen = [(self.table(a, r), r.score - top) for r in best]
        x = np.concatenate(
            [np.zeros((0, len(SENTENCE_SIGNALS) + 1)), *(np.insert(t, t.shape[1], s, axis=1) for (t, _), s in seen)]
        )
        gaps = [s.name for s in SENTENCE_SIGNALS].index("cosine gap")
        cosines = [s.name for s in SENTENCE_SIGNALS].index("cosine")
        if len(x):
            x[:, gaps] = x[:, cosines].max() - x[:, cosines]
        return x, np.concatenate([np.zeros(0, dtype=bool), *(right for (_, right), _ in seen)])

    def table(self, a: Asked, r: Ranked) -> tuple[np.ndarray, np.ndarray]:
        """The same as arrays."""
        key = (a.set + a.golden["id"] + str(a.golden.get("form", "")), r.passage.id)
        if key not in self.tables:
            found = self.views(a, r)
            signals = np.array([s for _, s, _ in found]).reshape(len(found), len(SENTENCE_SIGNALS))
            self.tables[key] = signals, np.array([right for *_, right in found], dtype=bool)
        return self.tables[key]

    def quotes(self, a: Asked, numbers: Fitted) -> tuple[Ranking, list[Any]]:
        """The quotes that these numbers choose."""
        ranking = self.ranking(a, numbers)
        params = a.question.params.reader
        best = ranking.passages[: params.passages]
        x, _ = self.sentences(a, numbers)
        w = np.array([*(numbers.sentence[s.name] for s in SENTENCE_SIGNALS), numbers.sentence["passage"]])
        scores = iter((x @ w).tolist() if len(x) else [])
        passages = [
            [
                sentence_selector.Sentence(v, r, next(scores), tuple(term.word for term in v.words))
                for v, _, _ in self.views(a, r)
            ]
            for r in best
        ]
        return ranking, sentence_selector.best(sentence_selector.windows(passages, params), 3, numbers.price, params)

    def read(self, asked: Iterable[Asked], numbers: Fitted) -> list[Read]:
        """The quotes that these numbers choose: what speaks for the first, and whether it is right."""
        found = []
        for a in asked:
            ranking, chosen = self.quotes(a, numbers)
            covered, length = a.golden["kind"] != "not_found", len(a.question.content)
            if not chosen:
                nothing = (0.0,) * len(RIGHT_SIGNALS)
                found.append(Read(a.set, covered, nothing, first=False, three=False, words=0, length=length, most=0.0))
                continue
            seen = answerability.evidence(ranking, chosen, a.index.engine)
            signals = values(RIGHT_SIGNALS, seen)
            rights = [is_right(a.golden, a.paths[w.place[0]], w.quote().text) for w in chosen]
            words = len(chosen[0].quote().text.split())
            found.append(
                Read(a.set, covered, signals, rights[0], any(rights), words, length, answerability.most_likely(seen))
            )
        return found


def fit_right(read: Sequence[Read]) -> dict[str, float]:
    """The regression, from quotes chosen without having seen their questions; a lay domain weighs as much as a set."""
    read = [r for r in read if not r.set.startswith(MEASURED)]
    sizes = Counter(r.set for r in read)
    return regression([(r.signals, r.first, 1 / sizes[r.set]) for r in read], RIGHT_SIGNALS)


def full_right(read: Sequence[Read]) -> dict[str, float]:
    """The regression over all, on the line that left-out lay domains ask for: on sets that weights have seen, and on
    easier ones, first quotes are more often right."""
    return by_line(fit_right(read), *scaling(unscaled(read)))


def scaling(found: Sequence[tuple[Read, float]]) -> tuple[float, float]:
    """Slope and shift of the line over log-odds under which these probabilities come true (Platt, 1999)."""
    odds = np.array([log_odds(p) for _, p in found]).reshape(-1, 1)
    first = np.array([float(r.first) for r, _ in found])
    slope, shift = logistic(odds, first, np.ones(len(found)), RIDGE)
    return float(slope), float(shift)


def log_odds(probability: float) -> float:
    """Of a probability that is neither nought nor one."""
    bounded = min(max(probability, CERTAIN), 1 - CERTAIN)
    return math.log(bounded / (1 - bounded))


def by_line(right: Mapping[str, float], slope: float, shift: float) -> dict[str, float]:
    """The weights whose log-odds lie on this line over those of the given ones."""
    return {name: slope * weight + (shift if name == "constant" else 0.0) for name, weight in right.items()}


def judged(read: Sequence[Read], right: dict[str, float]) -> list[tuple[Read, float]]:
    """Each with the probability that its first quote is right."""
    likely = probabilities([r.signals for r in read], RIGHT_SIGNALS, right)
    return [(r, min(p, r.most)) for r, p in zip(read, likely.tolist(), strict=True)]


def unscaled(read: Sequence[Read]) -> list[tuple[Read, float]]:
    """Each of a lay domain's, judged by weights fitted without it."""
    found: list[tuple[Read, float]] = []
    for name in (f"lay-{name}" for name in LAY):
        found += judged([r for r in read if r.set == name], fit_right([r for r in read if r.set != name]))
    return found


def regression(
    cases: Sequence[tuple[tuple[float, ...], bool, float]], signals: Sequence[Signal[Any]]
) -> dict[str, float]:
    """The weights of a logistic regression by the names of its signals."""
    x, y, weight = np.array([c[0] for c in cases]), np.array([float(c[1]) for c in cases]), [c[2] for c in cases]
    found = logistic(x, y, np.array(weight), RIDGE)
    return dict(zip([*(s.name for s in signals), "constant"], map(float, found), strict=True))


def probabilities(found: Sequence[tuple[float, ...]], signals: Sequence[Signal[Any]], weights: dict[str, float]) -> Any:
    """What a regression gives."""
    scores = np.array(found).reshape(len(found), len(signals)) @ np.array([weights[s.name] for s in signals])
    return 1 / (1 + np.exp(-scores - weights["constant"]))


# Measuring


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that one of the first is above one of the others."""
    pairs = [(p > n) + 0.5 * (p == n) for p in positive for n in negative]
    return sum(pairs) / (len(pairs) or 1)


def calibration(found: Sequence[tuple[Read, float]], bins: int = 10) -> float:
    """The expected calibration error: how far the probabilities lie from what came, in tenths."""
    error = 0.0
    for n in range(bins):
        some = [(r, p) for r, p in found if n <= p * bins < n + 1]
        error += abs(sum(p for _, p in some) - sum(r.first for r, _ in some)) / len(found)
    return error


def reliability(found: Sequence[tuple[Read, float]]) -> None:
    """A line for each tenth of the probability: how many have it, its mean, and the share that is right."""
    for n in range(10):
        if some := [(r.first, p) for r, p in found if n <= p * 10 < n + 1]:
            right, mean = sum(first for first, _ in some) / len(some), sum(p for _, p in some) / len(some)
            print(f"{n / 10:.1f} {len(some):>4} said {mean:.2f} right {right:.2f} {'#' * round(40 * right)}")


def bound(found: Sequence[tuple[Read, float]]) -> float:
    """The least probability with which few covered questions are answered wrong, and most uncovered ones refused."""
    others = sorted(p for r, p in found if not r.covered)
    covered = sorted(((r, p) for r, p in found if r.covered), key=lambda pair: -pair[1])
    wrong, least = 0, 1.0
    for r, p in covered:
        wrong += not r.first
        if wrong > WRONG * len(covered) or p < others[int(REFUSED * len(others))]:
            break
        least = p
    return least


def report(name: str, found: Sequence[tuple[Read, float]], least: float) -> None:
    """One line of figures."""
    covered = [(r, p) for r, p in found if r.covered]
    others = [(r, p) for r, p in found if not r.covered]
    n = len(covered) or 1
    given = [r for r, p in covered if p >= least]
    words = sorted(r.words for r, _ in covered)
    lengths = auc([r.length for r, _ in covered], [r.length for r, _ in others])
    share = {
        "first": sum(r.first for r, _ in covered) / n,
        "three": sum(r.three for r, _ in covered) / n,
        "right": sum(r.first for r in given) / n,
        "wrong": sum(not r.first for r in given) / n,
        "uncovered refused": sum(p < least for _, p in others) / (len(others) or 1),
        "auc": auc([p for _, p in covered], [p for _, p in others]),
        "auc of length": lengths,
        "ece": calibration(found),
    }
    print(
        f"{name:<10} {n:>4} {len(others):>3} {' '.join(f'{what} {value:.3f}' for what, value in share.items())}"
        f" words {words[n // 2]} {words[9 * n // 10]}",
        flush=True,
    )


# Sets


def public(name: str, sample: int) -> list[dict[str, Any]]:
    """A sample of the training part of a public set."""
    found = golden_lines(DATA / "public" / name / "train.jsonl")
    return drawn(found, sample)


def drawn(found: Sequence[dict[str, Any]], sample: int) -> list[dict[str, Any]]:
    """So many of them, the same each time."""
    chosen = random.Random(SEED).sample(range(len(found)), min(sample, len(found)))  # noqa: S311 - nothing secret
    return [found[n] for n in chosen]


def golden_lines(path: Path) -> list[dict[str, Any]]:
    """The questions of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def xquad(sample: int) -> list[dict[str, Any]]:
    """A sample of XQuAD's questions."""
    return drawn(golden_lines(DATA / "xquad" / "questions.jsonl"), sample)


def own(*ids: str, file: str = "passage_questions.jsonl") -> list[dict[str, Any]]:
    """The project's own questions whose ids begin so."""
    found = golden_lines(ROOT / "tests" / "cases" / file)
    return [g for g in found if g["id"].rstrip("0123456789") in ids]


def lay(name: str) -> list[dict[str, Any]]:
    """What prose can answer or must refuse of a lay domain."""
    found = golden_lines(DATA / "lay" / name / "questions.jsonl")
    return [g for g in found if g["kind"] in ("passage", "not_found")]


def lengths(name: str) -> list[dict[str, Any]]:
    """The project's own questions of a lay domain's guides: short covered ones, long uncovered ones."""
    found = golden_lines(ROOT / "tests" / "cases" / "length_questions.jsonl")
    return [g for g in found if g["guides"] == name]


def load(held: ExitStack, indexes: Path, encoder: Encoder | None) -> list[Asked]:
    """Every question of every set, its index built where it is not there yet."""
    asked: list[Asked] = []
    sets = [(f"lay-{name}", DATA / "lay" / name / "docs", lay(name), False) for name in LAY]
    sets += [
        ("xquad", DATA / "xquad" / "docs", xquad(200), False),
        ("clapnq", DATA / "public" / "clapnq" / "docs", public("clapnq", 100), False),
        ("policyqa", DATA / "public" / "policyqa" / "docs", public("policyqa", 100), True),
        ("stackfaq", DATA / "public" / "stackfaq" / "docs", public("stackfaq", 80), False),
        ("liveqa", DATA / "public" / "liveqa" / "docs", public("liveqa", 38), False),
        ("seeds", ROOT.parent / "shared" / "seeds", own("s", "ns", "ps", "us", "vs", "ws"), False),
        ("groups", ROOT / "tests" / "cases" / "groups", own("fit", "fitn", file="group_questions.jsonl"), False),
        ("guides", DATA / "guides", own("g", "ng", "pg", "ug", "vg", "wg"), False),
    ]
    sets += [(f"{MEASURED}lay-{name}", DATA / "lay" / name / "docs", lengths(name), False) for name in LAY]
    for name, docs, goldens, alone in sets:
        place = indexes / name.removeprefix(MEASURED)
        if not place.exists():
            update(place, [docs], encoder=encoder)
        asked += ask(name, held.enter_context(open_index(place)), goldens, alone)
        print(name, len(asked), flush=True)
    return asked


def main() -> None:
    """Fit, and print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--indexes", type=Path, default=Path(tempfile.gettempdir()) / "citeguide-fit")
    parser.add_argument("--semantic", action="store_true", help="with vectors, which indexes that are built get")
    parser.add_argument("--left-out", action="store_true", help="measure on each lay domain, fitted without it")
    parser.add_argument("--write", action="store_true", help="write search/fitted.json")
    options = parser.parse_args()
    with ExitStack() as held:
        kind = "semantic" if options.semantic else "lexical"
        asked = load(held, options.indexes / kind, open_encoder() if options.semantic else None)
        if options.left_out:
            fitter = Fitter()
            left_out(cross_read(asked, fitter))
        if options.write:
            write(asked, options.semantic)


def cross_read(asked: Sequence[Asked], fitter: Fitter) -> list[Read]:
    """What is read of each lay domain under weights fitted without it; of the other sets, under those without one."""
    read: list[Read] = []
    for name in LAY:
        theirs = (f"lay-{name}", f"{MEASURED}lay-{name}")
        numbers = fitter.fit([a for a in asked if a.set not in theirs and not a.set.startswith(MEASURED)])
        read += fitter.read((a for a in asked if a.set in theirs), numbers)
    return read + fitter.read((a for a in asked if not a.set.startswith(("lay", MEASURED))), numbers)


def left_out(read: Sequence[Read], *, brief: bool = False) -> float:
    """Each lay domain judged by weights fitted without it, and all together; gives the bound for answers."""
    raw, found, reversed_lengths = unscaled(read), list[tuple[Read, float]](), list[tuple[Read, float]]()
    for name in (f"lay-{name}" for name in LAY):
        line = scaling([(r, p) for r, p in raw if r.set != name])
        right = by_line(fit_right([r for r in read if r.set != name]), *line)
        found += judged([r for r in read if r.set == name], right)
        reversed_lengths += judged([r for r in read if r.set == f"{MEASURED}{name}"], right)
    least = bound(found)
    if not brief:
        for name in (f"lay-{name}" for name in LAY):
            report(name, [(r, p) for r, p in found if r.set == name], least)
    report("lay", found, least)
    if not brief:
        reliability(found)
        print(f"calibration error without the line that the other domains ask for: {calibration(raw):.3f}")
        report("reversed", reversed_lengths, least)
        others = judged([r for r in read if not r.set.startswith(("lay", MEASURED))], full_right(read))
        for name in dict.fromkeys(r.set for r, _ in others):
            report(name, [(r, p) for r, p in others if r.set == name], least)
        print(f"bound {least:.3f}")
    return least


def write(asked: Sequence[Asked], semantic: bool) -> None:
    """Fit on everything and write the numbers; the bound is the one of the domains left out."""
    fitter = Fitter()
    read = cross_read(asked, fitter)
    fitting = [a for a in asked if not a.set.startswith(MEASURED)]
    numbers = fitter.fit(fitting)._replace(right=full_right(read), least=left_out(read))
    path = ROOT / "search" / "fitted.json"
    both = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    both["semantic" if semantic else "lexical"] = {
        field: {k: round(float(w), 3) for k, w in value.items()} if isinstance(value, dict) else round(float(value), 4)
        for field, value in numbers._asdict().items()
        if field not in SHARED
    }
    path.write_text(json.dumps(both, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
