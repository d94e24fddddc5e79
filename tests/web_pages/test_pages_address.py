"""Addresses come into one form, are saved under paths that lead nowhere else, and only public machines are asked."""

from __future__ import annotations

import socket
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from citeguide.indexer.web_pages.address import Address, follow, is_address, parse, places
from citeguide.indexer.web_pages.address_guard import connect, is_public
from citeguide.indexer.web_pages.deadline import Deadline
from citeguide.search.errors import SourceError, UsageError
from hypothesis import given
from hypothesis import strategies as st

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parents[1] / "cases" / "addresses.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["address"], ids=lambda case: case["typed"])
def test_an_address_has_one_form_and_its_page_one_place(case: dict[str, str]) -> None:
    address = parse(case["typed"])
    assert str(address) == case["kept"]
    assert parse(str(address)) == address
    first = next(places(address, ".html"))
    assert fnmatchcase(first, case["path"]), first


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["typed"])
def test_what_is_no_address_is_refused_and_no_password_shown(case: dict[str, str]) -> None:
    with pytest.raises(UsageError) as raised:
        parse(case["typed"])
    assert case["says"] in raised.value.line()
    assert "secret" not in raised.value.line()


def test_paths_are_no_addresses() -> None:
    assert [is_address(text) for text in ("guides", "C://x", "./http://x", "https:/x", "https://x", "ftp://x")] == [
        False, True, False, False, True, True,
    ]  # fmt: skip


@given(st.text(st.characters(max_codepoint=0x17F), max_size=60), st.sampled_from([".html", ".csv"]))
def test_a_page_never_lies_outside_its_host_and_is_never_hidden(text: str, suffix: str) -> None:
    """Whatever the address: below the host's folder, no dots that climb, no hidden name, ASCII, of bounded length."""
    try:
        address = parse(f"https://example.org/{text}")
    except UsageError:
        return
    for path in places(address, suffix):
        parts = PurePosixPath(path).parts
        assert parts[0] == "example.org"
        assert not [part for part in parts if part.startswith(".") or "/" in part or len(part) > 120]
        assert path.isascii()
        assert path.endswith(suffix)


def test_two_pages_that_share_a_plain_path_have_two_places() -> None:
    """``/pay`` and ``/pay.html`` would be one file; the sure place tells them apart, and is the same in every index."""
    (plain, one), (other_plain, other) = (
        places(parse(f"https://x.org/{name}"), ".html") for name in ("pay", "pay.html")
    )
    assert plain == other_plain
    assert one != other


def test_a_page_leads_on_by_address_or_by_path() -> None:
    here = Address("https", "example.org", 443, "/a/b?c")
    assert str(follow(here, "d")) == "https://example.org/a/d"
    assert str(follow(here, "//other.org/x#y")) == "https://other.org/x"
    for wrong in ("https://[", "javascript:alert(1)", "https://u:p@x/"):
        with pytest.raises(UsageError):
            follow(here, wrong)


@pytest.mark.parametrize("number", CASES["public"])
def test_these_are_public(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize("number", CASES["not_public"])
def test_these_are_not_public(number: str) -> None:
    assert not is_public(number)


def resolving_to(*numbers: str) -> Any:
    """A lookup that gives these numbers for every name."""
    return lambda _host, port, **_: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in numbers]


def test_one_number_that_is_not_public_among_several_is_enough_to_refuse() -> None:
    with pytest.raises(SourceError, match=r"inside\.example is 10\.0\.0\.1, which is no public address"):
        connect(
            "inside.example", 80, Deadline(5), allow_private=False, lookup=resolving_to("93.184.216.34", "10.0.0.1")
        )


@pytest.mark.parametrize("host", ["2130706433", "0177.0.0.1", "127.1", "0x7f.1", "localhost", "0"])
def test_other_ways_to_write_a_private_number_are_seen_through(host: str) -> None:
    """What the system makes of a host's name is judged, not how it is written."""
    with pytest.raises(SourceError, match=r"is (127\.0\.0\.1|0\.0\.0\.0|::1), which is no public address"):
        connect(host, 80, Deadline(5), allow_private=False)


def test_the_connection_goes_to_the_number_that_was_checked() -> None:
    """A name is looked up once: one that means another machine the second time leads nowhere else."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        asked: list[str] = []

        def lookup(host: str, port: int, **_: object) -> list[tuple[Any, ...]]:
            asked.append(host)
            return list(resolving_to("127.0.0.1" if len(asked) == 1 else "127.0.0.2")(host, port))

        port = server.getsockname()[1]
        with connect("guides.example", port, Deadline(5), allow_private=True, lookup=lookup) as connection:
            assert connection.getpeername() == ("127.0.0.1", port)
        assert asked == ["guides.example"]


def test_the_next_number_is_tried_where_the_first_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as closed:
        closed.bind(("127.0.0.2", 0))
        port = server.getsockname()[1]
        lookup = resolving_to("127.0.0.2", "127.0.0.1")
        with connect("guides.example", port, Deadline(5), allow_private=True, lookup=lookup) as connection:
            assert connection.getpeername() == ("127.0.0.1", port)


def test_a_host_that_nobody_knows_is_told() -> None:
    def unknown(*_: object, **__: object) -> list[tuple[Any, ...]]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(SourceError, match=r"lost\.example is not known"):
        connect("lost.example", 80, Deadline(5), allow_private=False, lookup=unknown)
