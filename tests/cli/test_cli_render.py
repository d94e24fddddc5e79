"""What a reader sees: answers at 80 columns, with and without colour, and never what a hostile guide wants seen."""

from __future__ import annotations

import io
import sys

import pytest
from citeguide.search.cli import progress
from citeguide.search.cli.show import render_source
from citeguide.search.model import (
    Answer,
    Choice,
    Citation,
    Disagreement,
    Document,
    DrawnRows,
    Quote,
    Receipt,
    Side,
    Status,
)
from citeguide.search.output.excerpt import Excerpt, SourceLine
from citeguide.search.output.render import render_answer, render_passages
from citeguide.search.output.terminal import Terminal, bold, clean, columns, detect, highlight
from hypothesis import given
from hypothesis import strategies as st

PLAIN = Terminal()
GUIDE = Document(1, "/srv/guides", "guide.txt", "text", "Guide", "2019", "ab" * 32, 10)
OTHER = Document(2, "/srv/guides", "more/other.md", "markdown", "Other", None, "cd" * 32, 10)
SOURCES = {GUIDE.path: GUIDE, OTHER.path: OTHER}
REQUIRED = (
    "In the State of California, you’ll be legally required to pass one of the nationally-administered tests for "
    "medical coding and billing certification."
)
NOT_REQUIRED = "California does not require professional certification."
ROW = "Fresno, CA MSAHourly$11.61$16.69$25.39"


def citation(n: int, document: Document, line: int, quote: str, *section: str) -> Citation:
    """A citation with what shows of it."""
    span = (n, n + len(quote))
    return Citation(f"0123abcd-{n}", n, document.title, document.path, section, None, (line, line), span, quote, "")


FRESNO = Answer(
    question="median pay in Fresno",
    status=Status.ANSWERED,
    answer="Fresno, CA MSA: median $16.69 per hour.",
    table=Receipt("look-up", "Pay by location", (), (), 29, 1, 2, "16.69 × 2,080 = 34,715.20"),
    citations=(citation(1, GUIDE, 120, ROW, "Salary and jobs", "Pay by location"),),
    notes=("“LA” was read as Los Angeles-Long Beach-Glendale, CA Metropolitan Division.",),
)


def test_the_answer_stands_first_and_its_proof_below_it() -> None:
    """The first line is the answer; then the place, the quote behind a bar, the receipt, the formula and the notes."""
    assert render_answer(FRESNO, PLAIN, SOURCES) == (
        "Fresno, CA MSA: median $16.69 per hour.\n"
        "\n"
        "[1] guide.txt:120  Salary and jobs › Pay by location\n"
        "    │ Fresno, CA MSAHourly$11.61$16.69$25.39\n"
        "\n"
        "29 rows scanned, 1 matched, 2 skipped: Pay by location\n"
        "Computed: 16.69 × 2,080 = 34,715.20\n"
        "Note: “LA” was read as Los Angeles-Long Beach-Glendale, CA Metropolitan\n"
        "  Division."
    )


def test_an_answer_that_is_a_quote_is_not_said_twice() -> None:
    """Where the answer is the quote, word for word, its place alone follows; another quote stands in full."""
    quotes = (citation(1, GUIDE, 70, REQUIRED, "Step 4"), citation(2, OTHER, 8, NOT_REQUIRED))
    assert render_answer(Answer("q", Status.ANSWERED, REQUIRED, citations=quotes), PLAIN, SOURCES) == (
        "In the State of California, you’ll be legally required to pass one of the\n"
        "nationally-administered tests for medical coding and billing certification.\n"
        "\n"
        "[1] guide.txt:70  Step 4\n"
        "\n"
        "[2] more/other.md:8\n"
        "    │ California does not require professional certification."
    )


def test_many_quotes_are_not_all_written_out() -> None:
    """The mean of thirty rows rests on all; ten show what they are like, and the number of the rest is said."""
    rows = tuple(citation(n, GUIDE, n, f"Area {n} $16.69", "Pay") for n in range(1, 31))
    shown = render_answer(FRESNO._replace(citations=rows), PLAIN, SOURCES)
    assert "Area 10 $" in shown
    assert "Area 11 $" not in shown
    assert "\nand 20 more; --json gives all\n" in shown


def test_what_comes_closest_and_what_may_be_meant_are_told_apart_from_an_answer() -> None:
    """A refusal says what it is first; readings to choose from and near passages stand below under their own names."""
    near = citation(1, GUIDE, 7, REQUIRED, "Step 4")
    choices, hints = (Choice("the exam", "$399", 1),), ("see 'Step 5'",)
    refusal = Answer("q", Status.NOT_FOUND, None, nearest=(near,), choices=choices, suggestions=hints)
    lines = render_answer(refusal, PLAIN, SOURCES).split("\n")
    assert lines[0] == "No guide says this outright."
    assert lines.index("Perhaps you mean:") + 1 == lines.index("  - the exam: $399")
    assert lines.index("These passages come closest:") < lines.index("[1] guide.txt:7  Step 4")
    assert lines[-2:] == ["Near to it:", "  - see 'Step 5'"]


