"""Writes search/lang/background.py: how common words are in ordinary prose, from the 21,000 passages of ../shared.

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
TABLE = ROOT / "search" / "background.py"
LEAST = 50
"""Passages that must hold a stem for it to be told from a rare one."""
HEAD = '''"""How common words are in ordinary prose: a few guides are too little text to tell.

Counted in 21,000 passages of an encyclopaedia and written by bench/background.py; change that script, not this file.
"""

from __future__ import annotations

RARE = {rare}
"""What a stem that is not listed stands for."""
STEMS = {{
{levels}}}  # fmt: skip
"""Stems by how rare they are: the logarithm of one in so many passages, in half units."""


def rarity(stem: str) -> float:
    """The logarithm of one in how many passages of ordinary prose a stem stands in (natural logarithm)."""
    return _RARITY.get(stem, RARE)


_RARITY = {{stem: level for level, stems in STEMS.items() for stem in stems.split()}}
'''


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
    rare = round(2 * math.log(len(passages) / LEAST)) / 2 + 0.5
    written = "".join(f"    {level}: (\n{_lines(sorted(levels[level]))}    ),\n" for level in sorted(levels))
    TABLE.write_text(HEAD.format(rare=rare, levels=written), encoding="utf-8")


def _lines(stems: list[str]) -> str:
    return "".join(f'        "{line} "\n' for line in textwrap.wrap(" ".join(stems), 108))


if __name__ == "__main__":
    main()
