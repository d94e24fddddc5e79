"""The documents say what is so: samples are run and compared, commands and links are looked up."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import readme_samples
from citeguide.search.cli.program import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def test_the_console_samples_of_the_readme_are_what_comes_out(desk: Any) -> None:
    """Typed in order, each prints what stands below it. Run ``python docs/readme_samples.py`` where this fails."""
    text = (ROOT / "README.md").read_text("utf-8")
    assert text.count("\n$ citeguide ") >= 8
    assert text == readme_samples.filled(text, desk)


def test_the_python_sample_of_the_readme_runs(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python session in the README gives what stands there, on the sample guides."""
    monkeypatch.setenv("CITEGUIDE_INDEX", str(desk.folder / "index"))
    (session,) = blocks("README.md", "pycon")
    test = doctest.DocTestParser().get_doctest(session, {}, "README.md", "README.md", 0)
    report: list[str] = []
    result = doctest.DocTestRunner().run(test, out=report.append)
    assert result.attempted >= 3
    assert result.failed == 0, "".join(report)


@pytest.mark.parametrize(
    ("example", "arguments", "prints"),
    [
        ("ask.py", ["What is the median pay in Fresno?"], "Fresno, CA MSA: median $16.69 per hour."),
        ("table_scan.py", [], "highest Low: 17.43, line 99"),
        ("verify_answers.py", ["median pay in Napa"], "1 of 1 citations are intact"),
    ],
)
def test_each_example_runs(example: str, arguments: list[str], prints: str) -> None:
    """On the sample guides, as a reader would start it."""
    program = [sys.executable, ROOT / "docs" / "examples" / example, ROOT / "corpus", *arguments]
    ended = subprocess.run(program, capture_output=True, text=True, timeout=120)  # type: ignore[arg-type]
    assert ended.returncode == 0, ended.stderr
    assert prints in ended.stdout


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


def test_where_to_change_something_is_where_the_architecture_says() -> None:
    """Its table of changes leads to files and folders that are there."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    table = page.partition("## Where would I change")[2].partition("\n## ")[0]
    places = re.findall(r"`((?:search|indexer|web|bench)/[^`]*)`", table)
    assert len(places) >= 10
    assert [place for place in places if not (ROOT / place).exists()] == []


@pytest.mark.parametrize("folder", [*(name.partition(".")[2].replace(".", "/") for name in PACKAGES), "tests"])
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


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    """A fresh folder to type the samples in."""
    return readme_samples.Desk(tmp_path)


def blocks(document: str, language: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    return [code for name, code in FENCE.findall((ROOT / document).read_text("utf-8")) if name == language]
