"""Sentences: where they begin and end, and that they tile any text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from citeguide.search.text.sentence_splitter import lines, sentences
from hypothesis import given
from hypothesis import strategies as st

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
]
PIECES = st.sampled_from(
    [*"aB1.!?…。\"')]([\n\t •-:", "\n\n", "Dr", "U.S", "e.g", "No", " The ", "[12]", "2.5", "\u00a0"]
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_sentences_end_where_a_reader_ends_them(case: dict[str, object]) -> None:
    """Each text falls into the sentences that a reader sees."""
    text = str(case["text"])
    assert [text[start:end] for start, end in sentences(text)] == case["sentences"]


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_sentences_and_lines_tile_the_text(text: str) -> None:
    """They stand in order, never overlap, have no blank ends, and leave nothing but blanks between them."""
    for spans in (sentences(text), lines(text)):
        at = 0
        for start, end in spans:
            assert at <= start < end
            assert not text[at:start].strip()
            assert text[start:end] == text[start:end].strip()
            at = end
        assert not text[at:].strip()


@pytest.mark.parametrize("unit", ["." * 7 + "a", "\n ", "? ", "[1]", "a.b", '."', "Dr. ", "\n- "])
def test_hostile_runs_take_linear_time(unit: str) -> None:
    """A fifth of a million code points of what a pattern might stumble on are cut within seconds."""
    text = (unit * (200_000 // len(unit)))[:200_000]
    began = time.process_time()
    sentences(text)
    assert time.process_time() - began < 10
