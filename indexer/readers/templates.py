"""What generators of pages leave in Markdown and no reader of the page sees: shortcodes, templates, components."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...search.model import Span
from ..encoding.decode import CONTENT
from .gaps import trimmed

MARK = re.compile(
    r"\{\{[<%]?[^{}]{0,500}\}\}"  # Hugo's shortcodes, Jinja, Handlebars
    r"|\{%[^{}]{0,500}%\}"  # Liquid
    r"|\{:[^{}\n]{0,200}\}|\{#[\w:.-]{1,80}\}"  # attributes of kramdown, anchors
    r"|<!--(?:[^-]|-(?!->)){0,500}-->"
    r"|</?[A-Z][\w.]{0,60}(?:\s[^<>]{0,500})?/?>"  # components of MDX
    r"|^[ \t]{0,3}:::+[^\n]{0,200}$"  # containers
    r"|^(?:import\s(?:[^\n'\"]{1,300}\sfrom\s{1,9})?['\"][^'\"\n]{1,300}['\"];?|export\s(?:const|default)\s[^\n]{0,500})$"
    r"|^\[(?:TOC|toc)\]$|^\[\[_?(?:TOC|toc)_?\]\]$",
    re.MULTILINE,
)
"""One such piece. What stands between two of them is the guide's own, and stays."""


def parts(text: str, span: Span) -> list[Span]:
    """The stretches of a span that are left without lines of such pieces alone, and without those at either end."""
    found: list[Span] = []
    for start, end in _between(text, span):
        if found and not any(map(str.strip, text[found[-1][1] : start].split("\n")[1:-1])):
            found[-1] = (found[-1][0], end)  # within a line, or at the end of one: the sentence goes on around it
        else:
            found.append((start, end))
    return found


def _between(text: str, span: Span) -> Iterator[Span]:
    """The stretches between such pieces that hold content."""
    start = span[0]
    for mark in (*MARK.finditer(text, *span), None):
        piece = trimmed(text, (start, mark.start() if mark else span[1]))
        if CONTENT.search(text, *piece):
            yield piece
        start = mark.end() if mark else span[1]
