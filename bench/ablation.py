"""What each signal of ranking, reading and answerability brings: the figures with its weight at zero.

    python bench/ablation.py [--most 40] [--write]
    python bench/ablation.py --refit [SIGNAL...]

Nothing is patched: the fitted numbers are a frozen value, of which a copy with one weight at zero chooses the quotes.
For passages and sentences it counts the questions whose first quote is right; for answerability those that are right
among as many answers as are given with all signals, for a weight at zero moves the bound as well. The sets are
those of ``fit_reader.py``, at most so many questions of each; ``--write`` puts the table into docs/quality.md. A
signal is named where it gains nothing on any of the sets that the project did not write. The data is read from
../shared.

A signal whose weight is set to zero may be missed because the others were fitted beside it. ``--refit`` leaves signals
out ("sentence: markup"; by default each in turn) and fits the others again, each lay domain under weights that were
fitted without it: the signals that are named first all together, then each of them put back alone.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

from citeguide.search.fitted import Fitted, fitted
from citeguide.search.reader.answerability import RIGHT_SIGNALS
from citeguide.search.reader.sentence_signals import SENTENCE_SIGNALS
from citeguide.search.retrieval.passage_signals import PASSAGE_SIGNALS
from fit_reader import LAY, ROOT, Asked, Fitter, Read, auc, bound, cross_read, fit_right, judged, load

OWN = ("seeds", "groups", "guides")
"""Sets whose questions the project wrote itself, and its signals with them in view."""
WIDTH = 118
QUALITY = ROOT / "docs" / "quality.md"
BEGIN, END = "<!-- bench/ablation.py writes from here -->\n", "<!-- to here -->\n"


class Row(NamedTuple):
    """A signal, the stage that it is of, and by how many questions more or fewer are right without it, by group."""

    stage: str
    name: str
    change: Mapping[str, int]

    @property
    def gains(self) -> bool:
        """Whether anything is lost without it on sets that others wrote."""
        return any(change < 0 for group, change in self.change.items() if group != "own")


def group_of(name: str) -> str:
    """Whose questions a set holds: ours, lay people's, or those of public sets."""
    return "own" if name in OWN else "lay" if name.startswith("lay") else "public"


def without(weights: Mapping[str, float], name: str) -> dict[str, float]:
    """The weights with one of them at zero."""
    return {**weights, name: 0.0}


def chosen(asked: Sequence[Asked], most: int) -> list[Asked]:
    """The first questions of each set."""
    seen: Counter[str] = Counter()
    found = []
    for each in asked:
        seen[each.set] += 1
        if seen[each.set] <= most:
            found.append(each)
    return found


def first_right(read: Iterable[Read]) -> Counter[str]:
    """By group, the covered questions whose first quote is right."""
    return Counter(group_of(r.set) for r in read if r.covered and r.first)


def given_right(read: Sequence[Read], right: Mapping[str, float], given: int) -> Counter[str]:
    """By group, those that are right among so many of the likeliest answers."""
    likely = sorted(judged(read, dict(right)), key=lambda pair: -pair[1])[:given]
    return Counter(group_of(r.set) for r, _ in likely if r.covered and r.first)


def rows(asked: Sequence[Asked], numbers: Fitted) -> Iterator[Row]:
    """Each signal that counts anything, stage by stage."""
    fitter = Fitter()
    read = fitter.read(asked, numbers)
    whole = first_right(read)
    for stage, signals, weights in (
        ("passage", PASSAGE_SIGNALS, numbers.passage),
        ("sentence", SENTENCE_SIGNALS, numbers.sentence),
    ):
        for name in (signal.name for signal in signals if weights.get(signal.name)):
            altered = numbers._replace(**{stage: without(weights, name)})
            yield _row(stage, name, first_right(fitter.read(asked, altered)), whole)
    given = sum(p >= numbers.least for _, p in judged(read, dict(numbers.right)))
    whole = given_right(read, numbers.right, given)
    for name in (signal.name for signal in RIGHT_SIGNALS if numbers.right.get(signal.name)):
        yield _row("answerability", name, given_right(read, without(numbers.right, name), given), whole)


def _row(stage: str, name: str, found: Counter[str], whole: Counter[str]) -> Row:
    return Row(stage, name, {group: found[group] - whole[group] for group in ("own", "lay", "public")})


# Fitted again