def test_a_list_keeps_its_items_apart() -> None:
    """Each item begins a line, and its further lines are set in below its text."""
    item = "Attend training that is accredited by one of the two national bodies named above"
    text = f"Consider:\n\n  • {item}\n  • Get costs"
    assert render_answer(
        Answer("q", Status.ANSWERED, "Two.", citations=(citation(1, GUIDE, 57, text),)), PLAIN, SOURCES
    ) == (
        "Two.\n"
        "\n"
        "[1] guide.txt:57\n"
        "    │ Consider:\n"
        "    │\n"
        "    │   • Attend training that is accredited by one of the two national bodies\n"
        "    │     named above\n"
        "    │   • Get costs"
    )


def test_quotes_of_one_section_stand_together() -> None:
    """The section is said once, and no blank line parts the rows of one table; another section starts anew."""
    rows = (citation(1, GUIDE, 94, "Redding$25.51", "Pay"), citation(2, GUIDE, 95, "Napa$22.29", "Pay"))
    answer = Answer("q", Status.ANSWERED, "2 rows.", citations=(*rows, citation(3, GUIDE, 99, "Exams cost.", "Exams")))
    assert render_answer(answer, PLAIN, SOURCES) == (
        "2 rows.\n"
        "\n"
        "[1] guide.txt:94  Pay\n"
        "    │ Redding$25.51\n"
        "[2] guide.txt:95\n"
        "    │ Napa$22.29\n"
        "\n"
        "[3] guide.txt:99  Exams\n"
        "    │ Exams cost."
    )


def test_rows_of_one_table_are_one_table() -> None:
    """Under the places of its rows, in their order; rows under other heads are another table."""

    def row(n: int, line: int, cells: tuple[str, str], heads: tuple[str, str] = ("Area", "Median")) -> Citation:
        return citation(n, GUIDE, line, ",".join(cells), "Pay")._replace(drawn=(DrawnRows(heads, (cells,)),))

    rows = (row(1, 94, ("Redding", "$25.51")), row(2, 95, ("Napa", "$22.29")))
    other = row(3, 99, ("Baker", "$17.20"), ("Job", "Median"))
    assert render_answer(Answer("q", Status.ANSWERED, "3 rows.", citations=(*rows, other)), PLAIN, SOURCES) == (
        "3 rows.\n"
        "\n"
        "[1] guide.txt:94  Pay\n"
        "[2] guide.txt:95\n"
        "    │      Area     Median\n"
        "    │ [1]  Redding  $25.51\n"
        "    │ [2]  Napa     $22.29\n"
        "[3] guide.txt:99\n"
        "    │ Job    Median\n"
        "    │ Baker  $17.20"
    )


def test_a_wide_table_stays_one_while_there_is_room_for_words() -> None:
    """The widest cells go over several lines; where words would not fit either, each cell has a line of its own."""
    drawn = DrawnRows(("Area", "Median"), (("San Francisco and San Mateo, Metropolitan Division", "$24.72"),))
    answer = Answer("q", Status.ANSWERED, "1 row.", citations=(citation(1, GUIDE, 94, "x")._replace(drawn=(drawn,)),))
    shown = [line[6:] for line in render_answer(answer, Terminal(width=44), SOURCES).split("\n") if "│" in line]
    assert shown == [
        f"{'Area':30}  Median",
        f"{'San Francisco and San Mateo,':30}  $24.72",
        "  Metropolitan Division",
    ]
    narrow = [line[6:] for line in render_answer(answer, Terminal(width=30), SOURCES).split("\n") if "│" in line]
    assert narrow[0].split()[:2] == ["Area", "San"]
    assert narrow[-1].split() == ["Median", "$24.72"]


def test_heads_and_cells_go_over_several_lines_before_a_table_becomes_a_list() -> None:
    heads = ("School", "Weeks", "Job placement")
    drawn = DrawnRows(heads, (("Buckeye Truck Academy", "4", "91%"), ("Rivertown Transport", "5", "85%")))
    answer = Answer("q", Status.ANSWERED, "2 rows.", citations=(citation(1, GUIDE, 94, "x")._replace(drawn=(drawn,)),))
    shown = [line[6:] for line in render_answer(answer, Terminal(width=37), SOURCES).split("\n") if "│" in line]
    assert shown == [
        "School       Weeks  Job",
        "                    placement",
        "Buckeye      4      91%",
        "Truck",
        "Academy",
        "Rivertown    5      85%",
        "Transport",
    ]


