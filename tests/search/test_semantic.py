"""Nearness in meaning, an option: vectors in the index, a model that is never fetched, answers that stay quotes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

np = pytest.importorskip("numpy")

from citeguide.indexer.update import update  # noqa: E402
from citeguide.search import ask, open_index  # noqa: E402
from citeguide.search.errors import IndexBrokenError, UsageError  # noqa: E402
from citeguide.search.meaning import SentencePlace  # noqa: E402
from citeguide.search.retrieval.passage_search import find  # noqa: E402
from citeguide.search.semantic.encoder import Encoder, Model  # noqa: E402
from citeguide.search.semantic.models import is_installed, open_encoder  # noqa: E402
from citeguide.search.semantic.nearness import Nearness  # noqa: E402
from citeguide.search.semantic.vector_file import read, rounded, write  # noqa: E402
from citeguide.search.semantic.wordpiece import WordPiece  # noqa: E402
from citeguide.search.store.generation import VECTORS  # noqa: E402

GUIDE = "# Pets\n\nDogs need a licence. It costs $12 a year.\n\n# Homes\n\nA tenant pays a deposit of two rents.\n"
MODEL = Model("letters", "0" * 64, "")


class LetterEncoder:
    """A stand-in: texts are near that share letters."""

    model = MODEL

    def __init__(self) -> None:
        self.read: list[str] = []

    def question(self, text: str) -> Any:
        found = np.zeros(26, dtype=np.float32)
        for letter in filter(str.isascii, filter(str.isalpha, text.lower())):
            found[ord(letter) - ord("a")] += 1
        return found / (np.linalg.norm(found) or 1)

    def passage(self, above: str, text: str, sentences: Sequence[tuple[int, int]]) -> Any:
        self.read.append(text)
        return np.stack([self.question(f"{above} {text}"), *(self.question(text[a:b]) for a, b in sentences)])


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    """A folder with one guide."""
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "town.md").write_text(GUIDE, "utf-8")
    return tmp_path / "guides"


def vectors(index: Path) -> list[Path]:
    """The vector files of an index, oldest first."""
    return sorted(index.glob(f"generation-*/{VECTORS}"))


def test_only_new_passages_are_read(guides: Path, tmp_path: Path) -> None:
    """A guide that did not change keeps its vectors; nothing is done where nothing changed."""
    encoder: Encoder = LetterEncoder()
    assert update(tmp_path / "index", [guides], encoder=encoder).embedded == 2
    assert update(tmp_path / "index", encoder=encoder).embedded == 0
    (guides / "more.md").write_text("# Cats\n\nA cat needs no licence.\n", "utf-8")
    assert update(tmp_path / "index", encoder=encoder).embedded == 1
    assert len(read(vectors(tmp_path / "index")[-1]).passages) == 3


def test_an_index_without_vectors_is_brought_up_to_date(guides: Path, tmp_path: Path) -> None:
    """The first run with an encoder embeds what earlier ones indexed; one without takes the vectors out."""
    update(tmp_path / "index", [guides])
    assert update(tmp_path / "index", encoder=LetterEncoder()).embedded == 2
    update(tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert index.meaning is None


def test_vectors_come_back_as_they_were(tmp_path: Path) -> None:
    """Rounded to bytes, a vector points nearly where it did, and each passage has its own."""
    random = np.random.default_rng(7)
    before = {(n, n * 3): random.normal(size=(2, 32)).astype(np.float32) for n in (5, 9, 200)}
    write(tmp_path / VECTORS, MODEL, {key: rounded(rows) for key, rows in before.items()})
    file = read(tmp_path / VECTORS)
    assert file.model == MODEL
    assert file.of(6) is None
    for (number, _), rows in before.items():
        found = file.of(number).astype(np.float32)  # type: ignore[union-attr]
        cosines = (found * rows).sum(axis=1) / np.linalg.norm(found, axis=1) / np.linalg.norm(rows, axis=1)
        assert cosines.min() > 0.999


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:0],
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: data.replace(b'"rows": 2', b'"rows": 9'),
        lambda data: data.replace(b'"width": 8', b'"width": 0'),
        lambda data: b"[" * 3_000 + data,
        lambda data: b"\x80\x04" + data,
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, damage: Any) -> None:
    """Whatever the file says of itself must add up."""
    write(tmp_path / VECTORS, MODEL, {(1, 1): rounded(np.ones((2, 8), dtype=np.float32))})
    data = damage((tmp_path / VECTORS).read_bytes())
    (tmp_path / VECTORS).write_bytes(data)
    with pytest.raises(IndexBrokenError, match="holds no vectors"):
        read(tmp_path / VECTORS)


def test_guides_without_prose_are_near_nothing(tmp_path: Path) -> None:
    """A file of vectors that holds none is no error."""
    write(tmp_path / VECTORS, MODEL, {})
    assert Nearness(read(tmp_path / VECTORS), LetterEncoder()).nearest("a licence", 3) == []


def test_two_sentences_are_held_against_each_other_by_their_vectors(tmp_path: Path) -> None:
    """Row 0 of a passage is its own; a sentence without a vector is near nothing."""
    rows = rounded(np.array([[1, 1, 0], [1, 0, 0], [0, 1, 0]], dtype=np.float32))
    write(tmp_path / VECTORS, MODEL, {(1, 1): rows, (1, 2): rows})
    near = Nearness(read(tmp_path / VECTORS), LetterEncoder())
    one, two = (int(number) for number in read(tmp_path / VECTORS).passages)
    assert near.between(SentencePlace(one, 0), SentencePlace(two, 0)) == pytest.approx(1.0)
    assert near.between(SentencePlace(one, 0), SentencePlace(two, 1)) == pytest.approx(0.0)
    assert near.between(SentencePlace(one, 0), SentencePlace(two, 7)) == 0.0


def test_words_are_cut_by_the_longest_pieces() -> None:
    """Lower case, accents off, the longest piece first, each at its word's place; what cannot be cut is unknown."""
    words = ["[UNK]", "[CLS]", "[SEP]", "un", "##afford", "##able", "una", "cafe", "!"]
    cut = WordPiece({word: n for n, word in enumerate(words)})
    assert [(p.number, p.start) for p in cut.pieces("Café unaffordable! x")] == [
        (7, 0), (0, 5), (8, 17), (0, 19),
    ]  # fmt: skip
    assert [p.number for p in cut.pieces("unable")] == [0]  # "una" is taken first, and no piece goes on


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    """The error says what is missing and what to do; a file that is no model is named."""
    with pytest.raises(UsageError, match="holds no model files"):
        open_encoder(tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"no model")
    with pytest.raises(UsageError, match="cannot be used as a model"):
        open_encoder(tmp_path)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index made with the model that the extra installs."""
    if not is_installed():
        pytest.skip("the semantic extra is not installed")
    folder = tmp_path_factory.mktemp("town")
    (folder / "town.md").write_text(GUIDE, "utf-8")
    assert update(folder / "index", [folder / "town.md"], encoder=open_encoder()).embedded == 2
    return folder / "index"


def test_who_searches_for_words_gets_them(town: Path) -> None:
    """Some passage is always the nearest in meaning; that is no hit for a word that stands nowhere."""
    with open_index(town) as index:
        assert index.meaning is not None
        assert find("zebra", index) == ()
        assert find("licence", index) != ()


def test_other_words_find_what_is_meant(town: Path) -> None:
    """A question that shares no word with its answer comes near it, and what is shown is a quote."""
    with open_index(town) as index:
        found = ask("how much cash must a renter leave with the landlord", index)
        shown = [citation.quote for citation in (*found.citations, *found.nearest)]
    assert shown[0] == "A tenant pays a deposit of two rents."
    assert all(quote in GUIDE for quote in shown)


@pytest.mark.usefixtures("town")
def test_a_question_is_near_its_paraphrase() -> None:
    """The model's cosines tell a paraphrase from another subject."""
    encoder = open_encoder()
    asked = encoder.question("how much is a dog licence")
    rows = encoder.passage("Pets", "A permit for your puppy costs $12. Rain falls in May.", [(0, 34), (35, 53)])
    assert rows[1] @ asked > 0.4 > rows[2] @ asked


