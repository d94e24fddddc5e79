"""A server takes its garbage as it comes; a command, which soon ends, leaves it to the end of the process."""

from __future__ import annotations

import gc
import socket
import weakref
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from citeguide.search.cli.garbage import collect_as_usual, collect_seldom, forget
from citeguide.web import commands


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Knot:
    """Holds itself."""

    def __init__(self) -> None:
        self.itself = self


def is_taken() -> bool:
    """Whether a knot goes away by itself while ten thousand others are made."""
    first = weakref.ref(Knot())
    for _ in range(10_000):
        Knot()
    return first() is None


def test_a_process_that_goes_on_takes_its_garbage() -> None:
    collect_seldom()
    gc.collect()
    assert not is_taken()
    collect_as_usual()
    assert is_taken()


def test_a_server_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[bool] = []
    monkeypatch.setattr(commands, "warm", lambda _: None)
    monkeypatch.setattr(commands, "server", lambda *_, **__: SimpleNamespace(run=lambda: taken.append(is_taken())))
    collect_seldom()
    with socket.socket() as listening:
        commands._run(None, listening, 1)  # type: ignore[arg-type]
    assert taken == [True]


def test_a_process_that_ends_looks_for_no_garbage() -> None:
    """What it holds goes with it."""
    first = Knot()
    gone = weakref.ref(first)
    forget()
    del first
    gc.collect()
    assert gone() is not None
