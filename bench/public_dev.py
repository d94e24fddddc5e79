"""What strangers get from prose: every dev question of the public sets, asked through the product and judged.

    python bench/public_dev.py                          all sets, default install
    python bench/public_dev.py --semantic covidqa       one, with vectors
    python bench/public_dev.py --part train --sample 200

The judge is the one beside the sets, ../shared/data/public/score. Nothing is fitted on the dev parts, and no question
of theirs is looked at: this prints totals. ``plain`` is BM25 in the same run over the sentences of the guides that a
question is asked of: how often the sentence that it puts first is right.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any, NamedTuple

from citeguide.indexer.update import update
from citeguide.search import ask, open_index
from citeguide.search.output.answer_json import to_json
from citeguide.search.semantic.models import open_encoder
from citeguide.search.store.open import Index
from citeguide.search.text.sentence_splitter import spans_of
from citeguide.search.text.tokenizer import STOP_WORDS, terms

PUBLIC = Path(__file__).resolve().parents[2] / "shared" / "data" / "public"
OWN = "own page"
SETS = ("clapnq", "conditionalqa", f"conditionalqa {OWN}", f"policyqa {OWN}", f"covidqa {OWN}", "liveqa", "stackfaq")
SEED = 20261129
K1, B = 1.2, 0.75
Json = dict[str, Any]
Judge = Callable[[Json, Json], Mapping[str, Any]]


class Said(NamedTuple):
    """A sentence: its guide, its text, how often each stem stands in it."""

    guide: str
    text: str
    stems: Counter[str]


class Plain:
    """BM25 over sentences, nothing else."""

    def __init__(self, index: Index) -> None:
        self.said = [
            Said(document.path.rsplit("/", 1)[-1], p.text[start:end], Counter(stems(p.text[start:end])))
            for document in index.catalog.documents()
            for p in index.catalog.passages_of(document.id)
            for start, end in spans_of(p.kind, p.text)
        ]

    def first(self, question: str, guides: Collection[str]) -> str:
        """The sentence that comes first, of these guides, or of all."""
        among = [each for each in self.said if not guides or each.guide in guides]
        holding = Counter(stem for each in among for stem in each.stems)
        mean = sum(each.stems.total() for each in among) / (len(among) or 1)
        asked = {
            stem: math.log(1 + (len(among) - n + 0.5) / (n + 0.5)) for stem in stems(question) if (n := holding[stem])
        }

        def score(each: Said) -> float:
            room = K1 * (1 - B + B * each.stems.total() / mean)
            return sum(idf * each.stems[s] * (K1 + 1) / (each.stems[s] + room) for s, idf in asked.items())

        return max(among, key=score).text if among else ""


def stems(text: str) -> list[str]:
    """The stems of the words that carry meaning."""
    return [term.stem for term in terms(text) if term.word not in STOP_WORDS]


def the_judge() -> Judge:
    """The judge of the sets."""
    loader = SourceFileLoader("score", str(PUBLIC / "score"))
    spec = spec_from_loader("score", loader)
    if spec is None:
        raise SystemExit("the shared test data (../shared) is not here")
    module = module_from_spec(spec)
    loader.exec_module(module)
    found: Judge = module.judge
    return found


def measure(name: str, part: str, sample: int, judge: Judge, *, semantic: bool, plain: bool) -> None:
    """Ask a set, and print its line."""
    folder, own = PUBLIC / name.split()[0], name.endswith(OWN)
    lines = (folder / f"{part}.jsonl").read_text("utf-8").splitlines()
    goldens: list[Json] = [json.loads(line) for line in lines]
    goldens = random.Random(SEED).sample(goldens, sample) if 0 < sample < len(goldens) else goldens  # noqa: S311
    with tempfile.TemporaryDirectory() as work:
        update(Path(work), [folder / "docs"], encoder=open_encoder() if semantic else None)
        with open_index(Path(work)) as index:
            beside = Plain(index) if plain else None
            asked = [(golden, outcome(golden, index, own=own)) for golden in goldens]
            firsts = [beside.first(g["question"], g["documents"] if own else ()) for g in goldens] if beside else []
    print_line(name, asked, firsts, judge)


def outcome(golden: Json, index: Index, *, own: bool) -> Json:
    """What the product says, in its JSON form."""
    documents = golden["documents"] if own else ()
    return to_json(ask(" ".join(golden["question"].split())[:2000], index, documents=documents))


def print_line(name: str, asked: Sequence[tuple[Json, Json]], firsts: Sequence[str], judge: Judge) -> None:
    """Covered questions, what came of them, then the uncovered ones."""
    covered = [(golden, answer) for golden, answer in asked if golden["kind"] != "not_found"]
    others = [answer for golden, answer in asked if golden["kind"] == "not_found"]
    judged = [judge(golden, answer) for golden, answer in covered]
    given = [answer for _, answer in covered if answer["status"] != "not_found"]
    words = sorted(len(answer["citations"][0]["quote"].split()) for answer in given if answer["citations"])
    share = partial(_share, of=len(covered))
    figures = {
        "right": share(sum(each["right"] for each in judged)),
        "three": share(sum(bool(each.get("top3")) for each in judged)),
        "refused": share(len(covered) - len(given)),
        "uncovered refused": _share(sum(answer["status"] == "not_found" for answer in others), len(others)),
        "words": f"{statistics.mean(words):.0f} ({words[len(words) // 2]}, {words[9 * len(words) // 10]})",
    }
    if firsts:
        quoted = [
            (g, {"status": "answered", "citations": [{"quote": q, "path": ""}]})
            for (g, _), q in zip(asked, firsts, strict=True)
        ]
        figures["plain"] = share(sum(judge(g, a)["right"] for g, a in quoted if g["kind"] == "passage"))
    told = "  ".join(f"{what} {value}" for what, value in figures.items())
    print(f"{name:<22} {len(covered):>4} {len(others):>4}  {told}", flush=True)


def _share(count: int, of: int) -> str:
    return f"{count / of:.3f}" if of else "-"


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="*", help=f"beginnings of names: {', '.join(SETS)} (all)")
    parser.add_argument("--semantic", action="store_true", help="with vectors")
    parser.add_argument("--plain", action="store_true", help="plain BM25 over sentences beside it, which is slow")
    parser.add_argument("--part", choices=("dev", "train"), default="dev")
    parser.add_argument("--sample", type=int, default=0, help="so many questions of each set (all)")
    given = parser.parse_args()
    judge = the_judge()
    print("set, covered, uncovered; words in the first quote: mean, median and nine tenths")
    for name in SETS:
        if not given.sets or any(name.startswith(each) for each in given.sets):
            measure(name, given.part, given.sample, judge, semantic=given.semantic, plain=given.plain)


if __name__ == "__main__":
    main()
