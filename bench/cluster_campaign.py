"""Nodes of a real OpenSearch cluster are killed, frozen and filled up under updates and questions: nothing may be lost.

    python bench/cluster_campaign.py [--kills 20] [--asked 20] [--freezes 3] [--full 1] [--seed 1]

Three nodes on loopback (``tests/cluster_nodes.py``). In a round of ``--kills`` one node dies by SIGKILL at a random
moment of an update; of ``--asked`` while questions are asked; ``--freezes`` stops one for 20 seconds under questions
and an update; ``--full`` leaves one node no room on its disk during an update (as root only). After each the generation
in force must be the old one or the new one, every part and passage of it there, and every answer that was given must be
the one of its generation. Ends with 1 where anything was lost or wrong.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from citeguide.indexer.report import Report
from citeguide.indexer.update import update
from citeguide.search import ask, open_index
from citeguide.search.errors import CiteguideError
from citeguide.search.store.cluster.address import parse
from citeguide.search.store.open import verify_files
from cluster_nodes import Nodes

GUIDES, SECTIONS = 40, 60
QUESTION = "What does pass 7 of line 3 cost?"
FROZEN = 20.0


class Campaign:
    """One cluster, some guides whose every price changes with each edition, and what came of the rounds."""

    def __init__(self, folder: Path, chance: random.Random, nodes: Nodes) -> None:
        self.nodes = nodes
        self._folder = folder
        self._chance = chance
        self._address = parse(f"opensearch://{nodes.hosts}/campaign")
        self._edition = 0
        self.outcomes: Counter[str] = Counter()
        self.slowest = 0.0
        self.write()
        update(self._address, [folder])
        self.in_force = self._edition

    def write(self) -> None:
        """The next edition of every guide."""
        self._edition += 1
        for line in range(GUIDES):
            parts = (
                f"## Pass {n}\n\nPass {n} of line {line} costs {self.price(n)} dollars.\n" for n in range(SECTIONS)
            )
            (self._folder / f"line{line}.md").write_text(f"# Line {line}\n\n" + "\n".join(parts), "utf-8")

    def price(self, number: int) -> int:
        """What a pass costs in the edition that was written last."""
        return 100 * self._edition + number

    def round(self, name: str, harm: Callable[[int], None], mend: Callable[[int], None], *, asking: bool) -> None:
        """Update, or ask, while harm is done to a node; then see what is there."""
        victim = self._chance.randrange(3)
        over = threading.Event()
        threads = [threading.Thread(target=self._ask_on, args=(over, name))] if asking else []
        if not asking or "frozen" in name:
            self.write()
            threads.append(threading.Thread(target=self._update, args=(name,)))
        for thread in threads:
            thread.start()
        time.sleep(self._chance.uniform(0.0, 4.0))
        harm(victim)
        if asking:
            time.sleep(8)
            over.set()
        for thread in threads:
            thread.join()
        self._look(name)
        mend(victim)
        self.nodes.wait("green")
        self._look(name)
        sys.stdout.write(f"{name}, node {victim}: done\n")
        sys.stdout.flush()

    def _update(self, name: str) -> None:
        try:
            found: Report = update(self._address)
            self.in_force = self._edition
            self.outcomes[f"{name}: updates done"] += 1
            if found.failed:
                self.outcomes[f"{name}: WRONG, guides not read"] += 1
        except CiteguideError as error:
            self.outcomes[f"{name}: updates that failed, each in one line"] += 1
            sys.stdout.write(f"  {error.line()}\n")

    def _ask_on(self, over: threading.Event, name: str) -> None:
        while not over.is_set():
            began = time.monotonic()
            try:
                with open_index(self._address) as index:
                    said = str(ask(QUESTION, index).answer)
                right = any(f"{100 * edition + 7} dollars" in said for edition in (self.in_force, self._edition))
                self.outcomes[f"{name}: {'questions answered' if right else 'WRONG answers'}"] += 1
            except CiteguideError:
                self.outcomes[f"{name}: questions that failed, each in one line"] += 1
            self.slowest = max(self.slowest, time.monotonic() - began)

    def _look(self, name: str) -> None:
        """The generation in force is whole, and is the one that it should be."""
        for _ in range(30):
            try:
                verify_files(self._address)
                with open_index(self._address) as index:
                    said = str(ask(QUESTION, index).answer)
                break
            except CiteguideError as error:
                last = error
                time.sleep(2)
        else:
            self.outcomes[f"{name}: LOST ({last.message})"] += 1
            return
        is_right = f"{100 * self.in_force + 7} dollars" in said
        self.outcomes[f"{name}: {'looks that found all' if is_right else 'WRONG generation'}"] += 1


def main() -> int:
    """Run the rounds and print what came of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    for name, often in (("kills", 20), ("asked", 20), ("freezes", 3), ("full", 1), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=often)
    options = parser.parse_args()
    disk = Disk() if options.full and os.geteuid() == 0 else None
    nodes = Nodes(settings=SETTINGS, disks={2: disk.folder} if disk else {})
    try:
        nodes.wait()
        with tempfile.TemporaryDirectory() as folder:
            campaign = Campaign(Path(folder), random.Random(options.seed), nodes)  # noqa: S311 - the same in every run
            rounds(campaign, options, disk)
    finally:
        nodes.stop()
        if disk:
            disk.remove()
    for outcome, often in sorted(campaign.outcomes.items()):
        sys.stdout.write(f"{often:>6} {outcome}\n")
    sys.stdout.write(f"{campaign.slowest:6.1f} s took the slowest question\n")
    return int(any(word in outcome for outcome in campaign.outcomes for word in ("WRONG", "LOST")))


def rounds(campaign: Campaign, options: argparse.Namespace, disk: Disk | None) -> None:
    """All rounds, one kind after the other."""
    nodes = campaign.nodes

    def kill(victim: int) -> None:
        nodes.signal(victim, signal.SIGKILL)

    def freeze(victim: int) -> None:
        nodes.signal(victim, signal.SIGSTOP)
        threading.Timer(FROZEN, nodes.signal, (victim, signal.SIGCONT)).start()

    for _ in range(options.kills):
        campaign.round("killed while written", kill, nodes.start, asking=False)
    for _ in range(options.asked):
        campaign.round("killed while asked", kill, nodes.start, asking=True)
    for _ in range(options.freezes):
        campaign.round("frozen", freeze, lambda _: time.sleep(FROZEN), asking=True)
    for _ in range(options.full if disk else 0):
        assert disk is not None
        campaign.round("disk full", lambda _: disk.fill(), lambda _: disk.free(), asking=False)


class Disk:
    """A small file system in memory for one node, and a file that leaves no room on it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="citeguide-disk-"))
        subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", str(self.folder)], check=True)

    def fill(self) -> None:
        """Leave no room."""
        try:
            with (self.folder / "ballast").open("wb", buffering=0) as file:
                while file.write(bytes(2**20)):
                    pass
        except OSError:
            pass

    def free(self) -> None:
        """Let there be room again."""
        (self.folder / "ballast").unlink(missing_ok=True)

    def remove(self) -> None:
        """Unmount it."""
        subprocess.run(["/bin/umount", str(self.folder)], check=True)
        self.folder.rmdir()


SETTINGS = (
    "cluster.routing.allocation.disk.watermark.low: 40mb",
    "cluster.routing.allocation.disk.watermark.high: 20mb",
    "cluster.routing.allocation.disk.watermark.flood_stage: 10mb",
    "cluster.info.update.interval: 10s",
)

if __name__ == "__main__":
    sys.exit(main())
