"""Books, office files, plain markup, mail: what becomes of them, what is refused, and that nothing vanishes."""

from __future__ import annotations

import pytest
from citeguide.indexer.diagnostics.coverage import uncovered
from citeguide.indexer.document import ParsedGuide
from citeguide.indexer.parse import parse_guide
from citeguide.search.errors import SourceError
from documents import MAIL, epub, opendocument, pptx, shape
from hypothesis import given, settings
from hypothesis import strategies as st


def told(guide: ParsedGuide) -> tuple[list[str], list[tuple[str, str]], list[list[list[str]]]]:
    """The headings, the passages with the heading above them, the tables with their columns' names."""
    passages = [(p.headings[-1] if p.headings else "", guide.text[slice(*p.span)]) for p in guide.passages]
    tables = [
        [[c.name for c in table.columns], *([cell.text for cell in row.cells] for row in table.rows)]
        for table in guide.tables
    ]
    return [heading.text for heading in guide.headings], passages, tables


TABLE = [[["Town", "Fee"], ["Salem", "$17.20"], ["Bend", "$18.05"]]]
ROWS = [["Town", "Fee"], ["Salem", "$17.20"], ["Bend", "$18.05"]]


def test_an_opendocument_text() -> None:
    """Title, headings, marks within a line, lists in lists, a table, a note; what was deleted is no part of it."""
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in ROWS
    )
    body = (
        "<office:text><text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        '<text:p text:style-name="P1">Fee guide</text:p><text:h text:outline-level="2">Bring</text:h>'
        "<text:p>The card<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Or a pass."
        "</text:p></text:note-body></text:note> costs <text:span>$6</text:span> a<text:s/>year.</text:p>"
        "<text:list><text:list-item><text:p>an ID</text:p><text:list><text:list-item><text:p>a card</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>"
        f"<table:table>{rows}</table:table></office:text>"
    )
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    guide = parse_guide(opendocument("text", body, styles, "<dc:date>2024-03-05T10:00:00</dc:date>"), "a.odt")
    assert (guide.title, guide.date) == ("Fee guide", "2024-03-05")
    passages = [("Bring", "The card1 costs $6 a year."), ("Bring", "Or a pass."), ("Bring", "• an ID\n  • a card")]
    assert told(guide) == (["Fee guide", "Bring"], passages, TABLE)


def test_opendocument_sheets_show_cells_as_they_are_shown() -> None:
    """Cells that stand for several, comments that are told, and what a cell shows, not what is stored."""
    body = "<office:spreadsheet><table:table table:name='Fees'>" + "".join(
        f"<table:table-row><table:table-cell><text:p>{a}</text:p></table:table-cell>"
        f"<table:table-cell><office:annotation><text:p>no</text:p></office:annotation><text:p>{b}</text:p>"
        "</table:table-cell><table:table-cell table:number-columns-repeated='16000'/></table:table-row>"
        for a, b in ROWS
    )
    guide = parse_guide(opendocument("spreadsheet", f"{body}</table:table></office:spreadsheet>"), "a.ods")
    assert told(guide)[2] == TABLE
    assert [doubt.reason for doubt in guide.doubts] == ["sheet “Fees”: comments on cells that are not read (3)"]


def test_slides_are_pages() -> None:
    """Of both kinds of presentation: the title heads the slide, and a citation's page is its number."""
    table = "<a:tbl>" + "".join(
        "<a:tr>" + "".join(f"<a:tc><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:tc>" for cell in row) + "</a:tr>"
        for row in ROWS
    )
    office = pptx(
        shape("ctrTitle", "Talk"), shape("title", "Bring") + shape("body", "an ID", "a bill"), f"{table}</a:tbl>"
    )
    frame = '<draw:frame presentation:class="title"><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>'
    pages = [f"<draw:page>{frame.format(title)}<text:p>{text}</text:p></draw:page>" for title, text in ROWS]
    free = opendocument("presentation", f"<office:presentation>{''.join(pages)}</office:presentation>")
    guide = parse_guide(office, "a.pptx")
    assert told(guide) == (["Talk", "Bring"], [("Bring", "• an ID\n• a bill")], TABLE)
    assert [page for _, page in guide.pages] == [1, 2, 3]
    guide = parse_guide(free, "a.odp")
    assert told(guide)[:2] == (["Town", "Salem", "Bend"], [("Town", "Fee"), ("Salem", "$17.20"), ("Bend", "$18.05")])
    assert [page for _, page in guide.pages] == [1, 2, 3]


