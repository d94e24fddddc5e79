"""Is a quote of a PDF in the order in which its page draws the words? Columns that were read across are not.

A PDF says where each character stands, not in which order they are read; the reader finds that out, and so may be
wrong. The order in which a page draws is another witness: most programs draw column by column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....search.model import Span
from ...document import ParsedGuide
from .source import drawn

DRAWN_ORDER_PARSER = f"{__name__}:drawn_guide"
LEAST_LETTERS = 12
"""Letters of a piece that is looked for: fewer stand anywhere."""
RESUMED = 2
"""Times that a quote goes on where an earlier piece of it ended: once may be words that were drawn afterwards."""


def drawn_guide(data: bytes, name: str) -> ParsedGuide:
    """A PDF's text page by page as it is drawn, without any structure: a reader for the process that reads files."""
    texts = drawn(data)
    starts = [sum(map(len, texts[:number])) for number in range(len(texts))]
    return ParsedGuide(
        format="pdf", text="".join(texts), title=name, date=None, passages=(), tables=(), doubts=(), headings=(),
        pages=tuple(zip(starts, range(1, len(texts) + 1), strict=True)),
    )  # fmt: skip


def is_scrambled(quote: str, page: str) -> bool:
    """Whether a quote goes back and forth between runs of a page's text, so that each is cut in pieces.

    ``page`` is the text that the quote's page, and the next, draw. What cannot be found there decides nothing.
    """
    pieces = list(_pieces(quote, _letters(page)))
    ends = [end for _, end in pieces]
    return sum(start in ends[: max(0, n - 1)] for n, (start, _) in enumerate(pieces)) >= RESUMED


def _pieces(quote: str, page: str) -> Iterator[Span]:
    """Where the longest runs of whole words of a quote stand in letters of a page, in the order of the quote."""
    words = [_letters(word) for word in re.split(r"\s+", quote)]
    begins = [sum(map(len, words[:n])) for n in range(len(words) + 1)]
    letters, word = "".join(words), 0
    while word < len(words):
        length = _longest(letters[begins[word] :], page)
        after = max((n for n in range(word, len(words) + 1) if begins[n] <= begins[word] + length), default=word)
        if begins[after] - begins[word] >= LEAST_LETTERS:
            start = page.find(letters[begins[word] : begins[after]])
            yield start, start + begins[after] - begins[word]
        word = max(after, word + 1)


def _longest(letters: str, page: str) -> int:
    """How many of the letters, from the first on, stand in the page one after the other; 0 for fewer than LEAST."""
    least, most = 0, len(letters)
    if letters[:LEAST_LETTERS] not in page:
        return 0
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if letters[:middle] in page else (least, middle - 1)
    return least


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