def test_a_number_at_the_start_of_a_sentence_is_no_item() -> None:
    """Only ``4.`` or ``4)`` begins an item whose further lines are set in."""
    text = "4 rows have a median above $24.00 per hour: San Jose, Redding, San Francisco and Santa Cruz."
    lines = render_answer(Answer("q", Status.ANSWERED, text), PLAIN, SOURCES).split("\n")
    assert lines[1] == "Santa Cruz."


def test_sides_stand_one_above_the_other_with_their_date() -> None:
    """Each stance has its quotes below it, with document and, where the guide gives one, date."""
    sides = (Side("required", (1,)), Side("not required", (2,)))
    answer = Answer(
        "q",
        Status.DISAGREEMENT,
        "The guides disagree on whether certification is required.",
        disagreements=(Disagreement("certification", sides),),
        citations=(citation(1, GUIDE, 70, REQUIRED), citation(2, OTHER, 8, NOT_REQUIRED)),
    )
    assert render_answer(answer, PLAIN, SOURCES) == (
        "The guides disagree on whether certification is required.\n"
        "\n"
        "required:\n"
        "[1] guide.txt:70 (2019)\n"
        "    │ In the State of California, you’ll be legally required to pass one of the\n"
        "    │ nationally-administered tests for medical coding and billing\n"
        "    │ certification.\n"
        "\n"
        "not required:\n"
        "[2] more/other.md:8\n"
        "    │ California does not require professional certification."
    )


def test_a_refusal_teaches() -> None:
    """The words that no guide covers, and what is near."""
    answer = Answer("q", Status.NOT_FOUND, None, missing=("parrot", "licence"), suggestions=("Did you mean Fresno?",))
    assert render_answer(answer, PLAIN, SOURCES) == (
        "No guide answers this.\nNo guide covers: parrot, licence\n\nNear to it:\n  - Did you mean Fresno?"
    )


def test_colour_marks_without_changing_a_word() -> None:
    """The answer is bold, the place coloured, the rest dim; every line closes what it opens."""
    shown = render_answer(FRESNO, PLAIN._replace(colour=True), SOURCES)
    lines = shown.split("\n")
    assert lines[0] == "\x1b[1mFresno, CA MSA: median $16.69 per hour.\x1b[0m"
    assert lines[2] == "[1] \x1b[36mguide.txt:120\x1b[0m  \x1b[2mSalary and jobs › Pay by location\x1b[0m"
    assert lines[-1] == "\x1b[2m  Division.\x1b[0m"


def test_a_terminal_that_can_gets_a_link_to_the_file() -> None:
    """The path links to the file on disk; elsewhere there is no trace of it."""
    shown = render_answer(FRESNO, PLAIN._replace(links=True), SOURCES)
    assert "[1] \x1b]8;;file:///srv/guides/guide.txt\x1b\\guide.txt:120\x1b]8;;\x1b\\  Salary" in shown


def test_a_place_on_a_page_says_the_page_and_links_to_it() -> None:
    """``page 3`` stands behind the line, and the file opens there."""
    answer = FRESNO._replace(citations=(FRESNO.citations[0]._replace(page=3),))
    assert "[1] guide.txt:120, page 3  Salary" in render_answer(answer, PLAIN, SOURCES)
    assert "file:///srv/guides/guide.txt#page=3\x1b" in render_answer(answer, PLAIN._replace(links=True), SOURCES)
    assert "\x1b" not in render_answer(FRESNO, PLAIN, SOURCES)


def test_without_unicode_the_lines_are_drawn_in_ascii() -> None:
    """The bar and the arrow have plain forms."""
    lines = render_answer(FRESNO, PLAIN._replace(unicode=False), SOURCES).split("\n")
    assert lines[2:4] == ["[1] guide.txt:120  Salary and jobs > Pay by location", f"    | {ROW}"]


def test_passages_show_the_words_that_were_looked_for() -> None:
    """A number, the place, the snippet; the matches stand out in colour."""
    found = [(citation(1, GUIDE, 8, "whatever", "Exams"), "The exam costs $90.", [(4, 8)])]
    assert render_passages(found, PLAIN, SOURCES) == "[1] guide.txt:8  Exams\n    │ The exam costs $90."
    assert "The \x1b[1;33mexam\x1b[0m costs" in render_passages(found, PLAIN._replace(colour=True), SOURCES)


