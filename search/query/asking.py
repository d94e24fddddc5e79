"""Which part of a question asks: people tell a story first, greet, and thank."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..lang.lexicon import lexicon
from ..model import Span
from ..text.tokenizer import QUESTION_WORDS

CHAT_WORDS = lexicon("chat").words("chat")
"""Words that say nothing of what is asked: greetings, thanks, contractions typed without their apostrophe."""
AUXILIARY = lexicon("chat").words("auxiliary")
"""Verbs that a question for yes or no begins with."""
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]*")
_WORD = re.compile(r"[\w'’]+")


def asking_spans(text: str) -> Sequence[Span]:
    """The sentences of a question that ask; all of it where none does, or only one stands there."""
    found = [match.span() for match in _SENTENCE.finditer(text) if _WORD.search(match.group())]
    asking = [span for span in found if text[span[0] : span[1]].rstrip().endswith("?")]
    asking = asking or [span for span in found if _opens(text[span[0] : span[1]])]
    return asking or [(0, len(text))]


def _opens(sentence: str) -> bool:
    """Whether a sentence without a question mark begins as a question."""
    first = next((w for w in _WORD.findall(sentence.lower().replace("’", "'")) if w not in CHAT_WORDS), "")
    return first in AUXILIARY or first in QUESTION_WORDS
