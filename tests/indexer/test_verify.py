"""Verify finds what changed, all of it, and nothing else."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from citeguide.indexer.parse import parse_guide
from citeguide.indexer.verification.verify import verify
from citeguide.search.citation.cite import citation
from citeguide.search.evaluation.saved_answers import read_answers
from citeguide.search.model import Answer, Citation, Document, Quote, Status, Value
from citeguide.search.output.answer_json import to_json
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import Index, open_index
from citeguide.search.text.line_index import LineIndex
from indexed import update

GUIDE = "Pay\n\nCoders in Fresno earn $16.69 an hour, or $1,234.50 a fortnight.\n\nExams cost $90 – résumé aside.\n"
PAY = "Coders in Fresno earn $16.69 an hour, or $1,234.50 a fortnight."


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A guide in a folder of its own."""
    path = tmp_path / "guides" / "pay.txt"
    path.parent.mkdir()
    path.write_text(GUIDE, "utf-8", newline="")
    return path


def cited(path: Path, quote: str, n: int = 1) -> Citation:
    """The citation of a quote that stands in a file."""
    data = path.read_bytes()
    text = data.decode("utf-8")
    start = text.index(quote)
    span = (start, start + len(quote))
    document = Document(1, str(path.parent), path.name, "text", "Pay", None, sha256(data).hexdigest(), len(data))
    return citation(n, Quote(1, (), LineIndex(text).lines(span), span, quote), document)


def answer(*citations: Citation, values: Sequence[Value] = ()) -> Answer:
    """A saved answer with these citations."""
    return Answer("q", Status.ANSWERED, "a", tuple(values), citations=citations)


def state(path: Path, saved: Citation) -> tuple[str, str]:
    """What verify says of one citation."""
    (verdict,) = verify([answer(saved)], [path.parent]).verdicts
    return verdict.state, verdict.note


def test_an_untouched_guide_is_intact(guide: Path) -> None:
    """The same file, the same span, the same words: nothing to say."""
    assert state(guide, cited(guide, PAY)) == ("intact", "")


def test_a_quote_that_stands_is_intact_though_its_file_changed(guide: Path) -> None:
    """A change behind the quote leaves it where it was; that the file changed is noted."""
    saved = cited(guide, PAY)
    guide.write_text(GUIDE.replace("$90", "$95"), "utf-8", newline="")
    assert state(guide, saved) == ("intact", "the file has changed since, the quote has not")


def test_a_quote_that_moved_is_found(guide: Path) -> None:
    """A line put in before it moves the quote; its new span and line are given."""
    saved = cited(guide, PAY)
    guide.write_text("New\n" + GUIDE, "utf-8", newline="")
    (verdict,) = verify([answer(saved)], [guide.parent]).verdicts
    assert verdict.state == "moved"
    assert verdict.place == ((saved.span[0] + 4, saved.span[1] + 4), (4, 4))


def test_of_several_places_the_nearest_is_given(guide: Path) -> None:
    """A quote that stands twice in the changed guide is taken to have moved the shorter way."""
    guide.write_text(GUIDE + PAY, "utf-8", newline="")
    saved = cited(guide, PAY)
    guide.write_text("N" + GUIDE + PAY, "utf-8", newline="")
    (verdict,) = verify([answer(saved)], [guide.parent]).verdicts
    assert verdict.place == ((saved.span[0] + 1, saved.span[1] + 1), (3, 3))


def test_a_quote_that_is_gone_has_changed(guide: Path) -> None:
    """One digit is enough; what stands there instead is said."""
    saved = cited(guide, PAY)
    guide.write_text(GUIDE.replace("16.69", "16.70"), "utf-8", newline="")
    now = PAY.replace("16.69", "16.70")
    assert state(guide, saved) == ("changed", f"the file has changed and now says, in line 3: {now}")


def test_an_altered_answer_is_told_from_an_altered_guide(guide: Path) -> None:
    """Where the file is as it was, it is the saved quote that was changed."""
    saved = cited(guide, PAY)._replace(quote=PAY.replace("16.69", "61.96"))
    assert state(guide, saved) == ("changed", "the quote was altered: the file is as it was and never held it")


