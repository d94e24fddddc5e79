"""What an index on an OpenSearch cluster costs: copying it there, its size, and questions to it, beside the folder's.

    python bench/cluster_speed.py [--passages 1300] [--questions 100] [--jit]
    python bench/cluster_speed.py --index FOLDER --jit [--ask-at 21:35]

With ``--index`` an index that is there already is moved, whatever it holds; ``--ask-at`` lets it wait with the
questions until the machine has nothing else to do.

Three nodes on loopback (``tests/cluster_nodes.py``), passages and questions of ``bench/peers.py``. Prints how many
passages and parts a second were taken in, CPU seconds of the writer and of the nodes, bytes on the nodes' disks and
memory; then what a whole answer takes in an open index: CPU of the asker, CPU of the nodes, time by the clock (p50,
p99) and requests. Without ``--jit`` the nodes run with the quick compiler alone: no measure of a server's speed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime
from datetime import time as clock_time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from citeguide.indexer.storage.copying import copy_index
from citeguide.indexer.update import update
from citeguide.search import ask, open_index
from citeguide.search.store.cluster.address import parse
from citeguide.search.store.cluster.client import Cluster
from citeguide.search.store.open import Index, verify_files
from cluster_nodes import Nodes
from peers import passages, questions


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--passages", type=int, default=1_300)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--index", type=Path, help="move this one")
    parser.add_argument("--ask-at", help="a time of today, HH:MM, to ask at")
    parser.add_argument("--jit", action="store_true", help="let the nodes compile as servers do")
    options = parser.parse_args()
    nodes = Nodes(jit=options.jit, heap="512m")
    try:
        nodes.wait()
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), nodes, options)
    finally:
        nodes.stop()


def measure(folder: Path, nodes: Nodes, options: argparse.Namespace) -> None:
    """Make an index, move it, ask both."""
    index = options.index or made(folder, options.passages)
    address = parse(f"opensearch://{nodes.hosts}/speed")
    began, cpu, served = time.perf_counter(), time.process_time(), nodes.cpu()
    copied = copy_index(index, address, progress=lambda *_: None)
    seconds = time.perf_counter() - began
    sent = sum(copied.manifest.files[kind].size for kind in ("parts", "passages"))
    count = copied.manifest.files["passages"].size
    say(f"{count:,} passages, {sent:,} documents: {sent / seconds:,.0f} a second by the clock")
    say(f"CPU of the writer {time.process_time() - cpu:.1f} s, of the nodes {nodes.cpu() - served:.1f} s")
    on_disk = sum(path.stat().st_size for path in max(index.glob("generation-*")).iterdir())
    stats = nodes.ask("speed-*/_stats/store")["_all"]
    say(f"folder {on_disk / 1e6:.1f} MB; cluster {stats['primaries']['store']['size_in_bytes'] / 1e6:.1f} MB a copy")
    say(f"memory of a node {nodes.memory() / 2**20:,.0f} MB")
    verify_files(address)
    for name, place in (("folder", index), ("cluster", address)):
        with open_index(place) as opened:
            rows = sum(count for _, _, count in opened.catalog.table_sizes())
            held = sum(opened.catalog.counts("passages").values())
            say(f"{name}: {held:,} passages, rows included, {rows:,} rows, {len(opened.catalog.documents()):,} guides")
    if options.ask_at:
        now = datetime.now().astimezone()
        begin = datetime.combine(now.date(), clock_time.fromisoformat(options.ask_at), now.tzinfo)
        time.sleep(max(0.0, (begin - now).total_seconds()))
    texts = [str(each["q"]) for each in questions(options.passages, options.questions)]
    with open_index(index) as one, open_index(address) as other:
        for name, opened in (("folder", one), ("cluster", other)):
            asked(name, opened, texts, nodes)
        differing = sum(ask(q, one).answer != ask(q, other).answer for q in texts)
    say(f"{differing} of {len(texts)} answers differ")


def made(folder: Path, count: int) -> Path:
    """An index of so many guides of one passage."""
    guides, index = folder / "guides", folder / "index"
    guides.mkdir()
    for passage in passages(count):
        (guides / f"{passage.number}.md").write_text(f"# {passage.title}\n\n{passage.text}\n", "utf-8")
    update(index, [guides])
    return index


def asked(name: str, index: Index, texts: list[str], nodes: Nodes) -> None:
    """Ask each question once, after one for everything that is learned once."""
    ask(texts[0], index)
    cluster = getattr(index.engine.engine, "_cluster", None)
    clock, cpu, trips, served = list[float](), list[float](), Counter[int](), nodes.cpu()
    for question in texts:
        before = cluster.trips if isinstance(cluster, Cluster) else 0
        began, used = time.perf_counter(), time.process_time()
        ask(question, index)
        clock.append(time.perf_counter() - began)
        cpu.append(time.process_time() - used)
        trips[cluster.trips - before if isinstance(cluster, Cluster) else 0] += 1
    say(f"{name}: CPU {spread(cpu)}, clock {spread(clock)}, nodes {(nodes.cpu() - served) / len(texts) * 1e3:.1f} ms")
    say(f"{name}: questions by requests {dict(sorted(trips.items()))}")


def spread(seconds: list[float]) -> str:
    """The median and the 99th percentile."""
    return f"p50 {statistics.median(seconds) * 1e3:.0f} ms p99 {statistics.quantiles(seconds, n=100)[98] * 1e3:.0f} ms"


def say(line: str) -> None:
    """One line of the result."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
