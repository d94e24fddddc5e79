"""Whether forged answers are found out: ``python bench/forgeries.py GUIDE... [--forged 3000] [--true 3000]``.

Indexes the guides and saves answers to generated questions: about rows of tables, and words of passages. None of them
may be flagged. Then one field of one answer at a time is altered, in one of several ways, and the answer is sealed
anew, as somebody would who knows how; all of them must be flagged. An altered answer that is just what citeguide
answers to its altered question is true, not forged, and counted apart; so is one that cannot be read, and one of which
verify says that it could not ask it again. Gives 1 where any is missed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from citeguide.indexer.update import update
from citeguide.indexer.verification.asked_again import SavedChoice
from citeguide.indexer.verification.verify import verify
from citeguide.search.errors import CiteguideError
from citeguide.search.evaluation.saved_answers import read_answers
from citeguide.search.output.answer_json import to_json
from citeguide.search.output.seal import seal
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import Index, open_index
from citeguide.search.text.tokenizer import STOP_WORDS, terms

Json = dict[str, Any]
Place = tuple[str | int, ...]
UNSAID = ("took_ms", "seal")
AT_ONCE = 200
ROWS = (
    "What is the {column} of {label}?", "{label} {column}", "Which has the highest {column}?", "average {column}",
    "How many have a {column} above {value}?", "compare {label} and {other}", "top 3 by {column}",
)  # fmt: skip
PASSAGES = ("What about {words}?", "How does {words} work?", "When is {words}?", "Must I {words}?", "steps of {words}")


def main() -> int:
    """Print the figures; give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("guides", nargs="+", type=Path)
    parser.add_argument("--forged", type=int, default=3_000)
    parser.add_argument("--true", type=int, default=3_000)
    options, chance = parser.parse_args(), random.Random(11)  # noqa: S311 - fields to alter, no secrets
    with tempfile.TemporaryDirectory() as folder:
        update(Path(folder), options.guides)
        with open_index(Path(folder)) as index:
            saved = [save(question, index) for question in questions(index, options.true, chance)]
            wrong, named = judged(saved, options.guides, index)
            print(f"true: {len(saved):,} answers, {len(wrong)} flagged, {len(named)} not asked again", flush=True)
            missed = forge(saved, options, index, chance)
    return int(bool(wrong or missed))


def forge(saved: list[Json], options: argparse.Namespace, index: Index, chance: random.Random) -> Counter[str]:
    """Alter so many answers; gives how often each field was altered unseen."""
    made: list[tuple[str, Json]] = []
    outcome, missed = Counter[str](), Counter[str]()
    while len(made) < options.forged:
        field, answer = altered(chance.choice(saved), chance)
        if not is_readable(answer):
            outcome["unreadable"] += 1
        elif is_true(answer, index):
            outcome["true as well"] += 1
        else:
            made.append((field, answer))
    found, named = judged([answer for _, answer in made], options.guides, index)
    missed.update(field for place, (field, _) in enumerate(made) if place not in found | named)
    outcome["not asked again"] = len(named - found)
    print(f"forged and sealed anew: {len(made):,}, {len(found):,} flagged; beside them {dict(outcome)}")
    for field, number in missed.most_common():
        print(f"  missed: {number} of {field}")
    return missed


def save(question: str, index: Index) -> Json:
    """An answer as it is when it was saved."""
    answer: Json = json.loads(json.dumps(to_json(ask(question, index))))
    return answer


def questions(index: Index, number: int, chance: random.Random) -> list[str]:
    """So many different questions, half to tables where there are any."""
    found: dict[str, None] = {}
    sources = [list(_of_tables(index, chance, number)), list(_of_passages(index, chance, number * 4))]
    for source in sources:
        chance.shuffle(source)
        wanted = number // 2 if source is sources[0] else number - len(found)
        found |= dict.fromkeys(source[:wanted])
    while len(found) < number:
        found[next(_of_passages(index, chance, 1))] = None
    return list(found)


