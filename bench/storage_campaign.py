"""Attacks on the index folder: kills, power cuts, write errors and damage; what is lost or wrong is counted.

    python bench/storage_campaign.py --kills 1000 --cuts 500 --errors 300 --damages 1500 --large 500

Each attack begins with an index that was acknowledged (OLD) and an update to another text (NEW). Afterwards the index
must answer OLD or NEW, whole; a further update must give NEW; damage must be found, or be harmless to what is answered.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from errno import EIO, ENOSPC
from pathlib import Path

from citeguide.indexer.parse import parse_guide
from citeguide.indexer.update import update
from citeguide.search.errors import IndexBrokenError
from citeguide.search.store.open import open_index
from citeguide.search.store.seal_key import SEAL_KEY_FILE as SEAL_KEY
from citeguide.search.store.seal_key import readable_key
from syscalls import run

OLD, NEW = "The old guide speaks of zebras.", "The new guide speaks of lions."


class Bed:
    """A folder with an acknowledged index, copied anew for every attack."""

    def __init__(self, folder: Path, guides: int = 3) -> None:
        self.folder, self.pristine, self.index = folder, folder / "pristine", folder / "index"
        self.guide = folder / "guides" / "a.txt"
        self.guide.parent.mkdir()
        self.guide.write_text(f"{OLD}\n")
        for number in range(1, guides):
            (self.guide.parent / f"{number}.txt").write_text(f"Guide {number} speaks of something else.\n")
        update(self.pristine, [self.guide.parent], parse=parse_guide)

    def reset(self) -> None:
        """OLD is in force, NEW is what the guide says."""
        shutil.rmtree(self.index, ignore_errors=True)
        shutil.copytree(self.pristine, self.index)
        self.guide.write_text(f"{NEW}\n")

    def update(self) -> None:
        update(self.index, parse=parse_guide)

    def said(self) -> str:
        """What the index gives for the guide, from the engine to the text; "broken" where it says that it is."""
        try:
            with open_index(self.index) as opened:
                hits = opened.engine.rank({"zebra": 1.0, "lion": 1.0}, 10)
                texts = [passage.text for passage in opened.catalog.passages(hit.passage for hit in hits)]
                whole = [opened.catalog.text(document.id).strip() for document in opened.catalog.documents()]
                return texts[0] if len(texts) == 1 and texts[0] in whole else f"wrong: {texts}"
        except IndexBrokenError:
            return "broken"


def kills(bed: Bed, count: int, rng: random.Random) -> Counter[str]:
    """Every call once, then calls at random; each second attack kills the update that mends as well."""
    bed.reset()
    calls, _ = run(bed.update, 0, "count")
    found: Counter[str] = Counter({"calls": calls})
    for number in range(count):
        bed.reset()
        run(bed.update, number + 1 if number < calls else rng.randint(1, calls), "kill")
        found[_judged(bed)] += 1
        if number % 2:
            run(bed.update, rng.randint(1, calls), "kill")
            found[_judged(bed)] += 1
        found[_mended(bed)] += 1
    return found


def errors(bed: Bed, count: int, rng: random.Random) -> Counter[str]:
    """A full or failing disk at a call, once and for ever."""
    bed.reset()
    calls, _ = run(bed.update, 0, "count")
    found: Counter[str] = Counter({"calls": calls})
    for number in range(count):
        bed.reset()
        do = "once" if number % 2 else "for ever"
        _, ended = run(bed.update, rng.randint(1, calls), do, rng.choice([ENOSPC, EIO]))  # type: ignore[arg-type]
        found[{0: "went on", 1: "error of ours"}.get(ended, f"LOST: ended {ended}")] += 1
        found[_judged(bed)] += 1
        found[_mended(bed)] += 1
    return found


def _judged(bed: Bed) -> str:
    said = bed.said()
    return {OLD: "old", NEW: "new"}.get(said, f"LOST: {said}")


def _mended(bed: Bed) -> str:
    bed.update()
    left = [path.name for path in bed.index.iterdir() if path.is_dir()]
    return "mended" if bed.said() == NEW and len(left) == 1 else f"LOST: not mended, {left}"


# Power cuts: what was not brought to disk may be there or not


class Journal:
    """What an update does to names, and what of it was brought to disk, in order."""

    def __init__(self, root: Path) -> None:
        self.root, self.steps = root, list[tuple[str, ...]]()

    @contextmanager
    def recording(self) -> Iterator[None]:
        real_sync = os.fsync

        def fsync(descriptor: int) -> None:
            real_sync(descriptor)
            place = Path(f"/proc/self/fd/{descriptor}").readlink()
            self._add("sync", place)

        with ExitStack() as held:
            os.fsync = fsync  # type: ignore[assignment]
            held.callback(setattr, os, "fsync", real_sync)
            for name in ("rename", "replace", "link", "mkdir", "unlink", "rmdir", "remove"):
                held.enter_context(self._patched(name))
            yield

    @contextmanager
    def _patched(self, name: str) -> Iterator[None]:
        real: Callable[..., object] = getattr(os, name)

        def call(*paths: object, **options: object) -> object:
            folder = options.get("dir_fd")
            above = Path() if folder is None else Path(f"/proc/self/fd/{folder}").readlink()
            result = real(*paths, **options)
            self._add(name, *[above / os.fsdecode(path) for path in paths if isinstance(path, str | bytes | Path)])
            return result

        setattr(os, name, call)
        try:
            yield
        finally:
            setattr(os, name, real)

    def _add(self, what: str, *paths: Path) -> None:
        """To be followed by a look at the folder."""
        self.steps.append((what, *(str(p) for p in paths)))


def cuts(bed: Bed, count: int, rng: random.Random) -> Counter[str]:
    """The state after a cut at any step: of what was not synced each change of names, and each content, may be lost.

    Two fifths are strictly reordered: any of the lost changes may be there while earlier ones are not.
    """
    found: Counter[str] = Counter()
    states = [(step, rng.random() < 0.4) for step in range(count)]
    bed.reset()
    before = _tree(bed.index)
    journal = Journal(bed.index)
    snapshots: list[dict[str, bytes | None]] = []
    add = journal._add

    def adding(what: str, *paths: Path) -> None:
        if all(path.is_relative_to(bed.index) for path in paths):
            add(what, *paths)
            snapshots.append(_tree(bed.index))

    journal._add = adding  # type: ignore[method-assign]
    with journal.recording():
        bed.update()
    found["steps"] = len(snapshots)
    for number, strictly in states:
        at = number % len(snapshots) if number < len(snapshots) else rng.randrange(len(snapshots))
        _restore(
            bed.index, _after_a_cut(before, snapshots[: at + 1], journal.steps[: at + 1], bed.index, strictly, rng)
        )
        bed.guide.write_text(f"{NEW}\n")
        found["strictly reordered" if strictly else "ordered"] += 1
        judged, after_the_swap = _judged(bed), journal.steps[_swap(journal.steps) : at + 1]
        synced = ("sync", str(bed.index)) in after_the_swap
        found[f"LOST: {judged} after the swap was synced" if synced and judged != "new" else judged] += 1
        found[_mended(bed)] += 1
    return found


def _swap(steps: list[tuple[str, ...]]) -> int:
    return next(n for n, step in enumerate(steps) if step[-1].endswith("/current"))


def _tree(root: Path) -> dict[str, bytes | None]:
    """Every name below a folder: a file's bytes, None for a folder."""
    return {
        str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in sorted(root.rglob("*"))
    }


