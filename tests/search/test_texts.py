"""A guide's text is packed in the catalog and stands there once; what was never packed so is a broken index."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import pytest
from citeguide.search.errors import IndexBrokenError
from citeguide.search.store.texts import MOST_PIECE_BYTES, Texts, packed, unpacked
from hypothesis import given
from hypothesis import strategies as st
from indexed import opened


@given(st.text(max_size=2_000))
def test_a_piece_is_read_as_it_was_written(text: str) -> None:
    assert unpacked(packed(text)) == text


@pytest.mark.parametrize(
    "piece",
    [
        b"", b"not packed", 5, None, os.urandom(100),
        zlib.compress(bytes(MOST_PIECE_BYTES + 1), wbits=-15), zlib.compress(b"half of a text" * 9, wbits=-15)[:-4],
        zlib.compress(b"\xff\xfe", wbits=-15),
    ],
    ids=["nothing", "other bytes", "a number", "null", "noise", "a bomb", "cut", "no UTF-8"],
)  # fmt: skip
def test_what_was_never_packed_is_a_broken_index(piece: object) -> None:
    with pytest.raises(IndexBrokenError, match="damaged text"):
        unpacked(piece)  # type: ignore[arg-type]


@given(st.lists(st.text("ab\n", min_size=1, max_size=9), min_size=1, max_size=6), st.data())
def test_a_part_is_what_the_whole_has_there_in_whatever_order_parts_are_read(
    pieces: list[str], data: st.DataObject
) -> None:
    """Nulls, line breaks and cuts between pieces are no hindrance; what is beyond the text is nothing."""
    whole = "".join(pieces)
    starts = [sum(map(len, pieces[:n])) for n in range(len(pieces))]

    def select(_sql: str, _document: int, *values: int) -> object:
        if not values:
            return zip(starts, starts, pieces, strict=True)
        _, first, end = values
        least = max(start for start in starts if start <= first)
        return (row for row in zip(starts, starts, pieces, strict=True) if least <= row[0] < end)

    texts = Texts(select)  # type: ignore[arg-type]
    places = st.tuples(st.integers(0, len(whole) + 2), st.integers(0, len(whole) + 2)).map(sorted)
    for start, end in data.draw(st.lists(places, max_size=8)):
        assert texts.part(1, (start, end)) == whole[start:end]


def test_the_same_words_stand_in_the_catalog_once_and_packed(tmp_path: Path) -> None:
    """A long guide takes less room there than in its file."""
    said = "".join(f"Rule {n}: a beekeeper who keeps {n} hives pays {n % 89} dollars.\n\n" for n in range(4_000))
    with opened(tmp_path, {"rules.txt": said}) as index:
        numbers = sorted(index.catalog.passage_numbers([index.catalog.documents()[0].id]))
        first, last = index.catalog.passages([numbers[0], numbers[-1]])
        held = sum(len(piece) for (piece,) in index.catalog._select("SELECT text FROM texts"))
        columns = [row[1] for row in index.catalog._select("PRAGMA table_info(passages)")]
    assert first.text.startswith("Rule 0:")
    assert last.text.endswith("pays 83 dollars.")
    assert held < len(said) / 3
    assert "text" not in columns
