"""citeguide beside bare search engines, on the same passages and questions in one run: speed, size, and what is found.

    python bench/peers.py                       1,300 and 21,000 passages
    python bench/peers.py --passages 200000     the long form: passages past 21,000 are made of the others' sentences
    python bench/peers.py --questions 100 --only citeguide,whoosh

Each engine is built and asked in processes of its own, with its own usual way of cutting words. All times are CPU time.
Success@1 and MRR@10 say how often the passage that a question was written about comes first, and how high it stands.
Prints the tables of docs/speed.md. An engine that is not installed is left out (``pip install -e '.[bench,tantivy]'``;
xapian comes with the system's packages). The passages are read from ../shared.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
STOP = frozenset("a an and are as at be by for from how in is it of on or that the to was what when where who".split())
TOP, WARM, SEED = 10, 20, 20261129
Search = Callable[[str], Sequence[int]]


class Passage(NamedTuple):
    """A passage, and the title above it."""

    number: int
    title: str
    text: str


def words(text: str) -> list[str]:
    """Lower-case words without the commonest: what the engines without a stemmer of their own are given."""
    cut = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return [word for word in cut if word not in STOP]


# The engines: each builds a folder of passages, then opens it and gives a function that searches


class Citeguide:
    """The whole program: guides read, tables looked for, answers made."""

    library = "citeguide"
    engine = "whoosh"

    def build(self, folder: Path, passages: Iterator[Passage]) -> None:
        from citeguide.indexer.update import update

        guides = folder / "guides"
        guides.mkdir()
        for each in passages:
            (guides / f"{each.number}.md").write_text(f"# {each.title}\n\n{each.text}\n", "utf-8")
        began = cpu()
        update(folder / "index", [guides], engine=self.engine)
        print(json.dumps({"build": cpu() - began}))
        shutil.rmtree(guides)

    def open(self, folder: Path) -> Search:
        from citeguide.search import open_index
        from citeguide.search.query.query import understand
        from citeguide.search.retrieval.reranker import ranked

        index = open_index(folder / "index")

        def search(text: str) -> list[int]:
            documents = [found.passage.document for found in ranked(understand(text), index, TOP)]
            return [int(index.catalog.document(number).path.removesuffix(".md")) for number in documents]

        return search

    def answering(self, folder: Path) -> Search:
        """The whole act: an answer with its quotes."""
        from citeguide.search import ask, open_index

        index = open_index(folder / "index")
        return lambda text: [len(ask(text, index).citations)]


class CiteguideTantivy(Citeguide):
    """The same with the other engine."""

    library = "tantivy"
    engine = "tantivy"


class Whoosh:
    """Whoosh with its stemmer."""

    library = "whoosh"

    def build(self, folder: Path, passages: Iterator[Passage]) -> None:
        from whoosh import analysis, fields, index

        text = fields.TEXT(analyzer=analysis.StemmingAnalyzer(), phrase=False)
        schema = fields.Schema(number=fields.STORED, text=text)
        writer = index.create_in(str(folder), schema).writer(limitmb=64)
        for each in passages:
            writer.add_document(number=each.number, text=f"{each.title}\n{each.text}")
        writer.commit()

    def open(self, folder: Path) -> Search:
        from whoosh import index, query, scoring

        searcher = index.open_dir(str(folder)).searcher(weighting=scoring.BM25F(B=0.4, K1=0.9))
        analyzer = searcher.schema["text"].analyzer

        def search(text: str) -> list[int]:
            terms = dict.fromkeys(token.text for token in analyzer(text))
            hits = searcher.search(query.Or([query.Term("text", term) for term in terms]), limit=TOP, optimize=False)
            return [hit["number"] for hit in hits]

        return search


class Fts5:
    """SQLite's full-text search with its Porter stemmer."""

    library = "sqlite3"

    def build(self, folder: Path, passages: Iterator[Passage]) -> None:
        base = sqlite3.connect(folder / "fts")
        base.execute("CREATE VIRTUAL TABLE passages USING fts5(text, content='', tokenize='porter unicode61')")
        base.executemany(
            "INSERT INTO passages(rowid, text) VALUES (?, ?)", ((p.number, f"{p.title}\n{p.text}") for p in passages)
        )
        base.commit()

    def open(self, folder: Path) -> Search:
        base = sqlite3.connect(folder / "fts")
        select = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY bm25(passages) LIMIT ?"

        def search(text: str) -> list[int]:
            query = " OR ".join(f'"{word}"' for word in dict.fromkeys(words(text)))
            return [number for (number,) in base.execute(select, (query, TOP))] if query else []

        return search


