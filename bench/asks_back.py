"""How often an answer asks back which of several things is meant, and what is right of it.

    python bench/asks_back.py [--indexes DIR] [--show SET]

Over the questions that ``bench/fit_reader.py`` fits on. Each has one right answer: to ask back helps where the first
quote is wrong and another of those offered is right, costs little where the first is right, and misleads where none is.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from citeguide.search.fitted import fitted
from citeguide.search.reader.answerability import answerability
from citeguide.search.reader.asking_back import offers
from citeguide.search.reader.sentence_selector import best, sentences, windows
from citeguide.search.retrieval.reranker import ranking
from fit_reader import Asked, is_right, load


def outcome(a: Asked) -> tuple[str, list[str]]:
    """What becomes of a question, and what is offered."""
    weights, found = fitted(), ranking(a.question, a.index)
    read = sentences(a.question, found, weights)
    params = a.question.params
    chosen = best(windows(read, params.reader), 3, weights.price, params.reader)
    if not chosen or answerability(found, chosen, a.index.engine, weights).right < weights.least:
        return "refused", []
    meant = offers(read, chosen[0], params.ask_back)
    rights = [is_right(a.golden, a.paths[q.document], q.text) for q in (chosen[0].quote(), *(o.quote() for o in meant))]
    said = [f"{offer.label}: {offer.quote().text[:90]}" for offer in meant]
    if not meant:
        return "answered", said
    if a.golden["kind"] == "not_found":
        return "asked back, uncovered", said
    return "asked back, first right" if rights[0] else f"asked back, {'other' if any(rights) else 'none'} right", said


def main() -> None:
    """Ask, count, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--indexes", type=Path, default=Path(tempfile.gettempdir()) / "citeguide-fit")
    parser.add_argument("--show", help="print what is offered in this set")
    options = parser.parse_args()
    counts: dict[str, Counter[str]] = {}
    with ExitStack() as held:
        for a in load(held, options.indexes / "lexical", None):
            became, said = outcome(a)
            counts.setdefault(a.set, Counter())[became] += 1
            if a.set == options.show and said:
                print(a.golden["question"], became, *said, sep="\n   ")
    for name, counted in counts.items():
        print(f"{name:<14}", ", ".join(f"{what} {n}" for what, n in sorted(counted.items())))


if __name__ == "__main__":
    main()
