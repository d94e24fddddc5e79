"""Word documents: headings, lists, tables, notes and boxes of text are read, and what is not is told."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from citeguide.indexer.diagnostics.coverage import uncovered
from citeguide.indexer.document import ParsedGuide
from citeguide.indexer.extras import Extra
from citeguide.indexer.parse import parse_guide
from citeguide.search.errors import SourceError
from hypothesis import given, settings
from hypothesis import strategies as st
from indexed import update
from zips import zipped

docx: Any = import_module("docx")

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def by_hand(body: str, **parts: str) -> bytes:
    """A document of which every part is written out; ``parts`` are further ones of its folder, by name."""
    links = "".join(f'<Relationship Id="r{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>' for name in parts)
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}.xml": text for name, text in parts.items()},
    }
    return zipped(members)


def paragraph(text: str, inside: str = "") -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r>{inside}</w:p>"


def read(data: bytes) -> ParsedGuide:
    """The guide, of which nothing vanished."""
    guide = parse_guide(data, "guide.docx")
    assert uncovered(guide) == []
    return guide


def lines(guide: ParsedGuide) -> list[str]:
    return [line for line in guide.text.split("\n") if line]


def handbook() -> Any:
    """A document as an office writes it."""
    document = docx.Document()
    document.core_properties.title = "Handbook"
    document.add_heading("Handbook of licences", 0)
    document.add_paragraph("Last updated: March 3, 2023")
    document.add_heading("Getting a licence", 1)
    text = document.add_paragraph("You must pass the ")
    text.add_run("state ").bold = True
    text.add_run("exam. It costs $75.")
    for item in ("A photo ID", "A diploma"):
        document.add_paragraph(item, style="List Bullet")
    document.add_heading("Wages", 2)
    rows = [["State", "Low", "High"], ["Ohio", "$15.00", "$28.50"], ["Utah", "$14.25", "#"], ["Iowa", "*", "$20.00"]]
    table = document.add_table(rows=4, cols=3)
    for n, row in enumerate(rows):
        for cell, value in zip(table.rows[n].cells, row, strict=True):
            cell.text = value
    document.sections[0].header.paragraphs[0].text = "Office of licences"
    document.sections[0].footer.paragraphs[0].text = "Not legal advice"
    return document


def test_headings_lists_and_paragraphs() -> None:
    """Each stands where it stood, under its headings; runs of one paragraph are one text."""
    guide = read(saved(handbook()))
    assert [(heading.text, heading.level) for heading in guide.headings] == [
        ("Handbook of licences", 1), ("Getting a licence", 1), ("Wages", 2),
    ]  # fmt: skip
    said = [(passage.kind, guide.text[slice(*passage.span)]) for passage in guide.passages]
    assert said == [
        ("text", "Last updated: March 3, 2023"),
        ("text", "You must pass the state exam. It costs $75."),
        ("list", "• A photo ID\n• A diploma"),
    ]


def test_tables_are_typed() -> None:
    """With units, and the marks of what is withheld."""
    (table,) = read(saved(handbook())).tables
    assert [column.name for column in table.columns] == ["State", "Low", "High"]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Ohio", "$15.00", "$28.50"], ["Utah", "$14.25", "#"], ["Iowa", "*", "$20.00"],
    ]  # fmt: skip
    assert [row.cells[2].mark for row in table.rows] == [None, "top-coded", None]


def test_title_and_date() -> None:
    """The title that its properties say, and the date that its text states before that of the last change."""
    guide = read(saved(handbook()))
    assert (guide.title, guide.date) == ("Handbook", "2023-03-03")


def test_page_headers_and_footers_are_dropped_and_said() -> None:
    """They stand on every page and are no part of the guide."""
    guide = read(saved(handbook()))
    assert [(doubt.reason, guide.text[slice(*doubt.span)]) for doubt in guide.doubts] == [
        ("page header", "Office of licences"), ("page footer", "Not legal advice"),
    ]  # fmt: skip


def test_merged_cells() -> None:
    """A cell over two rows belongs to both; one over two columns to both as well."""
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    rows = [["State", "Low", "High"], ["Ohio", "10", "20"], ["", "30", "40"]]
    for n, row in enumerate(rows):
        for cell, value in zip(table.rows[n].cells, row, strict=True):
            cell.text = value
    table.cell(1, 0).merge(table.cell(2, 0))
    (found,) = read(saved(document)).tables
    assert [[cell.text for cell in row.cells] for row in found.rows] == [["Ohio", "10", "20"], ["Ohio", "30", "40"]]


def test_footnotes_links_and_boxes_of_text() -> None:
    """A note stands below, a link's words where they stood, a box after its paragraph; what was deleted is gone."""
    body = (
        paragraph("Training takes a year.", '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + '<w:p><w:hyperlink w:anchor="a"><w:r><w:t>See the fees</w:t></w:r></w:hyperlink></w:p>'
        + paragraph("Above.", "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>" + paragraph("Boxed words.")
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>")
        + "<w:p><w:del><w:r><w:delText>Deleted words.</w:delText></w:r></w:del>"
        + "<w:ins><w:r><w:t>New words.</w:t></w:r></w:ins></w:p>"
    )  # fmt: skip
    note = f'<w:footnotes {NAMES}><w:footnote w:id="2">{paragraph("Less with a diploma.")}</w:footnote></w:footnotes>'
    guide = read(by_hand(body, footnotes=note))
    assert lines(guide)[1:4] == ["See the fees", "Above.", "Boxed words."]
    assert guide.text.startswith("Training takes a year.")
    assert "Less with a diploma." in guide.text
    assert "New words." in guide.text
    assert "Deleted" not in guide.text
    assert guide.doubts == ()


def test_what_is_not_read_is_said() -> None:
    """Text in elements that mammoth does not know, and comments."""
    body = paragraph("It costs", '<w:fldSimple w:instr="X"><w:r><w:t>ninety dollars</w:t></w:r></w:fldSimple>')
    comments = f'<w:comments {NAMES}><w:comment w:id="1">{paragraph("Is this so?")}</w:comment></w:comments>'
    assert [doubt.reason for doubt in read(by_hand(body, comments=comments)).doubts] == [
        "comments that are not read",
        "1 pieces of text that could not be read, the first: “ninety dollars”",
    ]


def test_marks_of_html_are_text() -> None:
    """What looks like a tag in a document is shown as it stands."""
    assert lines(read(by_hand(paragraph("Pay &lt;b&gt;$20&lt;/b&gt; &amp;amp; more")))) == ["Pay <b>$20</b> &amp; more"]


# Hostile documents


def laughs() -> bytes:
    entity = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return zipped(
        {"word/document.xml": f"{entity}<w:document {NAMES}><w:body>{paragraph('&b;')}</w:body></w:document>"}
    )


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2_000)


def nested_tables() -> bytes:
    before, after = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return by_hand(before * 2_000 + paragraph("a") + after * 2_000)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"<html><p>text</p></html>", "is a web page"),
        (lambda: b"plain words", "is plain text"),
        (lambda: b"{\\rtf1 words}", "is a rich text file"),
        (locked, "is protected by a password"),
        (lambda: zipped({"xl/workbook.xml": "<workbook/>"}), "is an Excel workbook"),
        (lambda: by_hand(paragraph("a"))[:-60], "is damaged or cut off"),
        (lambda: by_hand("<w:p>"), "is damaged or cut off"),
        (lambda: zipped({"word/document.xml": "<a/>"}), "is damaged or cut off"),
        (lambda: by_hand(" " * (300 * 2**20)), "unpacks to 300 MB"),
        (laughs, "declares a document type"),
        (nested_tables, "holds more elements"),
        (lambda: by_hand("<w:p/>" * 200_000), "holds more elements"),
        (lambda: by_hand(""), "guide.docx shows no text"),
    ],
)
def test_what_is_no_document_or_a_hostile_one_is_said_in_one_line(make: Any, said: str) -> None:
    """What the file is, or what is wrong with it, and what to do."""
    with pytest.raises(SourceError) as caught:
        parse_guide(make(), "guide.docx")
    assert caught.value.message.startswith(said)
    assert caught.value.remedy
    assert "\n" not in caught.value.line()


