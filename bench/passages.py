"""Answers from prose, measured: the first quote, the first three, refusals, ranking; what refusing costs.

    python bench/passages.py [xquad] [wiki21k] [own] [--curve]

``xquad``: 995 questions whose article is indexed and 195 whose article was left out, over 40 Markdown articles.
``wiki21k``: 1,000 questions over 21,000 passages, ranking alone. ``own``: tests/cases/passage_questions.jsonl over
two seeds, the seven career guides and the guides of corpus/. ``--curve`` prints what refusing costs. What each signal
gains is measured by bench/fit_reader.py --ablation. The data is read from ../shared.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from citeguide.indexer.update import update
from citeguide.search.fitted import fitted
from citeguide.search.model import Document, Passage
from citeguide.search.query.query import understand
from citeguide.search.reader import answerability, sentence_selector
from citeguide.search.retrieval import reranker
from citeguide.search.store import engines
from citeguide.search.store.engines import whoosh_writer
from citeguide.search.store.open import Index, open_index
from citeguide.search.text.tokenizer import index_stems

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
OWN = ROOT / "tests" / "cases" / "passage_questions.jsonl"
OWN_SETS = (
    ("seeds", SHARED / "seeds", ("s", "ns")),
    ("guides", SHARED / "data" / "guides", ("g", "ng")),
    ("seeds, in lay words", SHARED / "seeds", ("ps", "us")),
    ("guides, in lay words", SHARED / "data" / "guides", ("pg", "ug")),
    ("corpus, in lay words", ROOT / "corpus", ("pc",)),
    ("seeds, everyday words", SHARED / "seeds", ("vs", "ws")),
    ("guides, everyday words", SHARED / "data" / "guides", ("vg", "wg")),
    ("articles, everyday words", SHARED / "data" / "xquad" / "docs", ("vx", "wx")),
)
"""Name, guides, and how the ids of the questions begin."""
QUOTES = 3


class Asked(NamedTuple):
    """What came of a question: whether an answer exists, and holds in which quote; its probability; words and time."""

    answerable: bool
    first: bool
    three: bool
    right: float
    length: int
    milliseconds: float


def main() -> None:
    """Print what was asked for."""
    options = arguments()
    with ExitStack() as held:
        if "xquad" in options.sets:
            index = held.enter_context(folder_index(SHARED / "data" / "xquad" / "docs"))
            asked = ask(index, golden(SHARED / "data" / "xquad" / "questions.jsonl"))
            print_answers("xquad", asked)
            if options.curve:
                print_curve(asked)
        if "own" in options.sets:
            for name, folder, ids in OWN_SETS:
                index = held.enter_context(folder_index(folder))
                print_answers(name, ask(index, [q for q in golden(OWN) if q["id"].rstrip("0123456789") in ids]))
        if "wiki21k" in options.sets:
            print_ranking("wiki21k", held.enter_context(wiki_index()), wiki_questions())


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    sets = ["xquad", "wiki21k", "own"]
    parser.add_argument("sets", nargs="*", help=f"what to measure: {', '.join(sets)} (all)")
    parser.add_argument("--curve", action="store_true", help="print refusals at every threshold")
    options = parser.parse_args()
    if unknown := set(options.sets) - set(sets):
        parser.error(f"no such set: {', '.join(sorted(unknown))}")
    options.sets = options.sets or sets
    return options


# Asking


def ask(index: Index, questions: Sequence[Mapping[str, Any]]) -> list[Asked]:
    """What comes of every question, refusals left aside: the probability is kept instead."""
    return [_ask(index, question) for question in questions]


def _ask(index: Index, golden: Mapping[str, Any]) -> Asked:
    began = time.perf_counter()
    asked = understand(golden["question"])
    ranking = reranker.ranking(asked, index)
    weights = fitted()
    params = asked.params.reader
    found = sentence_selector.windows(sentence_selector.sentences(asked, ranking, weights), params)
    chosen = sentence_selector.best(found, QUOTES, weights.price, params)
    right = answerability.answerability(ranking, chosen, index.engine, weights).right if chosen else 0.0
    took = (time.perf_counter() - began) * 1000
    texts = [window.quote().text for window in chosen]
    answerable = golden["kind"] == "passage"
    held = [answerable and all(_folded(t) in _folded(text) for t in golden["quote"]) for text in texts]
    return Asked(answerable, held[:1] == [True], any(held), right, len(texts[0].split()) if texts else 0, took)


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()


# Printing


def print_answers(name: str, asked: Sequence[Asked], least: float | None = None) -> None:
    """One line: right, refused, length, time."""
    least = fitted().least if least is None else least
    covered = [a for a in asked if a.answerable]
    others = [a for a in asked if not a.answerable]
    answered = [a for a in covered if a.right >= least]
    print(
        f"{name:<28} first {sum(a.first for a in answered) / len(covered):.3f}"
        f"  three {sum(a.three for a in answered) / len(covered):.3f}"
        f"  wrongly refused {1 - len(answered) / len(covered):.3f}"
        f"  rightly {sum(a.right < least for a in others) / (len(others) or 1):.3f}"
        f"  words {statistics.median(a.length for a in answered):.0f}"
        f"  ms {statistics.median(a.milliseconds for a in asked):.1f}"
    )


def print_curve(asked: Sequence[Asked]) -> None:
    """What each threshold refuses, of both kinds of question."""
    print("probability    rightly refused   wrongly refused   first quote right")
    covered = [a for a in asked if a.answerable]
    others = [a for a in asked if not a.answerable]
    for least in sorted((*(n / 20 for n in range(2, 18)), fitted().least)):
        right = sum(a.right < least for a in others) / len(others)
        wrong = sum(a.right < least for a in covered) / len(covered)
        first = sum(a.first and a.right >= least for a in covered) / len(covered)
        print(f"{least:>12.2f} {right:>17.3f} {wrong:>17.3f} {first:>19.3f}")
    print_held_out(asked)


def print_held_out(asked: Sequence[Asked], share: float = 0.036, folds: int = 5) -> None:
    """What a threshold does to questions that it was not set on: set on four fifths, measured on the last, in turn."""
    covered = [a.right for a in asked if a.answerable]
    others = [a.right for a in asked if not a.answerable]
    wrong = right = 0
    for fold in range(folds):
        seen = sorted(support for n, support in enumerate(covered) if n * folds // len(covered) != fold)
        least = seen[int(share * len(seen))]
        wrong += sum(s < least for n, s in enumerate(covered) if n * folds // len(covered) == fold)
        right += sum(s < least for n, s in enumerate(others) if n * folds // len(others) == fold)
    print(f"set on four fifths of the articles: {right / len(others):.3f} rightly, {wrong / len(covered):.3f} wrongly")


def print_ranking(name: str, index: Index, questions: Sequence[Mapping[str, Any]]) -> None:
    """One line: success@1, MRR@10, time."""
    first, reciprocal, times = 0, 0.0, []
    for asked in questions:
        began = time.perf_counter()
        found = [r.passage.id for r in reranker.ranked(understand(asked["q"]), index)]
        times.append((time.perf_counter() - began) * 1000)
        if (gold := int(asked["gold"])) in found:
            first += found[0] == gold
            reciprocal += 1 / (found.index(gold) + 1)
    n = len(questions)
    print(f"{name:<28} success@1 {first / n:.3f}  MRR@10 {reciprocal / n:.3f}  ms {statistics.median(times):.1f}")


# Indexes and questions


def golden(path: Path) -> list[dict[str, Any]]:
    """The questions of a file in the golden form."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@contextmanager
