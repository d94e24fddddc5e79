"""The built wheel, with the source tree out of reach: what it holds, what it needs, and that it answers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PathDistribution, distribution
from itertools import chain
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("corpus", "indexer", "search", "web")
LITTER = ("__pycache__", "*.pyc", ".*")
CONSTRAINTS = ROOT / "constraints" / "lowest.txt"
MAX_INSTALL = 60_000_000
"""Bytes of citeguide and everything that it needs."""


def test_the_wheel_holds_one_name(wheel: Path) -> None:
    """Nothing but `citeguide` lands in anyone's site-packages."""
    tops = {entry.filename.split("/")[0] for entry in entries(wheel)}
    assert tops == {"citeguide", f"citeguide-{version()}.dist-info"}


def test_the_wheel_holds_every_file_of_the_four_folders(wheel: Path) -> None:
    """Sub-packages, guides, pages and type markers: none is forgotten in pyproject.toml."""
    tree = {"citeguide/" + path.relative_to(ROOT).as_posix() for folder in FOLDERS for path in files(ROOT / folder)}
    held = {entry.filename for entry in entries(wheel)}
    assert {name for name in held if name.startswith("citeguide/")} == tree


def test_each_package_is_listed_and_typed() -> None:
    """Every folder with Python files is a package by name in pyproject.toml, and type checkers may read it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    folders = {path.parent for folder in FOLDERS for path in files(ROOT / folder) if path.suffix == ".py"}
    packages = {"citeguide." + ".".join(folder.relative_to(ROOT).parts) for folder in folders}
    assert set(settings["packages"]) == packages
    assert [folder for folder in folders if not (folder / "py.typed").is_file()] == []
    assert settings["package-dir"] == {f"citeguide.{folder}": folder for folder in FOLDERS}


def test_the_lowest_versions_are_those_that_ci_tests() -> None:
    """Each dependency's lower bound is what the constraints for the lowest versions pin it to, up to its last part."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {name: lines for name, lines in project["optional-dependencies"].items() if name not in ("dev", "bench")}
    declared = [*project["dependencies"], *chain.from_iterable(extras.values())]
    pinned = [Requirement(line) for line in CONSTRAINTS.read_text("utf-8").splitlines() if not line.startswith("#")]
    versions = {requirement.name: str(requirement.specifier).removeprefix("==") for requirement in pinned}
    bounds = {Requirement(line).name: re.findall(r"[>=]=([\d.]+)", line) for line in declared}
    assert versions.keys() == bounds.keys()
    assert [name for name, (bound,) in bounds.items() if not f"{versions[name]}.".startswith(f"{bound}.")] == []


def test_the_install_stays_small(wheel: Path) -> None:
    """citeguide with everything that it needs, bytecode included, takes less than 60 MB."""
    needed = [Path(str(path.locate())) for package in requirements(wheel) for path in package.files or ()]
    assert len(needed) > 100
    ours = 2 * sum(
        entry.file_size for entry in entries(wheel)
    )  # the bytecode that pip adds is no larger than its source
    assert ours + sum(path.stat().st_size for path in needed if path.is_file()) < MAX_INSTALL


def test_the_same_source_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """With a date given, byte for byte: whoever builds it can check the one that is handed out."""
    assert built(tmp_path).read_bytes() == wheel.read_bytes()
    assert {entry.date_time[:3] for entry in entries(wheel)} == {(2025, 10, 9)}


def test_a_bare_install_runs_its_own_code(bare: Bare) -> None:
    """The tests below judge the wheel: neither the checkout nor a developer's tool is in reach."""
    code = (
        "import citeguide.search.pipeline.answer as a, citeguide.web as w\n"
        "print(a.__file__); print(w.__file__); import pytest"
    )
    result = bare.run("python", "-I", "-c", code)
    origins = result.stdout.split()
    assert len(origins) == 2
    assert all(Path(origin).is_relative_to(bare.folder) for origin in origins)
    assert "No module named 'pytest'" in result.stderr


def test_a_bare_install_tells_its_version(bare: Bare) -> None:
    """`citeguide --version` gives the version of pyproject.toml."""
    result = bare.run("citeguide", "--version")
    assert (result.returncode, result.stderr) == (0, "")
    assert version() in result.stdout


