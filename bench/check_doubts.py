"""Whether ``citeguide check`` is believed: ``python bench/check_doubts.py [FOLDER]... [--planted N]``.

Lists every doubt about real guides (those of ../shared without folders named), to be looked at one by one, and plants
damage in good tables and texts (heads lost, rows glued together, letters garbled, a sheet without a table, a digit
lost) to see how much of it is named. Ends with status 1 where less than nine in ten of the planted damages are.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from citeguide.indexer.diagnostics.review import Reviewed, review
from citeguide.indexer.parse import parse_guide
from citeguide.indexer.update import update
from citeguide.search.store.open import open_index

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
FOLDERS = (
    *("guides", "lay/coverage/docs", "lay/notify/docs", "lay/outdoors/docs", "lay/townhall/docs", "lay/tts/docs"),
    *("tables", "wages", "html", "../seeds", "../golden/field"),
)
TOWNS = "Salem Bend Eugene Medford Corvallis Albany Ashland Newport Astoria Tigard".split()
LEAST = 0.9


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    options.add_argument("--planted", type=int, default=60)
    given = options.parse_args()
    kinds: Counter[str] = Counter()
    for found in reviewed(given.folders or [SHARED / name for name in FOLDERS]):
        for finding, piece in zip(found.findings, found.pieces, strict=True):
            if finding.kind == "doubt":
                kinds[" ".join(w for w in finding.reason.split() if w.isalpha())[:40]] += 1
                print(f"{found.document.path}:{finding.lines[0]}: {finding.reason}: {' '.join(piece.split())[:90]}")
    print(f"{kinds.total():,} doubts")
    named = planted(given.planted)
    print(f"{named} of {given.planted} planted damages are named")
    return int(named < LEAST * given.planted)


def reviewed(folders: list[Path]) -> list[Reviewed]:
    """What check says of some folders."""
    with tempfile.TemporaryDirectory() as work:
        index = Path(work, "index")
        update(index, folders, parse=parse_guide)
        with open_index(index) as opened:
            return review(opened.catalog, today=datetime.now(UTC).date())


def planted(number: int) -> int:
    """How many damaged guides are in doubt; each is alone in a folder with a good one."""
    rng = random.Random(1)  # noqa: S311 - the same guides every time
    with tempfile.TemporaryDirectory() as work:
        for n, (kind, name, data) in zip(range(number), damaged(rng), strict=False):
            Path(work, f"{n:03}-{kind}-{name}").write_bytes(data)
        found = reviewed([Path(work)])
    missed = [f.document.path for f in found if not any(each.kind == "doubt" for each in f.findings)]
    print("".join(f"not named: {path}\n" for path in sorted(missed)), end="")
    return number - len(missed)


def damaged(rng: random.Random) -> Iterator[tuple[str, str, bytes]]:
    """Kinds of damage in turn, in guides of random figures: the kind, the file's name, its bytes."""
    while True:
        for kind, (name, make) in DAMAGES.items():
            yield kind, name, make(rng)


def rows(rng: random.Random) -> list[list[str]]:
    """Towns with what is paid there."""
    towns = rng.sample(TOWNS, 8)
    return [
        [town, f"${rng.randrange(30, 60)},{rng.randrange(100, 999)}", str(rng.randrange(110, 990))] for town in towns
    ]


def page(head: list[str], body: list[list[str]], prose: str = "Wages differ from town to town.") -> bytes:
    """A page with a table."""
    drawn = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in body)
    named = "<tr>" + "".join(f"<th>{cell}</th>" for cell in head) + "</tr>" if head else ""
    return f"<h1>Pay {prose[:3]}</h1><p>{prose}</p><table>{named}{drawn}</table>".encode()


HEAD = ["Town", "Median annual pay", "Jobs"]


def _lost_head(rng: random.Random) -> bytes:
    return page([], rows(rng))


def _glued(rng: random.Random) -> bytes:
    found = rows(rng)
    return page(HEAD, [[" ".join(cells) for cells in zip(*found[n : n + 2], strict=True)] for n in range(0, 8, 2)])


def _garbled(rng: random.Random) -> bytes:
    town = rng.choice(TOWNS)
    wrong = f"The office of {town} isn’t open on Sundays; the caf\ufffd is, as it’s “public”."
    return wrong.encode().decode("cp1252", "replace").encode() + b"\n\nGr\xc3\xb6\xc3\x9fe.\n"


def _no_table(rng: random.Random) -> bytes:
    return "\n".join(f"{town} has an office" for town in rng.sample(TOWNS, 5)).encode()


def _lost_digits(rng: random.Random) -> bytes:
    found = rows(rng)
    found[3][1] = found[3][1][:3]
    return page(HEAD, found)


def _lost_link(rng: random.Random) -> bytes:
    return f"<h1>Help</h1><p>For {rng.choice(TOWNS)}, see the data from and, or visit the .</p>".encode()


DAMAGES: dict[str, tuple[str, Callable[[random.Random], bytes]]] = {
    "lost head": ("a.html", _lost_head),
    "glued rows": ("b.html", _glued),
    "garbled letters": ("c.txt", _garbled),
    "no table": ("d.csv", _no_table),
    "lost digits": ("e.html", _lost_digits),
    "lost link": ("f.html", _lost_link),
}

if __name__ == "__main__":
    sys.exit(main())
