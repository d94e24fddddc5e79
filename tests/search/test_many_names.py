"""A column of more names than are read before the first question: each is found as in a short table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

import pytest
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import Index
from citeguide.search.tables.schema.profile import NAMES_READ_FIRST
from indexed import opened

STARTS = "Bram Cold Dun East Fen Glen Hart Kil Lang Marl New Oak Pen Quarn Red Stan Thorn Up Wal York".split()
MIDDLES = ("", "er", "ing", "low", "hol")
ENDS = "brook bury dale field ford ham hurst ley mere port stead ton wick worth".split()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """1,400 towns whose median pay is 20 to 29, and three areas of our own."""
    towns = ["".join(parts) for parts in product(STARTS, MIDDLES, ENDS)]
    body = "".join(f'"{town}, KS",{20 + n % 10}.50\n' for n, town in enumerate(towns))
    own = '"Springfield-Holyoke, MA",31.25\n"Los Angeles-Long Beach-Anaheim, CA",33.75\n"Sacramento, CA",32.10\n'
    guide = f"Area,Median pay ($/hour)\n{body}{own}"
    with opened(tmp_path_factory.mktemp("names"), {"pay.csv": guide}) as made:
        assert made.catalog.key_count(made.catalog.tables()[0].id, 0) > NAMES_READ_FIRST
        yield made


@pytest.mark.parametrize(
    ("question", "pay"),
    [
        ("What is the median pay in Sacramento?", "32.10"),
        ("What is the median pay in Springfield?", "31.25"),
        ("What is the median pay in Holyoke?", "31.25"),
        ("What is the median pay in LA?", "33.75"),
        ("What is the median pay in Sacremento?", "32.10"),
        ("Which area in California has the lowest median pay?", "32.10"),
    ],
    ids=["whole", "first part", "later part", "nickname", "misspelled", "within a state"],
)
def test_a_name_among_many_is_known_whole_by_its_parts_by_nickname_and_misspelled(
    index: Index, question: str, pay: str
) -> None:
    answer = ask(question, index)
    assert answer.status == "answered", answer
    assert answer.values[0].value == Decimal(pay)