def _after_a_cut(
    before: dict[str, bytes | None],
    snapshots: list[dict[str, bytes | None]],
    steps: list[tuple[str, ...]],
    root: Path,
    strictly: bool,
    rng: random.Random,
) -> dict[str, bytes | None]:
    """Names change folder by folder: each folder is as at its last sync, or as at a later step.

    Ordered, all folders are as at one step; strictly reordered, each name is as at a step of its own.
    """
    synced: dict[str, int] = {}
    for number, (what, *paths) in enumerate(steps):
        if what == "sync":
            synced[paths[0]] = number
        elif what in ("rename", "replace") and paths[0] in synced:
            synced[paths[1]] = number  # what was synced in a folder stays so under its new name
    latest = len(snapshots)
    cut = rng.randint(0, latest)
    names = {name for state in (before, *snapshots) for name in state}
    state: dict[str, bytes | None] = {}
    for name in sorted(names):
        folder = str(Path(root, name).parent)
        least = synced.get(folder, -1) + 1
        step = rng.randint(least, latest) if strictly else max(least, cut)
        seen = before if step == 0 else snapshots[step - 1]
        parent = str(Path(name).parent)
        if name not in seen or (parent != "." and parent not in state):
            continue
        content = seen[name]
        own = any(step[0] == "sync" and step[1].endswith(f"/{Path(name).name}") for step in steps)
        if content is not None and not own and before.get(name) != content and content not in before.values():
            content = rng.choice([content, content[: rng.randint(0, len(content))], bytes(len(content)), b""])
        state[name] = content
    return state


