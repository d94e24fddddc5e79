"""From bytes to text: encodings, what is no text, and that no bytes at all bring the readers down."""

from __future__ import annotations

import codecs

import pytest
from citeguide.indexer.dates import iso_date
from citeguide.indexer.encoding import decode as decode_module
from citeguide.indexer.encoding import guessed
from citeguide.indexer.encoding.decode import decode
from citeguide.indexer.extras import Extra
from citeguide.indexer.parse import parse_guide
from citeguide.indexer.readers import FORMATS, Format, format_of
from citeguide.search.errors import SourceError
from hypothesis import given, settings
from hypothesis import strategies as st

TEXT = "Résumé – ten dollars\r\nand “more”\r"

MARKED = [
    ("utf-8", codecs.BOM_UTF8),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
    ("utf-32-le", codecs.BOM_UTF32_LE),
    ("utf-32-be", codecs.BOM_UTF32_BE),
]


@pytest.mark.parametrize(("encoding", "mark"), MARKED)
def test_a_byte_order_mark_names_the_encoding_and_is_no_text(encoding: str, mark: bytes) -> None:
    """The text is exactly what was encoded, newlines as they stood, and nothing is doubted."""
    decoded = decode(mark + TEXT.encode(encoding))
    assert (decoded.text, decoded.doubt) == (TEXT, "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_an_encoding_is_known_without_a_mark(encoding: str) -> None:
    """UTF-8 by its form, UTF-16 by its zeros."""
    decoded = decode(TEXT.encode(encoding))
    assert (decoded.text, decoded.doubt) == (TEXT, "")


def test_other_bytes_are_read_as_windows_1252_and_doubted() -> None:
    """0x93 and 0x96 are a quotation mark and a dash there; the doubt names the first byte that is not UTF-8."""
    decoded = decode(b"ten \x96 \x93more\x94 r\xe9sum\xe9")
    assert decoded.text == "ten – “more” résumé"
    assert decoded.doubt == "not UTF-8 (byte 4): read as Windows-1252"


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
def test_four_bytes_a_letter_are_known_by_their_zeros(encoding: str) -> None:
    """UTF-32 without a mark."""
    assert decode(TEXT.encode(encoding)).text == TEXT


FOREIGN = [
    ("windows-1251", "Библиотека открыта с девяти до шести. Штраф за книгу составляет десять рублей в день.\n"),
    ("koi8-r", "Библиотека открыта с девяти до шести. Штраф за книгу составляет десять рублей в день.\n"),
    ("shift_jis", "図書館の開館時間。月曜日は午前九時から午後六時まで。本の延滞料は一日十円です。\n"),
    ("euc-jp", "図書館の開館時間。月曜日は午前九時から午後六時まで。本の延滞料は一日十円です。\n"),
    ("iso2022_jp", "図書館の開館時間。月曜日は午前九時から午後六時まで。本の延滞料は一日十円です。\n"),
    ("gb18030", "图书馆开放时间。星期一上午九点到下午六点。图书逾期罚款每天一元。请带上您的卡片。\n"),
    ("big5", "圖書館開放時間。星期一上午九點到下午六點。圖書逾期罰款每天一元。請帶上您的卡片。\n"),
    ("euc-kr", "도서관 개관 시간. 월요일은 오전 아홉시부터 오후 여섯시까지입니다. 연체료는 하루 십원입니다.\n"),
    ("windows-1253", "Η βιβλιοθήκη είναι ανοιχτή από τις εννέα έως τις έξι. Το πρόστιμο είναι πέντε ευρώ.\n"),
]


@pytest.mark.parametrize(("encoding", "text"), FOREIGN)
def test_letters_that_make_no_words_are_read_in_their_own_encoding(encoding: str, text: str) -> None:
    """Alone, and behind a long text in ASCII; a doubt says so."""
    for whole in (text, "The library.\n" * 9000 + text):
        decoded = decode(whole.encode(encoding))
        assert decoded.text == whole
        assert "read as" in decoded.doubt


def test_without_the_library_foreign_letters_are_read_as_ever_and_the_doubt_names_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The base install knows that it reads no words."""
    for module in (decode_module, guessed):
        monkeypatch.setattr(module, "ENCODINGS", Extra("encodings", "no_such_module"))
    decoded = decode(FOREIGN[0][1].encode("windows-1251"))
    assert decoded.doubt == "not UTF-8 (byte 0): read as Windows-1252; the extra encodings may tell better"


@pytest.mark.parametrize(
    "text",
    [
        "£5 a day",
        "Café – “open”",
        "1½ cups, 10×20 cm, ±5 µg, 20 °C",
        "« L’été à la plage »",
        "Öl, CAFÉ, naïve",
        "São 5 €",
    ],
)
def test_western_letters_look_right(text: str) -> None:
    """Accents, signs and typographic marks of Western texts are left to Windows-1252."""
    assert decode(text.encode("windows-1252")).text == text


def test_a_damaged_byte_in_long_utf8_text_stays_utf8() -> None:
    """One bad byte among many good characters beyond ASCII does not turn the rest into gibberish."""
    decoded = decode("é".encode() * 40 + b"\xff" + "é".encode() * 40)
    assert decoded.text == "é" * 40 + "\ufffd" + "é" * 40
    assert decoded.doubt == "1 damaged characters in UTF-8 text, the first at byte 80"


def test_a_page_may_name_its_encoding() -> None:
    """A page in Windows-1251 that says so is read without a doubt."""
    page = '<meta charset="windows-1251"><p>Хлеб стоит десять.</p>'.encode("windows-1251")
    guide = parse_guide(page, "guide.html")
    assert guide.text == "Хлеб стоит десять."
    assert guide.doubts == ()


@pytest.mark.parametrize("name", ["punycode", "unicode_escape", "hex", "no-such", "utf-7"])
def test_an_encoding_that_no_page_has_is_not_believed(name: str) -> None:
    """Python's own codecs are none of a page's business; the bytes are read as ever."""
    guide = parse_guide(f'<meta charset="{name}"><p>r\\u0041'.encode() + b"\xe9</p>", "guide.html")
    assert guide.text == "r\\u0041é"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", codecs.BOM_UTF8, "\u200b\ufeff\xa0\n".encode()])
def test_a_file_without_content_is_refused(data: bytes) -> None:
    """Nothing, blanks and invisible characters alike."""
    with pytest.raises(SourceError, match="the file is empty") as caught:
        parse_guide(data, "guide.txt")
    assert caught.value.remedy


@pytest.mark.parametrize(
    "data", [b"\x7fELF\x02\x01\x00\x00text", bytes(range(1, 32)) * 8, b"PK\x03\x04\x00\x00" + b"a" * 99]
)
def test_a_binary_file_is_refused(data: bytes) -> None:
    """Zeros and control characters do not stand in guides."""
    with pytest.raises(SourceError, match="not text") as caught:
        parse_guide(data, "guide.txt")
    assert caught.value.remedy


def test_a_file_of_unknown_format_is_refused_with_the_known_ones() -> None:
    """The remedy lists what can be read."""
    with pytest.raises(SourceError, match=r"no reader for guide\.xyz") as caught:
        parse_guide(b"text", "guide.xyz")
    assert ".md" in caught.value.remedy


def test_a_format_is_known_by_the_ending_in_any_case() -> None:
    """``README.MD`` is Markdown."""
    form = format_of("README.MD")
    assert form is not None
    assert form.name == "markdown"


def test_a_page_with_too_many_tags_is_refused() -> None:
    """A tree of it would fill the memory."""
    with pytest.raises(SourceError, match="tags"):
        parse_guide(b"<p>a" * 200_001, "guide.html")


def text_or_refusal(data: bytes, name: str) -> str:
    """The guide's text, or the remedy that comes with its refusal."""
    try:
        return parse_guide(data, name).text
    except SourceError as error:
        return error.remedy


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@settings(max_examples=100)
@given(data=st.one_of(st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-16"))))
def test_no_bytes_bring_a_reader_down(form: Format, data: bytes) -> None:
    """Whatever the bytes: a guide whose text can be stored, or an error of ours with a remedy."""
    assert text_or_refusal(data, "guide" + form.suffixes[0]).encode("utf-8")


@pytest.mark.parametrize(("name", "unit"), [("a.html", b"<div><ul><li>"), ("a.md", b"> - "), ("a.txt", b" - ")])
def test_deep_nesting_brings_no_reader_down(name: str, unit: bytes) -> None:
    """Ten thousand elements, quotes and lists inside one another."""
    assert text_or_refusal(unit * 10_000 + b"a", name)


def test_a_page_that_shows_nothing_is_refused() -> None:
    """A page of scripts alone has no text to quote."""
    with pytest.raises(SourceError, match="shows no text"):
        parse_guide(b"<script>document.write('It costs ten dollars.')</script><p> </p>", "guide.html")


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2020-05-08 09:42:03", "2020-05-08"),
        ("2020-05-08T09:42:03Z", "2020-05-08"),
        ("2020-05", "2020-05"),
        ("2020", "2020"),
        ("2020-13-01", None),
        ("2020-05-0812", None),
        ("May 2020", None),
        ("", None),
    ],
)
def test_a_date_is_read_from_the_beginning_of_a_text(said: str, date: str | None) -> None:
    """ISO days, months and years; what is none is no date."""
    assert iso_date(said) == date
