"""Blocks to passages: each a whole thought, under the headings above it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from ...search.model import PassageKind, Span
from ...search.text.line_index import LineIndex
from ...search.text.sentence_splitter import sentences
from ..document import Block, ParsedHeading, ParsedPassage, ParsedTable
from ..readers.text.heading_rules import ANNOUNCING, ends_openly

MAX_PASSAGE_WORDS = 400
"""A paragraph or list of more words than this is cut at sentence ends or between items."""
MAX_INTRODUCTION = 60
"""Words of a paragraph that goes with its list as a whole; of a longer one only the last sentence does."""
LONG_ITEM = 15
"""Mean words of an item from which on each is a passage of its own, beside the list."""
FRAGMENT = 4
"""Up to so many words without a sentence's end are no thought: they go with their neighbour."""

MARKUP = ("markup", "template", "front matter")
"""Reasons of dropped pieces that separate nothing: the text on both sides reads as if they were not there."""
OUTERMOST = re.compile(r"^\S", re.MULTILINE)
"""A key of the file itself, or the end of its front matter: texts on both sides of it are of different things."""
MAX_PIECE = 2_000
"""Code points looked back for where the last sentence of a paragraph begins."""
RUN_OF_LETTERS = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Tabulated:
    """What a table's block became: a table, or none; pieces that are left to be prose; pieces that only draw it."""

    table: ParsedTable | None
    prose: list[Span]
    drawing: list[Span]


Tabulate = Callable[[Block, tuple[str, ...]], Tabulated]
"""Makes a table of a block, given the headings above it."""


@dataclass(slots=True)
class GuideContents:
    """What a guide's blocks become."""

    passages: list[ParsedPassage] = field(default_factory=list)
    tables: list[ParsedTable] = field(default_factory=list)
    headings: list[ParsedHeading] = field(default_factory=list)
    drawing: list[Span] = field(default_factory=list)
    """What only draws tables."""


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """A passage in the making."""

    kind: PassageKind
    span: Span


def contents(blocks: Sequence[Block], text: str, lines: LineIndex, tabulate: Tabulate) -> GuideContents:
    """The passages, tables and headings of a document, each in order."""
    found = GuideContents()
    for path, section in _sections(blocks):
        headings = tuple(heading_text(block, text) for block in path)
        pieces = _pieces(section, text)
        for block in section:
            if block.is_a("table"):
                made = tabulate(block, headings)
                found.tables += [made.table] if made.table else []
                found.drawing += made.drawing
                pieces += [PassageDraft("text", span) for span in made.prose]
        for piece in sorted(pieces, key=lambda piece: (piece.span[0], -piece.span[1])):
            found.passages.append(ParsedPassage(piece.kind, headings, piece.span, lines.lines(piece.span)))
    for block in blocks:
        if block.is_a("heading"):
            found.headings.append(_heading(block, text, lines))
    return found


def heading_text(block: Block, text: str) -> str:
    """A heading's words without markup, on one line."""
    return block.title or " ".join(text[slice(*block.span)].split())


def _heading(block: Block, text: str, lines: LineIndex) -> ParsedHeading:
    return ParsedHeading(heading_text(block, text), block.level, block.span, lines.lines(block.span))


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[tuple[Block, ...], list[Block]]]:
    """The blocks below each heading, with the headings above them, outermost first."""
    path: list[Block] = []
    section: list[Block] = []
    for block in blocks:
        if not block.is_a("heading"):
            section.append(block)
            continue
        yield tuple(path), section
        while path and path[-1].level >= block.level:
            path.pop()
        path.append(block)
        section = []
    yield tuple(path), section


def _pieces(section: Sequence[Block], text: str) -> list[PassageDraft]:
    """The passages of one section's prose and lists."""
    found: list[PassageDraft] = []
    introduction: Block | None = None
    seen = _seen(section, text)
    groups = [(kind, list(group)) for kind, group in groupby(seen, key=lambda block: block.kind)]
    for (kind, members), after in zip(groups, [*(kind for kind, _ in groups), None][1:], strict=True):
        match kind:
            case "paragraph":
                introduction = members.pop() if after == "item" and _introduces(members[-1], text) else None
                found += _prose(members, text)
            case "item":
                found += _list(introduction, members, text)
                introduction = None
    return found


def _seen(section: Sequence[Block], text: str) -> list[Block]:
    """The blocks without dropped pieces that separate nothing."""
    return [block for block in section if not (block.reason in MARKUP and _separates_nothing(block, text))]


