"""Writes search/lang/en/words.tsv: the words of ordinary English, and how common each is.

    python bench/build_words.py      (needs wordfreq)

What is misspelled is corrected into one of them (search/query/spelling.py). A slip that many people make is as frequent
as a rare word, so the list ends where slips begin.
"""

from __future__ import annotations

import re
from pathlib import Path

import wordfreq

OUT = Path(__file__).resolve().parent.parent / "search" / "lang" / "en" / "words.tsv"
LEAST = 3.05
"""The Zipf frequency of the rarest word listed: above "thier" and "seperate"."""


def main() -> None:
    """Choose, sort, write."""
    listed = ((word, wordfreq.zipf_frequency(word, "en")) for word in wordfreq.top_n_list("en", 100_000))
    words = sorted((w, z) for w, z in listed if z >= LEAST and re.fullmatch(r"[a-z]{3,24}", w))
    OUT.write_text("".join(f"{word}\t{zipf:.1f}\n" for word, zipf in words), encoding="ascii")


if __name__ == "__main__":
    main()
