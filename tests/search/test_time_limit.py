"""What a question may take is its own, however long its index has been open."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from citeguide.search import ask
from citeguide.search.errors import TimeLimitError
from citeguide.search.store import catalog
from indexed import opened


def test_the_hundredth_question_has_as_long_as_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch may take longer than any one of its questions; reading that goes on too long is given up all the same."""
    now = [0.0]
    monkeypatch.setattr(catalog, "time", SimpleNamespace(monotonic=lambda: now[0]))
    with opened(tmp_path, {"dogs.md": "# Dogs\n\nA dog licence costs $12 a year.\n"}) as index:
        index.catalog.stop_after(60)
        for _ in range(3):
            now[0] += 50
            assert ask("What does a dog licence cost?", index).status == "answered"
        now[0] += 61
        with pytest.raises(TimeLimitError):
            index.catalog.documents()
