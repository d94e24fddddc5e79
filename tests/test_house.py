"""Rules of the house that a reader of one file would not see broken."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN = {
    "search": {"indexer", "web"},
    "indexer": {"web"},
    "corpus": {"indexer", "search", "web"},
    "web": set[str](),
}
"""The floors: each folder, and the folders that it may not import from."""
MAX_LINES = 400
MOST_LISTED, MOST_COMPARED = 1_500, 80
"""Words in lists of modules, and lower-case words that branches compare: what is data belongs into data files."""
BROAD = {"Exception", "BaseException"}
TEXT_FILES = {".css", ".html", ".js", ".jsonl", ".md", ".py", ".svg", ".toml", ".txt", ".yml", ".yaml"}
WORD = re.compile(r"[A-Za-z][A-Za-z'-]+")
REGISTRY = re.compile(r"py" + r"pi\.(?:org|io|python)|python" + r"hosted\.", re.IGNORECASE)
"""Addresses of package registries, spelled so that this file does not hold one."""


def modules() -> dict[str, Path]:
    """Every module of ours by its dotted name without the leading ``citeguide``."""
    paths = [path for folder in FORBIDDEN for path in sorted((ROOT / folder).rglob("*.py"))]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


MODULES = modules()


def test_the_floors_hold() -> None:
    """The search never imports the indexer or the page, the indexer never the page, the corpus nothing."""
    wrong = [
        f"{name} imports {imported}"
        for name, path in MODULES.items()
        for imported in ours(tree(path), name, path)
        if imported.split(".")[0] in FORBIDDEN[name.split(".")[0]]
    ]
    assert wrong == []


def test_modules_import_each_other_without_a_circle() -> None:
    """An order exists in which every module comes after those that it imports."""
    TopologicalSorter(
        {name: {i for i in ours(tree(path), name, path) if i != name} for name, path in MODULES.items()}
    ).prepare()


def test_folders_import_each_other_without_a_circle() -> None:
    """So do the folders below the four on top, each taken as one: what stands above imports what stands below."""
    TopologicalSorter(
        {
            folder: {folder_of(i) for name in names for i in ours(tree(MODULES[name]), name, MODULES[name])} - {folder}
            for folder, names in groupby(sorted(MODULES, key=folder_of), key=folder_of)
        }
    ).prepare()


@pytest.mark.parametrize(
    ("code", "imported"),
    [
        ("from ...web import app", {"web.app"}),
        ("from ...web.app import create_app", {"web.app"}),
        ("from . import cite", {"search.citation.cite"}),
        ("from citeguide.web import app", {"web.app"}),
        ("import citeguide.web.app", {"web.app"}),
        ("def late():\n    from ... import web", {"web"}),
        ("import json\nfrom flask import Flask", set()),
    ],
)
def test_every_form_of_import_is_seen(code: str, imported: set[str]) -> None:
    """The two tests above would notice an import in any spelling, also inside a function."""
    assert set(ours(ast.parse(code), "search.citation.open", Path("search/citation/open.py"))) == imported


def test_our_modules_are_imported_relatively_and_at_the_top() -> None:
    """One spelling, that editors follow through the folders; none deferred into a function to dodge a circle."""
    wrong = []
    for name, path in MODULES.items():
        for node in imports(tree(path)):
            absolute = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            is_relative = isinstance(node, ast.ImportFrom) and node.level > 0
            if not is_relative and {part.split(".")[0] for part in absolute} & {*FORBIDDEN, "citeguide"}:
                wrong.append(f"{name}:{node.lineno} is not relative")
            if is_relative and node.col_offset > 0 and node.lineno not in for_types(path):
                wrong.append(f"{name}:{node.lineno} is not at the top")
    assert wrong == []


def test_no_except_clause_is_broad() -> None:
    """Nothing catches every exception, not even to raise it again: tidying up is what context managers are for."""
    wrong = [
        f"{name}:{node.lineno}"
        for name, path in MODULES.items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or BROAD & {part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)})
    ]
    assert wrong == []


def test_a_constant_s_name_means_one_thing() -> None:
    """Who looks for a constant finds one. Where two modules mean the same, one has it and the other imports it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, path in MODULES.items():
        for constant in constants(tree(path)):
            found[constant].append(name)
    assert {constant: names for constant, names in found.items() if len(names) > 1} == {}


