"""An update of a large index: what it leaves alone is not hashed again, and damage is carried on but never hidden."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from citeguide.indexer.parse import parse_guide
from citeguide.indexer.storage import generations as writing
from citeguide.indexer.update import update
from citeguide.search.errors import IndexBrokenError
from citeguide.search.store import generation
from citeguide.search.store import open as opening
from citeguide.search.store import verified as remembering
from citeguide.search.store.generation import FileRecord, Manifest, read_manifest, read_pointer, stamp
from citeguide.search.store.open import verify_files
from citeguide.search.store.verified import remember

PIECE = 4_096


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    folder = tmp_path / "guides"
    folder.mkdir()
    for n in range(200):
        (folder / f"{n:03}.md").write_text(f"# Guide {n}\n\nNumber {n} speaks of zebras.\n")
    return folder


@pytest.fixture
def index(tmp_path: Path, guides: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index whose files are large by the measures here, and were all found right."""
    for module in (opening, remembering, writing):
        monkeypatch.setattr(module, "HASHED_AT_OPENING", 0)
    monkeypatch.setattr(generation, "HASHED_PIECE", PIECE)
    update(tmp_path / "index", [guides], parse=parse_guide)
    return tmp_path / "index"


def in_force(index: Path) -> tuple[Path, Manifest]:
    pointer = read_pointer(index)
    return index / pointer.name, read_manifest(index / pointer.name, pointer.manifest_sha256)


def record(index: Path) -> FileRecord:
    return in_force(index)[1].files["catalog.sqlite"]


def kept(before: FileRecord, after: FileRecord) -> list[int]:
    """The pieces that are the same."""
    pairs = zip(before.sha256, after.sha256, strict=False)
    return [n for n, (one, other) in enumerate(pairs) if one == other]


def damage(index: Path, name: str, at: int) -> None:
    """Change a byte in a way that no stamp tells, as a disk does."""
    folder, manifest = in_force(index)
    content = bytearray((folder / name).read_bytes())
    content[at] ^= 1
    (folder / name).write_bytes(content)
    remember(index, read_pointer(index), {name: stamp(folder / name) for name in manifest.files})


def test_an_update_hashes_the_pieces_that_it_changed(
    index: Path, guides: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, hashed = record(index), list[int]()

    def counting(data: bytes) -> object:
        hashed.append(len(data))
        return sha256(data)

    monkeypatch.setattr(writing, "sha256", counting)
    (guides / "007.md").write_text("# Guide 7\n\nNumber 7 speaks of lions.\n")
    update(index, parse=parse_guide)
    after = record(index)
    same = len(kept(before, after))
    assert len(after.sha256) / 2 < same < len(after.sha256)
    assert len(hashed) < same
    verify_files(index)


def test_damage_that_an_update_does_not_touch_is_still_found_afterwards(
    index: Path, guides: Path, tmp_path: Path
) -> None:
    before, damaged = record(index), tmp_path / "damaged"
    shutil.copytree(index, damaged)
    (guides / "007.md").write_text("# Guide 7\n\nNumber 7 speaks of lions.\n")
    update(index, parse=parse_guide)
    content = (in_force(damaged)[0] / "catalog.sqlite").read_bytes()
    untouched = [content.find(b"zebras", n * PIECE, (n + 1) * PIECE) for n in kept(before, record(index))]
    damage(damaged, "catalog.sqlite", max(untouched))
    update(damaged, parse=parse_guide)
    with pytest.raises(IndexBrokenError, match=r"catalog\.sqlite is damaged"):
        verify_files(damaged)


def test_what_an_update_made_of_damage_is_not_put_in_force(index: Path, guides: Path) -> None:
    """SQLite's counter of changes stands in the first piece, which every update changes; this byte means nothing."""
    damage(index, "catalog.sqlite", 80)
    (guides / "007.md").write_text("# Guide 7\n\nNumber 7 speaks of lions.\n")
    with pytest.raises(IndexBrokenError, match=r"catalog\.sqlite is damaged"):
        update(index, parse=parse_guide)
    assert in_force(index)[1].generation == 1


def test_a_file_that_an_update_drops_is_held_against_the_manifest_first(index: Path, guides: Path) -> None:
    """What was made of it may hold its damage."""
    name = next(name for name in in_force(index)[1].files if name.endswith("text_length.col"))
    damage(index, name, 0)
    (guides / "007.md").unlink()
    with pytest.raises(IndexBrokenError, match=r"text_length\.col is damaged"):
        update(index, parse=parse_guide)
    assert in_force(index)[1].generation == 1


def test_what_a_changed_guide_said_is_written_over_and_its_room_is_used_again(index: Path, guides: Path) -> None:
    size = record(index).size
    for letter in "abcdefgh":
        lines = "".join(f"{letter}quokka number {n}.\n\n" for n in range(1_500 if letter < "g" else 3))
        (guides / "007.md").write_text(f"# {letter}quokka\n\n{lines}")
        update(index, parse=parse_guide)
    content = (in_force(index)[0] / "catalog.sqlite").read_bytes()
    assert [letter for letter in "abcdefgh" if f"{letter}quokka".encode() in content] == ["h"]
    assert len(content) < 1.2 * size