def test_a_source_shows_line_numbers_and_the_quoted_lines() -> None:
    """``>`` stands before the lines that hold the quote, so that it shows without colour; cut lines say so."""
    quote = Quote(1, ("Exams",), (9, 9), (100, 104), "exam")
    lines = (SourceLine(9, "The exam costs $90.", 0, False, (4, 8)), SourceLine(10, "x" * 5, 3, True))
    assert render_source(Excerpt(GUIDE, quote, lines, None), PLAIN) == (
        "guide.txt  Exams\n>  9 │ The exam costs $90.\n  10 │ … xxxxx …"
    )
    assert render_source(Excerpt(GUIDE, quote, lines, 3), PLAIN).startswith("guide.txt, page 3  Exams\n")


@pytest.mark.parametrize(
    "evil",
    ["\x1b[31mred", "\x1b]8;;http://evil\x07", "\x9b31m", "\x07bell", "\u202egnp.exe", "\x08\x08", "\x7f", "\u2066x"],
)
def test_no_guide_can_steer_the_terminal(evil: str) -> None:
    """Escape sequences, C1 controls and characters that reorder text never come through, wherever they stand."""
    hostile = citation(1, GUIDE._replace(path=f"a{evil}.txt"), 1, f"quote {evil}", f"heading {evil}")
    answer = Answer(
        f"q {evil}",
        Status.ANSWERED,
        f"answer {evil}",
        citations=(hostile,),
        notes=(f"note {evil}",),
        suggestions=(evil,),
    )
    shown = render_answer(answer, PLAIN, {})
    assert not set(shown) & set("\x1b\x9b\x07\u202e\x08\x7f\u2066")


@given(st.text(max_size=400), st.integers(20, 100))
def test_lines_fit_and_no_word_is_lost(text: str, width: int) -> None:
    """Wrapping keeps every word in order, and a line is wider than the terminal only where a single word is."""
    plain = clean(text)
    lines = Terminal(width=width).wrap(plain, "  ").split("\n")
    assert " ".join(lines).split() == plain.split()
    assert all(columns(line) <= width or len(line.split()) == 1 for line in lines)


@given(st.text(max_size=200))
def test_colours_change_no_character(text: str) -> None:
    """What is marked reads the same once the marks are taken out."""
    marked = bold(clean(text)) + highlight(text, [(0, len(text) // 2)])
    assert PLAIN.paint(marked) == clean(text) + clean(text[: len(text) // 2]) + clean(text[len(text) // 2 :])


@pytest.mark.parametrize(
    ("environment", "is_terminal", "colour", "links"),
    [
        ({"TERM": "xterm"}, True, True, False),
        ({"TERM": "xterm"}, False, False, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, True, False, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True, True, False),
        ({"TERM": "dumb", "VTE_VERSION": "7000"}, True, False, False),
        ({"TERM": "xterm", "VTE_VERSION": "7000"}, True, True, True),
        ({"TERM": "xterm", "VTE_VERSION": "4000"}, True, True, False),
        ({"TERM": "xterm", "TERM_PROGRAM": "WezTerm"}, True, True, True),
    ],
)
def test_colours_and_links_are_for_terminals_that_show_them(
    environment: dict[str, str], is_terminal: bool, colour: bool, links: bool
) -> None:
    """A pipe, ``NO_COLOR`` and a dumb terminal get plain text; links go only to terminals known to follow them."""

    class Stream(io.TextIOWrapper):
        def isatty(self) -> bool:
            return is_terminal

    terminal = detect(Stream(io.BytesIO(), encoding="utf-8"), environment)
    assert (terminal.colour, terminal.links) == (colour, links)


def test_long_lines_are_wrapped_in_linear_time() -> None:
    """A hundred thousand words in one line, and one word of a million characters, take no time to speak of."""
    assert len(PLAIN.wrap("word " * 100_000).split("\n")) == 6_250
    assert PLAIN.wrap("x" * 1_000_000) == "x" * 1_000_000


def test_progress_is_one_line() -> None:
    """A bar, the share, the count and what comes next, cut to the terminal, whatever the file is called."""
    assert progress.line(12, 40, "guide.txt", 80) == "[######              ]  30%  12 of 40  guide.txt"
    assert progress.line(1, 1, "a\nb\x1b[31m", 50) == "[####################] 100%  1 of 1  a b[31m"
    assert len(progress.line(1, 2, "x" * 200, 60)) == 59


@pytest.mark.parametrize(("is_terminal", "shown"), [(True, True), (False, False)])
def test_progress_shows_on_a_terminal_and_is_gone_in_the_end(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool, shown: bool
) -> None:
    """Nothing is written elsewhere; on a terminal the line is wiped out once the work is done."""

    class Stream(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return is_terminal

    stream = Stream()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "QUIET_SECONDS", 0.0)
    with progress.Progress() as tell:
        tell(1, 2, "guide.txt")
    written = stream.getvalue()
    assert ("guide.txt" in written) == shown
    assert written.rsplit("\r", 2)[-2:] in ([" " * len(progress.line(1, 2, "guide.txt", 80)), ""], [""])
