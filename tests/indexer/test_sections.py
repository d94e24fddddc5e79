"""Blocks to passages: which thoughts stay together, which are cut, and what stands above them."""

from __future__ import annotations

from citeguide.indexer.document import Block, BlockKind
from citeguide.indexer.passages.sections import MAX_PASSAGE_WORDS, GuideContents, Tabulated, contents
from citeguide.search.text.line_index import LineIndex


def no_table(_block: Block, _headings: tuple[str, ...]) -> Tabulated:
    """Stands for the typing of tables, which is another's."""
    return Tabulated(None, [], [])


def made(*pieces: tuple[BlockKind, int, str]) -> tuple[GuideContents, str]:
    """What blocks of these kinds, levels and texts become, with the text in which they stand, a blank line between."""
    text, blocks = "", []
    for kind, level, piece in pieces:
        start = len(text) + 2 * bool(text)
        text += ("\n\n" if text else "") + piece
        blocks.append(Block(kind, (start, len(text)), level=level, reason="navigation" if kind == "dropped" else ""))
    return contents(blocks, text, LineIndex(text), no_table), text


def texts(found: GuideContents, text: str) -> list[tuple[str, str]]:
    """Kind and text of each passage."""
    return [(passage.kind, text[slice(*passage.span)]) for passage in found.passages]


def test_a_heading_ends_those_of_its_rank_and_below() -> None:
    """Paths hold the nearest heading of each rank above, outermost first; skipped ranks are no harm."""
    found, _ = made(
        ("paragraph", 0, "It stands alone."),
        ("heading", 1, "A"),
        ("heading", 3, "B"),
        ("paragraph", 0, "It is below two."),
        ("heading", 2, "C"),
        ("paragraph", 0, "It is below C."),
        ("heading", 1, "D"),
        ("heading", 1, "E"),
        ("paragraph", 0, "It is below E."),
    )
    assert [passage.headings for passage in found.passages] == [(), ("A", "B"), ("A", "C"), ("E",)]
    assert [(heading.text, heading.level) for heading in found.headings] == [
        ("A", 1), ("B", 3), ("C", 2), ("D", 1), ("E", 1),
    ]  # fmt: skip


def test_spans_and_lines_are_exact() -> None:
    """Lines count from 1 and include both ends."""
    found, text = made(("heading", 1, "A"), ("paragraph", 0, "One line,\nand two."), ("paragraph", 0, "It is another."))
    assert [passage.lines for passage in found.passages] == [(3, 4), (6, 6)]
    assert texts(found, text) == [("text", "One line,\nand two."), ("text", "It is another.")]
    assert [heading.lines for heading in found.headings] == [(1, 1)]


def test_a_dropped_piece_parts_an_introduction_from_its_list() -> None:
    """A passage is one stretch of text, and a dropped piece is in none."""
    found, text = made(
        ("paragraph", 0, "Bring these:"), ("dropped", 0, "Menu"), ("item", 1, "- a cup"), ("item", 1, "- a can")
    )
    assert texts(found, text) == [("text", "Bring these:"), ("list", "- a cup\n\n- a can")]


def test_a_list_of_many_short_items_is_cut_between_items() -> None:
    """No passage holds more than the allowed words, the introduction goes with the first, no item is torn."""
    items = [f"- item {n}" for n in range(MAX_PASSAGE_WORDS)]
    found, text = made(("paragraph", 0, "Bring these:"), *(("item", 1, item) for item in items))
    pieces = [piece for _, piece in texts(found, text)]
    assert {kind for kind, _ in texts(found, text)} == {"list"}
    assert all(len(piece.split()) <= MAX_PASSAGE_WORDS for piece in pieces)
    assert "\n\n".join(pieces) == text
    assert pieces[0].startswith("Bring these:\n\n- item 0")


def test_a_long_list_of_long_items_is_its_items() -> None:
    """Where the list is too long for a passage, each item is one, and the introduction one of its own."""
    item = "- " + "word " * 99 + "end"
    found, text = made(("paragraph", 0, "Bring these:"), *(("item", 1, item) for _ in range(6)))
    assert texts(found, text) == [("text", "Bring these:")] + [("text", item)] * 6


def test_a_paragraph_of_too_many_words_is_cut_at_sentence_ends() -> None:
    """The cut pieces hold whole sentences and all of them."""
    sentence = "It is so and " + "so " * 45 + "on."
    found, text = made(("paragraph", 0, " ".join([sentence] * 20)))
    pieces = [piece for _, piece in texts(found, text)]
    assert pieces == [" ".join([sentence] * 8), " ".join([sentence] * 8), " ".join([sentence] * 4)]


def test_a_sentence_of_too_many_words_is_cut_between_words() -> None:
    """A text without any stop still makes passages of a bearable size, and no word is lost."""
    found, text = made(("paragraph", 0, "word " * (3 * MAX_PASSAGE_WORDS) + "end"))
    pieces = [piece for _, piece in texts(found, text)]
    assert [len(piece.split()) for piece in pieces] == [MAX_PASSAGE_WORDS, MAX_PASSAGE_WORDS, MAX_PASSAGE_WORDS, 1]
    assert " ".join(pieces) == text


def test_a_fragment_goes_with_its_neighbour() -> None:
    """With what comes after it, or before it where nothing does; never over a heading."""
    found, text = made(
        ("paragraph", 0, "Available Online"),
        ("paragraph", 0, "It can be taken at home."),
        ("heading", 1, "Pay"),
        ("paragraph", 0, "It pays well in most towns."),
        ("paragraph", 0, "See more"),
    )
    assert texts(found, text) == [
        ("text", "Available Online\n\nIt can be taken at home."),
        ("text", "It pays well in most towns.\n\nSee more"),
    ]


def test_items_inside_an_item_belong_to_it() -> None:
    """Of long items each outermost one is a passage with what is inside it."""
    long = "- " + "word " * 40 + "end"
    found, text = made(("item", 1, long), ("item", 2, "- inside"), ("item", 1, long), ("item", 1, long))
    assert [piece for _, piece in texts(found, text)][1:] == [f"{long}\n\n- inside", long, long]
