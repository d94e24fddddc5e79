"""Lists that a guide's layout shows: items under a sentence, headings that carry items, paragraphs with labels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

from ..lang.lexicon import lexicon
from ..model import Heading, Passage, Span
from ..params import ListParams
from ..text.markup import unmarked
from ..text.regex import compiled
from ..text.sentence_splitter import lines, sentences
from .listing import ListedItem, Listing

_LISTS = lexicon("list_questions")

LIST_MARK = r"(?:[-*+•‣◦▪·–]|\(?\d{1,3}[.)]|[A-Za-z]\)|[A-Z]\.)\s+"
"""What stands before an item."""
NUMBERED_HEADING = rf"(?i)(?:(?:{'|'.join(_LISTS.ordered('numbered'))})\s*)?#?\d{{1,2}}\s*[.:)–—-]\s*(?=\S)"
"""How a heading begins that is an item of a numbered list."""
ITEM_LABEL = r"[^\n.:!?]{2,60}[.:](?=\s+[A-Z“\"])"
"""How a paragraph begins that is an item with a name: "Dexterity. …"."""
LABEL_BREAK = r"\s[–—-]\s|:\s|\.\s"
"""Where an item's name ends and what is said of it begins."""
ASIDE = (
    rf"(?i)(?:{'|'.join(_LISTS.ordered('aside openers'))})\b|.{{0,200}}\?$|(?:{'|'.join(_LISTS.ordered('asides'))})\b"
)
"""Headings that are no items of the list around them."""
LONGEST_LABEL = 120
"""Code points of an item's name; what is longer is cut at a word."""
SECTION = 20_000
"""Code points of a section that are looked at."""


def in_passage(passage: Passage, fewest: int) -> Listing | None:
    """The list that a list passage is: the lines with a mark, or all but the first where none has one."""
    rows = lines(passage.text)
    starts = [n for n, row in enumerate(rows) if compiled(LIST_MARK).match(passage.text, *row)]
    if len(starts) < fewest:
        starts = list(range(1, len(rows)))
    if len(starts) < fewest:
        return None
    items = (_item(passage, rows[a][0], rows[b - 1][1]) for a, b in zip(starts, [*starts[1:], len(rows)], strict=True))
    lead = sentences(passage.text[: rows[starts[0] - 1][1]])[-1] if starts[0] else (0, 0)
    return Listing(
        "list",
        passage.document,
        tuple(items),
        passage.text[slice(*lead)],
        passage.text[: lead[0]],
        passage.headings,
        _placed(passage, *lead) if starts[0] else None,
        ordered=all(passage.text[rows[n][0] :].lstrip("(")[:1].isdigit() for n in starts),
    )


def in_headings(document: int, headings: Sequence[Heading], text: str, params: ListParams) -> Iterator[Listing]:
    """Headings of one rank under one heading, read as a list: those that are numbered, else all that name things."""
    for parent, children in _families(headings):
        numbered = [child for child in children if compiled(NUMBERED_HEADING).match(child.text)]
        is_numbered = len(numbered) >= params.fewest
        members = numbered if is_numbered else [c for c in children if not compiled(ASIDE).match(c.text)]
        if len(members) < params.fewest + (not numbered) or (parent and compiled(NUMBERED_HEADING).match(parent.text)):
            continue
        first = members[0] if numbered else children[0]
        above = text[parent.span[1] if parent else 0 : first.span[0]]
        lead = (parent.text,) if parent else ()
        items = tuple(ListedItem(member.span, _label(_unnumbered(member.text))) for member in members)
        before = above[-params.introducing :]
        yield Listing("headings", document, items, *(lead or ("",)), before, lead, ordered=is_numbered)


def in_labels(passage: Passage, headings: Sequence[Heading], text: str, params: ListParams) -> Iterator[Listing]:
    """Paragraphs of the section around a passage that each begin with a label of their own."""
    at = bisect_right([heading.span[0] for heading in headings], passage.span[0])
    start = headings[at - 1].span[1] if at else 0
    end = min(headings[at].span[0] if at < len(headings) else len(text), start + SECTION)
    rows = [(start + a, start + b) for a, b in lines(text[start:end])]
    labels = [compiled(ITEM_LABEL).match(text, *row) for row in rows]
    short = [mark is not None and len(mark.group().split()) <= params.label_words for mark in labels]
    for first, last in _runs(short):
        items = tuple(ListedItem(mark.span(), mark.group()[:-1]) for mark in labels[first:last] if mark)
        if len(items) > params.fewest:
            before = text[slice(*rows[first - 1])][-params.introducing :] if first else ""
            lead, above = "".join(passage.headings[-1:]), passage.headings
            yield Listing("labels", passage.document, items, lead, before, above)


def _item(passage: Passage, start: int, end: int) -> ListedItem:
    mark = compiled(LIST_MARK).match(passage.text, start, end)
    body = mark.end() if mark else start
    return ListedItem(_placed(passage, body, end), _label(passage.text[body:end]))


def _placed(passage: Passage, start: int, end: int) -> Span:
    """A span of a passage's text as one of its document's."""
    return passage.span[0] + start, passage.span[0] + end


def _label(text: str) -> str:
    """The name at an item's beginning, without line breaks and marks."""
    plain = " ".join(unmarked(text).split())
    if cut := compiled(LABEL_BREAK).search(plain):
        plain = plain[: cut.start()]
    plain = plain.rstrip(" .:;,")
    return plain if len(plain) <= LONGEST_LABEL else plain[:LONGEST_LABEL].rsplit(" ", 1)[0] + " …"


def _unnumbered(text: str) -> str:
    mark = compiled(NUMBERED_HEADING).match(text)
    return text[mark.end() :] if mark else text


def _families(headings: Sequence[Heading]) -> Iterator[tuple[Heading | None, list[Heading]]]:
    """Headings of one rank with the heading that they stand under; None for those that stand under none."""
    children: dict[tuple[int, int], list[Heading]] = {}
    open_: list[int] = []
    for n, heading in enumerate(headings):
        while open_ and headings[open_[-1]].level >= heading.level:
            open_.pop()
        children.setdefault((open_[-1] if open_ else -1, heading.level), []).append(heading)
        open_.append(n)
    for (parent, _), members in children.items():
        yield (headings[parent] if parent >= 0 else None), members


def _runs(flags: Sequence[bool]) -> Iterator[Span]:
    """The runs of true flags: first, and one past the last."""
    for flag, group in groupby(range(len(flags)), key=lambda n: flags[n]):
        members = list(group)
        if flag:
            yield members[0], members[-1] + 1