def folder_index(folder: Path) -> Iterator[Index]:
    """A new index of a folder of guides."""
    with tempfile.TemporaryDirectory() as place:
        update(Path(place), [folder])
        with open_index(Path(place)) as index:
            yield index


def wiki_questions() -> list[dict[str, Any]]:
    """The questions of wiki21k."""
    return golden(SHARED / "data" / "wiki21k.questions.jsonl")


@contextmanager
def wiki_index() -> Iterator[Any]:
    """The 21,000 passages in the real engine; the catalog is a stand-in that keeps them in memory."""
    passages: dict[int, Passage] = {}
    with tempfile.TemporaryDirectory() as place:
        writer = whoosh_writer.open_writer(Path(place), fresh=True)
        with gzip.open(SHARED / "data" / "wiki21k.passages.jsonl.gz", "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                number, text = int(record["id"]), record["text"]
                passages[number] = Passage(number, number, "text", (record["title"],), (0, len(text)), (1, 1), text)
                writer.add(number, number, index_stems(f"{record['title']}\n{text}"))
        writer.commit()
        engine = engines.opened("whoosh", Path(place))
        yield SimpleNamespace(engine=engine, catalog=_Catalog(passages), meaning=None)
        engine.close()


class _Catalog:
    """Passages in memory, each a document of its own, as far as ranking asks for them."""

    def __init__(self, passages: Mapping[int, Passage]) -> None:
        self._passages = passages

    def document(self, number: int) -> Document:
        return Document(number, "", "", "", self._passages[number].headings[0], None, "", 0)

    def passages(self, numbers: Iterable[int]) -> list[Passage]:
        return [self._passages[number] for number in numbers]


if __name__ == "__main__":
    main()
