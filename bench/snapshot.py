"""The whole answer to some 4,000 questions, one hash a question, so that a change that must change nothing can show it.

    python bench/snapshot.py take FILE               ask everything, write one line a question
    python bench/snapshot.py take FILE --sample 20   at most so many questions of each set
    python bench/snapshot.py take FILE --engine tantivy   from another full-text engine: nothing may differ
    python bench/snapshot.py take FILE --cluster          from three nodes of OpenSearch, started for it: nor here
    python bench/snapshot.py compare OLD NEW         list the questions whose answers differ; exit 1 where any does

The questions are those of the quality gate's sets and a fixed sample of ``../shared/data``. A hash covers every field
of the answer that the first version had, without times and the index's generation; the answer's own line stands beside
it, so that a difference can be read.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from citeguide.indexer.update import update
from citeguide.search import ask, open_index
from citeguide.search.errors import CiteguideError
from citeguide.search.output.answer_json import to_json
from citeguide.search.store.cluster.address import parse
from citeguide.search.store.engines import ENGINES
from citeguide.search.store.location import Place

sys.path += [str(Path(__file__).resolve().parent.parent / folder) for folder in ("tests", "tests/quality")]

from cluster_nodes import Nodes
from gate import ROOT, question_sets, rows_of, write_guides

DATA = ROOT.parent / "shared" / "data"
FIELDS = (
    "question",
    "status",
    "answer",
    "values",
    "table",
    "disagreements",
    "citations",
    "missing",
    "suggestions",
    "notes",
)
SEED = 20261129


class Asked(NamedTuple):
    """Some questions, the guides that are indexed for them, and how many of the questions are asked."""

    name: str
    rows: Sequence[dict[str, Any]]
    guides: Sequence[Path]
    most: int = 1_000_000
    alone: bool = False
    """Whether a question is asked of its own documents only, and only these are indexed."""


def asked_sets(work: Path) -> Iterator[Asked]:
    """The sets of the quality gate, then samples of the shared data."""
    for name, chosen in question_sets().items():
        rows = rows_of(chosen)
        guides = [ROOT / path for path in chosen.guides] or [write_guides(rows, work / name)]
        yield Asked(name, rows, guides, alone=not chosen.guides)
    for domain in ("coverage", "notify", "outdoors", "townhall", "tts"):
        yield _shared(f"lay/{domain}", "questions.jsonl", "docs", 60)
    yield _shared("tables", "questions.jsonl", ".", 168, alone=True)
    for letter in "bc":
        yield _shared("tables/train", f"questions-{letter}.jsonl", ".", 150, alone=True)
    for name, most in (
        ("clapnq", 144),
        ("stackfaq", 150),
        ("liveqa", 38),
        ("clapnq-answers", 150),
        ("conditionalqa", 150),
    ):
        yield _shared(f"public/{name}", "train.jsonl", "docs", most)
    for name, most in (("policyqa", 100), ("covidqa", 50), ("tatqa", 60)):
        yield _shared(f"public/{name}", "train.jsonl", "docs", most, alone=True)
    yield _shared("public/wtq", "train.jsonl", "csv", 150, alone=True)


def take(file: Path, most: int, engine: str | None = None, nodes: Nodes | None = None) -> None:
    """Ask everything and write one line a question: set, question, hash, status and answer."""
    with tempfile.TemporaryDirectory() as name, file.open("w", encoding="utf-8", newline="\n") as out:
        for number, asked in enumerate(asked_sets(Path(name))):
            folder = Path(name) / f"index-{number}"
            where = parse(f"opensearch://{nodes.hosts}/snapshot{number}") if nodes else folder
            for line in _answers(asked, where, most, engine):
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
            out.flush()
            shutil.rmtree(folder, ignore_errors=True)
            if nodes:
                nodes.ask(f"snapshot{number}-*", method="DELETE")


def compare(old: Path, new: Path) -> int:
    """Print the questions whose hashes differ; gives 1 where any does, or where the questions are not the same."""
    before, after = _read(old), _read(new)
    changed = [key for key in before.keys() & after.keys() if before[key]["hash"] != after[key]["hash"]]
    for key in sorted(changed):
        was, now = before[key], after[key]
        sys.stdout.write(f"{': '.join(key)}\n  {was['status']}: {was['answer']}\n  {now['status']}: {now['answer']}\n")
    lone = len(before.keys() ^ after.keys())
    sys.stdout.write(f"{len(before.keys() & after.keys())} compared, {len(changed)} differ, {lone} in one file only\n")
    return 1 if changed or lone else 0


def _shared(folder: str, questions: str, guides: str, most: int, *, alone: bool = False) -> Asked:
    """A fixed sample of a file of questions below the shared data."""
    lines = (DATA / folder / questions).read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    chosen = random.Random(SEED).sample(rows, min(most, len(rows)))  # noqa: S311 - a fixed sample
    return Asked(f"{folder} {questions}", chosen, [DATA / folder / guides], most, alone)


def _answers(asked: Asked, where: Place, most: int, engine: str | None) -> Iterator[dict[str, Any]]:
    rows = asked.rows[: asked.most]  # a smaller sample is asked of the same guides
    update(where, list(_guides(asked, rows)), engine=engine)
    with open_index(where) as index:
        for row in rows[:most]:
            try:
                answer = to_json(ask(row["question"], index, documents=row.get("documents", ()) if asked.alone else ()))
            except CiteguideError as error:
                answer = {"status": "error", "answer": error.message}
            kept = {name: answer.get(name) for name in FIELDS}
            kept["values"] = kept["values"] and [_first_version(value) for value in kept["values"]]
            digest = sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:16]
            line = {"set": asked.name, "question": row["question"], "documents": list(row.get("documents", ()))}
            yield line | {"hash": digest, "status": answer["status"], "answer": answer["answer"]}


def _first_version(value: dict[str, Any]) -> dict[str, Any]:
    return {name: held for name, held in value.items() if name != "period"}


def _guides(asked: Asked, rows: Iterable[dict[str, Any]]) -> Iterator[Path]:
    """What is indexed: the guides, or where questions are asked of their own documents alone only those of these."""
    if not asked.alone or any("guides" in row for row in rows):
        yield from asked.guides
        return
    for name in sorted({name for row in rows for name in row["documents"]}):
        yield from sorted(asked.guides[0].glob(name))


def _read(file: Path) -> dict[tuple[str, ...], dict[str, Any]]:
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return {(line["set"], line["question"], *line["documents"]): line for line in lines}


def main() -> int:
    """Take a snapshot, or hold two against each other."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    taking = commands.add_parser("take")
    taking.add_argument("file", type=Path)
    taking.add_argument("--engine", choices=sorted(ENGINES), help="the full-text engine")
    taking.add_argument("--cluster", action="store_true", help="three nodes of OpenSearch")
    taking.add_argument("--sample", type=int, default=1_000_000, metavar="N")
    comparing = commands.add_parser("compare")
    comparing.add_argument("files", type=Path, nargs=2)
    options = parser.parse_args()
    if options.command == "compare":
        return compare(*options.files)
    nodes = Nodes() if options.cluster else None
    try:
        if nodes:
            nodes.wait()
        take(options.file, options.sample, options.engine, nodes)
    finally:
        if nodes:
            nodes.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