def _of_tables(index: Index, chance: random.Random, number: int) -> Iterator[str]:
    tables = [(table, index.catalog.rows(table.id, limit=300)) for table in index.catalog.tables()]
    tables = [(table, rows) for table, rows in tables if len(rows) > 1 and len(table.columns) > 1]
    for _ in range(number * bool(tables)):
        table, rows = chance.choice(tables)
        row, other = chance.sample(rows, 2)
        label, column = table.label or 0, chance.randrange(len(table.columns))
        yield chance.choice(ROWS).format(
            column=table.columns[column].name, label=row.cells[label].text, other=other.cells[label].text,
            value=row.cells[column].text,
        )  # fmt: skip


def _of_passages(index: Index, chance: random.Random, number: int) -> Iterator[str]:
    numbers = sorted(index.catalog.passage_numbers(document.id for document in index.catalog.documents()))
    for _ in range(number):
        (passage,) = index.catalog.passages([chance.choice(numbers)])
        words = [term.word for term in terms(passage.text) if term.word not in STOP_WORDS]
        start = chance.randrange(max(1, len(words) - 3))
        said = " ".join(words[start : start + chance.randint(2, 4)])
        if said:
            yield chance.choice(PASSAGES).format(words=said)


def judged(answers: list[Json], guides: list[Path], index: Index) -> tuple[set[int], set[int]]:
    """The places of the answers that verify finds fault with, and of those that it says it cannot prove in full."""
    found, named = set[int](), set[int]()
    for begin in range(0, len(answers), AT_ONCE):
        read = read_answers("\n".join(map(json.dumps, answers[begin : begin + AT_ONCE])).encode())
        outcome = verify(read, [guide.absolute() for guide in guides], index)
        for wrong in (outcome.problems, outcome.unfounded, outcome.unproved):
            found |= {begin + each.answer - 1 for each in wrong}
        named |= {begin + each.answer - 1 for each in outcome.not_asked}
    return found, named


def is_readable(answer: Json) -> bool:
    """Whether it has the shape of an answer still."""
    try:
        read_answers(json.dumps(answer).encode())
    except CiteguideError:
        return False
    return True


def is_true(answer: Json, index: Index) -> bool:
    """Whether citeguide answers just so."""
    (read,) = read_answers(json.dumps(answer).encode())
    chooser = SavedChoice(read) if read.asked.chooser is not None else None
    try:
        now = to_json(
            ask(read.question, index, documents=read.asked.documents, limit=read.asked.limit, chooser=chooser)
        )
    except CiteguideError:
        return False
    return bool(now["seal"] == answer["seal"])


def altered(answer: Json, chance: random.Random) -> tuple[str, Json]:
    """An answer with one field that says something else, sealed anew, and the field's name."""
    made = deepcopy(answer)
    path = chance.choice([path for path in places(made) if path[0] not in UNSAID])
    at: Any = made
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = other(at[path[-1]], chance)
    return ".".join(str(name) for name in path if isinstance(name, str)), made | {"seal": seal(made)}


def places(value: Any, path: Place = ()) -> Iterator[Place]:
    """Every field, list and entry of an answer."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from places(each, (*path, name))
        return
    yield path
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from places(each, (*path, number))


def other(value: Any, chance: random.Random) -> Any:
    """Something else of the same kind."""
    if isinstance(value, bool):
        return not value
    if value is None:
        return chance.choice(["x", 1])
    if isinstance(value, int | float):
        return value + chance.choice([1, -1, 10])
    if isinstance(value, list):
        return chance.choice([value[1:], [*value, *value[-1:]], value[::-1], []]) if value else ["x"]
    return _reworded(value, chance)


def _reworded(text: str, chance: random.Random) -> str:
    """A letter, a digit or a word that is another, or is not there."""
    words = text.split(" ")
    place, word = chance.randrange(len(text) + 1), chance.randrange(len(words))
    return chance.choice([
        f"{text[:place]}{chance.choice('qx7')}{text[place + 1:]}", f"{text} not", text[:-1],
        " ".join(words[:word] + words[word + 1 :]), " ".join([*words[:word], "never", *words[word:]]),
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
