"""Damage to letters: what is put right, what is only doubted, and that quotes stay what stands in the text."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from citeguide.indexer.encoding.mojibake import WINDOWS_1252, mended, restored
from citeguide.indexer.parse import parse_guide
from citeguide.search.context import Context
from citeguide.search.model import Finding
from citeguide.search.query.query import understand
from citeguide.search.reader import extractive
from citeguide.search.retrieval import reranker
from citeguide.search.store.open import open_index
from citeguide.search.text.tokenizer import terms
from hypothesis import given
from hypothesis import strategies as st
from indexed import update

CLEAN = "# Café work\n\nIt’s “paid” well – £25,000 a year, says the café’s owner.\n"


def twice(text: str) -> str:
    """A text whose UTF-8 was read as Windows-1252."""
    return codecs.charmap_decode(text.encode(), "strict", WINDOWS_1252)[0]


@given(st.text(st.characters(codec="utf-8")))
def test_what_was_decoded_once_too_often_is_restored(text: str) -> None:
    """The whole of it, or nothing: a text is never restored to something else than it was."""
    assert restored(twice(text)) in (text, None)


@pytest.mark.parametrize(
    "text", ["naïve café", "Â« bonjour Â»".replace("Â", ""), "São João", "Größe: 5 €", "½ – ¾ ± µ"]
)
def test_letters_of_other_languages_are_no_damage(text: str) -> None:
    """Accents, quotes and signs that a text holds by right stay."""
    assert restored(text) is None
    assert mended(text) == (text, 0)


@pytest.mark.parametrize("name", ["guide.txt", "guide.md"])
def test_a_file_that_was_encoded_twice_is_decoded_twice(name: str) -> None:
    """The text is the file's, by a better codec; the repair is listed."""
    guide = parse_guide(twice(CLEAN).encode(), name)
    assert guide.text == CLEAN
    assert [(doubt.kind, doubt.span) for doubt in guide.doubts] == [("repaired", (0, 0))]


def test_a_text_with_some_wrong_letters_is_kept_and_doubted() -> None:
    """A part that was pasted from elsewhere cannot be put right without changing what the file says."""
    text = f"{twice(CLEAN)}\nÜber größe.\n"
    guide = parse_guide(text.encode(), "guide.md")
    assert guide.text == text
    doubted = {guide.text[slice(*doubt.span)]: doubt.reason for doubt in guide.doubts if doubt.kind == "doubt"}
    assert doubted["â€™"] == "a letter that was decoded wrongly: “’”"
    assert doubted["Â£"] == "a letter that was decoded wrongly: “£”"


def test_a_page_with_some_wrong_letters_is_put_right() -> None:
    """A page's text is extracted anyway; how many letters were repaired is listed."""
    guide = parse_guide(f"<h1>Pay</h1><p>{twice('It’s £25,000.')} Größe.</p>".encode(), "guide.html")
    assert guide.text == "Pay\n\nIt’s £25,000. Größe."
    assert [doubt.reason for doubt in guide.doubts] == ["letters that were decoded wrongly: 2"]


def test_lost_letters_are_doubted() -> None:
    """A sign for a letter that cannot be had back."""
    guide = parse_guide("The caf\ufffd is open all day.".encode(), "guide.txt")
    assert [(doubt.kind, doubt.span) for doubt in guide.doubts] == [("doubt", (7, 8))]


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("certi\u00adfication", "certification"),
        ("certi\u200bfication", "certification"),
        ("certi\u2060fication\ufeff", "certification"),
        ("cafe\u0301", "cafe"),
        ("re\u0301sume\u0301", "resume"),
        ("certifi-\ncation", "certification"),
        ("certifi\u00ad\n   cation", "certification"),
        ("Certifi-\r\ncation", "certification"),
        ("well-known", "well"),
        ("Fresno -\nthe city", "fresno"),
    ],
)
def test_the_first_word_is(written: str, word: str) -> None:
    """Found without what is not seen, and whole where it goes on in the next line."""
    assert next(terms(written)).word == word


GUIDE = (
    "Licences\n\nA licensed phlebo\u00adtomist needs a certi\u200bfication from the board, and a back-\n"
    "ground check by the\u00a0county.\n\nThe office is open on Mondays.\n"
)


@pytest.mark.parametrize("question", ["Who needs a certification?", "Is a background check needed?"])
def test_words_are_found_in_spite_of_what_stands_in_them(question: str, tmp_path: Path) -> None:
    """And the quote is what stands in the text, with all of it."""
    (tmp_path / "guide.txt").write_text(GUIDE, encoding="utf-8")
    update(tmp_path / "index", [tmp_path / "guide.txt"])
    found = answer(question, tmp_path / "index")
    assert [quote.text for quote in found.quotes[:1]] == [GUIDE[10:-33]]
    start, end = found.quotes[0].span
    assert GUIDE[start:end] == found.quotes[0].text


def answer(question: str, index: Path) -> Finding:
    """What prose answers."""
    with open_index(index) as opened:
        asked = understand(question, limit=1)
        return extractive.answer(asked, Context(opened, reranker.ranking), year=2026)


def test_repairs_of_words_are_listed() -> None:
    """One note for all words with invisible characters, one for all that go on in the next line."""
    guide = parse_guide(GUIDE.encode(), "guide.txt")
    assert [(doubt.kind, doubt.reason[:10], doubt.lines) for doubt in guide.doubts] == [
        ("repaired", "2 cases of", (3, 3)),
        ("repaired", "1 case of ", (3, 4)),
    ]


def test_letters_that_were_read_as_latin_1_are_put_right_beside_good_ones() -> None:
    """Two of the three characters that such a letter became are control codes, which nobody writes: one is enough."""
    wrong = "’".encode().decode("latin-1")
    guide = parse_guide(f"<h1>Card</h1><p>The driver{wrong}s card. An office’s hours.</p>".encode(), "guide.html")
    assert guide.text == "Card\n\nThe driver’s card. An office’s hours."
    assert [doubt.reason for doubt in guide.doubts] == ["letters that were decoded wrongly: 1"]
