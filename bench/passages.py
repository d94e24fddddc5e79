"""Answers from prose, measured: the first quote, the first three, refusals, ranking; each step's gain; the curve.

    python bench/passages.py [xquad] [wiki21k] [own] [--steps] [--curve]

``xquad``: 995 questions whose article is indexed and 195 whose article was left out, over 40 Markdown articles.
``wiki21k``: 1,000 questions over 21,000 passages, ranking alone. ``own``: tests/cases/passage_questions.jsonl over
two seeds, the seven career guides and the guides of corpus/. ``--steps`` measures xquad and a fifth of wiki21k again
with one step left out at a time; ``--curve`` prints what refusing costs. The data is read from ../shared.
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
from unittest import mock

from citeguide.indexer.update import update
from citeguide.search.model import Document, Passage
from citeguide.search.query import answer_type, expansion, term_weights
from citeguide.search.query import query as question
from citeguide.search.query.query import understand
from citeguide.search.reader import answerability, sentence_selector
from citeguide.search.retrieval import reranker
from citeguide.search.store.engines import whoosh, whoosh_writer
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
    """What came of a question: whether an answer exists, and holds in which quote; the support; words and time."""

    answerable: bool
    first: bool
    three: bool
    support: float
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
    if options.steps:
        print_steps()


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    sets = ["xquad", "wiki21k", "own"]
    parser.add_argument("sets", nargs="*", help=f"what to measure: {', '.join(sets)} (all)")
    parser.add_argument("--steps", action="store_true", help="measure again with one step left out at a time")
    parser.add_argument("--curve", action="store_true", help="print refusals at every threshold")
    options = parser.parse_args()
    if unknown := set(options.sets) - set(sets):
        parser.error(f"no such set: {', '.join(sorted(unknown))}")
    options.sets = options.sets or sets
    return options


# Asking


def ask(index: Index, questions: Sequence[Mapping[str, Any]]) -> list[Asked]:
    """What comes of every question, refusals left aside: the support is kept instead."""
    return [_ask(index, question) for question in questions]


def _ask(index: Index, golden: Mapping[str, Any]) -> Asked:
    began = time.perf_counter()
    asked = understand(golden["question"])
    ranking = reranker.ranking(asked, index)
    chosen = sentence_selector.best(sentence_selector.windows(asked, ranking), QUOTES)
    support = answerability.support(asked, ranking, chosen[0], index.engine).score if chosen else -1.0
    took = (time.perf_counter() - began) * 1000
    texts = [window.quote().text for window in chosen]
    answerable = golden["kind"] == "passage"
    held = [answerable and all(_folded(t) in _folded(text) for t in golden["quote"]) for text in texts]
    return Asked(answerable, held[:1] == [True], any(held), support, len(texts[0].split()) if texts else 0, took)


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()


# Printing


def print_answers(name: str, asked: Sequence[Asked], least: float = answerability.ENOUGH) -> None:
    """One line: right, refused, length, time."""
    covered = [a for a in asked if a.answerable]
    others = [a for a in asked if not a.answerable]
    answered = [a for a in covered if a.support >= least]
    print(
        f"{name:<28} first {sum(a.first for a in answered) / len(covered):.3f}"
        f"  three {sum(a.three for a in answered) / len(covered):.3f}"
        f"  wrongly refused {1 - len(answered) / len(covered):.3f}"
        f"  rightly {sum(a.support < least for a in others) / (len(others) or 1):.3f}"
        f"  words {statistics.median(a.length for a in answered):.0f}"
        f"  ms {statistics.median(a.milliseconds for a in asked):.1f}"
    )


def print_curve(asked: Sequence[Asked]) -> None:
    """What each threshold refuses, of both kinds of question."""
    print("support from   rightly refused   wrongly refused   first quote right")
    covered = [a for a in asked if a.answerable]
    others = [a for a in asked if not a.answerable]
    for least in (2.4, 2.8, 3.0, 3.2, 3.4, 3.5, answerability.ENOUGH, 3.6, 3.8, 4.0, 4.4, 5.0):
        right = sum(a.support < least for a in others) / len(others)
        wrong = sum(a.support < least for a in covered) / len(covered)
        first = sum(a.first and a.support >= least for a in covered) / len(covered)
        print(f"{least:>12.2f} {right:>17.3f} {wrong:>17.3f} {first:>19.3f}")
    print_held_out(asked)


def print_held_out(asked: Sequence[Asked], share: float = 0.036, folds: int = 5) -> None:
    """What a threshold does to questions that it was not set on: set on four fifths, measured on the last, in turn."""
    covered = [a.support for a in asked if a.answerable]
    others = [a.support for a in asked if not a.answerable]
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


# Steps


def _nothing(*_: object, **__: object) -> float:
    return 0.0


STEPS: tuple[tuple[str, tuple[tuple[Any, str, Any], ...]], ...] = (
    ("as it is", ()),
    ("question words kept", ((question, "QUESTION_WORDS", frozenset()),)),
    ("common words in full", ((term_weights, "COMMON", 1.0),)),
    ("names weigh no more", ((term_weights, "NAMED", 1.0),)),
    ("no synonyms", ((term_weights, "synonyms", lambda _: {}),)),
    ("no everyday words", ((expansion, "EVERYDAY", ""),)),
    ("no forms of one word", ((expansion, "FORMS", ""),)),
    ("no related words", ((reranker, "with_related", lambda words, _: words),)),
    ("no spelling", ((term_weights, "meant", lambda *_: None),)),
    ("no agreement (BM25 alone)", ((reranker, "agreement", _nothing), (reranker, "FOCUS", 0.0))),
    ("no pairs", ((reranker, "_pairs", _nothing),)),
    ("no words close by", ((reranker, "_together", _nothing),)),
    ("no focus of the section", ((reranker, "FOCUS", 0.0),)),
    ("guides on other subjects answer", ((reranker, "STRANGE", 0.0), (answerability, "SUBJECT", 0.0))),
    ("no headings in a quote's score", ((sentence_selector, "ABOVE", 0.0),)),
    ("no sentences around", ((sentence_selector, "BEFORE", 0.0), (sentence_selector, "AFTER", 0.0))),
    ("no expectations", ((sentence_selector, "UNMET", 0.0), (answerability, "UNMET", 0.0))),
    ("a place may be anything", ((answer_type, "PLACE", r"(?s)(.)"),)),
    ("denials count nothing", ((sentence_selector, "DENIED", 0.0),)),
    ("no ordinary prose", ((term_weights, "PROSE", 0),)),
    ("no idioms", ((question, "without_idioms", lambda terms: terms),)),
    ("sentences that ask may answer", ((sentence_selector, "EMPTY", 0.0),)),
    ("quotes may dangle", ((sentence_selector, "DANGLES", 0.0),)),
    ("nothing the answer turns on", ((answerability, "TURNS", 0.0),)),
    ("words count by share alone", ((answerability, "WEIGHT", 0.0),)),
    ("single sentences", ((sentence_selector, "RUN", 1),)),
    ("the best passage alone", ((sentence_selector, "PASSAGES", 1),)),
    ("nothing against", tuple((answerability, name, 0.0) for name in ("UNKNOWN", "NAMED", "UNMET", "FIRM", "TURNS"))),
)
"""A step, and what is put in its place to leave it out."""


def print_steps() -> None:
    """xquad and a fifth of wiki21k with one step left out at a time.

    The threshold of refusals is set anew for each, so that it refuses 3.5 % of the questions that are covered.
    """
    questions = golden(SHARED / "data" / "xquad" / "questions.jsonl")
    with folder_index(SHARED / "data" / "xquad" / "docs") as articles, wiki_index() as passages:
        for name, changes in STEPS:
            with ExitStack() as changed:
                for where, attribute, value in changes:
                    changed.enter_context(mock.patch.object(where, attribute, value))
                expansion.synonyms.cache_clear()
                expansion.by_start.cache_clear()
                asked = ask(articles, questions)
                supports = sorted(a.support for a in asked if a.answerable)
                print_answers(name, asked, supports[int(0.035 * len(supports))])
                print_ranking("", passages, wiki_questions()[::5])


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
        engine = whoosh.open_reader(Path(place))
        yield SimpleNamespace(engine=engine, catalog=_Catalog(passages))
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
