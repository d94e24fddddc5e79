"""The documents say what is so: samples are run and compared, commands and links are looked up."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from citeguide.search.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def test_the_console_samples_of_the_readme_are_what_comes_out(desk: Desk) -> None:
    """Each command of the README, typed in order in one folder, prints what stands below it (`...` for any text)."""
    samples = [sample for block in blocks("README.md", "console") for sample in commands(block)]
    assert len(samples) >= 5
    for command, expected in samples:
        printed = desk.type(command)
        assert doctest.OutputChecker().check_output(expected, printed, doctest.ELLIPSIS), f"$ {command}\n{printed}"


def test_the_python_sample_of_the_readme_runs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python session in the README gives what stands there, on the shipped guides."""
    monkeypatch.setenv("CITEGUIDE_INDEX", str(desk.folder / "index"))
    (session,) = blocks("README.md", "pycon")
    test = doctest.DocTestParser().get_doctest(session, {}, "README.md", "README.md", 0)
    report: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append)
    assert result.attempted >= 3
    assert result.failed == 0, "".join(report)


def test_the_readme_gives_two_commands_to_copy() -> None:
    """One that installs and asks, one that tests: CI runs both word for word."""
    install, tests = (line for block in blocks("README.md", "sh") for line in block.splitlines())
    assert "pip install" in install
    assert "citeguide ask" in install
    assert "pytest" in tests


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_in_the_readme(command: str) -> None:
    """A command that the README does not show is one that nobody finds."""
    assert re.search(rf"citeguide {command}\b", (ROOT / "README.md").read_text("utf-8"))


@pytest.mark.parametrize("folder", ["corpus", "indexer", "indexer/readers", "search", "search/engines", "web", "tests"])
def test_each_folder_is_in_the_architecture(folder: str) -> None:
    """docs/architecture.md says which question each folder answers."""
    assert f"`{folder}/`" in (ROOT / "docs" / "architecture.md").read_text("utf-8")


def test_each_module_that_a_document_names_exists() -> None:
    """A file name in the documents is that of a file, below the folder that the name gives if any."""
    present = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py") if ".venv" not in path.parts]
    named = {name for path in DOCUMENTS for name in re.findall(r"`([\w/]+\.py)`", path.read_text("utf-8"))}
    assert len(named) > 20
    assert [name for name in named if not any(f"/{path}".endswith(f"/{name}") for path in present)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_each_link_leads_somewhere(document: Path) -> None:
    """A link to a file of ours names one that is there, a link to a heading one that stands in the document."""
    text = document.read_text("utf-8")
    anchors = {
        re.sub(r"[^\w\- ]", "", title).strip().replace(" ", "-").lower()
        for title in re.findall(r"^#+ (.+)$", text, re.M)
    }
    for target in LINK.findall(text):
        if target.startswith("#"):
            assert target[1:] in anchors
        elif "://" not in target:
            assert (document.parent / target.split("#")[0]).exists(), target


LIBRARY_CARD = """\
# Library cards

Anyone who lives in the county can have a card, and it is free.

Bring a photo ID and a letter that shows your address, such as a bill from the last two months.

Children under 14 need a parent's signature.
"""


class Desk:
    """A folder with a guide of one's own in it, an index of the sample guides beside it, a terminal of 80 columns."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "guides").mkdir()
        (folder / "guides" / "library-card.md").write_text(LIBRARY_CARD, "utf-8")
        self.type("citeguide ask 'median pay in Fresno'")

    def type(self, command: str) -> str:
        """What a terminal shows after the command: both streams."""
        shell = shutil.which("bash") or pytest.skip("needs bash")
        result = subprocess.run(
            [shell, "-c", command],
            cwd=self.folder,
            env={
                "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]),
                "HOME": str(self.folder),
                "CITEGUIDE_INDEX": str(self.folder / "index"),
                "COLUMNS": "80",
                "LANG": "C.UTF-8",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return result.stdout


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def blocks(document: str, language: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    return [code for name, code in FENCE.findall((ROOT / document).read_text("utf-8")) if name == language]


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block, and what stands below it up to the next."""
    for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = piece.partition("\n")
        assert shlex.split(command), block
        yield command, output.rstrip("\n") + "\n" if output.strip() else ""
