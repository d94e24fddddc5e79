"""What a .citeguideignore leaves out: as git understands the same lines, quickly whatever they are, and told if not."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from citeguide.indexer.files.globs import pattern
from citeguide.indexer.files.ignored import IGNORE_FILE, MAX_IGNORE_BYTES, MAX_PATTERNS, Ignored
from citeguide.indexer.files.sources import GuideFile, find
from citeguide.indexer.report import Failure
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indexed import update

PIECES = st.sampled_from("a b ab * ** ? [ab] [!a] [a-c] / /**/ **/ /** \\* -".split())
PLAIN_STARS = re.compile(r"\*{3}|[^/*]\*\*/")
"""Stars that gitignore(5) has as plain ones: behind a letter, or three and more. Git itself takes some of them for any
number of folders, as it compares the letters before them first."""
LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "", "", "!", "/", "#", "\\!"]),
        st.lists(PIECES, min_size=1, max_size=5).map("".join),
        st.sampled_from(["", "", "/", " ", "\\ ", "\r"]),
    )
    .map("".join)
    .filter(lambda line: not PLAIN_STARS.search(line)),
    max_size=4,
)
TOO_MUCH = "more than 1,000 patterns, or 64 KB"
NAMES = ["a", "b", "ab", "abc", "c", "*", "-", "!a", "b "]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "root"
    folder.mkdir()
    return folder


def put(path: Path, text: str = "text\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def guides(root: Path) -> list[str]:
    return [item.path for item in find(root) if isinstance(item, GuideFile)]


def failures(root: Path) -> list[str]:
    return [item.line() for item in find(root) if isinstance(item, Failure)]


def ignored(root: Path, paths: Sequence[str]) -> list[str]:
    rules = Ignored(root)
    return [path for path in paths if rules.holds(root / path.rstrip("/"), folder=(root / path).is_dir())]


def by_git(root: Path, paths: Sequence[str]) -> list[str]:
    """What git says of the same paths under the same lines."""
    for file in root.rglob(IGNORE_FILE):
        shutil.copy(file, file.with_name(".gitignore"))
    command = ["git", "-C", str(root), "check-ignore", "--no-index", "-z", "--stdin"]
    done = subprocess.run(command, input="\0".join(paths), capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return [path for path in done.stdout.split("\0") if path]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files three folders deep under every name, in a git repository."""
    if shutil.which("git") is None:
        pytest.skip("git is not here to compare with")
    folder = tmp_path_factory.mktemp("repository").resolve()
    subprocess.run(["git", "init", "-q", str(folder)], check=True)  # noqa: S607 - wherever git is
    for outer in NAMES:
        for inner in NAMES[:4]:
            (folder / f"{outer}d" / inner).mkdir(parents=True)
            for name in NAMES:
                (folder / f"{outer}d" / inner / f"{name}d").mkdir()
        put(folder / outer)
    for name in ("a", "b"):
        for inner in NAMES:
            put(folder / "deep" / name / inner)
    return folder


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(outer=LINES, inner=LINES)
def test_lines_mean_what_git_takes_them_to_mean(repository: Path, outer: list[str], inner: list[str]) -> None:
    """The same paths are left out as by git, with an ignore file in the root and one in a folder."""
    (repository / IGNORE_FILE).write_text("\n".join(outer) + "\n")
    (repository / "deep" / IGNORE_FILE).write_text("\n".join(inner) + "\n")
    everything = (path for path in repository.rglob("*") if not path.name.startswith(".") and ".git" not in path.parts)
    paths = sorted(str(path.relative_to(repository)) for path in everything)
    assert ignored(repository, paths) == by_git(repository, paths)


def test_stars_behind_letters_are_plain_stars(root: Path) -> None:
    """As gitignore(5) has it: they stand for anything but a slash."""
    for name in ("ab", "ac/b", "a/c/b"):
        put(root / f"{name}.md")
    (root / IGNORE_FILE).write_text("a**/b.md\n")
    assert guides(root) == ["a/c/b.md", "ab.md"]


