"""What each part of search/ brings: the questions answered right with it, and with it left silent.

    python bench/layers.py [--most 30] [--indexes FOLDER] [PART...]
    python bench/layers.py --lines              lines of search/ by folder, nothing asked

Nothing is patched: the parameters are a frozen value (search/params.py), of which a copy leaves one part silent. The
others stay as they were fitted, so a part whose loss costs little may cost even less once they are fitted anew. Asked
are the sets of the quality gate and the plain questions of ../shared/data/tables, each on its own file: at most so many
of each set that the project wrote (*own*), often with a part in view, and three times as many of its planted
contradictions and agreements (*pairs*) and of others' questions over others' guides (*lay*, *public*, *sheets*). Lines
are those of the part's modules, without what it shares.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from citeguide.indexer.update import update
from citeguide.search import ask, open_index
from citeguide.search.evaluation.golden import Golden, judge
from citeguide.search.model import Status
from citeguide.search.params import PARAMS, Params
from citeguide.search.store.open import Index

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests" / "quality"))

import gate

SEED = 20261130
NOTHING = 1e-6
"""What a word counts that is to count nothing: the engine still finds it, far behind all others."""
PARTED = (("store",), ("tables",))
"""Folders whose lines are told by the folders within them."""
PAIRS = ("contradictions", "agreements")
SHEETS = gate.QuestionSet("../shared/data/tables/questions.jsonl", ("../shared/data/tables",))
GROUPS = ("own", "pairs", "lay", "public", "sheets")


class Asked(NamedTuple):
    """A question, the index that it is asked of, and which of its documents."""

    group: str
    golden: Golden
    index: Index
    documents: Sequence[str]

    def is_right(self, params: Params) -> bool:
        """Whether the answer under these parameters is right."""
        answer = ask(self.golden.question, self.index, documents=self.documents, params=params)
        if self.group == "pairs" and self.golden.kind == "not_found":
            return answer.status != Status.DISAGREEMENT
        return judge(self.golden, answer).right


class Part(NamedTuple):
    """A part of the search: its modules, and the parameters that leave it silent."""

    modules: tuple[str, ...]
    silent: Callable[[Params], Params]


def silenced(name: str) -> Callable[[Params], Params]:
    """The parameters under which the pipeline passes a part over."""
    return lambda p: p._replace(pipeline=p.pipeline._replace(silent=frozenset({name})))


def of_terms(**numbers: float) -> Callable[[Params], Params]:
    """The parameters under which some of what stands for a word counts nothing."""
    return lambda p: p._replace(terms=p.terms._replace(**numbers))


GRAMMAR = tuple(f"tables/{folder}" for folder in ("parse", "plan", "execute", "answer", "schema"))
PARTS = {
    "tables": Part(("tables",), silenced("tables")),
    "tables: grammar": Part(GRAMMAR, silenced("tables: grammar")),
    "tables: readings": Part(("tables/semantic_parsing",), silenced("tables: readings")),
    "lists": Part(("lists",), silenced("lists")),
    "conflicts": Part(("conflicts",), silenced("conflicts")),
    "asking back": Part(("reader/asking_back.py",), lambda p: p._replace(ask_back=p.ask_back._replace(margin=-1.0))),
    "spelling": Part(
        ("query/spelling.py", "text/edit_distance.py"),
        lambda p: p._replace(spelling=p.spelling._replace(shortest=99, shortest_english=99, shortest_name=99)),
    ),
    "forms of words": Part((), of_terms(form=NOTHING)),
    "families of words": Part(("query/expansion.py",), of_terms(family=NOTHING, everyday_family=NOTHING)),
    "neighbours of words": Part(("lang/thesaurus.py",), of_terms(neighbour=NOTHING)),
    "words of one root": Part((), of_terms(related=NOTHING)),
    "story of a question": Part(("query/asking.py",), of_terms(story=1.0)),
    "ordinary prose": Part(("lang/background.py",), of_terms(prose=0)),
}


def lines_of(part: Part) -> int:
    """Lines of its modules."""
    paths = (gate.ROOT / "search" / name for name in part.modules)
    files = (file for path in paths for file in ([path] if path.is_file() else path.rglob("*.py")))
    return sum(len(file.read_text("utf-8").splitlines()) for file in files)


def lines_by_folder() -> Iterator[tuple[str, int]]:
    """The folders of search/ with their lines; of the two largest those within them, each beside what lies on top."""
    counted: Counter[str] = Counter()
    for file in (gate.ROOT / "search").rglob("*.py"):
        above = file.relative_to(gate.ROOT / "search").parent.parts
        folder = "/".join(above[: 2 if above[:1] in PARTED else 1])
        counted[folder] += len(file.read_text("utf-8").splitlines())
    yield from sorted(counted.items())


def questions(held: ExitStack, folder: Path, most: int) -> Iterator[Asked]:
    """Some of every set, each with an index of its guides."""
    for name, chosen in {**gate.question_sets(), "sheets": SHEETS}.items():
        group = "pairs" if name in PAIRS else group_of(name)
        rows = gate.rows_of(chosen)
        rows = random.Random(SEED).sample(rows, min(most if group == "own" else 3 * most, len(rows)))  # noqa: S311 - questions
        index = held.enter_context(open_index(indexed(folder / name, chosen, rows)))
        for golden in gate.golden_of(rows):
            by_document = group in ("pairs", "sheets")
            yield Asked(group, golden, index, golden.documents if by_document else ())


def group_of(name: str) -> str:
    """Whose questions a set holds."""
    return (
        "sheets"
        if name == "sheets"
        else "lay"
        if name.startswith("strangers")
        else "public"
        if name == "xquad"
        else "own"
    )


def indexed(folder: Path, chosen: gate.QuestionSet, rows: Sequence[dict[str, Any]]) -> Path:
    """An index of a set's guides, made where there is none yet."""
    index = folder / "index"
    if not (index / "current").exists():
        guides = [(gate.ROOT / path).resolve() for path in chosen.guides] or [
            gate.write_guides(rows, folder / "guides")
        ]
        update(index, guides)
    return index


def main() -> None:
    """Ask everything with all parts, then without each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--most", type=int, default=30, help="questions of each own set, at most")
    parser.add_argument("--indexes", type=Path, default=Path(tempfile.gettempdir()) / "citeguide-layers")
    parser.add_argument("--lines", action="store_true", help="count lines, ask nothing")
    options = parser.parse_args()
    if options.lines:
        for folder, lines in [*lines_by_folder(), ("all", sum(lines for _, lines in lines_by_folder()))]:
            print(f"{lines:7,}  {folder or 'search/ itself'}")
        return
    with ExitStack() as held:
        asked = list(questions(held, options.indexes / str(options.most), options.most))
        sizes = Counter(each.group for each in asked)
        whole = Counter(each.group for each in asked if each.is_right(PARAMS))
        print("| without | lines | " + " | ".join(f"{group} ({sizes[group]})" for group in GROUPS) + " |")
        print("|---|---|" + "---|" * len(GROUPS))
        print("| right with all | | " + " | ".join(str(whole[group]) for group in GROUPS) + " |", flush=True)
        for name in options.parts or PARTS:
            params = PARTS[name].silent(PARAMS)
            found = Counter(each.group for each in asked if each.is_right(params))
            changes = " | ".join(f"{found[group] - whole[group]:+}" for group in GROUPS)
            print(f"| {name} | {lines_of(PARTS[name]):,} | {changes} |", flush=True)


if __name__ == "__main__":
    main()
