"""Plain text: headings, lists, repeats and damage, by hand-written cases."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from citeguide.indexer.parse import parse_guide
from citeguide.indexer.parsed import ParsedGuide

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    """The cases of a file, each called by what it shows."""
    found = tomllib.loads((CASES / name).read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["why"]) for case in found]


def shape(guide: ParsedGuide) -> dict[str, Any]:
    """A guide in the terms of the cases."""
    said = [(doubt.kind, f"{doubt.reason}: {guide.text[slice(*doubt.span)]}") for doubt in guide.doubts]
    return {
        "headings": [f"{heading.level} {heading.text}" for heading in guide.headings],
        "passages": [[p.kind, " > ".join(p.headings), guide.text[slice(*p.span)]] for p in guide.passages],
        "dropped": [text for kind, text in said if kind == "dropped"],
        "doubts": [text for kind, text in said if kind == "doubt"],
    }


@pytest.mark.parametrize("case", cases("reading_text.toml"))
def test_a_text_becomes(case: dict[str, Any]) -> None:
    """Every piece of the text, in order, is what the case says."""
    guide = parse_guide(case["text"].encode(), "guide.txt")
    assert shape(guide) == {key: case.get(key, []) for key in ("headings", "passages", "dropped", "doubts")}
    if "lines" in case:
        assert [list(passage.lines) for passage in guide.passages] == case["lines"]
