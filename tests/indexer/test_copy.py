"""An index that is copied answers as the one that it was made of, whatever its engine, and goes on from there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from citeguide.indexer.readers import LONG_SHEET
from citeguide.indexer.storage.copying import copy_index
from citeguide.indexer.update import update as guarded_update
from citeguide.search.errors import IndexMissingError, UsageError
from citeguide.search.output.answer_json import to_json
from citeguide.search.pipeline.answer import ask
from citeguide.search.store import engines
from citeguide.search.store.engines.base import FIELDS
from citeguide.search.store.open import open_index
from commands import ended
from indexed import indexed, update

GUIDES = {
    "ferry.md": "# The ferry\n\n## Tickets\n\nA day pass costs 14 dollars.\n\n- no dogs\n- no bicycles on Sundays\n",
    "fees.csv": "Class,Room,Fee\nJuggling,A1,€40\nFencing,B2,€65\n",
}
QUESTIONS = ("What does a day pass cost?", "Which class has the highest fee?", "May I bring a dog?", "Who sells fish?")


def quiet(_done: int, _total: int, _path: str) -> None:
    """Nobody watches."""


def answers(index: Path) -> list[dict[str, Any]]:
    """What is answered, without what says by which index and when."""
    with open_index(index) as held:
        found = [to_json(ask(question, held)) for question in QUESTIONS]
    return [{name: each[name] for name in each if name not in {"index", "took_ms", "seal"}} for each in found]


@pytest.mark.parametrize("engine", [None, "tantivy"])
def test_a_copy_answers_alike(tmp_path: Path, engine: str | None) -> None:
    index = indexed(tmp_path, GUIDES)
    made = copy_index(index, tmp_path / "copy", engine=engine, progress=quiet)
    assert made.manifest.engine == (engine or engines.DEFAULT_ENGINE)
    assert answers(tmp_path / "copy") == answers(index)


@pytest.mark.parametrize("engine", [None, "tantivy"])
def test_a_copy_is_found_by_the_same_words(tmp_path: Path, engine: str | None) -> None:
    """Headings above a passage and numbers in a row among them; of a guide that was read in parts only its words."""
    long = "Town,Fee\n" + "".join(f"Town {n} {'of the north ' * 400},{n}\n" for n in range(LONG_SHEET // 5_000))
    (tmp_path / "guides").mkdir()
    for name, words in (GUIDES | {"rooms.csv": "Room,Way\nBlue,up the stairs\n", "towns.csv": long}).items():
        (tmp_path / "guides" / name).write_text(words, "utf-8")
    index = tmp_path / "index"
    guarded_update(index, [tmp_path / "guides"])  # by the process that reads long sheets in parts
    copy_index(index, tmp_path / "copy", engine=engine, progress=quiet)
    with open_index(index) as one, open_index(tmp_path / "copy") as other:
        for field in FIELDS:
            stems = list(one.engine.stems(field))
            assert list(other.engine.stems(field)) == stems
            weights = dict.fromkeys(stems[:200], 1.0)
            assert other.engine.rank(weights, 500, field=field) == one.engine.rank(weights, 500, field=field)
        assert one.engine.passages_with("ticket") == 2


def test_a_copy_goes_on_from_there(tmp_path: Path) -> None:
    """It remembers what the other did, and what changes later is in the copy alone."""
    index = indexed(tmp_path, GUIDES)
    copy_index(index, tmp_path / "copy", progress=quiet)
    assert len(update(tmp_path / "copy").unchanged) == len(GUIDES)
    (tmp_path / "guides" / "ferry.md").write_text("# The ferry\n\nA day pass costs 15 dollars.\n", "utf-8")
    update(tmp_path / "copy")
    assert "15 dollars" in str(answers(tmp_path / "copy")[0]["answer"])
    assert "14 dollars" in str(answers(index)[0]["answer"])


def test_what_is_there_is_never_replaced(tmp_path: Path) -> None:
    index = indexed(tmp_path, GUIDES)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear Ann", "utf-8")
    for target in (index, tmp_path / "mine"):
        with pytest.raises(UsageError, match="is not empty"):
            copy_index(index, target, progress=quiet)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_damaged_index_is_not_copied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every byte is checked first; nothing is left where the copy was to be."""
    index = indexed(tmp_path, GUIDES)
    (catalog,) = index.glob("generation-*/catalog.sqlite")
    data = bytearray(catalog.read_bytes())
    data[len(data) // 2] ^= 1
    catalog.write_bytes(data)
    assert ended(capsys, "copy", index, tmp_path / "copy").status == 2
    assert not (tmp_path / "copy").exists()


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = indexed(tmp_path, GUIDES)
    done = ended(capsys, "copy", index, tmp_path / "copy", "--engine", "tantivy")
    assert done.status == 0
    assert done.out.startswith(f"{tmp_path / 'copy'} holds the same guides in ")
    missing = ended(capsys, "copy", tmp_path / "none", tmp_path / "other")
    assert (missing.status, "there is no index in" in missing.err) == (2, True)
    with pytest.raises(IndexMissingError):
        open_index(tmp_path / "other")
