"""What marked-up text says: Markdown and HTML without their marks, and links with where they lead.

A quote is a run of a text, so a mark may have lost its other half: what is left of a pair at an edge goes as well. Only
what is a mark beyond doubt is taken: a star between numbers, a bar in a sentence, ``a < b`` stay.
"""

from __future__ import annotations

import re

from ..model import Piece
from .regex import compiled

MARKED = frozenset({"markdown", "text"})
"""Formats of which a quote holds the marks of the file; the text of others is what their readers made of the marks."""

_SIGNS = frozenset("*_~=<>[](){}`#|&\\\ue0ff")
"""A text without any of these has no marks but for rules."""
_LINE = r"(?m)^[ \t]{0,12}(?:>[ \t]?)+|^[ \t]{0,3}#{1,6}[ \t]+|[ \t]+#+[ \t]*$|^\[\^?[^\]\n]{1,200}\]:"
"""Marks that lines begin or end with: of quotations, of headings, of definitions."""
_RULES = tuple(map(frozenset, ("- ", "* ", "_ ", "= ", "|-: ", "` ", "~ ")))
"""What lines that are nothing but marks are made of: rules, the line under a table's head, fences."""
_FENCES = ("```", "~~~", ":::")
_SOFT = r"(?<![\n\\])(?<!  )(?<!<br>)\n(?=[ \t]*(?![-*+•>#|\n]|\d{1,3}[.)][ \t]|[ \t]|\[\^?[^\]\n]{1,40}\]:)\S)[ \t]*"
"""A line break within a paragraph."""
_BARS = r"(?m)^[ \t]*\|(?P<cells>.*?)\|?[ \t]*$"
_BAR = r"[ \t]*(?<!\\)\|[ \t]*"
_TAG = (
    r"(?s)<!--.{0,2000}?(?:-->|\Z)|</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,2000}|/)?(?:>|\Z)"
    r"|\A[^<>\n]{0,500}?=\"[^<>\"]*\"\s*/?>"
)
_BREAK = r"(?i)<(?:br|p|div|li|tr)\b[^<>]{0,2000}>"
_MARK = (
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|\{%-?(?P<made>[^{}\n]{0,500})%\}|\{\{[^{}\n]{0,500}\}\}"
    r"|(?P<code>`{1,2})(?P<verbatim>[^`\n]{1,500})(?P=code)"
    r"|<(?P<auto>https?://[^<>\s]{1,2000}|[^<>\s@]{1,100}@[^<>\s]{1,200})>"
    r"|!\[(?P<alt>[^\]\n]{0,500})\](?:\([^()\n]{0,2000}\))?"
    r"|\[(?P<label>(?:[^\[\]\n]|\[[^\[\]\n]{0,500}\](?:\([^()\n]{0,1000}\))?){1,500}+)\]"
    r"(?:\((?P<target>(?:[^()\n]|\([^()\n]{0,500}\)){0,2000}+)(?:\)|\Z)|\[[^\]\n]{0,200}\])"
    r"|\[\^[^\]\s]{1,40}\]"
)
_CUT = r"\]\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}+(?:\)|\Z)|\{[.#:][^{}\n]{0,200}\}"
"""What is left of a link whose label began before the quote, or whose target goes on behind it; attributes."""
_EMPHASIS = (
    r"(?P<mark>\*{1,3}|(?<!\w)_{1,3}|~~|==)(?=\S)(?P<inner>[^\n]{1,1000}?)(?<=\S)(?P=mark)(?![\w*])"
    r"|\*\*(?P<strong>[^*\n]{1,1000})\*\*"
)
_HALF = r"(?m)\*{2,3}(?=\S)|(?<=\S)\*{2,3}|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)|^\*(?=\w)(?!.*\*)|(?<=[\w.,!?])\*$"
_TITLE = r"(?s)\s+[\"'(].*\Z"
_STRING = r"(?<=[\"'])[^\"'\n]*(?=[\"'])"
"""What a template is given to show."""
_LINK = r"(?i)(?:https?://|mailto:)[^\s<>\"]+"