def _restore(root: Path, state: dict[str, bytes | None]) -> None:
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for name, content in sorted(state.items()):
        if content is None:
            (root / name).mkdir(parents=True, exist_ok=True)
        else:
            (root / name).write_bytes(content)


# Damage


def damages(bed: Bed, count: int, rng: random.Random) -> Counter[str]:
    """A file cut, emptied, lengthened, deleted, or with some of its bytes changed, its times set back."""
    found: Counter[str] = Counter()
    bed.reset()
    for _ in range(count):
        files = sorted(
            path for path in bed.index.rglob("*") if path.is_file() and path.name not in ("lock", "verified")
        )
        path = rng.choice(files)
        kept, times = path.read_bytes(), path.stat()
        _damage(path, kept, rng)
        if path.exists():
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        said = bed.said()
        if path.name == SEAL_KEY and said == OLD and readable_key(bed.index) is None:
            said = "broken"  # as a key: it is none, which no answer rests on
        found["found" if said == "broken" else "harmless" if said == OLD else f"UNDETECTED: {path.name}: {said}"] += 1
        if path.name != "current" and said != "broken":
            found[f"UNDETECTED: {path.name}"] += 1
        path.write_bytes(kept)
    return found


def _damage(path: Path, kept: bytes, rng: random.Random) -> None:
    how = rng.choice(["flip", "flip", "flip", "cut", "empty", "lengthen", "delete", "zeros"])
    if how == "delete":
        path.unlink()
    elif how == "cut" and len(kept) > 1:
        os.truncate(path, rng.randrange(len(kept)))
    elif how == "empty" and kept:
        os.truncate(path, 0)
    elif how == "lengthen" or not kept:
        with path.open("ab") as file:
            file.write(rng.randbytes(rng.randint(1, 20)))
    else:
        start = rng.randrange(len(kept))
        length = 1 if how == "flip" else min(512, len(kept) - start)
        changed = bytes(b ^ (1 << rng.randrange(8)) for b in kept[start : start + length])
        with path.open("r+b") as file:
            file.seek(start)
            file.write(changed)


def large(folder: Path, count: int, rng: random.Random) -> Counter[str]:
    """Bytes changed in an index of over 100 MB, of which most are in files that are not hashed at every opening."""
    (folder / "large").mkdir()
    for number in range(10):
        rows = "\n".join(f"Row {n} of {number},{n % 997},{rng.randbytes(600).hex()}" for n in range(3_000))
        (folder / "large" / f"{number}.csv").write_text(f"Name,Count,Remarks\n{rows}\n")
    index = folder / "large-index"
    update(index, [folder / "large"])
    files = [path for path in index.glob("generation-*/*") if path.stat().st_size]
    found: Counter[str] = Counter({"MB": sum(path.stat().st_size for path in files) >> 20})
    for _ in range(count):
        (path,) = rng.choices(files, [file.stat().st_size for file in files])
        place, times = rng.randrange(path.stat().st_size), path.stat()
        with path.open("r+b") as file:
            file.seek(place)
            byte = file.read(1)[0]
            file.seek(place)
            file.write(bytes([byte ^ (1 << rng.randrange(8))]))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        try:
            with open_index(index):
                found[f"UNDETECTED: {path.name}"] += 1
        except IndexBrokenError:
            found["found"] += 1
        with path.open("r+b") as file:
            file.seek(place)
            file.write(bytes([byte]))
    return found


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    for name in ("kills", "errors", "cuts", "damages", "large"):
        options.add_argument(f"--{name}", type=int, default=0)
    chosen, rng, failed = options.parse_args(), random.Random(7), False  # noqa: S311 - places to attack, no secrets
    for name, attack in {"kills": kills, "errors": errors, "cuts": cuts, "damages": damages, "large": large}.items():
        if (count := getattr(chosen, name)) == 0:
            continue
        with tempfile.TemporaryDirectory() as folder:
            began = time.process_time()
            bed = Bed(Path(folder))
            found = large(Path(folder), count, rng) if attack is large else attack(bed, count, rng)  # type: ignore[operator]
        print(
            f"{name} {count}: {dict(sorted(found.items()))} ({time.process_time() - began:.0f} s of computing)",
            flush=True,
        )
        failed |= any(what.startswith(("LOST", "UNDETECTED")) for what in found)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
