"""A cluster that knows users and speaks TLS: who may, who may not, and how that is said."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from citeguide.search.errors import CiteguideError, UsageError
from citeguide.search.store.cluster import client
from citeguide.search.store.cluster.address import ClusterAddress, parse
from citeguide.search.store.cluster.credentials import AUTHORITY, PASSWORD, USER, credentials
from citeguide.search.store.open import open_index
from cluster_nodes import Nodes, missing
from commands import ended
from indexed import update


@pytest.fixture(scope="module")
def secure() -> Iterator[Nodes]:
    """One node."""
    if reason := missing():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}, and CI must have a cluster")
        pytest.skip(reason)
    started = Nodes(1, heap="256m", secure=True)
    try:
        started.wait()
        yield started
    finally:
        started.stop()


@pytest.fixture
def address(secure: Nodes, monkeypatch: pytest.MonkeyPatch) -> ClusterAddress:
    """Its address, and in the environment who may."""
    monkeypatch.setenv(USER, "admin")
    monkeypatch.setenv(PASSWORD, "admin")
    monkeypatch.setenv(AUTHORITY, str(secure.folder / "ca.pem"))
    return parse(f"opensearchs://{secure.hosts}/secure")


def test_who_may_indexes_and_asks(
    address: ClusterAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By variables, or by a netrc file; on one node, where no shard has a copy."""
    (tmp_path / "ferry.md").write_text("# The ferry\n\nA day pass costs 14 dollars.\n", "utf-8")
    update(address, [tmp_path / "ferry.md"])
    monkeypatch.delenv(USER)
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login admin password admin\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    answer = ended(capsys, "--index", str(address), "ask", "What does a day pass cost?")
    assert (answer.status, "14 dollars" in answer.out) == (0, True), answer.err


def test_who_may_not_is_told_in_one_line(
    address: ClusterAddress,
    secure: Nodes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(client, "ANSWER_SECONDS", 3.0)
    at = str(address)
    plain = at.replace("opensearchs:", "opensearch:")
    (tmp_path / "other.pem").write_text((Path(__file__).parents[1] / "cases/tls/guides.example.pem").read_text())
    for variable, value, where, said in (
        (PASSWORD, "wrong", at, f"does not know this user and password; set {USER} and {PASSWORD}"),
        (USER, "", at, "does not know this user and password"),
        (AUTHORITY, str(tmp_path / "other.pem"), at, "does not prove who it is"),
        (AUTHORITY, str(tmp_path / "none.pem"), at, "which is no file"),
        (AUTHORITY, str(secure.folder / "ca.pem"), plain, "cannot be reached"),
    ):
        with monkeypatch.context() as patched:
            patched.setenv(variable, value)
            ending = ended(capsys, "--index", where, "ask", "Who?")
        assert (ending.status, said in ending.err, ending.err.count("\n")) == (2, True, 1), ending.err
        assert "admin" not in ending.err


def test_a_password_never_goes_over_an_open_line_nor_stands_in_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER, "ann")
    with pytest.raises(UsageError, match="only by TLS"):
        credentials(parse("opensearch://search.example.org/x"))
    assert credentials(parse("opensearch://localhost/x")).user is not None
    assert credentials(parse("opensearchs://search.example.org/x")).user is not None
    with pytest.raises(UsageError, match="holds no password"):
        parse("opensearchs://ann:secret@search.example.org/x")


@pytest.mark.parametrize(
    "wrong",
    [
        "opensearch://", "opensearch://host", "opensearch://host/", "opensearch:///name", "opensearch://host/Upper",
        "opensearch://host/a-b", "opensearch://host:0/a", "opensearch://host:99999/a", "opensearch://host,/a",
        "opensearch://host/../a", "opensearch://-host/a", "opensearch://host/_all",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(UsageError, match="is no address"):
        parse(wrong)


def test_an_address_is_written_as_it_is_read() -> None:
    assert str(parse("opensearch://host/name")) == "opensearch://host:9200/name"
    assert str(parse("opensearchs://a:1,b:2/name_2")) == "opensearchs://a:1,b:2/name_2"


def test_a_missing_extra_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citeguide.search.store.location.find_spec", lambda _: None)
    with pytest.raises(CiteguideError, match="needs the opensearch extra") as caught:
        open_index(parse("opensearch://host/name"))
    assert caught.value.remedy == "pip install 'citeguide[opensearch]'"