def pieces(text: str, *, flows: bool = False) -> tuple[Piece, ...]:
    """The text without its marks, cut where links begin and end; a link that leads nowhere outside is plain text.

    ``flows`` says that a single line break is no more than a blank, as in Markdown.
    """
    if not flows and _is_plain(text):
        return (Piece(text),) if text else ()
    lines = [line for line in compiled(_PRIVATE).sub("", text).splitlines() if not _is_rule(line)]
    drawn = compiled(_BARS).sub(lambda row: compiled(_BAR).sub(" · ", row["cells"].strip(" \t|")), "\n".join(lines))
    if flows:
        drawn = compiled(_SOFT).sub(" ", drawn)
    links: list[str] = []
    said = _stripped(compiled(_MARK).sub(lambda found: _token(found, links), compiled(_LINE).sub("", drawn)))
    said = compiled(_GAP).sub(lambda gap: "\n\n" if gap[0].count("\n") > 1 else "\n", said).strip()
    targets = iter(links)
    parts = [Piece(part, next(targets, None) if n % 2 else None) for n, part in enumerate(said.split(_EDGE))]
    return tuple(part for part in parts if part.text)


def unmarked(text: str) -> str:
    """The same words in one string."""
    return "".join(piece.text for piece in pieces(text))


def _is_plain(text: str) -> bool:
    """Whether a text plainly has no marks; dashes and colons are none in a line that says something."""
    if not _SIGNS.isdisjoint(text):
        return False
    return ("-" not in text and ":" not in text) or (text.splitlines() == [text.strip()] and not _is_rule(text))


def _is_rule(line: str) -> bool:
    """Whether a line is nothing but marks, three or more of them."""
    said = line.strip()
    return said.startswith(_FENCES) or (len(said) > 2 and any(made_of.issuperset(said) for made_of in _RULES))


def _token(found: re.Match[str], links: list[str]) -> str:
    """What a mark says, with signs that are no marks hidden; a link stands between two edges, and joins the list."""
    if found["escaped"]:
        return _hidden(found["escaped"])
    if found["verbatim"]:
        return _hidden(found["verbatim"].strip())
    if found["made"]:
        return " ".join(compiled(_STRING).findall(found["made"]))
    if found["auto"]:
        links.append(found["auto"] if "://" in found["auto"] else f"mailto:{found['auto']}")
        return f"{_EDGE}{_hidden(found['auto'])}{_EDGE}"
    if not found["label"]:
        return found["alt"] or ""
    label = compiled(_MARK).sub(lambda inner: _token(inner, []).replace(_EDGE, ""), found["label"])
    target = compiled(_TITLE).sub("", found["target"] or "").strip("<> ")
    if not compiled(_LINK).fullmatch(target):
        return label
    links.append(target)
    return f"{_EDGE}{label}{_EDGE}"


def _hidden(text: str) -> str:
    return "".join(_HIDDEN.get(c, c) for c in text)


def _stripped(text: str) -> str:
    """Text without tags and emphasis, with what was hidden from both put back."""
    text = compiled(_CUT).sub("", compiled(_TAG).sub("", compiled(_BREAK).sub("\n", text)))
    for _ in range(3):  # emphasis within emphasis
        text = compiled(_EMPHASIS).sub(lambda found: found["inner"] or found["strong"], text)
    text = compiled(_HALF).sub("", text)
    if "&" in text:
        from html import unescape  # its table of names costs a cold process some milliseconds

        text = unescape(text)
    return text.translate(_SHOWN)


_HIDDEN = {mark: chr(0xE000 + n) for n, mark in enumerate("*_~=<>[]()&{}`#|")}
"""Marks that are meant as they stand, as private characters while the others are taken out."""
_SHOWN = {ord(hidden): mark for mark, hidden in _HIDDEN.items()}
_EDGE = "\ue0ff"
"""Stands where a link begins and where it ends."""
_PRIVATE = "[\ue000-\ue0ff]"
_GAP = r"[ \t]*\n(?:[ \t]*\n)*"
