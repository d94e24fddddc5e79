"""How often a question asks the engine: each call would be a trip where the engine is another machine.

    python bench/engine_calls.py QUESTIONS GUIDE...

QUESTIONS is a file of JSON lines with a ``question`` each. Prints how many of them took how many calls, and which took
more than ``MOST``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from citeguide.indexer.update import update
from citeguide.search import ask, open_index
from citeguide.search.store.engines.base import Engine, Field, NearStems, Retrieved, Slip, Wish
from citeguide.search.store.engines.bm25 import Ranker
from citeguide.search.store.open import Index

MOST = 3
"""Calls of a question: what tables hold of it with all that is counted, the passages, and one for what answers need."""


class CountedEngine:
    """An engine that notes each call, by name."""

    def __init__(self, engine: Engine) -> None:
        self.name = engine.name
        self.calls: list[str] = []
        self._engine = engine

    def retrieve(self, wishes: Sequence[Wish], stems: Collection[str] = ()) -> Retrieved:
        """As the engine does."""
        self.calls.append("retrieve")
        return self._engine.retrieve(wishes, stems)

    def near(self, slips: Sequence[Slip], most: int, stems: Collection[str] = ()) -> NearStems:
        """As the engine does."""
        self.calls.append("near")
        return self._engine.near(slips, most, stems)

    def stems(self, field: Field = "text", start: str = "") -> Iterator[str]:
        """As the engine does."""
        self.calls.append("stems")
        return self._engine.stems(field, start)

    def close(self) -> None:
        """As the engine does."""
        self._engine.close()


def calls_of(question: str, index: Index) -> list[str]:
    """The calls of one question, asked as the first of an opened index."""
    counted = CountedEngine(index.engine.engine)
    ask(question, index._replace(engine=Ranker(counted)))
    return counted.calls


def main() -> None:
    """Print how many questions took how many calls."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("questions", type=Path)
    parser.add_argument("guides", type=Path, nargs="+")
    options = parser.parse_args()
    questions = [json.loads(line)["question"] for line in options.questions.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        update(Path(folder), options.guides)
        with open_index(Path(folder)) as index:
            taken = {question: calls_of(question, index) for question in questions}
    for calls, often in sorted(Counter(map(len, taken.values())).items()):
        print(f"{often:>6} questions took {calls} calls")
    for question, calls_made in taken.items():
        if len(calls_made) > MOST:
            print(f"{len(calls_made)} ({', '.join(calls_made)}): {question}")


if __name__ == "__main__":
    main()
