"""Nothing vanishes: every character of a guide that holds content is accounted for, whatever the guide is made of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString
from citeguide.indexer.diagnostics.coverage import uncovered
from citeguide.indexer.document import ParsedGuide
from citeguide.indexer.encoding import mojibake
from citeguide.indexer.encoding.decode import CONTENT
from citeguide.indexer.parse import parse_guide
from citeguide.search.errors import SourceError
from citeguide.search.text.line_index import LineIndex
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

EXAMPLES = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def words(listed: str) -> list[str]:
    """What stands between single blanks."""
    return listed.split(" ")


LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
WORDS = st.lists(
    st.sampled_from(
        words(
            "Step 1 the coder median $11.61 $16.69 wage Fresno, below: following include: • - 1. # > | --- *** ```"
            " CERTIFIED </p> <table> &amp; [a]: (x) ? . \u200b \ufeff \xa0 Earn a Diploma Hourly 12 months"
        )
    ),
    max_size=12,
).map(" ".join)
NEWLINES = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\n    ", "\n\n\n", "\n- ", "\n  • ", "\n> ", "\n## "])
TEXTS = st.lists(st.one_of(WORDS, LETTERS, NEWLINES), max_size=40).map("".join)

TAGS = words(
    "p div ul ol li table tr td th h1 h2 b a span nav footer br pre dl dt dd section button select option svg details"
    " summary caption thead main header aside em noscript"
)
MARKS = st.sampled_from(
    [f"<{tag}>" for tag in TAGS]
    + [f"</{tag}>" for tag in TAGS]
    + ["<td colspan=3>", "<td rowspan=2>", '<a href="#x">', '<div id="x" style="display:none">', '<div class="nav">']
    + [
        '<ul class="related">',
        "<!-- ",
        " -->",
        "<",
        ">",
        "&",
        "&nbsp;",
        "&#x1F600;",
        "<![CDATA[",
        "<script>",
        "</script>",
    ]
)
PAGES = st.lists(st.one_of(MARKS, WORDS, LETTERS), max_size=50).map("".join)


def read(text: str, name: str) -> ParsedGuide | None:
    """The guide, or None where the file is refused for a reason of ours."""
    try:
        return parse_guide(text.encode("utf-8"), name)
    except SourceError:
        return None


def check(guide: ParsedGuide | None) -> None:
    """All content is accounted for; every span lies in the text, on the lines that are said, and holds something."""
    if guide is None:
        return
    assert [guide.text[slice(*span)] for span in uncovered(guide)] == []
    lines = LineIndex(guide.text)
    rows = [row for table in guide.tables for row in table.rows]
    places = [(piece.span, piece.lines) for group in (guide.passages, guide.headings, rows) for piece in group]
    for (start, end), on in places:
        assert 0 <= start < end <= len(guide.text)
        assert on == lines.lines((start, end))
        assert CONTENT.search(guide.text, start, end)


@EXAMPLES
@given(st.one_of(TEXTS, LETTERS))
def test_no_character_of_a_plain_text_vanishes(text: str) -> None:
    """Arbitrary characters and arrangements of what looks like headings, lists and tables."""
    check(read(text, "guide.txt"))


@EXAMPLES
@given(st.one_of(TEXTS, LETTERS), st.sampled_from(["guide.txt", "guide.md"]))
def test_a_texts_text_is_the_file(text: str, name: str) -> None:
    """Newlines, blanks and marks stand as they stood; only a byte-order mark is no text."""
    guide = read(text, name)
    if guide is not None and "\0" not in text and mojibake.restored(text) is None:
        assert guide.text == text.removeprefix("\ufeff")


@EXAMPLES
@given(st.one_of(TEXTS, LETTERS))
def test_no_character_of_a_markdown_file_vanishes(text: str) -> None:
    """Arbitrary characters and arrangements of Markdown's marks."""
    check(read(text, "guide.md"))


@EXAMPLES
@given(TEXTS)
def test_no_character_of_front_matter_vanishes(text: str) -> None:
    """Whatever stands between the marks of front matter."""
    check(read(f"---\ntitle: A\nsteps:\n  - {text}\ntext: >-\n  {text}\n---\nbody", "guide.md"))


