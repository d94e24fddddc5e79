"""Whether forged answers are found out: ``python bench/forgeries.py GUIDE... [--forged 3000] [--true 3000]``.

Indexes the guides and saves answers to generated questions: about rows of tables, and words of passages. Half are
saved before one guide more is indexed, half afterwards. None of them may be flagged. Then one field of one answer at a
time is altered, in one of several ways, and the answer is sealed anew by somebody who knows the program and other
answers, but not the index's key; all of them must be flagged. An altered answer that is just what citeguide answered to
its altered question is true, not forged, and counted apart; so is one that cannot be read. Gives 1 where any is missed,
be it that verify says that it could not ask it again.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from citeguide.indexer.update import update
from citeguide.indexer.verification.asked_again import SavedChoice
from citeguide.indexer.verification.verify import verify
from citeguide.search.errors import CiteguideError
from citeguide.search.evaluation.saved_answers import read_answers
from citeguide.search.output.answer_json import to_json
from citeguide.search.output.seal import hash_of, seal
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import Index, open_index
from citeguide.search.store.seal_key import SECRET_BYTES, SealKey
from citeguide.search.text.tokenizer import STOP_WORDS, terms

Json = dict[str, Any]
Place = tuple[str | int, ...]
UNSAID = ("took_ms", "seal")
AT_ONCE = 200
ROWS = (
    "What is the {column} of {label}?", "{label} {column}", "Which has the highest {column}?", "average {column}",
    "How many have a {column} above {value}?", "compare {label} and {other}", "top 3 by {column}",
)  # fmt: skip
ONE_MORE = "# Beekeeping\n\nA beekeeper must register every hive with the county before the first of March.\n"
PASSAGES = ("What about {words}?", "How does {words} work?", "When is {words}?", "Must I {words}?", "steps of {words}")


def main() -> int:
    """Print the figures; give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("guides", nargs="+", type=Path)
    parser.add_argument("--forged", type=int, default=3_000)
    parser.add_argument("--true", type=int, default=3_000)
    options, chance = parser.parse_args(), random.Random(11)  # noqa: S311 - fields to alter, no secrets
    with tempfile.TemporaryDirectory() as folder:
        place, one_more = Path(folder, "index"), Path(folder, "beekeeping.md")
        one_more.write_text(ONE_MORE, "utf-8")
        update(place, options.guides)
        with open_index(place) as older:
            asked = questions(older, options.true, chance)
            saved = [save(question, older) for question in asked[::2]]
            update(place, [one_more])
            with open_index(place) as index:
                saved += [save(question, index) for question in asked[1::2]]
                wrong, named = judged(saved, index)
                print(f"true: {len(saved):,} answers, {len(wrong)} flagged, {len(named)} not asked again", flush=True)
                missed = forge(saved, options.forged, (older, index), chance)
    return int(bool(wrong or missed))


def forge(saved: list[Json], number: int, indexes: Sequence[Index], chance: random.Random) -> Counter[str]:
    """Alter so many answers of an index of these generations; gives how often each field was altered unseen."""
    made: list[tuple[str, Json]] = []
    outcome, missed = Counter[str](), Counter[str]()
    while len(made) < number:
        field, answer = altered(chance.choice(saved), chance)
        if not is_readable(answer):
            outcome["unreadable"] += 1
        elif any(is_true(answer, index) for index in indexes):
            outcome["true as well"] += 1
        else:
            made.append((field, answer))
    found, named = judged([answer for _, answer in made], indexes[-1])
    missed.update(field for place, (field, _) in enumerate(made) if place not in found)
    print(f"forged and sealed anew: {len(made):,}, {len(found):,} flagged, {len(named - found)} not asked again; "
          f"beside them {dict(outcome)}")  # fmt: skip
    for field, times in missed.most_common():
        print(f"  missed: {times} of {field}")
    return missed


def save(question: str, index: Index) -> Json:
    """An answer as it is when it was saved."""
    answer: Json = json.loads(json.dumps(to_json(ask(question, index), index.seal_key)))
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


def judged(answers: list[Json], index: Index) -> tuple[set[int], set[int]]:
    """The places of the answers that verify finds fault with, and of those that it says it cannot prove in full."""
    found, named = set[int](), set[int]()
    for begin in range(0, len(answers), AT_ONCE):
        read = read_answers("\n".join(map(json.dumps, answers[begin : begin + AT_ONCE])).encode())
        outcome = verify(read, index.sources, index)
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
    """Whether citeguide answers just so, from this generation."""
    (read,) = read_answers(json.dumps(answer).encode())
    chooser = SavedChoice(read) if read.asked.chooser is not None else None
    try:
        now = to_json(
            ask(read.question, index, documents=read.asked.documents, limit=read.asked.limit, chooser=chooser)
        )
    except CiteguideError:
        return False
    return hash_of(now) == hash_of(answer)


def altered(answer: Json, chance: random.Random) -> tuple[str, Json]:
    """An answer with one field that says something else, sealed anew, and the field's name."""
    made = deepcopy(answer)
    path = chance.choice([path for path in places(made) if path[0] not in UNSAID])
    at: Any = made
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = other(at[path[-1]], chance)
    return ".".join(str(name) for name in path if isinstance(name, str)), made | {"seal": forged_seal(made, chance)}


def forged_seal(answer: Json, chance: random.Random) -> str:
    """The seal of somebody without the key: none made with a key, one with another key, or that of another answer."""
    return chance.choice([
        seal(answer), seal(answer, SealKey(1, chance.randbytes(SECRET_BYTES))),
        f"{hash_of(answer)}.{answer['seal'].rpartition('.')[2]}",
    ])  # fmt: skip


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
