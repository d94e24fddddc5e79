"""Who reads which generation, and when an old one is let go."""

from __future__ import annotations

from pathlib import Path

import pytest
from citeguide.search.errors import IndexMissingError
from citeguide.web.index_provider import IndexProvider
from indexed import indexed, served, update

GUIDE = "Anyone who lives in the county can have a card.\n"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return indexed(tmp_path, {"card.txt": GUIDE})


def generations(index: Path) -> list[str]:
    return sorted(folder.name for folder in index.glob("generation-*"))


def renewed(index: Path) -> None:
    (index.parent / "guides" / "card.txt").write_text(f"{GUIDE}It is free.\n")
    update(index)


def test_one_request_lets_go_of_what_idle_threads_held(index: Path) -> None:
    """Two requests at once leave two open indexes; once the guides changed the next request closes both."""
    reader = IndexProvider(index)
    for lent in [reader.take(), reader.take()]:
        reader.give(lent)
    renewed(index)
    assert generations(index) == ["generation-000001", "generation-000002"]
    lent = reader.take()
    assert lent.held.generation == 2
    update(index)
    assert generations(index) == ["generation-000002"]
    reader.give(lent)
    reader.close()


def test_what_is_in_use_stays_until_it_is_given_back(index: Path) -> None:
    reader = IndexProvider(index)
    lent = reader.take()
    renewed(index)
    reader.give(reader.take())
    update(index)
    assert generations(index) == ["generation-000001", "generation-000002"]
    assert len(lent.held.catalog.documents()) == 1
    reader.give(lent)
    update(index)
    assert generations(index) == ["generation-000002"]
    reader.close()


def test_no_two_requests_share_an_index_and_one_after_the_other_do(index: Path) -> None:
    reader = IndexProvider(index)
    first, second = reader.take(), reader.take()
    assert first.held is not second.held
    reader.give(first)
    assert reader.take().held is first.held
    for lent in (first, second):
        reader.give(lent)
    reader.close()


def test_every_response_gives_its_index_back_a_streamed_one_when_it_is_closed(tmp_path: Path) -> None:
    index = indexed(tmp_path, {"pay.csv": "Place,Median\nFresno,$16.69\nNapa,$18.10\n"})
    with served(index) as client:
        reader: IndexProvider = client.application.extensions["citeguide"]
        (name,) = (table["name"] for table in client.get("/api/tables").json["tables"])  # type: ignore[index]
        assert len(reader._idle) == 1
        streamed = client.get(f"/tables/{name}.csv")
        assert b"Fresno" in streamed.data
        streamed.close()
        assert client.get("/nowhere").status_code == 404
        assert len(reader._idle) == 1


def test_where_the_index_is_gone_that_is_the_error(index: Path) -> None:
    reader = IndexProvider(index)
    reader.give(reader.take())
    index.rename(index.with_name("away"))
    with pytest.raises(IndexMissingError):
        reader.take()
    reader.close()


def test_a_server_that_nobody_asks_lets_go_too(index: Path) -> None:
    """What is looked at now and then, without a request, frees the old generation for the next sweep."""
    provider = IndexProvider(index)
    provider.give(provider.take())
    renewed(index)
    provider.refresh()
    update(index)
    assert generations(index) == ["generation-000002"]
    provider.close()