@pytest.mark.usefixtures("town")
def test_the_page_long_passage_is_read_whole() -> None:
    """A passage longer than the model's window has a vector for every sentence."""
    text = " ".join(f"Rule {n} says that boats must carry {n} lamps at night." for n in range(120))
    ends = [n + 1 for n, letter in enumerate(text) if letter == "."]
    spans = list(zip([0, *(end + 1 for end in ends[:-1])], ends, strict=True))
    rows = open_encoder().passage("Boats", text, spans)
    assert rows.shape == (121, 384)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)


@pytest.mark.usefixtures("town")
def test_of_an_endless_passage_the_beginning_is_read() -> None:
    """A file without an end of a line is a single one: what is read of it, and held for it, is bounded."""
    encoder = open_encoder()
    text = "harbour fees rise " * 5_000
    few, many = (encoder.passage("", text[:length], [(0, 12)]) for length in (40_000, len(text)))
    assert (few == many).all()


def test_nothing_of_it_is_imported_without_vectors(guides: Path, tmp_path: Path) -> None:
    """A cold question over an index without vectors loads neither numpy nor a model."""
    update(tmp_path / "index", [guides])
    code = (
        "import sys, json; from pathlib import Path; from citeguide.search import ask, open_index\n"
        f"with open_index(Path({str(tmp_path / 'index')!r})) as index: ask('what does a dog licence cost', index)\n"
        "optional = ('numpy', 'onnxruntime', 'citeguide.search.semantic.')\n"
        "print(json.dumps([m for m in sys.modules if f'{m}.'.startswith(optional)]))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert json.loads(run.stdout) == []
