"""Of many tables a question costs those that it may be about: the others are not read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from citeguide.search import ask
from citeguide.search.model import Document, Table
from citeguide.search.params import PARAMS
from citeguide.search.query.query import understand
from citeguide.search.store.catalog import Catalog
from citeguide.search.store.open import Index, open_index
from citeguide.search.tables.schema import transposed
from citeguide.search.tables.schema.outline import outlines
from citeguide.search.tables.schema.profile import NAMES_READ_FIRST, Profile, profile_of
from citeguide.search.tables.semantic_parsing.shortlist import likely_tables
from indexed import opened, update

THINGS = ("Ferry", "Mill", "Orchard", "Bakery", "Bridge", "Clinic", "Kennel", "Quarry", "Stable", "Theatre", "Harbour")


def sheet(thing: str, fee: int) -> str:
    """A small sheet of one kind of thing."""
    rows = (f"{thing} of {place},${fee + n},{n + 3}" for n, place in enumerate(("Ashby", "Corfe", "Devizes")))
    return "\n".join((f"{thing},Fee,Staff", *rows))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    sheets = {f"{thing}.csv": sheet(thing, 10 * n) for n, thing in enumerate(THINGS, start=1)}
    with opened(tmp_path_factory.mktemp("shelf"), sheets) as index:
        yield index


def test_tables_that_a_question_hardly_speaks_of_are_not_read(shelf: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def profiled(table: Table, document: Document, catalog: Catalog, most: int) -> Profile:
        read.append(table.name)
        return profile_of(table, document, catalog, most)

    monkeypatch.setattr("citeguide.search.tables.schema.transposed.profile_of", profiled)
    assert ask("What is the fee of the Quarry of Corfe?", shelf).values[0].value == 81
    assert "quarry" in read
    assert len(read) <= PARAMS.tables.likely < len(outlines(shelf.catalog))


def test_where_a_word_stands_nowhere_it_may_be_a_slip_and_all_likely_tables_are_asked(shelf: Index) -> None:
    known, slip = (understand(f"What is the fee of the {thing} of Corfe?") for thing in ("Quarry", "Qurary"))
    assert len(likely_tables(known, shelf, len(THINGS))) <= PARAMS.tables.likely
    assert len(likely_tables(slip, shelf, len(THINGS))) == len(THINGS)


def test_words_of_heads_and_titles_are_kept_with_the_index(tmp_path: Path) -> None:
    guides = tmp_path / "guides"
    guides.mkdir()
    (guides / "Mill.csv").write_text(sheet("Mill", 20), "utf-8")
    (guides / "Ferry.csv").write_text(sheet("Ferry", 30), "utf-8")
    update(tmp_path / "index", [guides])
    with open_index(tmp_path / "index") as index:
        of = {table.name: table.id for table in index.catalog.tables()}
        assert set(index.catalog.tables_with(["fee", "mill"])) == {
            ("fee", 1, of["mill"]), ("fee", 1, of["ferry"]), ("mill", 1, of["mill"]), ("mill", 0, of["mill"]),
        }  # fmt: skip
    (guides / "Mill.csv").unlink()
    (guides / "Ferry.csv").write_text(sheet("Ferry", 30).replace("Fee", "Fare"), "utf-8")
    update(tmp_path / "index", [guides])
    with open_index(tmp_path / "index") as index:
        assert {stem for stem, _, _ in index.catalog.tables_with(["fee", "fare", "mill", "ferri"])} == {"fare", "ferri"}


def test_what_is_kept_of_tables_in_memory_is_bounded(shelf: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transposed, "PROFILES_KEPT", 4)
    for thing in THINGS:
        ask(f"What is the fee of the {thing} of Corfe?", shelf)
    kept = shelf.catalog.derived[transposed._profiles][NAMES_READ_FIRST]
    assert len(kept) <= 4
