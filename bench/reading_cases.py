"""What readings are fitted on: questions laid against tables, with the features of all their readings.

Training questions of WikiTableQuestions whose tables stand in no question of dev, a third of them also against another
table, which answers nothing; plain questions over real tables, each against the tables of its own file and against
those of all files that the product would read; arithmetic over reports; odd questions; and questions made over all
these tables (made_questions.py).
"""

from __future__ import annotations

import pickle
import random
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zlib import crc32

import table_questions
from citeguide.indexer.update import update
from citeguide.search.store.open import open_index
from citeguide.search.tables.semantic_parsing.beam import Beam
from citeguide.search.tables.semantic_parsing.confidence import signals
from citeguide.search.tables.semantic_parsing.families.generator import candidates
from citeguide.search.tables.semantic_parsing.features import NO_READING, Features, Group
from citeguide.search.tables.semantic_parsing.scoring import Reading
from citeguide.search.tables.semantic_parsing.soundness import keeps_what_counts
from citeguide.search.tables.semantic_parsing.wording import wording
from made_questions import made, priced, ranged
from reading_questions import (
    PLAIN,
    REPORTS,
    Entrant,
    Gold,
    IndexedTables,
    Reference,
    is_right,
    questions,
    wiki_parts,
    wiki_table,
)

UNANSWERABLE = 0.35
"""Share of questions that are also asked of a table that does not answer them."""
MADE_A_TABLE, MADE_OF_PRICES, MADE_OF_RANGES, MADE_A_FILE = 5, 3, 2, 40
"""Questions made over a table of Wikipedia, over it as one of prices, as one of ranges, and over a file's tables
together."""
SHARD = 100
ODD = 4
"""Of so many odd questions one is fitted on, and one measured."""
APART = 600
"""Questions of Wikipedia over tables kept apart."""
OUTSIDE = Path(__file__).resolve().parent.parent / "tests" / "cases" / "table_questions_outside.jsonl"


class Line(NamedTuple):
    """A reading: its groups before it is computed and all of them, whether it is right, and what it comes to."""

    groups: array[int]
    before: int
    right: bool
    result: int
    said: tuple[float, ...] | None
    """What its confidence goes by; None where it leaves out what must not be left out."""
    table: int = 0
    """Which of the tables that compete it is of."""
    left_out: int = 0
    """The words that it leaves out, as bits."""


class Case(NamedTuple):
    """A question: groups of features that its readings share, and the readings; the last is that none is right."""

    part: str
    groups: list[array[int]]
    lines: list[Line]


class Sources(NamedTuple):
    """Indexes of the tables that plain questions are over: to fit on, of reports, and those that are only measured."""

    plain: Path | None
    reports: Path | None
    measured: Path | None


def case(part: str, gold: Gold, entrants: Sequence[Entrant], *, answerable: bool) -> Case:
    """All readings of a question on tables that compete."""
    asked = wording(gold["question"])
    groups: list[array[int]] = []
    lines: list[Line] = []
    nothing: array[int] | None = None
    for which, (table, is_own) in enumerate(entrants):
        beam = Beam(asked, table.view)
        features = Features(beam)
        known: dict[Group, int] = {}

        def place(group: Group, features: Features = features, known: dict[Group, int] = known) -> int:
            if group not in known:
                known[group] = len(groups)
                groups.append(array("I", [crc32(name.encode()) for name in features.names(group)]))
            return known[group]

        right = is_right(gold, table) if answerable and is_own else None
        for candidate in candidates(beam):
            computed = beam.run.run(candidate.value)
            if computed is not None:
                before = [place(group) for group in features.groups(candidate)]
                after = [place(group) for group in features.groups_of_result(candidate, computed)]
                reading = Reading(beam, candidate, computed, 0.0, features.explained(candidate))
                is_so = right is not None and right(candidate, computed)
                parts = array("H", before + after), len(before)
                result = hash(reading.result) or 1
                lines.append(Line(*parts, is_so, result, _said(reading), which, reading.left_out))
        nothing = nothing or array("H", [place(NO_READING)])
    lines.append(Line(nothing or array("H"), 1, not answerable, 0, None))
    return Case(part, groups, lines)


def _said(reading: Reading) -> tuple[float, ...] | None:
    return tuple(signals(reading).values()) if keeps_what_counts(reading) else None


# making