def test_a_book_is_its_chapters_in_order() -> None:
    """With the book's own title and date; a protected one is refused."""
    chapters = ["<h1>Cards</h1><p>A card costs $6.</p>", "<h1>Rooms</h1><p>A room costs $9.</p>"]
    guide = parse_guide(epub(*chapters), "a.epub")
    assert (guide.title, guide.date) == ("Fees", "2021-05-06")
    assert told(guide)[:2] == (["Cards", "Rooms"], [("Cards", "A card costs $6."), ("Rooms", "A room costs $9.")])
    with pytest.raises(SourceError, match="protected against copying"):
        parse_guide(epub(*chapters, protected=True), "a.epub")


def test_rich_text() -> None:
    """Styles that are headings, letters of several alphabets, a table; settings and pictures are no text."""
    said = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}"
        rb"{\stylesheet{\s1 heading 1;}{\*\cs2 Default;}}{\info{\title Fees}{\creatim\yr2021\mo5\dy6}}"
        rb"\pard\s1 Cards\par\pard\plain The caf\'e9 takes \u8364\'80 5 {\f1\'ef\'f0} {\pict 00ff}now.\par "
        rb"\trowd\intbl Town\cell Fee\cell\row\intbl Salem\cell $17.20\cell\row\intbl Bend\cell $18.05\cell\row\pard}"
    )
    guide = parse_guide(said, "a.rtf")
    assert (guide.title, guide.date) == ("Fees", "2021-05-06")
    assert told(guide) == (["Cards"], [("Cards", "The café takes € 5 пр now.")], TABLE)


RST = """
Fees
====

:Date: 2021-05-06

The card costs $6, see :doc:`the rules <rules>` and `the desk <http://x>`_.

.. toctree::
   rooms

.. versionadded:: 2.1
   Children pay nothing.

.. include:: /etc/hostname

=====  ======
Town   Fee
=====  ======
Salem  $17.20
Bend   $18.05
=====  ======
"""


def test_restructured_text() -> None:
    """What Sphinx adds is passed on as text, and no other file is read."""
    guide = parse_guide(RST.encode(), "a.rst")
    said = [("Fees", "• Date: 2021-05-06"), ("Fees", "The card costs $6, see the rules and the desk.")]
    assert told(guide) == (["Fees"], [*said, ("Fees", "2.1\n\nChildren pay nothing.")], TABLE)
    assert guide.date == "2021-05-06"


def test_what_docutils_does_not_understand_is_kept_and_doubted() -> None:
    """A broken table stands as it is written."""
    guide = parse_guide(b"Fees\n====\n\n====  ===\nSalem  $17\n", "a.rst")
    assert "Salem  $17" in guide.text
    assert [doubt.reason for doubt in guide.doubts if doubt.kind == "doubt"] == [
        "1 pieces of markup that are not understood"
    ]


ASCIIDOC = """
= Fee guide
Jane Doe
:revdate: 2021-05-06
:fee: $6

The card costs *{fee}* a year, see link:rules.html[the rules].

== Bring

Bring these:

* an ID
** a card
* a bill

NOTE: Bring a pen.

.Fees by town
[options="header"]
|===
|Town |Fee

|Salem
|$17.20

|Bend |$18.05
|===
"""


def test_asciidoc() -> None:
    """Attributes, lists in lists, notes, and a table whose cells stand on lines of their own."""
    guide = parse_guide(ASCIIDOC.encode(), "a.adoc")
    first = ("Fee guide", "Jane Doe\n\nThe card costs $6 a year, see the rules.")
    listed = ("Bring", "Bring these:\n\n• an ID\n  • a card\n• a bill")
    assert told(guide) == (["Fee guide", "Bring", "Fees by town"], [first, listed, ("Bring", "Bring a pen.")], TABLE)
    assert guide.date == "2021-05-06"


def test_mail() -> None:
    """The subject heads the text, the day is the guide's, and what is attached is named."""
    guide = parse_guide(MAIL.encode(), "a.eml")
    assert (guide.title, guide.date) == ("Opening höurs", "2024-03-05")
    assert told(guide)[1][1] == ("Opening höurs", "The desk is open from 9 to 5.")
    assert [doubt.reason for doubt in guide.doubts] == ["an attachment that is not read: fees.pdf"]