class Refitted(NamedTuple):
    """What is right where signals were left out and the others fitted again."""

    first: Counter[str]
    """By group, the covered questions whose first quote is right."""
    three: int
    """Of lay domains left out, those with a right one among three quotes."""
    given: int
    """Of the same, the right ones among the answers that are given, and how well the probability tells covered ones."""
    auc: float


def refitted(asked: Sequence[Asked], fitter: Fitter, out: Collection[str]) -> Refitted:
    """The figures without some signals: lay domains under weights fitted without the domain."""
    fitter.skip = lambda stage, name: f"{stage}: {name}" in out
    keep = [f"answerability: {signal.name}" not in out for signal in RIGHT_SIGNALS]
    read = [
        r._replace(signals=tuple(v * kept for v, kept in zip(r.signals, keep, strict=True)))
        for r in cross_read(asked, fitter)
    ]
    found: list[tuple[Read, float]] = []
    for name in (f"lay-{name}" for name in LAY):
        found += judged([r for r in read if r.set == name], fit_right([r for r in read if r.set != name]))
    least = bound(found)
    covered = [(r, p) for r, p in found if r.covered]
    return Refitted(
        first_right(read),
        sum(r.three for r, _ in covered),
        sum(r.first for r, p in covered if p >= least),
        auc([p for _, p in covered], [p for r, p in found if not r.covered]),
    )


def refit(asked: Sequence[Asked], names: Sequence[str]) -> None:
    """Print what is lost without signals: all of these, and all but one; or each alone where none is named."""
    fitter = Fitter()
    every = [
        *(f"passage: {signal.name}" for signal in PASSAGE_SIGNALS),
        *(f"sentence: {signal.name}" for signal in SENTENCE_SIGNALS),
        *(f"answerability: {signal.name}" for signal in RIGHT_SIGNALS),
    ]
    if unknown := set(names) - set(every):
        raise SystemExit(f"no such signal: {', '.join(sorted(unknown))}")
    print_refitted("with all signals", refitted(asked, fitter, ()))
    if names:
        print_refitted("without all of these", refitted(asked, fitter, names))
    for name in names or every:
        out = set(names) - {name} if names else {name}
        print_refitted(f"{'with' if names else 'without'} {name}", refitted(asked, fitter, out))


def print_refitted(what: str, found: Refitted) -> None:
    """One line of figures."""
    first = ", ".join(f"{group} {found.first[group]}" for group in ("own", "lay", "public"))
    print(f"{what}: first right {first}; lay three {found.three}, given {found.given}, auc {found.auc:.3f}", flush=True)


# Told


def table(found: Sequence[Row], sizes: Mapping[str, int]) -> str:
    """The rows as Markdown, those whose loss costs most first, and the signals that gain nothing."""
    head = " | ".join(f"{group} ({sizes[group]})" for group in ("own", "lay", "public"))
    lines = [f"| without | of | {head} |", "|---|---|---|---|---|"]
    lines += [
        f"| {row.name} | {row.stage} | {' | '.join(f'{n:+}' for n in row.change.values())} |"
        for row in sorted(found, key=lambda row: (row.stage, sum(row.change.values()), row.name))
    ]
    idle = [f"{row.name} ({row.stage})" for row in found if not row.gains]
    said = f"Without loss on others' questions: {', '.join(idle)}." if idle else "None is without use to others."
    said = fill(said, WIDTH, break_on_hyphens=False)
    return "\n".join([*lines, "", said]) + "\n"


def write(text: str) -> None:
    """Put the table between its marks in docs/quality.md."""
    page = QUALITY.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    QUALITY.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def main() -> None:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--indexes", type=Path, default=Path(tempfile.gettempdir()) / "citeguide-fit")
    parser.add_argument("--most", type=int, default=40, help="questions of each set, at most")
    parser.add_argument("--write", action="store_true", help="write the table into docs/quality.md")
    parser.add_argument("--refit", nargs="*", metavar="SIGNAL", help="leave these out and fit the others again")
    options = parser.parse_args()
    with ExitStack() as held:
        if options.refit is not None:
            refit(load(held, options.indexes / "lexical", None), options.refit)
            return
        asked = chosen(load(held, options.indexes / "lexical", None), options.most)
        found = list(rows(asked, fitted()))
    sizes = Counter(group_of(a.set) for a in asked if a.golden["kind"] != "not_found")
    text = table(found, sizes)
    print(text)
    if options.write:
        write(text)


if __name__ == "__main__":
    main()
