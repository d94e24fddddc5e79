"""The quality gate: sets of questions asked of their guides, and floors below which no kind may fall.

    python tests/quality/gate.py                     measure every set, show it beside its floors
    python tests/quality/gate.py seeds xquad         only these
    python tests/quality/gate.py --update            pin what was measured, where nothing falls
    python tests/quality/gate.py --update --lower    pin it all the same

``sets.toml`` names the sets; ``floors.toml``, which this script writes, holds for each set a hash of its guides and
questions and for each kind what must be reached. ``test_gate.py`` holds the answers of today against it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from citeguide.indexer.update import update
from citeguide.search.evaluation.golden import Golden, read_golden
from citeguide.search.evaluation.scores import JudgedQuestion, figures, measure
from citeguide.search.store.open import open_index

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SETS, FLOORS = HERE / "sets.toml", HERE / "floors.toml"
HEAD = "# Written by `python tests/quality/gate.py --update`: what each kind reached when it was last pinned.\n"
AGREEMENT = "agreement"
"""A kind of our own: guides that say the same, where anything but a disagreement is right."""
KIND_OF_MATCH = {"list": "rank", "set": "filter"}
"""Table questions say instead of their kind whether the order of the numbers counts."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """One table of ``sets.toml``."""

    questions: str
    guides: tuple[str, ...] = ()
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kind: str | None = None

    @property
    def needs_shared(self) -> bool:
        """Whether it reads the test data beside the project."""
        return any(path.startswith("../shared/") for path in (self.questions, *self.guides))


@dataclass(frozen=True, slots=True)
class Floor:
    """What a kind reached; ``words`` is the median of its first quotes, where a short quote is the task."""

    asked: int
    right: int
    in_three: int
    words: int | None = None

    def holds(self, now: Floor) -> bool:
        """Whether no share of right answers fell, and quotes did not grow."""
        return (
            now.right * self.asked >= self.right * now.asked
            and now.in_three * self.asked >= self.in_three * now.asked
            and (self.words is None or (now.words is not None and now.words <= self.words))
        )


@dataclass(frozen=True, slots=True)
class Pinned:
    """The floors of one set, and the hash of the guides and questions for which they hold."""

    sha256: str
    kinds: Mapping[str, Floor]


def question_sets() -> dict[str, QuestionSet]:
    """The sets by name."""
    tables = tomllib.loads(SETS.read_text("utf-8"))
    return {name: QuestionSet(**table | {"guides": tuple(table.get("guides", ()))}) for name, table in tables.items()}


def ask_all(chosen: QuestionSet) -> list[JudgedQuestion]:
    """Index the set's guides in a folder of its own, and ask every question."""
    rows = rows_of(chosen)
    with tempfile.TemporaryDirectory() as work:
        guides = [(ROOT / path).resolve() for path in chosen.guides] or [write_guides(rows, Path(work) / "guides")]
        update(Path(work) / "index", guides)
        with open_index(Path(work) / "index") as index:
            outcomes = measure(golden_of(rows), index, by_document=not chosen.guides)
    return [_as_agreement(each) for each in outcomes] if chosen.kind == AGREEMENT else outcomes


def pinned_now(chosen: QuestionSet, outcomes: Sequence[JudgedQuestion]) -> Pinned:
    """What a set reaches today, in the form of its floors."""
    kinds = {}
    for kind, tally in figures(outcomes).kinds.items():
        passages = [each for each in outcomes if each.kind == kind == "passage"]
        kinds[kind] = Floor(**asdict(tally), words=figures(passages).words if passages else None)
    return Pinned(fingerprint(chosen), kinds)


