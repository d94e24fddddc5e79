"""Writes search/lang/en/word_vectors.bin: vectors of words whose sums say what texts are near in meaning.

    python bench/build_word_vectors.py CACHE    (needs numpy, onnxruntime, the option's model and wordfreq)

An encoder embeds sentences of an encyclopaedia and of public guides, questions that people asked, and single words,
which takes five minutes. Then each stem gets the vector under which the sum over a sentence's stems points where the
encoder says, in the few dimensions that tell most: a table of words that learns from an encoder (Reimers and Gurevych,
2020). Of public sets only training questions are read, and guides that no dev question is about; no text of the lay
domains. CACHE keeps what was embedded.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import wordfreq
from citeguide.search.lang.word_vectors import VECTORS_HEAD, VECTORS_MARK, ZERO
from citeguide.search.semantic.models import open_encoder
from citeguide.search.text.sentence_splitter import sentences
from citeguide.search.text.tokenizer import stem, terms
from fit_reader import DATA, ROOT, golden_lines

EN = ROOT / "search" / "lang" / "en"
PUBLIC = DATA / "public"
GUIDES = ("conditionalqa", "liveqa", "stackfaq", "policyqa", "clapnq")
QUESTIONS = (*GUIDES, "clapnq-answers", "covidqa", "tatqa", "wtq")
DIMENSIONS, COMMON = 64, 60_000
"""Numbers of a vector; words among which a stem's is looked for."""
ENCYCLOPAEDIA, MOST, SENTENCES, LONGEST = 45_000, 2_500, 43_908, 60
"""Sentences of the encyclopaedia and questions about its tables to draw from, texts drawn, words of one at most."""
ROUNDS, BATCH, RATE = 15, 1024, 0.002
WORD = 0.3
"""What a single word counts beside a sentence."""
SIF = 1e-3
"""How rare a word must be to count half, where the fit begins (Arora et al., 2017)."""
CLIPPED = 0.98
"""The share of vectors whose largest number fits into a byte as it is."""
SEED = 5
Json = dict[str, Any]


# Texts


def texts() -> list[str]:
    """Questions and sentences, drawn from all."""
    chosen = random.Random(SEED)  # noqa: S311 - the same each time, nothing secret
    with gzip.open(DATA / "wiki21k.passages.jsonl.gz", "rt", encoding="utf-8") as lines:
        wiki = list(dict.fromkeys(text for line in lines for text in cut(json.loads(line)["text"])))
    asked = [" ".join(text.split()) for name in QUESTIONS for text in questions(name, chosen)]
    said = list(dict.fromkeys(text for name in GUIDES for text in guides(name) if 3 <= len(text.split()) <= LONGEST))
    said = chosen.sample(said, len(said))
    wiki = chosen.sample([text for text in wiki if 4 <= len(text.split()) <= LONGEST], ENCYCLOPAEDIA)
    found = [*(text for text in dict.fromkeys(asked) if text), *said, *wiki]
    chosen.shuffle(found)
    return found[:SENTENCES]


def cut(text: str) -> list[str]:
    """Its sentences, white space folded."""
    return [" ".join(text[start:end].split()) for start, end in sentences(text)]


def questions(name: str, chosen: random.Random) -> Iterator[str]:
    """The training questions of a public set, with the stories before them and the answers that were written."""
    lines = golden_lines(PUBLIC / name / "train.jsonl")
    for line in chosen.sample(lines, MOST) if name == "wtq" else lines:
        yield line["question"]
        yield from cut(f"{line.get('scenario', '')} {line.get('message', '')}")
        if name == "clapnq-answers":
            yield from line.get("any") or line.get("quote") or ()


def guides(name: str) -> Iterator[str]:
    """The sentences of the guides that training questions alone are about."""
    train, dev = (golden_lines(PUBLIC / name / f"{part}.jsonl") for part in ("train", "dev"))
    for guide in sorted(_about(train) - _about(dev)):
        text = (PUBLIC / name / "docs" / guide).read_text(encoding="utf-8", errors="ignore")
        yield from cut(re.sub(r"<[^>]+>", " ", text))


def _about(lines: Sequence[Json]) -> set[str]:
    return {guide for line in lines for guide in (*line.get("documents", ()), *line.get("relevant", ()))}


def words(stems: Sequence[str]) -> list[str]:
    """For each stem the most frequent word that comes to it."""
    known, found = set(stems), dict[str, str]()
    for word in wordfreq.top_n_list("en", COMMON):
        if re.fullmatch(r"[a-z]{2,24}", word) and stem(word) in known:
            found.setdefault(stem(word), word)
    return list(found.values())


def embedded(all_texts: Sequence[str], cache: Path) -> np.ndarray:
    """What the encoder makes of each text; kept in a file that a broken-off run goes on with."""
    encoder = open_encoder()
    width = len(encoder.question(""))
    found = np.load(cache) if cache.exists() else np.zeros((len(all_texts), width), np.float16)
    for n, text in enumerate(all_texts):
        if not found[n].any():
            found[n] = encoder.question(text)
            if n % 5000 == 0:
                np.save(cache, found)
                print(n, "of", len(all_texts), flush=True)
    np.save(cache, found)
    return found.astype(np.float32)