def test_a_file_that_is_gone_or_unreadable_is_missing(guide: Path) -> None:
    """Deleted, or no longer a text: there is nothing to hold the quote against."""
    saved = cited(guide, PAY)
    guide.write_bytes(bytes(range(256)) * 20)
    assert state(guide, saved)[0] == "missing"
    guide.unlink()
    assert state(guide, saved) == ("missing", "there is no file pay.txt")


@pytest.mark.parametrize("path", ["../secret.txt", "/etc/passwd", "a/../../secret.txt", "pay.txt\0", ""])
def test_a_saved_path_never_leads_out_of_the_sources(guide: Path, path: str) -> None:
    """Saved answers may be forged: a file beside the folder is not looked into, were the quote in it or not."""
    (guide.parent.parent / "secret.txt").write_text(GUIDE, "utf-8", newline="")
    assert state(guide, cited(guide, PAY)._replace(path=path))[0] == "missing"


def test_an_empty_quote_proves_nothing(guide: Path) -> None:
    """It would stand anywhere."""
    assert state(guide, cited(guide, PAY)._replace(quote="", span=(5, 5)))[0] == "changed"


def test_of_two_folders_the_one_with_the_cited_file_counts(guide: Path, tmp_path: Path) -> None:
    """Two guides of one name in two folders are told apart by the hash of their bytes."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "pay.txt").write_text("Something else altogether.\n", "utf-8")
    outcome = verify([answer(cited(guide, PAY))], [other, guide.parent])
    assert [verdict.state for verdict in outcome.verdicts] == ["intact"]


def test_a_source_may_be_a_single_file(guide: Path) -> None:
    """As it may for the index, whose paths then are the file's name."""
    outcome = verify([answer(cited(guide, PAY))], [guide])
    assert [verdict.state for verdict in outcome.verdicts] == ["intact"]


@pytest.mark.parametrize(
    ("number", "citing", "computed", "reason"),
    [
        ("16.69", 1, False, None),
        ("1234.5", 1, False, None),
        ("16.96", 1, False, "it does not stand in the quote of citation 1"),
        ("6.69", 1, False, "it does not stand in the quote of citation 1"),
        ("234.5", 1, False, "it does not stand in the quote of citation 1"),
        ("16.69", None, False, "it is given as quoted but cites nothing"),
        ("16.69", 2, False, "it is given as quoted but cites nothing"),
    ],
)
def test_a_quoted_number_stands_in_its_quote(
    guide: Path, number: str, citing: int | None, computed: bool, reason: str | None
) -> None:
    """Compared as exact numbers, thousands separators aside; a part of a number is another number."""
    value = Value(Decimal(number), "USD", None, "Fresno", computed, citing)
    outcome = verify([answer(cited(guide, PAY), values=[value])], [guide.parent])
    assert [problem.reason for problem in outcome.unfounded] == ([reason] if reason else [])
    assert outcome.is_sound == (reason is None)


def test_one_changed_byte_flags_exactly_the_citations_that_hold_it(shared: Path, tmp_path: Path) -> None:
    """500 answers cite random runs of the seeds: all intact; then any one changed byte flags those that span it."""
    rng = random.Random(500)  # noqa: S311 - places to change, no secrets
    for source in sorted((shared / "seeds").glob("*.txt")):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    guides = sorted(tmp_path.glob("*.txt"))
    saved = [answer(*(random_citation(rng, guides, n) for n in (1, 2, 3))) for _ in range(500)]
    assert {verdict.state for verdict in verify(saved, [tmp_path]).verdicts} == {"intact"}
    for _ in range(8):
        guide = rng.choice(guides)
        data = guide.read_bytes()
        at = rng.choice([place for place, byte in enumerate(data) if chr(byte).isascii() and chr(byte).isalpha()])
        offset = len(data[:at].decode("utf-8"))
        guide.write_bytes(data[:at] + (b"q" if data[at] != ord("q") else b"z") + data[at + 1 :])
        flagged = [(v.answer, v.citation.n) for v in verify(saved, [tmp_path]).problems]
        guide.write_bytes(data)
        assert flagged == [
            (number, c.n)
            for number, each in enumerate(saved, start=1)
            for c in each.citations
            if c.path == guide.name and c.span[0] <= offset < c.span[1]
        ]