def test_mail_is_read_whole_and_from_the_form_that_has_its_tables() -> None:
    """Of two forms of one text the page, where it alone has the table; of two texts in a row both."""
    kind = "Content-Type: text/{}; charset=utf-8\n\n"
    page = "<p>The desk opens early.</p><table><tr><th>Day</th><th>Opens</th></tr><tr><td>Monday</td><td>8:30</td></tr>"
    page += "<tr><td>Saturday</td><td>10:00</td></tr></table>"
    twice = "\n--B\n".join(("", kind.format("plain") + "The desk opens early.", kind.format("html") + page))
    mail = f"Subject: Hours\nContent-Type: multipart/alternative; boundary=B\n{twice}\n--B--\n"
    (table,) = parse_guide(mail.encode(), "a.eml").tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Monday", "8:30"], ["Saturday", "10:00"]]
    texts = "\n--B\n".join(("", kind.format("plain") + "The desk is open.", kind.format("plain") + "The list ends."))
    mail = f"Subject: Hours\nContent-Type: multipart/mixed; boundary=B\n{texts}\n--B--\n"
    assert parse_guide(mail.encode(), "a.eml").text.split("\n\n")[-2:] == ["The desk is open.", "The list ends."]


def test_rtf_with_a_word_of_no_letters_is_read() -> None:
    """What a damaged file names a group is of no concern: it is passed over, as its star says."""
    assert parse_guide(b"{\\rtf1 {\\*\\\xcf x}The fee is $5.\\par}", "a.rtf").text == "The fee is $5."


def test_a_folder_of_mail_and_a_saved_page() -> None:
    """Each message is under its subject; of a saved page the page is read."""
    folder = "".join(f"From a@x Tue Mar  5 10:00:00 2024\nSubject: {n}\n\nText of {n}.\n\n" for n in ("One", "Two"))
    assert told(parse_guide(folder.encode(), "a.mbox"))[1] == [("One", "Text of One."), ("Two", "Text of Two.")]
    page = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n"
    guide = parse_guide(f"{page}<h1>Fees</h1><p>A card costs $6.</p>\n--B--\n".encode(), "a.mhtml")
    assert told(guide)[:2] == (["Fees"], [("Fees", "A card costs $6.")])


WORDS = st.lists(
    st.lists(st.sampled_from("card $6 cost: • - 1. a) = | * .. :: [x] {y} <b> & ' \u05d0\u05d1 \u0627\u0644 é".split()),
             min_size=1, max_size=6).map(" ".join), min_size=1, max_size=6,
)  # fmt: skip
XML = {"&": "&amp;", "<": "&lt;"}


@settings(max_examples=40)
@given(WORDS)
def test_no_word_of_a_document_vanishes(lines: list[str]) -> None:
    """Each word that was put into a paragraph, a cell or a message stands in the text, and all of that is told."""
    written = ["".join(XML.get(c, c) for c in line) for line in lines]
    free = "".join(f"<text:p>{line}</text:p>" for line in written)
    page = f"<draw:page>{free}</draw:page>"
    rich = "".join(f"{c}" if c.isascii() else f"\\u{ord(c)}?" for c in "\\par ".join(lines).replace("{", "\\{"))
    made = {
        "a.odt": opendocument("text", f"<office:text>{free}</office:text>"),
        "a.odp": opendocument("presentation", f"<office:presentation>{page}</office:presentation>"),
        "a.pptx": pptx(shape("body", *written)),
        "a.epub": epub("".join(f"<p>{line}</p>" for line in written)),
        "a.rtf": ("{\\rtf1 " + rich.replace("}", "\\}") + "\\par}").encode(),
        "a.eml": ("Subject: x\nContent-Type: text/plain; charset=utf-8\n\n" + "\n\n".join(lines)).encode(),
    }  # fmt: skip
    for name, data in made.items():
        guide = parse_guide(data, name)
        assert uncovered(guide) == [], name
        shown = "".join(guide.text.split())
        assert [word for line in lines for word in line.split() if word not in shown] == [], name


MARKS = st.sampled_from(["", "====", "----", "|===", "| a | b", "* x", ".. note::", "NOTE: y"])


@settings(max_examples=60)
@given(
    st.lists(
        st.one_of(WORDS.map(" ".join), st.sampled_from(["", "====", "----", "|===", "| a | b", "* x"])), max_size=12
    )
)
def test_words_in_markup_vanish_only_as_markup(lines: list[str]) -> None:
    """Whatever the marks, letters and figures of AsciiDoc and reStructuredText that stand alone are kept."""
    for name in ("a.adoc", "a.rst"):
        try:
            guide = parse_guide("\n".join(["start here", "", *lines]).encode(), name)
        except SourceError:
            continue
        assert uncovered(guide) == []


def test_mail_with_a_date_that_no_calendar_has_is_read() -> None:
    """Its date is then what stands there, and none that the guide has."""
    mail = b"Subject: Fees\nDate: Mon, 02 Nov 99999999999999999999 10:00:00 +0000\n\nThe fee is $45.\n"
    guide = parse_guide(mail, "fees.eml")
    assert "99999999999999999999" in guide.text
    assert "The fee is $45." in guide.text
    assert guide.date is None
