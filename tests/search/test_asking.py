"""People tell a story, greet and thank; what they ask is told from the rest."""

from __future__ import annotations

import pytest
from citeguide.search.query.asking import asking_spans
from citeguide.search.query.query import understand


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("I live in Mexico now. Am I going to get fined?", ["Am I going to get fined?"]),
        ("hi, im new here. how do i sign up", ["how do i sign up"]),
        ("my son is 12\ncan he get a card\nthanks", ["can he get a card"]),
        ("median pay in Fresno", ["median pay in Fresno"]),
        ("Is it free? And when is it open?", ["Is it free?", "And when is it open?"]),
    ],
)
def test_the_sentences_that_ask(text: str, asking: list[str]) -> None:
    """Sentences with a question mark ask, else those that begin as questions do, else all of it."""
    assert [text[start:end].strip() for start, end in asking_spans(text)] == asking


@pytest.mark.parametrize("text", ["hi, im wondering whats the fee pls", "Hello! What's the fee, thanks", "the fee lol"])
def test_chat_carries_no_weight(text: str) -> None:
    """Greetings, thanks and contractions without an apostrophe are not looked for."""
    assert {term.word for term in understand(text).content} == {"fee"}


def test_a_greeting_alone_is_still_looked_for() -> None:
    """Where nothing else is said, the words count as they stand."""
    assert [term.word for term in understand("hello").content] == ["hello"]
