"""How long saved web pages take to read: ``python bench/saved_pages.py [--pages 1000]``.

The pages of ../shared/data/html and data/guides, each as often as it takes; prints seconds of CPU for reading alone
(``parse_guide``), and seconds of CPU, all processes together, and by the clock for ``citeguide index --lexical`` over
as many files. Ends with status 1 where reading takes more than 20 seconds for a thousand.
"""

from __future__ import annotations

import argparse
import gc
import resource
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from citeguide.indexer.parse import parse_guide

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
PROGRAM = "from citeguide.search.cli.main import main; main()"
MOST = 0.020
"""Seconds for each page."""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=1000)
    number: int = options.parse_args().pages
    files = [*sorted(SHARED.glob("html/*/source.html")), *sorted(SHARED.glob("guides/*.html"))]
    pages = [file.read_bytes() for file in files]
    size = sum(map(len, islice(cycle(pages), number))) / number
    print(f"{number:,} pages, {len(pages)} different ones, of {size / 1000:.0f} KB")
    gc.set_threshold(50_000)  # as in the process that reads
    start = time.process_time()
    for page in islice(cycle(pages), number):
        parse_guide(page, "page.html")
    reading = time.process_time() - start
    computed, waited = indexed(pages, number)
    print(f"read in {reading:.1f} s of CPU, indexed in {computed:.1f} s of CPU, {waited:.1f} s by the clock")
    return int(reading > MOST * number)


def indexed(pages: list[bytes], number: int) -> tuple[float, float]:
    """Seconds of CPU of the program with all processes that it starts, and by the clock; the pages' titles differ."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work, "pages")
        folder.mkdir()
        for n, page in enumerate(islice(cycle(pages), number)):
            (folder / f"{n:05}.html").write_bytes(page.replace(b"</title>", f" {n}</title>".encode(), 1))
        command = [sys.executable, "-c", PROGRAM, "index", "--lexical", "--index", f"{work}/index", str(folder)]
        start = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        waited = time.monotonic() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime, waited


if __name__ == "__main__":
    sys.exit(main())