def make(folder: Path, wiki: int, sources: Sources, jobs: int) -> None:
    """Write the cases of all questions, a shard a file."""
    folder.mkdir(parents=True, exist_ok=True)
    fitted, apart = wiki_parts()
    tasks = [(folder, name, sources) for name in _INDEXED if getattr(sources, _INDEXED[name])]
    tasks += [(folder, f"odd-{number:03}", sources) for number in range(2)]
    shards = [(folder, f"apart-{n:03}", some) for n, some in enumerate(_shards(apart[:APART]))]
    shards += [(folder, f"wiki-{n:03}", some) for n, some in enumerate(_shards(fitted[:wiki]))]
    names = sorted({gold["documents"][0] for gold in fitted[:wiki]})
    over = [(folder, f"made-{n:03}", names[n * SHARD : (n + 1) * SHARD]) for n in range(-(-len(names) // SHARD))]
    with Pool(jobs) as pool:
        told = [pool.apply_async(_make_indexed, task) for task in tasks]
        told += [pool.apply_async(_make_wiki, task) for task in shards]
        told += [pool.apply_async(_make_made, task) for task in over]
        for each in told:
            print(each.get(), flush=True)


_INDEXED: Mapping[str, str] = {"plain": "plain", "made-files": "plain", "reports": "reports", "tables": "measured"}
"""What is made over an index, and over which."""


def _shards(golds: Sequence[Gold]) -> Iterator[Sequence[Gold]]:
    return (golds[at : at + SHARD] for at in range(0, len(golds), SHARD))


def _make_indexed(folder: Path, name: str, sources: Sources) -> str:
    if not (folder / name).exists():
        _write(folder / name, list(_odd_cases(name)) if name.startswith("odd") else list(_indexed_cases(name, sources)))
    return name


def _make_wiki(folder: Path, name: str, golds: Sequence[Gold]) -> str:
    if not (folder / name).exists():
        _write(folder / name, list(_wiki_cases(name.partition("-")[0], golds, random.Random(name))))  # noqa: S311
    return name


def _make_made(folder: Path, name: str, tables: Sequence[str]) -> str:
    """Questions made over tables of Wikipedia."""
    if not (folder / name).exists():
        _write(folder / name, list(_made_over_wiki(tables)))
    return name


def _made_over_wiki(names: Sequence[str]) -> Iterator[Case]:
    """Over each table as it is and as one of prices; some are asked of the table before as well."""
    before: Reference | None = None
    for name in names:
        rng = random.Random(name)  # noqa: S311 - cases, not secrets
        own = wiki_table(name)
        made_of = ((own, MADE_A_TABLE), (priced(own, rng), MADE_OF_PRICES), (ranged(own, rng), MADE_OF_RANGES))
        for table, most in made_of:
            for gold in made(table, name, most, rng, before) if table is not None else ():
                yield case("made", gold, [Entrant(table)], answerable=gold["kind"] != "not_found")
                if before is not None and rng.random() < UNANSWERABLE:
                    yield case("made other", gold, [Entrant(before)], answerable=False)
        before = wiki_table(name)


def _wiki_cases(part: str, golds: Sequence[Gold], rng: random.Random) -> Iterator[Case]:
    names = sorted({gold["documents"][0] for gold in golds})
    for gold in golds:
        own, other = gold["documents"][0], rng.choice(names)
        yield case(part, gold, [Entrant(wiki_table(own))], answerable=True)
        if rng.random() < UNANSWERABLE and other != own:
            yield case(f"{part} other", gold, [Entrant(wiki_table(other))], answerable=False)


def _indexed_cases(name: str, sources: Sources) -> Iterator[Case]:
    folder: Path = getattr(sources, _INDEXED[name])
    with open_index(folder) as index:
        tables = IndexedTables(index)
        match name:
            case "made-files":
                yield from _made_over_files(tables)
            case "reports":
                golds = [g for g in questions(REPORTS / "train.jsonl") if g["kind"] in ("tat-arithmetic", "tat-count")]
                yield from _competing("reports", golds, tables)
            case "plain":
                golds = questions(PLAIN / "train" / "questions-b.jsonl", PLAIN / "train" / "questions-c.jsonl")
                yield from _competing("plain", golds, tables)
                yield from _competing("plain-all", golds, tables)
            case _:
                golds = questions(PLAIN / "questions.jsonl")
                yield from _competing("tables", golds, tables)
                yield from _competing("tables-all", golds, tables)


def _competing(part: str, golds: Iterable[Gold], tables: IndexedTables) -> Iterator[Case]:
    """The questions on the tables of their own files, or of all."""
    for gold in golds:
        entrants = tables.competing(gold, all_tables=part.endswith("-all"))
        can_be = gold["kind"] != "not_found"
        if any(entrant.is_own for entrant in entrants) or (entrants and not can_be):
            yield case(f"{part} {gold['documents'][0]}", gold, entrants, answerable=can_be)


def _made_over_files(tables: IndexedTables) -> Iterator[Case]:
    before: Reference | None = None
    for name, some in tables.of_each_file().items():
        for number, table in enumerate(some):
            rng = random.Random(f"{name} {number}")  # noqa: S311 - cases, not secrets
            for gold in made(table, name, max(6, MADE_A_FILE // len(some)), rng, before):
                yield case(f"made {name}", gold, [Entrant(table)], answerable=gold["kind"] != "not_found")
        before = some[-1]


def _odd_cases(name: str) -> Iterator[Case]:
    """Some questions that no grammar foresees, over two tables of wages: hardly any of them has an answer."""
    first = int(name.rpartition("-")[2])
    part = ("odd", "odd apart")[first]
    odd = questions(OUTSIDE)[first::ODD]
    for source, path in table_questions.PATHS.items():
        with TemporaryDirectory() as folder:
            update(Path(folder), [path])
            with open_index(Path(folder)) as index:
                tables = [Entrant(t) for some in IndexedTables(index).of_each_file().values() for t in some]
        for gold in (gold for gold in odd if gold["source"] == source):
            asked = {**gold, "kind": "rank", "values": [float(value) for value in gold["values"]]}
            yield case(f"{part} {source}", asked, tables, answerable=bool(gold["values"]))


def table_of(part: str) -> str:
    """The file that a part's questions are over, where it is one of the plain ones'; else nothing."""
    name, _, of = part.partition(" ")
    return of if name in ("plain", "plain-all", "made") and of != "other" else ""


def _write(path: Path, cases: list[Case]) -> None:
    path.write_bytes(pickle.dumps([(c.part, c.groups, list(map(tuple, c.lines))) for c in cases]))


def read_cases(folder: Path) -> Iterator[Case]:
    """What ``make`` wrote there, by us and for us alone."""
    for path in sorted(folder.iterdir()):
        for part, groups, lines in pickle.loads(path.read_bytes()):  # noqa: S301 - our own file
            yield Case(part, groups, [Line(*line) for line in lines])
