"""Lists within a sentence: "requires a photo, a form and a fee"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ..lang.lexicon import lexicon
from ..model import Passage, Span
from ..params import ListParams
from ..text.regex import compiled
from ..text.sentence_splitter import sentences
from ..text.tokenizer import Term, terms
from .listing import ListedItem, Listing

_LISTS = lexicon("list_questions")

INTRODUCING = rf"(?i)(?::|\s[–—-]|\b(?:{_LISTS.pattern('introducing')}))\s+(?:the\s+)?"
"""What introduces items and little else."""
WEAK = rf"(?i)\b(?:{'|'.join(_LISTS.ordered('introducing one of the question'))})\s+(?:the\s+)?"
"""What introduces items only right behind a word of the question."""
OPENING_VERB = r"\s(?:are|were)\b"
"""Behind items that open their sentence."""
AND = rf"\s+(?:{_LISTS.pattern('joining')})\s+"
ITEM_COMMA = r"\s*[,;]\s+"
BEFORE_ITEM = rf"(?i)(?:(?:{_LISTS.pattern('joining')})\s+)?(?:the\s+)?"
BRACKETED = r"\([^()]*\)"
CLOSING = r"[.!?:]+[\"'”’)]*$"
VERBAL = rf"(?i)\b(?:{'|'.join(_LISTS.ordered('of clauses'))})\b"
"""A piece with any of these is a clause, not an item."""
MOST_SENTENCE_TEXT = 800
"""Code points of a sentence that is looked at."""


def in_sentences(passage: Passage, asked: Collection[str], params: ListParams) -> Iterator[Listing]:
    """The sentences of a passage that enumerate things; ``asked`` are the stems of the question's words."""
    before = ""
    for start, end in sentences(passage.text):
        sentence = passage.text[start:end]
        worth_a_look = (
            end - start <= MOST_SENTENCE_TEXT and compiled(AND).search(sentence) and not sentence.endswith("?")
        )
        if labels := enumerated(sentence, asked, params) if worth_a_look else []:
            span = (passage.span[0] + start, passage.span[0] + end)
            items = tuple(ListedItem(span, " ".join(label.split())) for label in labels)
            yield Listing("sentence", passage.document, items, sentence, before, passage.headings)
        before = sentence


def enumerated(sentence: str, asked: Collection[str], params: ListParams) -> list[str]:
    """The items of a sentence's enumeration, verbatim and in order; none where it holds none.

    Behind a colon or "including" two items are a list; elsewhere three are, and a word of the question must stand by.
    """
    body = compiled(CLOSING).sub("", sentence)
    words = list(terms(body))
    for mark in compiled(INTRODUCING).finditer(body):
        if items := _items(body[mark.end() :], 2, params.longest_item):
            return items
    for mark in compiled(WEAK).finditer(body):
        if _asked(words, asked, -1, mark.start(), params.close) and (
            items := _items(body[mark.end() :], 3, params.longest_item)
        ):
            return items
    opening = compiled(OPENING_VERB).search(body)
    if opening and _asked(words, asked, opening.end(), len(body), params.close):
        return _items(body[: opening.start()], 3, params.longest_item)
    return []


def _asked(words: Sequence[Term], asked: Collection[str], start: int, end: int, close: int) -> bool:
    """Whether one of the question's words stands right before ``end``, or right behind ``start`` where one is given."""
    if start >= 0:
        near = [word for word in words if word.start >= start][: close + 1]
    else:
        near = [word for word in words if word.end <= end][-close:]
    return any(word.stem in asked for word in near)


def _items(text: str, fewest: int, longest: int) -> list[str]:
    """The items between commas and a last "and"; none where they are too few, or clauses."""
    bare = compiled(BRACKETED).sub(lambda match: "x" * len(match.group()), text)
    spans = _pieces(bare)
    joined = compiled(AND).search(bare, max(0, _last_comma(bare) - 1)) is not None
    alike = len({text[a:b].startswith("to ") for a, b in spans}) == 1
    short = all(
        a < b and len(bare[a:b].split()) <= longest and not compiled(VERBAL).search(bare, a, b) for a, b in spans
    )
    return [text[a:b] for a, b in spans] if joined and alike and short and len(spans) >= fewest else []


def _pieces(text: str) -> list[Span]:
    """Where the items stand, without articles and without the word that joins the last."""
    edges = [match.span() for match in compiled(ITEM_COMMA).finditer(text)]
    last = _last_comma(text)
    if not compiled(BEFORE_ITEM).match(text, last) or not compiled(AND).match(text, last - 1):
        edges += _joint(text, last)
    starts, ends = [0, *(end for _, end in edges)], [*(start for start, _ in edges), len(text)]
    return [(_behind_article(text, a), b) for a, b in zip(starts, ends, strict=True)]


def _last_comma(text: str) -> int:
    """Behind the last comma; 0 where there is none."""
    return max((match.end() for match in compiled(ITEM_COMMA).finditer(text)), default=0)


def _behind_article(text: str, start: int) -> int:
    mark = compiled(BEFORE_ITEM).match(text, start)
    return mark.end() if mark else start


def _joint(text: str, start: int) -> list[Span]:
    """Where "and" joins the last two items: behind a bracket if there is one, else where it stands but once."""
    joints = [match.span() for match in compiled(AND).finditer(text, start)]
    bracketed = [joint for joint in joints if text[joint[0] - 1] == "x" and text[joint[0] - 2 : joint[0]] == "xx"]
    return bracketed[-1:] or (joints if len(joints) == 1 else [])
