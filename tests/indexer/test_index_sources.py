"""Which files are found below what was named, under which names, and what is said of the others."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable
from pathlib import Path
from stat import S_IFCHR

import pytest
from citeguide.indexer import plan
from citeguide.indexer.files.sources import GuideFile, find, read
from citeguide.indexer.readers import suffixes
from citeguide.indexer.report import OTHER_FORMAT, PICTURE, Failure
from citeguide.indexer.update import update
from citeguide.search.store.open import open_index


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = (tmp_path / "root").resolve()
    folder.mkdir()
    return folder


def put(path: Path, text: str = "text\n") -> Path:
    os.makedirs(path.parent, exist_ok=True)  # noqa: PTH103 - Path.mkdir is recursive
    path.write_text(text)
    return path


def names(source: Path) -> list[str]:
    return [item.path for item in find(source) if isinstance(item, GuideFile)]


def failures(source: Path) -> list[tuple[str, str]]:
    return [(Path(item.path).name, item.reason) for item in find(source) if isinstance(item, Failure)]


def test_guides_are_found_by_their_endings_in_a_steady_order(root: Path) -> None:
    for name in ("b.TXT", "a.md", "deep/er/c.html", "deep/b.htm", "picture.png", "noending", ".txt"):
        put(root / name)
    assert names(root) == ["a.md", "b.TXT", "deep/b.htm", "deep/er/c.html"]


def test_files_of_other_formats_are_told_but_hidden_and_ignored_ones(root: Path) -> None:
    for name in ("a.md", "deep/picture.png", "noending", ".hidden", "left.out"):
        put(root / name)
    put(root / ".citeguideignore", "left.out\n")
    assert failures(root) == [("picture.png", PICTURE), ("noending", OTHER_FORMAT)]
    assert ".txt" in suffixes()


def test_hidden_files_and_folders_are_left_out(root: Path) -> None:
    for name in (".hidden.txt", ".git/a.txt", "seen/.hidden/a.txt", "seen/a.txt"):
        put(root / name)
    assert names(root) == ["seen/a.txt"]


def test_a_file_that_is_named_needs_no_folder(root: Path) -> None:
    guide = put(root / "deep" / "a.txt", "four")
    (found,) = find(guide)
    assert isinstance(found, GuideFile)
    assert (found.root, found.path, found.size) == (str(root / "deep"), "a.txt", 4)
    assert found.file == str(guide)


def test_a_named_file_of_no_known_format_is_told(root: Path) -> None:
    (found,) = find(put(root / "a.xyz"))
    assert isinstance(found, Failure)
    assert found.line() == (f"{root}/a.xyz: not of a format that citeguide reads; convert it to one of {suffixes()}")


def test_a_link_within_the_folder_counts_as_what_it_leads_to(root: Path) -> None:
    put(root / "deep" / "a.txt")
    (root / "again.txt").symlink_to("deep/a.txt")
    (root / "anew").symlink_to("deep")
    assert names(root) == ["deep/a.txt"]
    assert failures(root) == []


def test_a_link_out_of_the_folder_is_told_and_not_followed(root: Path, tmp_path: Path) -> None:
    put(tmp_path / "outside" / "a.txt")
    (root / "folder").symlink_to(tmp_path / "outside")
    (root / "file.txt").symlink_to(tmp_path / "outside" / "a.txt")
    (root / "data.bin").symlink_to("/dev/null")
    assert names(root) == []
    reason = "a link that leads out of the folder"
    assert failures(root) == [("file.txt", reason), ("folder", reason)]


def test_a_loop_of_links_is_told_and_left(root: Path) -> None:
    put(root / "deep" / "a.txt")
    (root / "deep" / "up").symlink_to("..")
    (root / "self").symlink_to("self")
    (root / "lost.txt").symlink_to("nowhere.txt")
    assert names(root) == ["deep/a.txt"]
    assert sorted(failures(root)) == [
        ("lost.txt", "a link that leads nowhere"),
        ("self", "a link that leads nowhere"),
        ("up", "a link back to a folder that it lies in"),
    ]


def test_folders_linked_to_each_other_are_entered_once(root: Path) -> None:
    """Followed path by path, 12 folders that each link to all others would be over 10**8 places."""
    for number in range(12):
        put(root / str(number) / "a.txt")
        for other in range(12):
            (root / str(number) / f"to{other}").symlink_to(root / str(other))
    assert len(names(root)) == 12


def test_folders_deeper_than_the_recursion_limit_are_no_trouble(root: Path) -> None:
    put(root.joinpath(*["d"] * 400) / "a.txt")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        assert len(names(root)) == 1
    finally:
        sys.setrecursionlimit(limit)


def test_a_name_that_is_no_utf8_is_told(root: Path) -> None:
    name = os.fsencode(root) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(name)).write_text("text\n")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    ((shown, reason),) = failures(root)
    assert shown == "caf\\xe9.txt"
    assert reason == "has a name that is not valid UTF-8"


def test_names_that_differ_only_in_how_an_accent_is_written_are_two_names(root: Path) -> None:
    """A path is kept as the file system spells it, so that it can be opened again."""
    for name in ("caf\u00e9.txt", "cafe\u0301.txt"):
        put(root / name, name)
    if len(list(root.iterdir())) == 1:
        pytest.skip("this file system takes the two for one")
    assert names(root) == ["cafe\u0301.txt", "caf\u00e9.txt"]


def test_what_is_no_regular_file_is_told(root: Path) -> None:
    os.mkfifo(root / "pipe.txt")
    assert failures(root) == [("pipe.txt", "not a regular file")]


def test_a_folder_that_may_not_be_entered_is_told_and_not_looked_at(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root / "a.txt")
    put(root / "closed" / "b.txt")
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    guide, failure = find(root)
    assert isinstance(failure, Failure)
    assert isinstance(guide, GuideFile)
    assert failure.line() == f"{root}/closed: cannot be opened (Permission denied); check its permissions"
    assert not failure.looked_at


@pytest.mark.parametrize("named", ["a.txt", "."])
def test_where_a_link_takes_the_place_of_what_was_named_nothing_is_read(root: Path, tmp_path: Path, named: str) -> None:
    """Nobody said that what it leads to may be read: what was indexed stays, and the link is told."""
    file = put(root / "a.txt", "First.\n")
    source = (root / named).resolve()
    update(tmp_path / "index", [source])
    put(file, "Second, and longer.\n")
    source.rename(tmp_path / "away")
    source.symlink_to(tmp_path / "away")
    (failure,) = update(tmp_path / "index").failed
    assert failure.path == str(source)
    assert failure.reason == "a link has taken its place; nothing of it was read"
    assert indexed(tmp_path / "index") == ["First.\n"]


def indexed(index: Path) -> list[str]:
    with open_index(index) as opened:
        return [opened.catalog.text(document.id) for document in opened.catalog.documents()]


def swap_for_link(file: Path, secret: Path) -> None:
    file.unlink()
    file.symlink_to(secret)


def swap_folder_for_link(file: Path, secret: Path) -> None:
    file.parent.rename(file.parent.with_name("away"))
    secret.rename(secret.with_name(file.name))
    file.parent.symlink_to(secret.parent)


def swap_for_pipe(file: Path, _: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def swap_for_folder(file: Path, _: Path) -> None:
    file.unlink()
    file.mkdir()


def swap_for_device(file: Path, _: Path) -> None:
    file.unlink()
    try:
        os.mknod(file, S_IFCHR | 0o600, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("devices are for root to make")


@pytest.mark.parametrize("swap", [swap_for_link, swap_folder_for_link, swap_for_pipe, swap_for_folder, swap_for_device])
def test_what_takes_a_files_place_after_it_was_found_is_not_read(
    root: Path, tmp_path: Path, swap: Callable[[Path, Path], None]
) -> None:
    """A link, a pipe or a device put there between looking and reading is refused, and none makes the reader wait."""
    file = put(root / "deep" / "a.txt")
    (guide,) = find(root)
    assert isinstance(guide, GuideFile)
    swap(file, put(tmp_path / "outside" / "secret.txt", "secret\n"))
    with pytest.raises(OSError):  # noqa: PT011 - the system's own words differ
        read(Path(guide.file))


def test_a_guide_that_was_swapped_stays_as_it_was_read_and_is_told(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(root / "a.txt", "First.\n")
    update(tmp_path / "index", [root])
    put(file, "Second, and longer.\n")
    found = find

    def swapped(source: Path, **options: bool) -> list[GuideFile | Failure]:
        items = found(source, **options)
        swap_for_link(file, put(tmp_path / "secret.txt", "Secret.\n"))
        return items

    monkeypatch.setattr(plan, "find", swapped)
    (failure,) = update(tmp_path / "index").failed
    assert failure.reason.startswith("cannot be read")
    assert indexed(tmp_path / "index") == ["First.\n"]
