"""Where a suggestion leads: to a complete question, or to the passages under a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from ...search.text.tokenizer import QUESTION_WORDS, STOP_WORDS, terms

SPELLING = re.compile(r"did you mean '(?P<meant>[^']{1,200})' instead of '(?P<typed>[^']{1,200})'\?")
SEE_HEADINGS = re.compile(r"see '(?P<headings>.{1,1000})'", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion as shown, and the address that it leads to."""

    text: str
    href: str


def suggestion(said: str, question: str, missing: Sequence[str]) -> Suggestion:
    """What an answer suggests, as a step that can be taken: a heading to read, or a question to ask instead."""
    if found := SEE_HEADINGS.fullmatch(said):
        last = found["headings"].rpartition("›")[2].strip()
        return Suggestion(f"Read “{found['headings']}”", f"/search?{urlencode({'q': _section(last)})}")
    if found := SPELLING.fullmatch(said):
        better = question.replace(found["typed"], found["meant"])
    else:
        better = said if said.endswith("?") else instead(question, said, missing)
    return Suggestion(better, f"/ask?{urlencode({'q': better})}")


def instead(question: str, name: str, missing: Sequence[str]) -> str:
    """The question about ``name`` instead: it replaces what no guide covers, or else the words that it shares."""
    unknown = {word.casefold() for word in missing}
    shared = {term.word for term in terms(name)} - STOP_WORDS - QUESTION_WORDS
    words = list(terms(question))
    replaced = [t for t in words if question[t.start : t.end].casefold() in unknown] or [
        t for t in words if t.word in shared
    ]
    if not replaced:
        return name
    return question[: replaced[0].start] + name + question[replaced[-1].end :]


def _section(heading: str) -> str:
    return f'section:"{heading.replace(chr(34), "")}"'