class Tantivy:
    """Tantivy with its English stemmer."""

    library = "tantivy"

    def build(self, folder: Path, passages: Iterator[Passage]) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="en_stem", index_option="freq")
        builder.add_unsigned_field("number", fast=True)
        writer = tantivy.Index(builder.build(), path=str(folder)).writer(30_000_000, 1)
        for each in passages:
            document = tantivy.Document()
            document.add_text("text", f"{each.title}\n{each.text}")
            document.add_unsigned("number", each.number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> Search:
        import tantivy

        index = tantivy.Index.open(str(folder))
        searcher = index.searcher()

        def search(text: str) -> list[int]:
            hits = searcher.search(index.parse_query(" ".join(words(text)), ["text"]), TOP, count=False).hits
            return [int(n or 0) for n in searcher.fast_field_values("number", [address for _, address in hits])]

        return search


class Bm25s:
    """bm25s over numpy; words are not stemmed."""

    library = "bm25s"

    def build(self, folder: Path, passages: Iterator[Passage]) -> None:
        import bm25s

        held = list(passages)
        retriever = bm25s.BM25(k1=0.9, b=0.4)
        retriever.index([words(f"{p.title}\n{p.text}") for p in held], show_progress=False)
        retriever.save(str(folder / "bm25s"))
        (folder / "numbers.json").write_text(json.dumps([p.number for p in held]))

    def open(self, folder: Path) -> Search:
        import bm25s

        retriever, numbers = bm25s.BM25.load(str(folder / "bm25s")), json.loads((folder / "numbers.json").read_text())

        def search(text: str) -> list[int]:
            found, _ = retriever.retrieve([words(text)], k=TOP, show_progress=False)
            return [numbers[int(n)] for n in found[0]]

        return search


class Xapian:
    """Xapian with its English stemmer."""

    library = "xapian"

    def build(self, folder: Path, passages: Iterator[Passage]) -> None:
        import xapian

        base = xapian.WritableDatabase(str(folder / "xapian"), xapian.DB_CREATE)
        generator = xapian.TermGenerator()
        generator.set_stemmer(xapian.Stem("en"))
        for each in passages:
            document = xapian.Document()
            generator.set_document(document)
            generator.index_text_without_positions(f"{each.title}\n{each.text}")
            base.replace_document(each.number + 1, document)
        base.commit()

    def open(self, folder: Path) -> Search:
        import xapian

        enquire = xapian.Enquire(xapian.Database(str(folder / "xapian")))
        stemmer = xapian.Stem("en")

        def search(text: str) -> list[int]:
            terms = ["Z" + stemmer(word).decode() for word in words(text)]
            enquire.set_query(xapian.Query(xapian.Query.OP_OR, terms))
            return [match.docid - 1 for match in enquire.get_mset(0, TOP)]

        return search


PEERS: dict[str, Any] = {
    "citeguide": Citeguide,
    "citeguide, tantivy": CiteguideTantivy,
    "Whoosh": Whoosh,
    "SQLite FTS5": Fts5,
    "tantivy": Tantivy,
    "bm25s": Bm25s,
    "xapian": Xapian,
}


class Measured(NamedTuple):
    """What came of an engine: CPU seconds, bytes, CPU milliseconds, shares."""

    build: float
    size: int
    memory: int
    cold: float
    p50: float
    p95: float
    first: float
    reciprocal: float
    whole: tuple[float, float] | None
    """p50 and p95 of a whole answer, where the engine gives one."""


# Measuring


def main() -> None:
    """Print a table for each number of passages."""
    options = arguments()
    if options.role:
        return act(options)
    for count in map(int, options.passages.split(",")):
        found = {}
        for name, peer in PEERS.items():
            if (not options.only or name in options.only.split(",")) and find_spec(peer.library):
                with tempfile.TemporaryDirectory() as folder:
                    found[name] = measured(name, Path(folder), count, options)
                print(f"{name}: {found[name]}", file=sys.stderr)
        print_table(count, found)
    return None


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--passages", default="1300,21000", help="how many, several by commas")
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--only", help="names of engines, by commas")
    parser.add_argument("--role", nargs=3, metavar=("ACT", "ENGINE", "FOLDER"), help=argparse.SUPPRESS)
    return parser.parse_args()


def measured(name: str, folder: Path, count: int, options: argparse.Namespace) -> Measured:
    """Build, ask once in a fresh process, ask many questions in another."""

    def run(act: str) -> tuple[dict[str, Any], float]:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, __file__, "--passages", str(count), "--questions", str(options.questions)]
        done = subprocess.run([*command, "--role", act, name, str(folder)], check=True, capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return json.loads(done.stdout.splitlines()[-1]), used

    asked = folder / "questions.json"
    asked.write_text(json.dumps(questions(count, options.questions)))  # not for each process to find out anew
    build, _ = run("build")
    cold = min(run("cold")[1] for _ in range(3))
    warm, _ = run("warm")
    asked.unlink()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Measured(build=build["build"], size=size, cold=cold, **warm)


def act(options: argparse.Namespace) -> None:
    """What one process does; prints a line of JSON."""
    role, name, folder = options.role
    count, peer = int(options.passages), PEERS[name]()
    if role == "build":
        held = list(passages(count))
        began = cpu()
        peer.build(Path(folder), iter(held))
        if not isinstance(peer, Citeguide):  # which tells its time without that of writing the guides
            print(json.dumps({"build": cpu() - began}))
        return
    asked = json.loads((Path(folder) / "questions.json").read_text())
    search = peer.open(Path(folder))
    if role == "cold":
        print(json.dumps({"found": len(search(asked[0]["q"]))}))
        return
    found, p50, p95 = timed(search, asked)
    gold = [int(question["gold"]) for question in asked]
    places = [list(numbers).index(one) for numbers, one in zip(found, gold, strict=True) if one in numbers]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    whole = timed(peer.answering(Path(folder)), asked)[1:] if isinstance(peer, Citeguide) else None
    first, mrr = places.count(0) / len(asked), sum(1 / (place + 1) for place in places) / len(asked)
    print(json.dumps({"p50": p50, "p95": p95, "memory": memory, "first": first, "reciprocal": mrr, "whole": whole}))


def timed(search: Search, asked: Sequence[dict[str, Any]]) -> tuple[list[Sequence[int]], float, float]:
    """What was found for each question; the median and the 95th of a hundred times once it is warm, in milliseconds."""
    found, times = [], []
    for question in asked:
        began = time.process_time()
        found.append(search(question["q"]))
        times.append((time.process_time() - began) * 1000)
    warm = sorted(times[WARM:])
    return found, statistics.median(warm), warm[int(0.95 * len(warm))]


def cpu() -> float:
    """CPU seconds of this process and of those that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def passages(count: int) -> Iterator[Passage]:
    """The first so many: those that questions were written about before all others, then made ones."""
    with gzip.open(SHARED / "wiki21k.passages.jsonl.gz", "rt", encoding="utf-8") as lines:
        held = [Passage(int(r["id"]), r["title"], r["text"]) for r in map(json.loads, lines)]
    gold = {int(question["gold"]) for question in all_questions()}
    yield from islice(sorted(held, key=lambda p: p.number not in gold), count)
    chance = random.Random(SEED)  # noqa: S311 - the same in every run
    sentences = [sentence for p in held for sentence in p.text.split(". ")]
    for number in range(len(held), count):
        yield Passage(number, chance.choice(held).title, ". ".join(chance.choices(sentences, k=5)))


def questions(count: int, most: int) -> list[dict[str, Any]]:
    """A fixed sample of the questions whose passages are among the first so many."""
    there = {p.number for p in passages(min(count, 21_000))}
    kept = [question for question in all_questions() if int(question["gold"]) in there]
    return random.Random(SEED).sample(kept, min(most, len(kept)))  # noqa: S311 - the same in every run


def all_questions() -> list[dict[str, Any]]:
    """Every question that has a passage."""
    lines = (SHARED / "wiki21k.questions.jsonl").read_text("utf-8").splitlines()
    return [question for question in map(json.loads, lines) if question["gold"]]


def print_table(count: int, found: dict[str, Measured]) -> None:
    """As docs/speed.md has it, and each warm median as a multiple of bare Whoosh's."""
    text = sum(len(p.title.encode()) + len(p.text.encode()) for p in passages(count))
    heads = (
        "build, a 1,000",
        "index : text",
        "memory",
        "cold",
        "warm p50, p95",
        "success@1, MRR",
        ": Whoosh",
        "whole answer",
    )
    print(f"\n| {count:,} passages | {' | '.join(heads)} |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, m in found.items():
        ratio = f"{m.p50 / found['Whoosh'].p50:.2f}" if "Whoosh" in found else ""
        whole = "{:.1f}, {:.1f} ms".format(*m.whole) if m.whole else "–"
        print(
            f"| {name} | {m.build / count * 1000:.2f} s | {m.size / text:.2f} | {m.memory / 2**20:.0f} MB "
            f"| {m.cold * 1000:.0f} ms | {m.p50:.1f}, {m.p95:.1f} ms | {m.first:.3f}, {m.reciprocal:.3f} "
            f"| {ratio} | {whole} |"
        )


if __name__ == "__main__":
    main()