def test_patterns_leave_out_files_folders_and_take_back(root: Path) -> None:
    (root / IGNORE_FILE).write_text("# drafts\ndraft-*\n/private/\nold/**\n!old/keep.md\n")
    for path in ("a.md", "draft-a.md", "sub/draft-b.md", "private/a.md", "sub/private/a.md", "old/a.md", "old/keep.md"):
        put(root / path)
    assert guides(root) == ["a.md", "old/keep.md", "sub/private/a.md"]
    assert failures(root) == []


def test_an_inner_file_speaks_after_an_outer_one_and_only_of_its_own_folder(root: Path) -> None:
    (root / IGNORE_FILE).write_text("*.csv\n")
    put(root / "sub" / IGNORE_FILE, "!wages.csv\n/a.md\n")
    for path in ("wages.csv", "a.md", "sub/wages.csv", "sub/other.csv", "sub/a.md", "sub/deep/a.md"):
        put(root / path, "Place,Pay\nX,1\n")
    assert guides(root) == ["a.md", "sub/deep/a.md", "sub/wages.csv"]


def test_a_link_brings_nothing_back_and_an_ignored_link_is_no_trouble(root: Path) -> None:
    """A link to an ignored file or folder is as ignored as these; one that is ignored itself need not lead anywhere."""
    (root / IGNORE_FILE).write_text("private\nlost.md\n")
    put(root / "private" / "a.md")
    (root / "a.md").symlink_to("private/a.md")
    (root / "folder").symlink_to("private")
    (root / "lost.md").symlink_to("nowhere")
    assert list(find(root)) == []


def test_what_becomes_ignored_leaves_the_index_and_comes_back(tmp_path: Path, root: Path) -> None:
    kept, left = put(root / "a.md", "One.\n"), put(root / "b.md", "Two.\n")
    assert update(tmp_path / "index", [root]).added == (str(kept), str(left))
    rules = put(root / IGNORE_FILE, "b.md\n")
    assert update(tmp_path / "index").removed == (str(left),)
    assert update(tmp_path / "index").unchanged == (str(kept),)
    rules.unlink()
    assert update(tmp_path / "index").added == (str(left),)


def test_a_file_that_is_named_itself_is_read_all_the_same(root: Path) -> None:
    (root / IGNORE_FILE).write_text("*\n")
    (found,) = find(put(root / "a.md"))
    assert isinstance(found, GuideFile)


@pytest.mark.parametrize("content", ["#" * (MAX_IGNORE_BYTES + 1), "a\n" * (MAX_PATTERNS + 1)])
def test_rules_that_cannot_be_used_keep_their_folder_as_it_was(tmp_path: Path, root: Path, content: str) -> None:
    """What must be left out is not known: nothing new is read there, and nothing is dropped either."""
    known, other = put(root / "sub" / "a.md", "One.\n"), put(root / "b.md", "Two.\n")
    update(tmp_path / "index", [root])
    put(root / "sub" / IGNORE_FILE, content)
    put(root / "sub" / "secret.md", "Three.\n")
    report = update(tmp_path / "index")
    assert [failure.line() for failure in report.failed] == [
        f"{known.parent}: its {IGNORE_FILE} cannot be used ({TOO_MUCH}); mend it"
    ]
    assert (report.added, report.removed, report.unchanged) == ((), (), (str(other),))


def test_a_link_is_no_ignore_file(tmp_path: Path, root: Path) -> None:
    put(tmp_path / "outside", "*\n")
    (root / IGNORE_FILE).symlink_to(tmp_path / "outside")
    put(root / "a.md")
    assert guides(root) == []
    assert [line.split(" (")[0] for line in failures(root)] == [f"{root}: its {IGNORE_FILE} cannot be used"]


@pytest.mark.parametrize("line", ["a*" * 60 + "b", "*a" * 60 + "b", "**/a/" * 40 + "b", "[" * 5_000, "?*" * 60 + "b"])
def test_no_pattern_runs_away(line: str) -> None:
    """Where every star could try every place, matching would outlast us all; it takes a blink."""
    began = time.process_time()
    found = pattern(line)
    assert found is not None
    assert not found.matches(["a"] * 200 + ["a" * 250], folder=False)
    assert time.process_time() - began < 0.5
