"""Writes search/lang/en/prose_idf.txt: how common words are in ordinary prose, from the 21,000 passages of ../shared.

python bench/background.py
"""

from __future__ import annotations

import gzip
import json
import math
import textwrap
from collections import Counter, defaultdict
from pathlib import Path

from citeguide.search.text.tokenizer import index_stems

ROOT = Path(__file__).resolve().parent.parent
PASSAGES = ROOT.parent / "shared" / "data" / "wiki21k.passages.jsonl.gz"
TABLE = ROOT / "search" / "lang" / "en" / "prose_idf.txt"
LEAST = 50
"""Passages that must hold a stem for it to be told from a rare one."""
HEAD = """\
# How common words are in ordinary prose: stems by the logarithm of one in so many passages, in half units.
# Counted in 21,000 passages of an encyclopaedia and written by bench/background.py; change that script, not this file.
"""


def main() -> None:
    """Count, and write the table."""
    holding: Counter[str] = Counter()
    with gzip.open(PASSAGES, "rt", encoding="utf-8") as lines:
        passages = [set(index_stems(f"{record['title']}\n{record['text']}")) for record in map(json.loads, lines)]
    for stems in passages:
        holding.update(stems)
    levels: dict[float, list[str]] = defaultdict(list)
    for stem, count in holding.items():
        if count >= LEAST and stem.isascii() and stem.isalpha():
            levels[round(2 * math.log(len(passages) / count)) / 2].append(stem)
    written = "".join(
        f"\n[{level}]\n{textwrap.fill(' '.join(sorted(levels[level])), 118)}\n" for level in sorted(levels)
    )
    TABLE.write_text(HEAD + written, encoding="utf-8")


if __name__ == "__main__":
    main()