# Fitting


class Student:
    """A vector for each stem."""

    def __init__(self, start: np.ndarray, bags: Sequence[Sequence[int]], goals: np.ndarray, counts: np.ndarray) -> None:
        self.vectors, self.goals, self.counts = start, goals, counts
        self.lengths = np.array([len(bag) for bag in bags])
        self.flat = np.concatenate([np.array(bag, dtype=np.int64) for bag in bags])
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])
        self.mean, self.square = np.zeros_like(start), np.zeros_like(start)

    def fit(self) -> None:
        """Turn the sums to where the encoder points: Adam on the cosine, on the stems of each batch."""
        order = np.random.default_rng(SEED)
        for turn in range(ROUNDS):
            shuffled = order.permutation(len(self.lengths))
            for at in range(0, len(shuffled), BATCH):
                self._step(shuffled[at : at + BATCH], RATE * (1 - turn / ROUNDS))
            print("round", turn, "mean cosine", round(float(self.near(shuffled[:5000]).mean()), 4), flush=True)

    def near(self, batch: np.ndarray) -> np.ndarray:
        """The cosine of each text's sum and what the encoder says."""
        sums = self._sums(batch)[2]
        cosines: np.ndarray = (sums * self.goals[batch]).sum(axis=1) / (np.linalg.norm(sums, axis=1) + 1e-6)
        return cosines

    def _sums(self, batch: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        lengths = self.lengths[batch]
        stems = np.concatenate([self.flat[self.starts[n] : self.starts[n] + self.lengths[n]] for n in batch])
        begins = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        return stems, np.repeat(np.arange(len(batch)), lengths), np.add.reduceat(self.vectors[stems], begins, axis=0)

    def _step(self, batch: np.ndarray, rate: float) -> None:
        stems, texts_of, sums = self._sums(batch)
        norms = np.linalg.norm(sums, axis=1, keepdims=True) + 1e-6
        goals, units = self.goals[batch], sums / norms
        slopes = ((units * goals).sum(axis=1, keepdims=True) * units - goals) / norms * self.counts[batch, None]
        order = np.argsort(stems, kind="stable")
        begins = np.flatnonzero(np.concatenate([[True], stems[order][1:] != stems[order][:-1]]))
        rows, slope = stems[order][begins], np.add.reduceat(slopes[texts_of[order]], begins, axis=0) / len(batch)
        self.mean[rows] = 0.9 * self.mean[rows] + 0.1 * slope
        self.square[rows] = 0.99 * self.square[rows] + 0.01 * slope**2
        self.vectors[rows] -= rate * self.mean[rows] / (np.sqrt(self.square[rows]) + 1e-7)


def fitted(
    stems: Sequence[str], rarity: np.ndarray, said: Sequence[str], single: Sequence[str], cache: Path
) -> np.ndarray:
    """The vectors of the stems."""
    number = {each: n for n, each in enumerate(stems)}
    both = [*said, *single]
    bags = [[number[t.stem] for t in terms(text) if t.stem in number] for text in both]
    vectors = embedded(both, cache)
    squares = vectors[: len(said)].T @ vectors[: len(said)]
    goals = vectors @ np.linalg.eigh(squares)[1][:, ::-1][:, :DIMENSIONS]
    goals /= np.linalg.norm(goals, axis=1, keepdims=True) + 1e-9
    start = np.zeros((len(stems), DIMENSIONS), np.float32)
    for bag, goal in zip(bags[len(said) :], goals[len(said) :], strict=True):
        if len(bag) == 1:
            start[bag[0]] = goal * rarity[bag[0]]
    kept = [n for n, bag in enumerate(bags) if bag]
    counts = np.array([1.0 if n < len(said) else WORD for n in kept], np.float32)
    student = Student(start, [bags[n] for n in kept], goals[kept], counts)
    student.fit()
    return student.vectors


def write(stems: Sequence[str], vectors: np.ndarray) -> None:
    """Each number as a byte, sorted by the stems' hashes; a stem without a vector is left out."""
    largest = np.abs(vectors).max(axis=1)
    scaled = np.round(vectors / np.quantile(largest[largest > 0], CLIPPED) * (ZERO - 1))
    rows = np.clip(scaled, 1 - ZERO, ZERO - 1).astype(int)
    hashes = sorted((crc32(each.encode()), n) for n, each in enumerate(stems) if rows[n].any())
    with (EN / "word_vectors.bin").open("wb") as file:
        file.write(VECTORS_HEAD.pack(VECTORS_MARK, DIMENSIONS, len(hashes)))
        file.write(struct.pack(f"<{len(hashes)}I", *(each for each, _ in hashes)))
        file.write((rows[[n for _, n in hashes]] + ZERO).astype(np.uint8).tobytes())


def main() -> None:
    """Embed, fit, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("cache", type=Path, help="an .npy file for what was embedded")
    lines = [line.split("\t") for line in (EN / "thesaurus.tsv").read_text("ascii").splitlines()]
    stems = [line[0] for line in lines]
    share = 10 ** (np.array([float(line[1]) for line in lines]) - 9)
    write(stems, fitted(stems, SIF / (SIF + share), texts(), words(stems), parser.parse_args().cache))


if __name__ == "__main__":
    main()
