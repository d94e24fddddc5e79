"""From bytes to text: encodings, what is no text, and that no bytes at all bring the readers down."""

from __future__ import annotations

import codecs

import pytest
from citeguide.indexer.dates import iso_date
from citeguide.indexer.encoding.decode import decode
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
