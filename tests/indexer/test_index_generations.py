"""The index folder through crashes, full disks, concurrent readers and writers, and damage."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest
from citeguide.indexer.document import ParsedGuide
from citeguide.indexer.parse import parse_guide
from citeguide.indexer.update import update
from citeguide.search.cli.settings import Settings
from citeguide.search.errors import (
    CiteguideError,
    IndexBrokenError,
    IndexBusyError,
    IndexMissingError,
    StorageError,
    UsageError,
)
from citeguide.search.store import generation
from citeguide.search.store import open as index_module
from citeguide.search.store import verified as verified_module
from citeguide.search.store.generation import (
    FORMAT,
    FileRecord,
    check_files,
    hashes,
    read_manifest,
    read_pointer,
)
from citeguide.search.store.open import Index, open_index, verify_files
from citeguide.search.store.seal_key import SEAL_KEY_FILE as SEAL_KEY
from citeguide.search.store.verified import verified
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    path = tmp_path / "guide.txt"
    path.write_text("The old guide speaks of zebras.\n")
    return path


@pytest.fixture
def index(tmp_path: Path, guide: Path) -> Path:
    folder = tmp_path / "index"
    update(folder, [guide])
    return folder


def answers(index: Path) -> list[str]:
    """What the index gives for 'guide', from the engine to the text."""
    with open_index(index) as opened:
        return said(opened)


def said(opened: Index) -> list[str]:
    hits = opened.engine.rank({"guid": 1.0}, 10)
    return [passage.text for passage in opened.catalog.passages(hit.passage for hit in hits)]


def folders(index: Path) -> list[str]:
    return sorted(folder.name for folder in index.glob("generation-*"))


def sealed(index: Path, **changes: object) -> None:
    """Make the only generation whole again after its files or its manifest were tampered with, as a forger would."""
    (folder,) = index.glob("generation-*")
    manifest = read_manifest(folder, sha256((folder / "manifest.json").read_bytes()).hexdigest())._replace(**changes)  # type: ignore[arg-type]
    names = [path.name for path in folder.iterdir() if path.name != "manifest.json"] if not changes else []
    records = {name: FileRecord((folder / name).stat().st_size, hashes(folder / name)) for name in names}
    data = manifest._replace(files={**manifest.files, **records}).to_json()
    (folder / "manifest.json").write_bytes(data)
    (index / "current").write_text(f"{folder.name} {sha256(data).hexdigest()}\n")


OLD, NEW = ["The old guide speaks of zebras."], ["The new guide speaks of lions."]


# Opening


def test_without_an_index_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError) as raised:
        open_index(tmp_path / "nowhere")
    assert raised.value.message == f"there is no index in {tmp_path}/nowhere"
    assert raised.value.remedy == "run 'citeguide index PATH' with your guides"


def test_an_index_names_what_it_was_made_of(index: Path, guide: Path) -> None:
    with open_index(index) as opened:
        assert (opened.generation, opened.sources, opened.engine.name) == (1, (guide,), "whoosh")
        assert opened.folder == index / "generation-000001"


def test_another_format_is_refused_with_both_versions(index: Path) -> None:
    manifest = index / "generation-000001" / "manifest.json"
    content = json.loads(manifest.read_text()) | {"format": FORMAT + 1}
    manifest.write_text(json.dumps(content))
    (index / "current").write_text(f"generation-000001 {sha256(manifest.read_bytes()).hexdigest()}\n")
    with pytest.raises(IndexBrokenError, match=f"format {FORMAT + 1}.*format {FORMAT}") as raised:
        open_index(index)
    assert "citeguide index --full" in raised.value.remedy


def test_an_unknown_engine_is_a_broken_index(index: Path) -> None:
    sealed(index, engine="lucene")
    with pytest.raises(IndexBrokenError, match="lucene"):
        open_index(index)


def test_a_crafted_generation_whose_catalog_is_none_is_a_broken_index(index: Path) -> None:
    """Its hashes are all right, so that only opening the catalog can tell."""
    (index / "generation-000001" / "catalog.sqlite").write_bytes(b"no catalog")
    sealed(index)
    with pytest.raises(IndexBrokenError, match="catalog"):
        open_index(index)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_anywhere_is_found_when_the_index_is_opened(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """One file cut, emptied, deleted, lengthened or with some bytes changed: a broken index, never an answer.

    Only where the pointer alone is damaged the generation can still prove that it is whole; that is said. A damaged key
    for seals is no key, and no answer rests on it.
    """
    index = copy_of_an_index(tmp_path_factory)
    files = sorted(file for file in index.rglob("*") if file.is_file() and file.name != "lock")
    file = data.draw(st.sampled_from(files), label="file")
    damage = data.draw(st.sampled_from([cut, flip, delete, lengthen]), label="damage")
    damage(file, data)
    if file.name == "current":
        with open_index(index) as opened:
            assert opened.trouble.endswith("generation-000001 is whole and answers in its place")
            assert len(said(opened)) == 2
    elif file.name == SEAL_KEY:
        with open_index(index) as opened:
            assert opened.seal_key is None
            assert len(said(opened)) == 2
    else:
        with pytest.raises(IndexBrokenError) as raised:
            answers(index)
        assert raised.value.remedy
    shutil.rmtree(index)


def copy_of_an_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    original = tmp_path_factory.getbasetemp() / "undamaged"
    if not original.exists():
        source = tmp_path_factory.mktemp("source") / "guide.txt"
        source.write_text("The old guide speaks of zebras.\n\nAnother guide speaks of pay.\n")
        update(original, [source])
    copy = tmp_path_factory.mktemp("damaged") / "index"
    shutil.copytree(original, copy)
    return copy


def cut(file: Path, data: st.DataObject) -> None:
    content = file.read_bytes()
    if not content:
        delete(file, data)
    else:
        file.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])


def flip(file: Path, data: st.DataObject) -> None:
    content = bytearray(file.read_bytes())
    for place in data.draw(st.sets(st.integers(0, len(content) - 1), min_size=1, max_size=4)) if content else ():
        content[place] ^= data.draw(st.integers(1, 255))
    file.write_bytes(content or b"?")


def delete(file: Path, _: st.DataObject) -> None:
    file.unlink()


def lengthen(file: Path, data: st.DataObject) -> None:
    file.write_bytes(file.read_bytes() + data.draw(st.binary(min_size=1, max_size=20)))


def test_a_file_that_does_not_belong_is_neither_read_nor_carried_on(index: Path, guide: Path) -> None:
    """A file manager leaves files of its own; Whoosh would take the table of contents with the highest number."""
    (toc,) = index.glob("*/*.toc")
    shutil.copy(toc, toc.with_name("_MAIN_99.toc"))
    (toc.parent / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    assert answers(index) == OLD
    guide.write_text("The new guide speaks of lions.\n")
    update(index)
    assert answers(index) == NEW
    assert not {"_MAIN_99.toc", ".DS_Store"} & {file.name for file in index.rglob("*")}


def test_what_appears_in_a_generation_while_it_is_written_is_no_part_of_it(index: Path, guide: Path) -> None:
    def parse(data: bytes, name: str) -> ParsedGuide:
        (unfinished,) = index.glob("unfinished-*")
        (unfinished / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
        return parse_guide(data, name)

    guide.write_text("The new guide speaks of lions.\n")
    update(index, parse=parse)
    assert answers(index) == NEW
    update(index, full=True)
    assert answers(index) == NEW


def test_beyond_the_bound_bytes_are_hashed_once_and_again_after_any_change(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a bound of nothing every file is large: after the first opening only what bears another stamp is hashed."""
    pointer = read_pointer(index)
    folder = index / pointer.name
    manifest = read_manifest(folder, pointer.manifest_sha256)
    hashed: list[str] = []

    def counting(path: Path) -> tuple[str, ...]:
        hashed.append(path.name)
        return hashes(path)

    monkeypatch.setattr(generation, "hashes", counting)
    known = check_files(folder, manifest, limit=0)
    assert sorted(hashed) == sorted(manifest.files)
    hashed.clear()
    assert check_files(folder, manifest, known, limit=0) == known
    assert hashed == []
    catalog = folder / "catalog.sqlite"
    before = catalog.stat()
    content = bytearray(catalog.read_bytes())
    content[-1] ^= 1
    catalog.write_bytes(content)
    os.utime(catalog, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(IndexBrokenError, match=r"catalog\.sqlite is damaged"):
        check_files(folder, manifest, known, limit=0)
    with pytest.raises(IndexBrokenError, match=r"catalog\.sqlite is damaged"):
        verify_files(index)


def test_a_large_index_remembers_what_it_verified(index: Path, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list comes with the generation, holds after the old one was swept, and counts for nothing where damaged."""
    for module in (index_module, verified_module):
        monkeypatch.setattr(module, "HASHED_AT_OPENING", 0)
    guide.write_text("The new guide speaks of lions.\n")
    update(index)
    pointer = read_pointer(index)
    manifest = read_manifest(index / pointer.name, pointer.manifest_sha256)
    assert set(verified(index, pointer)) == set(manifest.files)
    hashed: list[str] = []
    monkeypatch.setattr(generation, "hashes", lambda path: hashed.append(path.name) or hashes(path))  # type: ignore[func-returns-value]
    assert answers(index) == NEW
    assert hashed == []
    (index / "verified").write_bytes(b"[[[")
    assert answers(index) == NEW
    assert set(hashed) == set(manifest.files)
    hashed.clear()
    assert answers(index) == NEW
    assert hashed == []


# What is left when something is lost


@pytest.mark.parametrize("bit", range(0, 664, 7))
def test_no_flipped_bit_of_the_pointer_costs_a_generation(tmp_path: Path, pristine: Path, bit: int) -> None:
    """Whatever the pointer says then, the index answers, an update loses nothing, and the pointer is mended."""
    index = tmp_path / "index"
    shutil.copytree(pristine, index)
    pointer = bytearray((index / "current").read_bytes())
    pointer[bit // 8] ^= 1 << bit % 8
    (index / "current").write_bytes(pointer)
    with open_index(index) as opened:
        assert "generation-000001 is whole" in opened.trouble
        assert said(opened) == OLD
    report = update(index)
    assert "generation-000001 is whole and was put in force" in report.trouble
    with open_index(index) as opened:
        assert (opened.trouble, opened.generation, said(opened)) == ("", 1, OLD)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pristine")
    (folder / "guide.txt").write_text("The old guide speaks of zebras.\n")
    update(folder / "index", [folder / "guide.txt"])
    return folder / "index"


def test_a_pointer_to_a_lost_generation_leaves_the_others_and_full_still_knows_the_sources(index: Path) -> None:
    """The remedy that the message names must not sweep away what is left: not even where nothing is whole."""
    (index / "generation-000001" / "catalog.sqlite").write_bytes(b"junk")
    (index / "current").write_text(f"generation-000007 {'0' * 64}\n")
    with pytest.raises(IndexBrokenError):
        update(index)
    assert folders(index) == ["generation-000001"]
    report = update(index, full=True)
    assert (len(report.added), answers(index), folders(index)) == (1, OLD, ["generation-000002"])


def test_the_newest_generation_that_is_whole_answers_for_a_damaged_one(index: Path, guide: Path) -> None:
    with open_index(index):
        guide.write_text("The new guide speaks of lions.\n")
        update(index)
        (index / "generation-000002" / "catalog.sqlite").write_bytes(b"junk")
        with open_index(index) as opened:
            assert said(opened) == OLD
            assert "generation-000002/catalog.sqlite is damaged" in opened.trouble
        report = update(index)
        assert (report.changed, answers(index)) == ((str(guide),), NEW)
        assert "generation-000001 is whole and was put in force" in report.trouble


def test_an_index_that_lost_all_but_its_bytes_is_not_taken_for_none(index: Path) -> None:
    """Without pointer and manifests nothing is served and nothing put in its place; what it remembered is lost."""
    (index / "current").unlink()
    (index / "generation-000001" / "manifest.json").unlink()
    settings = Settings(index, fill=lambda _: pytest.fail("the sample guides took its place"))
    with pytest.raises(IndexBrokenError, match="lost its file 'current'"):
        settings.open_or_fill()
    with pytest.raises(UsageError, match="what the index remembered can no longer be read"):
        update(index, full=True)
    assert folders(index) == ["generation-000001"]


@pytest.mark.parametrize("left", ["pages", "notes.txt", "generation-1"])
def test_only_an_empty_folder_is_filled_with_the_sample_guides(tmp_path: Path, left: str) -> None:
    (tmp_path / left).mkdir()
    settings = Settings(tmp_path, fill=lambda _: pytest.fail("the sample guides were put there"))
    with pytest.raises(IndexMissingError):
        settings.open_or_fill()


def test_a_broken_index_is_built_anew_with_full_from_what_it_remembers(index: Path) -> None:
    (index / "generation-000001" / "catalog.sqlite").write_bytes(b"junk")
    with pytest.raises(IndexBrokenError, match="damaged"):
        update(index)
    report = update(index, full=True)
    assert (len(report.added), report.generation) == (1, 2)
    assert answers(index) == OLD
    assert folders(index) == ["generation-000002"]


def test_an_index_of_another_format_is_built_anew_with_full_from_what_it_remembers(index: Path) -> None:
    folder = index / "generation-000001"
    manifest = json.loads((folder / "manifest.json").read_bytes())
    data = json.dumps(manifest | {"format": 1}).encode()
    (folder / "manifest.json").write_bytes(data)
    (index / "current").write_text(f"{folder.name} {sha256(data).hexdigest()}\n")
    with pytest.raises(IndexBrokenError, match=r"has format 1, and this citeguide reads format \d"):
        open_index(index)
    update(index, full=True)
    assert answers(index) == OLD


def test_an_index_without_its_pointer_answers_and_is_mended(index: Path) -> None:
    (index / "current").unlink()
    with open_index(index) as opened:
        assert "has lost its file 'current'" in opened.trouble
        assert said(opened) == OLD
    assert "was put in force" in update(index).trouble
    with open_index(index) as opened:
        assert (opened.trouble, opened.generation) == ("", 1)


# Readers and writers


def test_a_reader_keeps_its_generation_until_it_closes(index: Path, guide: Path) -> None:
    with open_index(index) as reader:
        guide.write_text("The new guide speaks of lions.\n")
        update(index)
        assert said(reader) == OLD
        assert answers(index) == NEW
        update(index, full=True)
        assert said(reader) == OLD
        assert folders(index) == ["generation-000001", "generation-000003"]
    update(index)
    assert folders(index) == ["generation-000003"]


def test_a_generation_swept_while_it_is_being_opened_is_looked_up_anew(
    index: Path, guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = index_module._lock

    def late(manifest: Path) -> object:
        monkeypatch.setattr(index_module, "_lock", lock)
        guide.write_text("The new guide speaks of lions.\n")
        update(index)
        return lock(manifest)

    monkeypatch.setattr(index_module, "_lock", late)
    assert answers(index) == NEW


def test_a_second_writer_is_refused_and_told_who_the_first_is(index: Path, guide: Path) -> None:
    refused: list[CiteguideError] = []

    def parse(data: bytes, name: str) -> ParsedGuide:
        with pytest.raises(IndexBusyError) as raised:
            update(index)
        refused.append(raised.value)
        return parse_guide(data, name)

    guide.write_text("The new guide speaks of lions.\n")
    update(index, parse=parse)
    assert refused[0].message == f"process {os.getpid()} is writing the index {index}"
    assert answers(index) == NEW


def test_readers_never_see_half_of_an_update(index: Path, guide: Path) -> None:
    """What the engine finds, the catalog's passage and its document say the same, however often they are replaced."""
    wrong: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                with open_index(index) as opened:
                    (document,) = opened.catalog.documents()
                    (line,) = said(opened)
                    if opened.catalog.text(document.id) != f"{line}\n":
                        wrong.append(line)
            except (CiteguideError, ValueError) as error:
                wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(8):
        guide.write_text(f"The guide number {number} speaks of lions.\n")
        update(index)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []


# Crashes

CRASH = """
import os, sys
from pathlib import Path
from citeguide.indexer.update import update
from citeguide.indexer.parse import parse_guide

real, left = os.fsync, int(sys.argv[2])
stops = left > 0

def stop():
    print("here", flush=True)
    sys.stdin.read()

def fsync(descriptor):
    global left
    real(descriptor)
    left -= left > 0
    if left == 0 and stops:
        stop()

def parse(data, name):
    if left == 0:
        stop()
    return parse_guide(data, name)

os.fsync = fsync
update(Path(sys.argv[1]), parse=parse)
print("done", flush=True)
sys.stdin.read()
"""
"""Stops for good while it parses, or right after it brought its n-th file or folder to disk."""


def killed_at(index: Path, step: int) -> str:
    """Where an update in a process of its own was when it was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", CRASH, str(index), str(step)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        where = process.stdout.readline().strip()
        process.kill()
        assert process.wait() == -signal.SIGKILL
    return where


def test_a_killed_update_leaves_the_old_generation_or_the_new_one_whole(index: Path, guide: Path) -> None:
    guide.write_text("The new guide speaks of lions.\n")
    seen = []
    for step in range(100):
        where = killed_at(index, step)
        seen.append(answers(index))
        if where == "done":
            break
        if seen[-1] == NEW:
            guide.write_text("The old guide speaks of zebras.\n")
            update(index)
            guide.write_text("The new guide speaks of lions.\n")
    assert seen.count(OLD) > 5
    assert seen[-1] == NEW
    assert seen == sorted(seen, reverse=True)
    update(index)
    assert len(folders(index)) == 1


def test_a_first_update_that_was_killed_leaves_no_index(tmp_path: Path, guide: Path) -> None:
    index = tmp_path / "first"
    script = CRASH.replace("update(Path(sys.argv[1]), ", f"update(Path(sys.argv[1]), [Path({str(guide)!r})], ")
    with subprocess.Popen(
        [sys.executable, "-c", script, str(index), "0"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        process.kill()
    assert [folder.name for folder in index.iterdir() if folder.is_dir()] == ["unfinished-000001"]
    with pytest.raises(IndexMissingError):
        open_index(index)
    update(index, [guide])
    assert folders(index) == ["generation-000001"]
    assert answers(index) == OLD


def test_everything_is_on_disk_before_the_pointer_moves(
    index: Path, guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a power cut leaves: only what was brought to disk before the swap can be counted on after it."""
    steps: list[tuple[str, int | str]] = []
    real_fsync, real_replace = os.fsync, Path.replace

    def fsync(descriptor: int) -> None:
        steps.append(("sync", os.fstat(descriptor).st_ino))
        real_fsync(descriptor)

    def replace(self: Path, target: Path) -> Path:
        steps.append(("replace", target.name))
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    already = {file.stat().st_ino for file in index.rglob("*")}
    guide.write_text("The new guide speaks of lions.\n")
    report = update(index)
    swap = steps.index(("replace", "current"))
    before = {what for kind, what in steps[:swap] if kind == "sync"}
    generation = index / f"generation-{report.generation:06}"
    for file in [generation, *generation.iterdir(), index / "current"]:
        assert file.stat().st_ino in before | already, file
    assert ("sync", index.stat().st_ino) in steps[swap:]
    assert (index / "current").stat().st_ino in before


# Disks and permissions


def many(folder: Path, guides: int = 200) -> Path:
    """Guides enough to need several hundred kilobytes in any index."""
    folder.mkdir()
    for number in range(guides):
        words = " ".join(f"w{number * 100 + n}" for n in range(100))
        (folder / f"{number}.txt").write_text(f"This one speaks at length of {words} and others.\n")
    return folder


@pytest.mark.parametrize("largest", [0, 200, 3_000, 20_000, 60_000, 120_000])
def test_a_file_that_cannot_grow_is_a_storage_error(tmp_path: Path, index: Path, largest: int) -> None:
    """The limit on file sizes strikes wherever the update is when a file reaches it: in SQLite, Whoosh or our own."""
    more = many(tmp_path / "more")
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, hard))
    try:
        with pytest.raises(StorageError) as raised:
            update(index, [more])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert "cannot be written" in raised.value.message
    assert raised.value.remedy
    assert answers(index) == OLD
    assert folders(index) == ["generation-000001"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", folder], check=True, capture_output=True)  # noqa: S607
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small disk needs the right to mount one")
    return folder


@pytest.fixture
def _unmounted(small_disk: Path) -> object:
    yield
    subprocess.run(["umount", small_disk], check=True)  # noqa: S607


@pytest.mark.usefixtures("_unmounted")
def test_a_full_disk_is_a_storage_error_and_the_old_generation_stays(
    tmp_path: Path, small_disk: Path, guide: Path
) -> None:
    index = small_disk / "index"
    update(index, [guide])
    more = many(tmp_path / "more")
    for filler in range(0, 300_000, 100_000):
        (small_disk / "filler").write_bytes(bytes(filler))
        with pytest.raises(StorageError, match="cannot be written"):
            update(index, [more])
        assert answers(index) == OLD
    (small_disk / "filler").unlink()
    shutil.rmtree(more)
    guide.write_text("The new guide speaks of lions.\n")
    update(index)
    assert answers(index) == NEW


def test_a_folder_that_cannot_be_made_is_a_storage_error(guide: Path) -> None:
    with pytest.raises(StorageError, match="Not a directory"):
        update(guide / "index", [guide])


@pytest.mark.usefixtures("_unmounted")
def test_a_folder_without_write_permission_is_a_storage_error(small_disk: Path, guide: Path) -> None:
    index = small_disk / "index"
    update(index, [guide])
    guide.write_text("The new guide speaks of lions.\n")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)  # noqa: S607
    with pytest.raises(StorageError, match="Read-only file system"):
        update(index)
    assert answers(index) == OLD


def test_a_disk_that_knows_no_second_names_gets_copies(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    other = tmp_path / "other.txt"
    other.write_text("Nothing of the kind.\n")
    update(index, [other])
    verify_files(index)
    assert answers(index) == OLD