def test_nothing_outside_of_the_document_is_opened(tmp_path: Path) -> None:
    """A picture that lies elsewhere stays there."""
    (tmp_path / "secret.png").write_text("secret")
    picture = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><a:graphic><a:graphicData><pic:pic>'
        '<pic:blipFill><a:blip r:link="r9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )
    data = by_hand(paragraph("Words.", picture), settings="<a/>")
    link = f'<Relationship Id="r9" Type="{RELATIONS}/image" TargetMode="External" Target="{tmp_path}/secret.png"/>'
    source = zipfile.ZipFile(io.BytesIO(data))
    members = {name: source.read(name).decode() for name in source.namelist()}
    members["word/_rels/document.xml.rels"] = members["word/_rels/document.xml.rels"].replace("</", link + "</", 1)
    assert lines(read(zipped(members))) == ["Words."]


PIECES = st.sampled_from(
    [
        paragraph("Words of a guide."),
        paragraph("Step 1"),
        paragraph("&lt;td&gt; &amp; $11.61"),
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Pay</w:t></w:r></w:p>',
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>it</w:t></w:r></w:p>',
        f"<w:tbl><w:tr><w:tc>{paragraph('Ohio')}</w:tc><w:tc>{paragraph('20')}</w:tc></w:tr></w:tbl>",
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>{paragraph("a")}</w:tc></w:tr></w:tbl>',
        "<w:p><w:r><w:t>a</w:t><w:br/><w:tab/><w:sym w:font='Symbol' w:char='F0B7'/></w:r></w:p>",
        "<w:sdt><w:sdtContent>" + paragraph("control") + "</w:sdtContent></w:sdt>",
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>kept</w:t></w:r></w:p>" + paragraph("joined"),
        "<w:unknown>" + paragraph("unknown") + "</w:unknown>",
    ]
)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=12))
def test_no_character_of_a_document_vanishes(pieces: list[str]) -> None:
    """Whatever a document is put together from, its text is accounted for, and lost words are said."""
    with suppress(SourceError):
        guide = read(by_hand("".join(pieces)))
        lost = "".join(pieces).count(">unknown<")
        assert [d.reason.split()[0] for d in guide.doubts if d.kind == "doubt"] == ([str(lost)] if lost else [])


SOUND = by_hand(paragraph("Words of a guide.") + paragraph("More of them."))


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_document_is_read_or_refused(data: st.DataObject) -> None:
    """Bytes changed or cut anywhere raise nothing but our own error."""
    damaged = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 12))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with suppress(SourceError):
        read(bytes(damaged[: data.draw(st.integers(len(damaged) // 2, len(damaged)))]))


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""
    guide = (tmp_path / "guide.docx").resolve()
    guide.write_bytes(SOUND)
    with monkeypatch.context() as patch:
        patch.setattr(Extra, "is_missing", lambda _: True)
        (failure,) = update(tmp_path / "index", [guide]).failed
        assert failure.line() == f"{guide}: needs the docx extra; pip install 'citeguide[docx]'"
    assert update(tmp_path / "index", [guide]).added == (str(guide),)
