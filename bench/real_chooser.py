"""What a real language model makes of choosing: ``python bench/real_chooser.py URL MODEL [--questions 60]``.

Asks lay questions over ../shared/data/lay, with the model behind an OpenAI-compatible address and without. Prints how
many of its replies were a choice, how many first quotes are right either way, and ends with 1 where any
quote is not, letter for letter, what stands at its place.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from citeguide.indexer.update import update
from citeguide.search import ask, open_index
from citeguide.search.choosing.endpoint import Endpoint
from citeguide.search.model import Answer
from citeguide.search.store.open import Index
from fit_reader import DATA, LAY, SEED, is_right, lay


def main() -> int:
    """Ask, and print what came of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("url")
    options.add_argument("model")
    options.add_argument("--questions", type=int, default=60)
    given = options.parse_args()
    chooser, seen = Endpoint(given.url, given.model), Counter[str]()
    for name in LAY:
        goldens = random.Random(SEED).sample(lay(name), given.questions // len(LAY))  # noqa: S311 - nothing secret
        with tempfile.TemporaryDirectory() as place:
            update(Path(place), [DATA / "lay" / name / "docs"])
            with open_index(Path(place)) as index:
                for golden in goldens:
                    chosen, own = (ask(golden["question"], index, chooser=c) for c in (chooser, None))
                    seen.update(_seen(golden, chosen, own, index))
    print(", ".join(f"{what} {number}" for what, number in sorted(seen.items())))
    return int(seen["quotes that stand nowhere"] > 0)


def _seen(golden: dict[str, Any], chosen: Answer, own: Answer, index: Index) -> list[str]:
    """What there is to count of one question."""
    texts = {d.path: index.catalog.text(d.id) for d in index.catalog.documents()}
    quotes = (*chosen.citations, *chosen.nearest)
    return [
        "questions",
        *("quotes that stand nowhere" for c in quotes if texts[c.path][slice(*c.span)] != c.quote),
        *("replies that are no choice" for note in chosen.notes if "no valid choice" in note),
        *("answers chosen by the model" for c in chosen.citations[:1] if c.chosen_by),
        *("right with it" for c in chosen.citations[:1] if is_right(golden, c.path, c.quote)),
        *("right without" for c in own.citations[:1] if is_right(golden, c.path, c.quote)),
        *("answered with it" for _ in chosen.citations[:1]),
        *("answered without" for _ in own.citations[:1]),
    ]


if __name__ == "__main__":
    sys.exit(main())
