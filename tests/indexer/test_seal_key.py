"""The key that an index seals its answers with: made once, kept to its owner, carried along, and never shown."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from stat import S_IMODE

import pytest
from citeguide.indexer.storage.copying import copy_index
from citeguide.indexer.verification.verify import verify
from citeguide.search.evaluation.saved_answers import read_answers
from citeguide.search.output.answer_json import to_json
from citeguide.search.output.seal import is_sealed_by
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.generation import is_unused
from citeguide.search.store.open import open_index
from citeguide.search.store.seal_key import SEAL_KEY_FILE, SECRET_BYTES, SealKey, readable_key
from commands import ended
from indexed import indexed, served, update

GUIDES = {"ferry.md": "# The ferry\n\nA day pass costs 14 dollars.\n"}
QUESTION = "What does a day pass cost?"


def save(index: Path) -> str:
    """An answer as it is saved."""
    with open_index(index) as held:
        return json.dumps(to_json(ask(QUESTION, held), held.seal_key))


def is_sealed(saved: str, index: Path) -> bool:
    """Whether the index's key made the seal of an answer."""
    (answer,) = read_answers(saved.encode())
    return is_sealed_by(readable_key(index), answer.seal)


def test_each_index_has_a_key_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    """Through updates, and where all is made anew."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    one, other = indexed(tmp_path / "one", GUIDES), indexed(tmp_path / "other", GUIDES)
    saved, key = save(one), readable_key(one)
    assert key is not None
    assert (key.since, len(key.secret)) == (1, SECRET_BYTES)
    assert is_sealed(saved, one)
    assert not is_sealed(saved, other)
    update(one, full=True)
    assert readable_key(one) == key


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    assert S_IMODE((indexed(tmp_path, GUIDES) / SEAL_KEY_FILE).stat().st_mode) == 0o600


def test_a_copy_knows_the_answers_of_what_it_was_copied_from(tmp_path: Path) -> None:
    """Its generations count anew: by its own reckoning it never had the one that such an answer names."""
    index = indexed(tmp_path, GUIDES)
    update(index, full=True)
    saved = save(index)
    copy_index(index, tmp_path / "copy", progress=lambda *_: None)
    assert is_sealed(saved, tmp_path / "copy")
    with open_index(tmp_path / "copy") as held:
        assert held.generation < json.loads(saved)["index"]["generation"]
        assert verify(read_answers(saved.encode()), held.sources, held).is_sound
        forged = json.loads(saved) | {"notes": ["Guaranteed."]}
        assert not verify(read_answers(json.dumps(forged).encode()), held.sources, held).is_sound


@pytest.mark.parametrize("byte", [0, 2, 40, 66, 70, 131])
def test_a_damaged_key_is_none_and_is_made_anew(tmp_path: Path, byte: int) -> None:
    """Answers come as ever, without it; what was sealed with the lost one is older than the new one."""
    index = indexed(tmp_path, GUIDES)
    data = bytearray((index / SEAL_KEY_FILE).read_bytes())
    data[byte] ^= 1
    (index / SEAL_KEY_FILE).write_bytes(data)
    assert readable_key(index) is None
    saved = save(index)
    assert len(json.loads(saved)["seal"]) == 64
    update(index, full=True)
    key = readable_key(index)
    assert key is not None
    assert key.since == 2
    with open_index(index) as held:
        assert verify(read_answers(saved.encode()), held.sources, held).is_sound


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links and pipes")
def test_neither_link_nor_pipe_is_a_key(tmp_path: Path) -> None:
    """An index from elsewhere might name a file of the user's, or wait for ever; neither is written to."""
    index, mine = indexed(tmp_path, GUIDES), tmp_path / "mine"
    mine.write_bytes((index / SEAL_KEY_FILE).read_bytes())
    (index / SEAL_KEY_FILE).unlink()
    (index / SEAL_KEY_FILE).symlink_to(mine)
    assert readable_key(index) is None
    (index / SEAL_KEY_FILE).unlink()
    os.mkfifo(index / SEAL_KEY_FILE)
    assert readable_key(index) is None
    assert json.loads(save(index))["status"] == "answered"
    update(index, full=True)
    assert (index / SEAL_KEY_FILE).is_file()
    assert is_sealed(save(index), index)


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="whoever may read all is never refused")
def test_a_key_of_somebody_else_stays(tmp_path: Path) -> None:
    index = indexed(tmp_path, GUIDES)
    data = (index / SEAL_KEY_FILE).read_bytes()
    (index / SEAL_KEY_FILE).chmod(0)
    assert len(json.loads(save(index))["seal"]) == 64
    update(index, full=True)
    (index / SEAL_KEY_FILE).chmod(0o600)
    assert (index / SEAL_KEY_FILE).read_bytes() == data


def test_a_key_without_an_index_is_what_a_first_update_left(tmp_path: Path) -> None:
    (tmp_path / SEAL_KEY_FILE).write_text(SealKey(1, b"k" * SECRET_BYTES).to_line())
    assert is_unused(tmp_path)


def test_it_is_never_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By whatever a program prints of an index, a command or a page tells."""
    index = indexed(tmp_path, GUIDES)
    key = readable_key(index)
    assert key is not None
    with open_index(index) as held:
        shown = [repr(held), str(key)]
    commands = (["ask", "--json", QUESTION], ["status", "--json"], ["check", "--json"])
    shown += [ended(capsys, "--index", index, *command).out for command in commands]
    with served(index) as client:
        answer = client.get("/api/ask", query_string={"q": QUESTION})
        shown.append(answer.get_data(as_text=True))
    assert is_sealed(answer.get_data(as_text=True), index)
    assert not [text for text in shown if key.secret.hex() in text or repr(key.secret) in text]
