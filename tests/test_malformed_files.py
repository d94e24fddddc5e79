"""Some of the malformed files that ``bench/fuzz_files.py`` makes: none hurts the program or its neighbours."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

SCRIPT = Path(__file__).resolve().parent.parent / "bench" / "fuzz_files.py"
BOMBS = (
    "deep-inline.html", "less-than.html", "attribute.html", "deep-quote.md", "brackets.md", "front-matter-flow.md",
    "quotes.csv", "separators.csv", "glued-line.txt", "marks.txt", "page-loop.pdf", "page-count.pdf", "deep-array.pdf",
    "form-within-itself.pdf", "huge-type.pdf", "laughs.xlsx", "places.docx", "no-members.xlsx",
)  # fmt: skip
"""Those that are made and read fast."""


def load() -> ModuleType:
    """The campaign."""
    spec = importlib.util.spec_from_file_location("fuzz_files", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_malformed_files_are_indexed_or_named_and_hurt_nothing(tmp_path: Path) -> None:
    """Bombs and damaged copies of every format: none takes long, each is in the report, good guides are indexed."""
    outcome = load().campaign(60, 1, tmp_path, bombs=BOMBS)
    assert outcome.files == 60
    assert outcome.failures == []
