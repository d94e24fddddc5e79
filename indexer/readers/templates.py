"""What generators of pages leave in Markdown and no reader of the page sees: shortcodes, templates, components."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...search.model import Span
from ..encoding.decode import CONTENT
from .gaps import trimmed

TEMPLATE_MARK = re.compile(
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


SHORTCODE = re.compile(
    r"\[(?P<label>[^\[\]\n]{0,300})\]\((?:\{%[^{}]{0,500}%\}|\{\{[^{}]{0,500}\}\})[^(){}\n]{0,200}\)"  # a link to it
    r"|\{%(?P<liquid>[^{}]{0,500})%\}"
    r"|(?<![\\\w^_}])\{\{[<%]?(?P<other>[^{}]{0,500})\}\}"  # not the braces of a formula
)
"""Shortcodes and templates within the text of a page that was saved before they were replaced."""
GIVEN = re.compile(r"(?<=[\"'])[^\"'/]*(?=[\"'])")
"""A word that one is given to show; a path is none."""


def spoken(text: str) -> tuple[str, list[str]]:
    """A page's text with what its shortcodes would show in their place, and these as they stood."""
    found: list[str] = []

    def said(code: re.Match[str]) -> str:
        found.append(code.group())
        given = code["liquid"] or code["other"] or ""
        return code["label"] or " ".join(filter(str.strip, GIVEN.findall(given)))

    return (SHORTCODE.sub(said, text) if "{" in text else text), found


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
    for mark in (*TEMPLATE_MARK.finditer(text, *span), None):
        piece = trimmed(text, (start, mark.start() if mark else span[1]))
        if CONTENT.search(text, *piece):
            yield piece
        start = mark.end() if mark else span[1]