@EXAMPLES
@given(PAGES)
def test_no_character_of_a_page_vanishes(page: str) -> None:
    """Arbitrary arrangements of tags, closed or not."""
    check(read(page, "guide.html"))


@EXAMPLES
@given(st.lists(st.one_of(MARKS, WORDS, NEWLINES), max_size=40).map("".join))
def test_no_character_of_markdown_with_pages_in_it_vanishes(text: str) -> None:
    """Raw HTML in the body, closed or not, among Markdown's own marks."""
    check(read(text, "guide.md"))


@EXAMPLES
@given(st.lists(st.one_of(MARKS, WORDS), max_size=30).map(" ".join), st.sampled_from(["", ">-\n    ", "|\n    ", '"']))
def test_no_character_of_html_in_front_matter_vanishes(text: str, style: str) -> None:
    """HTML in plain, quoted and folded values, before and after an inner mapping."""
    end = '"' if style == '"' else ""
    entry = f"{style}{text}{end}"
    check(
        read(
            f"---\ntitle: A\nplan:\n  text: {entry}\n  inner:\n    intro: It is so.\n  more: {entry}\n---\n", "guide.md"
        )
    )


HIDDEN = words("script style template title meta link base iframe object video audio canvas map rp param source track")


def visible(page: str) -> str:
    """The characters of a page's text nodes that are shown, without blanks."""
    soup = BeautifulSoup(page, "html.parser")
    for tag in soup.find_all(HIDDEN):
        tag.clear()
    strings = (s for s in soup.descendants if isinstance(s, NavigableString) and not isinstance(s, PreformattedString))
    return "".join("".join(strings).split())


@EXAMPLES
@example([("p", "×«"), ("p", "×«")])  # as bytes of UTF-8 these are no letter
@given(st.lists(st.tuples(st.sampled_from(TAGS), LETTERS), max_size=20))
def test_a_pages_text_holds_every_visible_character_in_order(elements: list[tuple[str, str]]) -> None:
    """Well-formed elements: what an independent walk over the tree shows is a subsequence of the text."""
    page = "".join(f"<{tag}>{text.replace('&', '&amp;').replace('<', '&lt;')}</{tag}>" for tag, text in elements)
    assume(not list(mojibake.runs(page)))  # letters that were decoded wrongly are put right
    guide = read(page, "guide.html")
    if guide is not None:
        shown = iter("".join(guide.text.split()))
        missing = [c for c in visible(page) if CONTENT.search(c) and c not in shown]
        assert missing == []


SEEDS = (
    "seeds/000_c892d1600849e27d.txt",
    "seeds/002_d1de611496ce21c2.txt",
    "data/guides/mb-dental-assistant.md",
    "data/guides/xa-cna.md",
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("path", SEEDS)
def test_no_character_of_a_damaged_guide_vanishes(shared: Path, path: str, data: st.DataObject) -> None:
    """Real guides with lines removed, doubled, swapped, glued, indented and cut."""
    lines = (shared / path).read_text("utf-8").splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 8))):
        n = data.draw(st.integers(0, len(lines) - 1))
        damage = data.draw(
            st.sampled_from(["", "{0}{0}", "{1}", "    {0}", "• {0}", "{2}", "\n{0}\n", "# {0}", "<td>{0}"])
        )
        lines[n] = damage.format(lines[n], lines[n].rstrip("\n"), lines[n][: len(lines[n]) // 2])
    check(read("".join(lines), path))


@pytest.mark.parametrize("folder", ["seeds", "data/guides", "data/xquad/docs", "data/html", "data/wages"])
def test_no_character_of_a_real_guide_vanishes(shared: Path, folder: str) -> None:
    """Every guide, page and sheet of the test data."""
    files = [file for file in sorted((shared / folder).rglob("*")) if re.search(r"\.(txt|md|html|csv)$", file.name)]
    assert files
    for file in files:
        check(parse_guide(file.read_bytes(), file.name))
