"""What is worked out of a catalog is let go of with it: a server that sees many generations does not grow."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest
from citeguide.search import ask, open_index
from indexed import update

PAY = "# Pay\n\n| County | Median |\n|---|---|\n| Marin | $18.40 |\n| Napa | $17.20 |\n| Yolo | $16.00 |\n"


@pytest.mark.parametrize(
    "question",
    [
        "Which counties pay above $17?",
        "median pay in Napa",
        "How many counties pay less than Marin?",
        "welders in Paris",
    ],
)
def test_nothing_holds_a_catalog_that_is_closed(question: str, tmp_path: Path) -> None:
    (tmp_path / "pay.md").write_text(PAY, "utf-8")
    update(tmp_path / "index", [tmp_path / "pay.md"])
    index = open_index(tmp_path / "index")
    ask(question, index)
    assert index.catalog.derived
    held = weakref.ref(index.catalog)
    index.close()
    del index
    gc.collect()
    assert held() is None