def test_no_module_is_long() -> None:
    """A module of more than 400 lines answers more than one question."""
    lengths = {name: len(path.read_text("utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}


def test_words_stand_in_data_files() -> None:
    """English, descriptions and tables of names are data; what steers code is an enumeration, no word in a branch."""
    trees = [tree(path) for path in MODULES.values()]
    assert sum(map(listed, trees)) <= MOST_LISTED
    assert sum(map(compared, trees)) <= MOST_COMPARED


def test_numbers_that_steer_answers_stand_in_the_parameters() -> None:
    """A number at the top of a module of search/ is a bound, a form, a width or a fact of language that the list names.

    Who adds one asks first whether it steers what is answered: then it belongs into search/params.py.
    """
    kinds = tomllib.loads((ROOT / "tests" / "cases" / "module_numbers.toml").read_text("utf-8"))
    known = {(f"search/{path}", name) for named in kinds.values() for path, names in named.items() for name in names}
    found = {
        (str(path.relative_to(ROOT)), name)
        for path in MODULES.values()
        if path.is_relative_to(ROOT / "search")
        for name in numbers(tree(path))
    }
    assert {"unnamed": found - known, "no longer there": known - found} == {"unnamed": set(), "no longer there": set()}


@pytest.mark.parametrize(
    "value", ["3", "-0.5", "4 * 2**20", "LIMIT * 2", "(1, 2)", "{1: 'a', 'b': 2.0}", "Decimal('.5')"]
)
def test_every_form_of_number_is_seen(value: str) -> None:
    """The test above would notice a number however it is written."""
    assert list(numbers(ast.parse(f"A = {value}\nB: Final = {value}"))) == ["A", "B"]


def test_no_file_names_a_package_registry() -> None:
    """People install from the registry that they trust; no text of ours names one."""
    texts = list(repository_texts())
    assert len(texts) > 50
    assert [path for path in texts if REGISTRY.search(path.read_text("utf-8"))] == []


def test_the_version_is_one() -> None:
    """pyproject.toml, the installed package and the newest entry of the change log agree."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    newest = re.search(r"^## \[(\d[^\]]*)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    assert {declared, version("citeguide"), newest[1]} == {declared}


def listed(module: ast.Module) -> int:
    """Words in the lists of a module: values at its top with eight words and more."""
    values = [node.value for node in module.body if isinstance(node, ast.Assign | ast.AnnAssign) and node.value]
    counts = (sum(len(WORD.findall(text)) for text in texts_in(value)) for value in values)
    return sum(count for count in counts if count >= 8)


def compared(module: ast.Module) -> int:
    """Lower-case words that a module's branches compare with."""
    comparisons = (node for node in ast.walk(module) if isinstance(node, ast.Compare))
    sides = (side for node in comparisons for side in (node.left, *node.comparators))
    parts = (part for side in sides for part in getattr(side, "elts", [side]))
    words = (part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))
    return sum(word.isalpha() and word.islower() for word in words)


def constants(module: ast.Module) -> Iterator[str]:
    """The names in capitals that a module gives at its top, but for its private ones."""
    for node in module.body:
        yield from (name for name in named(node) if name.isupper() and not name.startswith("_"))


def named(node: ast.stmt) -> Iterator[str]:
    """The names that an assignment gives."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    yield from (leaf.id for target in targets for leaf in ast.walk(target) if isinstance(leaf, ast.Name))


def numbers(module: ast.Module) -> Iterator[str]:
    """The names that a module gives to numbers at its top."""
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value and is_number(node.value):
            yield from named(node)


def is_number(value: ast.expr) -> bool:
    """Whether a value is a number, reckoned from numbers, or holds some."""
    match value:
        case ast.Constant(value=bool()):
            return False
        case ast.Constant(value=int() | float()):
            return True
        case ast.UnaryOp(operand=part):
            return is_number(part)
        case ast.BinOp(left=left, right=right):
            parts = (left, right)
            return any(map(is_number, parts)) and all(is_number(p) or isinstance(p, ast.Name) for p in parts)
        case ast.Tuple(elts=parts) | ast.Dict(values=parts):
            return any(map(is_number, parts))
        case ast.Call(func=ast.Name(id="Decimal")):
            return True
    return False


def texts_in(value: ast.expr) -> Iterator[str]:
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def folder_of(module: str) -> str:
    """The folder below one of the four on top that a module lies in; a module that lies in none stands for itself."""
    top, _, rest = module.partition(".")
    return f"{top}.{rest.partition('.')[0]}"


def for_types(path: Path) -> set[int]:
    """The lines of a module that only a type checker reads."""
    blocks = (
        node for node in tree(path).body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    )
    return {line for block in blocks for line in range(block.lineno, (block.end_lineno or block.lineno) + 1)}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(module: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    return (node for node in ast.walk(module) if isinstance(node, ast.Import | ast.ImportFrom))


def ours(module: ast.Module, name: str, path: Path) -> Iterator[str]:
    """The modules of ours that a module imports, wherever in it."""
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in imports(module):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        else:
            above = ["citeguide", *package][: len(package) + 2 - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            members = [f"{base}.{alias.name}" for alias in node.names]
            named = [member if member.removeprefix("citeguide.") in MODULES else base for member in members]
        yield from (full.removeprefix("citeguide.") for full in named if full.split(".")[0] == "citeguide")


def repository_texts() -> Iterator[Path]:
    """The text files of the checkout, without what tools leave behind."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.suffix in TEXT_FILES and not any(p.startswith(".") or p in {"build", "dist"} for p in parts[:-1]):
            yield path
    yield ROOT / ".ci" / "run"
