"""Every kind of bad input gets one clear line, and the guide beside it is indexed and found."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from citeguide.indexer.update import update
from citeguide.search.store.open import open_index


def empty(folder: Path) -> None:
    (folder / "bad.txt").touch()


def blank(folder: Path) -> None:
    (folder / "bad.txt").write_text(" \n\t\n\u00a0\n")


def binary(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(bytes(range(256)) * 40)


def program(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\x7fELF\x02\x01\x01" + b"\0" * 5_000)


def one_line_of_100_mb(folder: Path) -> None:
    with (folder / "bad.txt").open("wb") as file:
        for _ in range(100):
            file.write(b"word " * (2**20 // 5))


def one_line_of_60_mb_of_nothing(folder: Path) -> None:
    """Below the limit on size."""
    with (folder / "bad.txt").open("wb") as file:
        file.truncate(60 * 2**20)


def loop(folder: Path) -> None:
    (folder / "bad.txt").symlink_to(folder)


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "bad.txt")


@pytest.mark.parametrize(
    "make", [empty, blank, binary, program, one_line_of_100_mb, one_line_of_60_mb_of_nothing, loop, pipe]
)
def test_bad_input_is_told_in_one_line_and_the_rest_is_indexed(tmp_path: Path, make: Callable[[Path], None]) -> None:
    folder = (tmp_path / "guides").resolve()
    folder.mkdir()
    (folder / "good.txt").write_text("Zebras graze on the plains of Kenya.\n")
    make(folder)
    report = update(tmp_path / "index", [folder])
    assert report.added == (str(folder / "good.txt"),)
    (failure,) = report.failed
    assert failure.path == str(folder / "bad.txt")
    assert failure.reason
    assert failure.remedy
    assert "\n" not in failure.line()
    assert len(failure.line()) < 400
    with open_index(tmp_path / "index") as index:
        (hit,) = index.engine.rank({"zebra": 1.0}, 10)
        (passage,) = index.catalog.passages([hit.passage])
        assert passage.text == "Zebras graze on the plains of Kenya."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252", "utf-16-be"])
def test_a_guide_in_another_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    guide = tmp_path / "guide.txt"
    guide.write_bytes("Zebras graze – “quietly” – on the plains of Kenya.\n".encode(encoding) * 3)
    report = update(tmp_path / "index", [guide])
    assert report.failed == ()
    with open_index(tmp_path / "index") as index:
        (document,) = index.catalog.documents()
        assert "Zebras graze – “quietly” – on the plains" in index.catalog.text(document.id)