def _separates_nothing(block: Block, text: str) -> bool:
    return block.reason != "front matter" or OUTERMOST.search(text, *block.span) is None


def _introduces(block: Block, text: str) -> bool:
    """Whether a paragraph promises the list after it."""
    return ANNOUNCING.search(text[slice(*_last_sentence(block.span, text))]) is not None


def _prose(blocks: Sequence[Block], text: str) -> Iterator[PassageDraft]:
    """Paragraphs, one passage each; a fragment joins what comes after it, the last one what is before."""
    joined: list[PassageDraft] = []
    for block, after in zip(blocks, [*blocks[1:], None], strict=False):
        is_last = after is None and _is_fragment(text[slice(*block.span)])
        if joined and (is_last or _is_fragment(text[slice(*joined[-1].span)])):
            joined[-1] = PassageDraft("text", (joined[-1].span[0], block.span[1]))
        else:
            joined.append(PassageDraft("text", block.span))
    for piece in joined:
        yield from (PassageDraft("text", span) for span in _cut(piece.span, text))


def _is_fragment(piece: str) -> bool:
    return len(piece.split(maxsplit=FRAGMENT)) <= FRAGMENT and ends_openly(piece)


def _list(introduction: Block | None, items: Sequence[Block], text: str) -> Iterator[PassageDraft]:
    """A list with the sentence that introduces it; long items are passages of their own as well."""
    start = items[0].span[0]
    if introduction is not None:
        start = introduction.span[0]
        if _words(introduction.span, text) > MAX_INTRODUCTION:
            start = _last_sentence(introduction.span, text)[0]
            if start > introduction.span[0]:
                yield from _prose([replace(introduction, span=_trimmed(introduction.span[0], start, text))], text)
    whole = (start, items[-1].span[1])
    entries = list(_outermost(items))
    are_long = sum(_words(entry, text) for entry in entries) > LONG_ITEM * len(entries)
    if _words(whole, text) <= MAX_PASSAGE_WORDS:
        yield PassageDraft("list", whole)
    elif are_long and introduction is not None:
        yield PassageDraft("text", (start, introduction.span[1]))
    else:
        yield from (PassageDraft("list", span) for span in _grouped([(start, entries[0][1]), *entries[1:]], text))
    if are_long:
        for entry in entries:
            yield from (PassageDraft("text", span) for span in _cut(entry, text))


def _outermost(items: Sequence[Block]) -> Iterator[Span]:
    """Each outermost item with the items inside it."""
    start, end = items[0].span
    level = items[0].level
    for item in items[1:]:
        if item.level <= level:
            yield start, end
            start, level = item.span[0], item.level
        end = item.span[1]
    yield start, end


def _cut(span: Span, text: str) -> Iterator[Span]:
    """A span in pieces of at most ``MAX_PASSAGE_WORDS`` words, cut at sentence ends where there are any."""
    if _words(span, text) <= MAX_PASSAGE_WORDS:
        yield span
    else:
        yield from _grouped(_units(span, text), text)


def _grouped(spans: Iterable[Span], text: str) -> Iterator[Span]:
    """Neighbouring spans joined as long as they hold no more than ``MAX_PASSAGE_WORDS`` words together."""
    start, end, words = -1, -1, 0
    for span in spans:
        more = _words(span, text)
        if start >= 0 and words + more > MAX_PASSAGE_WORDS:
            yield start, end
            start, words = -1, 0
        start, end, words = span[0] if start < 0 else start, span[1], words + more
    if start >= 0:
        yield start, end


def _units(span: Span, text: str) -> Iterator[Span]:
    """Sentences; those of too many words as runs of words."""
    for a, b in sentences(text[slice(*span)]):
        a, b = a + span[0], b + span[0]
        if _words((a, b), text) <= MAX_PASSAGE_WORDS:
            yield a, b
        else:
            words = [match.span() for match in RUN_OF_LETTERS.finditer(text, a, b)]
            for n in range(0, len(words), MAX_PASSAGE_WORDS):
                yield words[n][0], words[min(n + MAX_PASSAGE_WORDS, len(words)) - 1][1]


def _last_sentence(span: Span, text: str) -> Span:
    start = max(span[0], span[1] - MAX_PIECE)
    a, b = sentences(text[start : span[1]])[-1]
    return start + a, start + b


def _trimmed(start: int, end: int, text: str) -> Span:
    return start, start + len(text[start:end].rstrip())


def _words(span: Span, text: str) -> int:
    return len(text[slice(*span)].split())