def fingerprint(chosen: QuestionSet) -> str:
    """SHA-256 over the set's questions, and over name and bytes of each of its guides."""
    digest = sha256(json.dumps(rows_of(chosen), sort_keys=True).encode())
    for guide in chosen.guides:
        for path in sorted(_files(ROOT / guide)):
            digest.update(b"\0" + path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_floors() -> dict[str, Pinned]:
    """The floors by set."""
    return parse_floors(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}


def parse_floors(text: str) -> dict[str, Pinned]:
    """The floors that a text in the form of ``write_floors`` holds."""
    tables: dict[str, dict[str, Any]] = tomllib.loads(text)
    return {
        name: Pinned(table.pop("sha256"), {kind: Floor(**floor) for kind, floor in table.items()})
        for name, table in tables.items()
    }


def write_floors(floors: Mapping[str, Pinned]) -> str:
    """The floors as TOML: a table for each set, a line for each kind."""
    return HEAD + "".join(f"\n[{name}]\n" + "".join(_lines(pinned)) for name, pinned in floors.items())


def fallen(before: Mapping[str, Pinned], now: Mapping[str, Pinned]) -> list[str]:
    """What lies below its floor, each as a line; a kind that is no longer asked has fallen too."""
    return [
        f"{name}: {kind} fell from {_reached(floor)} to {_reached(now[name].kinds.get(kind))}"
        for name, pinned in before.items()
        if name in now
        for kind, floor in pinned.kinds.items()
        if kind not in now[name].kinds or not floor.holds(now[name].kinds[kind])
    ]


def main(arguments: Sequence[str]) -> int:
    """Measure, show, and pin where that is asked for. Gives 1 where a floor does not hold and is not lowered."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="SET")
    parser.add_argument("--update", action="store_true", help="pin what was measured")
    parser.add_argument("--lower", action="store_true", help="with --update: also what fell")
    options = parser.parse_args(arguments)
    sets, before = question_sets(), read_floors()
    now = {}
    for name in options.names or sets:
        now[name] = pinned_now(sets[name], ask_all(sets[name]))
        _show(name, now[name], before.get(name))
    problems = fallen(before, now)
    if problems and not (options.update and options.lower):
        return _say([*problems, "nothing was pinned; '--update --lower' does it all the same"])
    if options.update:
        kept = {name: pinned for name, pinned in (before | now).items() if name in sets}
        FLOORS.write_text(write_floors(kept), "utf-8", newline="\n")
    return 0


def rows_of(chosen: QuestionSet) -> list[dict[str, Any]]:
    """The set's questions as they stand in the file, each with a kind; one that expects no text is for other tests."""
    lines = (ROOT / chosen.questions).read_text("utf-8").splitlines()
    rows = [{"kind": chosen.kind, **json.loads(line)} for line in lines if line.strip()]
    wanted = (row for row in rows if row.get("quote") != [])
    return [
        row for row in wanted if all(str(row[name]).startswith(tuple(starts)) for name, starts in chosen.only.items())
    ]


def golden_of(rows: Sequence[Mapping[str, Any]]) -> list[Golden]:
    """The rows as questions that can be asked and judged."""
    return read_golden("\n".join(json.dumps(golden_row(row)) for row in rows).encode())


def golden_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row in the golden form. Guides that it carries are its documents, in the folder of its own."""
    golden = dict(row)
    if "match" in row:
        golden |= {"kind": KIND_OF_MATCH[row["match"]], "values": [float(value) for value in row["values"]]}
    if "guides" in row:
        golden |= {"quote_by_document": row.get("sides"), "documents": [f"{row['id']:03}/*"]}
    if row["kind"] == AGREEMENT:
        golden["kind"] = "not_found"
    return golden


def _as_agreement(outcome: JudgedQuestion) -> JudgedQuestion:
    right = outcome.status != "disagreement"
    return replace(outcome, kind=AGREEMENT, expected="no disagreement", right=right, in_three=right)


def write_guides(rows: Sequence[Mapping[str, Any]], folder: Path) -> Path:
    """The guides that the rows carry, those of each row in a folder of its own."""
    for row in rows:
        own = folder / f"{row['id']:03}"
        own.mkdir(parents=True)
        for name, text in row["guides"].items():
            (own / name).write_text(text, "utf-8", newline="")
    return folder


def _files(path: Path) -> Iterator[Path]:
    return (each for each in path.rglob("*") if each.is_file()) if path.is_dir() else iter([path])


def _lines(pinned: Pinned) -> Iterator[str]:
    yield f'sha256 = "{pinned.sha256}"\n'
    for kind, floor in pinned.kinds.items():
        numbers = {name: number for name, number in asdict(floor).items() if number is not None}
        yield f"{kind} = {{ {', '.join(f'{name} = {number}' for name, number in numbers.items())} }}\n"


def _show(name: str, now: Pinned, before: Pinned | None) -> None:
    state = "" if before is None or before.sha256 == now.sha256 else "  (guides or questions have changed)"
    _say([f"{name}{state}"])
    for kind, floor in now.kinds.items():
        old = before.kinds.get(kind) if before else None
        _say([f"  {kind:<14}{_reached(floor)}; floor: {_reached(old)}"])


def _reached(floor: Floor | None) -> str:
    if floor is None:
        return "none"
    words = "" if floor.words is None else f", {floor.words} words"
    return f"{floor.right} of {floor.asked} ({floor.in_three} in the first three{words})"


def _say(lines: Sequence[str]) -> int:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