def test_a_bare_install_has_what_each_command_needs(bare: Bare) -> None:
    """Every command can be loaded without extras, the page's server among them."""
    code = (
        "from citeguide.search.cli.program import COMMANDS; from importlib import import_module; "
        "print(*(import_module(place.split(':')[0]).__name__ for place, _ in COMMANDS.values()))"
    )
    result = bare.run("python", "-I", "-c", code)
    assert result.stderr == ""
    assert len(result.stdout.split()) >= 7


def test_a_bare_install_answers_its_first_question(bare: Bare) -> None:
    """Without extras and without an index, the first question is answered from the shipped guides."""
    result = bare.run("citeguide", "ask", "What is the median pay in Fresno?")
    assert result.returncode == 0, result.stderr
    assert "$16.69" in result.stdout.splitlines()[0]
    assert "Fresno, CA MSA  Hourly    $11.61  $16.69  $25.39" in result.stdout


def test_a_bare_install_names_the_extra_that_a_file_needs(bare: Bare) -> None:
    """A PDF is skipped with the command that installs its reader, and the guide beside it is indexed."""
    guides = bare.elsewhere / "with-pdf"
    guides.mkdir()
    (guides / "cards.pdf").write_bytes(b"%PDF-1.7")
    (guides / "cards.md").write_text("# Cards\n\nA library card is free.\n", "utf-8")
    result = bare.run("citeguide", "--index", str(bare.elsewhere / "with-pdf-index"), "index", str(guides))
    assert "pip install 'citeguide[pdf]'" in result.stderr
    assert "1 added" in result.stdout


@dataclass(frozen=True)
class Bare:
    """A virtual environment that holds the wheel, and sees what its metadata requires and nothing else."""

    folder: Path
    elsewhere: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of its programs, away from the checkout, with an index of its own."""
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        return subprocess.run(
            [str(scripts(self.folder) / program), *arguments],
            cwd=self.elsewhere,
            env=kept
            | {"HOME": str(self.elsewhere), "CITEGUIDE_INDEX": str(self.elsewhere / "index"), "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return built(tmp_path_factory.mktemp("wheel"))


def built(folder: Path) -> Path:
    """The wheel of this checkout, built from a copy so that no build folder is left in it."""
    source, target = folder / "source", folder / "wheel"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        copy(ROOT / name, source)
    for folder in FOLDERS:  # type: ignore[assignment]
        copytree(ROOT / folder, source / folder, ignore=ignore_patterns(*LITTER))
    pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(target), str(source))
    (made,) = target.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Bare:
    """The wheel, installed by pip without the network; its requirements are linked from the running environment.

    A fresh install that fetches the requirements as well is part of ``.ci/run``: tests use no network.
    """
    folder = tmp_path_factory.mktemp("bare") / "venv"
    venv.create(folder, symlinks=True)
    pip("--python", str(scripts(folder) / "python"), "install", "--no-deps", "--no-index", str(wheel))
    (packages,) = {path.parent for path in folder.rglob("citeguide-*.dist-info")}
    for needed in requirements(wheel):
        for top in {path.parts[0] for path in needed.files or ()} - {"..", "__pycache__"}:
            (packages / top).symlink_to(str(needed.locate_file(top)))
    return Bare(folder, tmp_path_factory.mktemp("elsewhere"))


def requirements(wheel: Path) -> list[Distribution]:
    """What a bare install of the wheel brings along, direct or not, as it stands in the running environment."""
    found: dict[str, Distribution] = {}
    waiting: list[Distribution] = [PathDistribution(zipfile.Path(wheel, f"citeguide-{version()}.dist-info/"))]
    while waiting:
        for line in waiting.pop().requires or ():
            requirement = Requirement(line)
            name = canonicalize_name(requirement.name)
            if name not in found and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
                found[name] = distribution(name)
                waiting.append(found[name])
    return list(found.values())


def files(folder: Path) -> Iterator[Path]:
    """Every file below the folder that belongs to the project."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(
            part == "__pycache__" or part.startswith(".") for part in path.relative_to(ROOT).parts
        ):
            yield path


def entries(wheel: Path) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.infolist()


def version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def scripts(environment: Path) -> Path:
    return environment / ("Scripts" if os.name == "nt" else "bin")


def pip(*arguments: str) -> None:
    """Run the running environment's pip, with a date for what it builds; what it says is shown where it fails."""
    dated = os.environ | {"SOURCE_DATE_EPOCH": "1760000000"}
    result = subprocess.run(
        [sys.executable, "-m", "pip", *arguments], env=dated, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