def random_citation(rng: random.Random, guides: Sequence[Path], n: int) -> Citation:
    """A citation of a random run of characters, 1 to 400 long, that is no blank."""
    path = rng.choice(guides)
    data = path.read_bytes()
    text = data.decode("utf-8")
    start = rng.randrange(len(text) - 1)
    span = (start, min(len(text), start + rng.randint(1, 400)))
    document = Document(1, str(path.parent), path.name, "text", "", None, sha256(data).hexdigest(), len(data))
    return citation(n, Quote(1, (), LineIndex(text).lines(span), span, text[slice(*span)]), document)


def test_500_answers_are_intact_until_a_byte_changes(shared: Path, tmp_path: Path) -> None:
    """What ask gives over the seeds, saved and read back, is intact; one changed byte flags those that quote it."""
    rng = random.Random(60)  # noqa: S311 - places to change, no secrets
    folder = tmp_path / "seeds"
    shutil.copytree(shared / "seeds", folder)
    update(tmp_path / "index", [folder])
    with open_index(tmp_path / "index") as index:
        asked = questions(shared, index)
        lines = [json.dumps(to_json(ask(question, index))) for question in asked]
    saved = read_answers("\n".join(lines).encode())
    outcome = verify(saved, [folder])
    assert (outcome.answers, outcome.is_sound) == (len(asked), True)
    cited = [(n, c) for n, each in enumerate(saved, start=1) for c in (*each.citations, *each.nearest)]
    assert len(asked) >= 500
    assert len(cited) >= 300
    for _ in range(8):
        held = rng.choice(cited)[1]
        guide = folder / held.path
        data, text = guide.read_bytes(), guide.read_text("utf-8")
        offset = rng.choice([place for place in range(*held.span) if text[place].isascii() and text[place].isalnum()])
        at = len(text[:offset].encode())
        guide.write_bytes(data[:at] + (b"q" if data[at] != ord("q") else b"z") + data[at + 1 :])
        flagged = [(v.answer, v.citation) for v in verify(saved, [folder]).problems]
        guide.write_bytes(data)
        assert flagged == [(n, c) for n, c in cited if c.path == held.path and c.span[0] <= offset < c.span[1]]


def questions(shared: Path, index: Index) -> list[str]:
    """The golden questions, and every place and measure of the wage table in several wordings."""
    golden = (shared / "golden" / "seeds.jsonl").read_text("utf-8").splitlines()
    (table,) = index.catalog.tables()
    places = [row.cells[0].text for row in index.catalog.rows(table.id)]
    wordings = (
        "What is the {} hourly wage in {}?",
        "{} pay {}",
        "{} wage of coders in {}",
        "Tell me the {} rate for {}",
    )
    return [json.loads(line)["question"] for line in golden] + [
        wording.format(measure, place)
        for wording in wordings
        for measure in ("low", "median", "high", "starting")
        for place in places
    ]


def test_the_text_that_is_checked_is_the_one_that_was_indexed(guide: Path) -> None:
    """Verify reads as the index does: a byte-order mark counts for nothing in spans."""
    guide.write_bytes(b"\xef\xbb\xbf" + GUIDE.encode())
    data = guide.read_bytes()
    assert parse_guide(data, guide.name).text == GUIDE
    saved = cited(guide, PAY)._replace(span=(GUIDE.index(PAY), GUIDE.index(PAY) + len(PAY)))
    assert state(guide, saved)[0] == "intact"


def test_no_link_leads_verify_out_of_its_folder(guide: Path, tmp_path: Path) -> None:
    """Answers and guides come from anywhere: what a link in the folder leads to is not opened."""
    secret = tmp_path / "secret.txt"
    secret.write_text(GUIDE, "utf-8", newline="")
    (guide.parent / "link.txt").symlink_to(secret)
    saved = cited(secret, PAY)._replace(path="link.txt")
    assert state(guide, saved)[0] == "missing"
