"""Writes search/lang/en/thesaurus.tsv: words near in meaning, and how common each is.

    python bench/build_thesaurus.py MODEL_DIR      (needs numpy, onnxruntime and wordfreq; some minutes)

The most frequent words of English are embedded one by one; two are near where each is among the other's nearest and
their cosine is high. Opposites, words that only look alike, numbers and times are barred: a guide that says "closed"
does not answer who asks for "open".
"""

from __future__ import annotations

import argparse
import math
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import wordfreq
from citeguide.search.semantic.models import open_encoder
from citeguide.search.text.opposites import opposite_stems
from citeguide.search.text.tokenizer import QUESTION_WORDS, STOP_WORDS, stem

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "search" / "lang" / "en" / "thesaurus.tsv"
SILENT = ROOT / "bench" / "no_neighbours.txt"
WORDS, MUTUAL, LEAST, KEPT = 45_000, 24, 0.5, 8
"""Words taken; how near both must be to each other; the least cosine; neighbours of a stem."""
NEGATIONS = ("un", "in", "im", "non", "dis", "ir", "il", "mis", "de", "anti", "over", "under")
UNRELATED = 0.8
"""Cosine below which words that begin alike are taken for look-alikes."""


def main() -> None:
    """Embed, compare, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("model", type=Path)
    encoder = open_encoder(parser.parse_args().model)
    words = [w for w in wordfreq.top_n_list("en", WORDS * 4 // 3) if re.fullmatch(r"[a-z]{2,24}", w)][:WORDS]
    vectors = np.stack([encoder.question(word) for word in words])
    vectors -= vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    near = neighbours(words, vectors)
    uses: dict[str, float] = defaultdict(float)
    for word in words:
        uses[stem(word)] += 10 ** wordfreq.zipf_frequency(word, "en")
    lines = (f"{s}\t{math.log10(uses[s]):.1f}\t{' '.join(written(near.get(s, {})))}" for s in sorted(uses))
    OUT.write_text("\n".join(lines) + "\n", encoding="ascii")


def neighbours(words: list[str], vectors: np.ndarray) -> dict[str, dict[str, float]]:
    """The near stems of each stem, each with the highest cosine of two of their words."""
    nearest, cosines = [], []
    for start in range(0, len(words), 1000):
        found = vectors[start : start + 1000] @ vectors.T
        found[np.arange(len(found)), np.arange(start, start + len(found))] = -1
        best = np.argpartition(-found, MUTUAL, axis=1)[:, :MUTUAL].copy()
        nearest.append(best)
        cosines.append(np.take_along_axis(found, best, 1))
    table = np.vstack(nearest)
    sets = [set(row) for row in table.tolist()]
    opposites, silent = opposite_stems(), without_neighbours(SILENT.read_text(encoding="utf-8"))
    near: dict[str, dict[str, float]] = defaultdict(dict)
    for n, (word, row) in enumerate(zip(words, table.tolist(), strict=True)):
        for other, cosine in zip(row, np.vstack(cosines)[n].tolist(), strict=True):
            a, b = stem(word), stem(words[other])
            mutual = cosine >= LEAST and n in sets[other]
            if (
                mutual
                and a != b
                and not {a, b} & silent
                and (a, b) not in opposites
                and related(word, words[other], cosine)
            ):
                near[a][b] = max(near[a].get(b, 0.0), cosine)
    return near


def written(near: dict[str, float]) -> Iterable[str]:
    """A stem's neighbours as the file has them, the nearest first."""
    return (f"{s}:{round(c * 100)}" for s, c in sorted(near.items(), key=lambda pair: -pair[1])[:KEPT])


def without_neighbours(text: str) -> set[str]:
    """The stems of numbers, times and stop words."""
    listed = (word for line in text.splitlines() if not line.startswith("#") for word in line.split())
    return {stem(word) for word in (*listed, *STOP_WORDS, *QUESTION_WORDS)}


def related(a: str, b: str, cosine: float) -> bool:
    """Whether two near words are more than look-alikes, and neither denies the other."""
    if min(len(a), len(b)) < 3 or negates(a, b) or negates(b, a) or a.endswith("less") != b.endswith("less"):
        return False
    begin, end, shorter = alike(a, b), alike(a[::-1], b[::-1]), min(len(a), len(b))
    if shorter in (begin, end):
        return True
    if 3 <= begin < min(5, shorter - 1):
        return cosine >= UNRELATED - 0.15
    return not (begin <= 1 and end >= 3 and abs(len(a) - len(b)) <= 1 and cosine < UNRELATED + 0.1)


def negates(a: str, b: str) -> bool:
    """Whether ``a`` is ``b`` with a denying beginning."""
    return any(a.startswith(p) and stem(a.removeprefix(p)) == stem(b) for p in NEGATIONS)


def alike(a: str, b: str) -> int:
    """How many letters two words have in common at their start."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


if __name__ == "__main__":
    main()
