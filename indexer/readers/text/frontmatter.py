"""YAML or TOML front matter of a Markdown file: its title and date, and the texts that some sites keep in it.

Not a parser of these languages: keys, plain, quoted and folded values, lists and nesting by indent are what guides use,
and every value keeps its exact place in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile

from ....search.lang.lexicon import lexicon
from ....search.model import Span
from ....search.text.line_index import LineIndex
from ...dates import iso_date
from ...document import Block
from ..gaps import dropped, filled, trimmed
from ..html.fragment import TAG, html_blocks, without_tags
from .heading_rules import ends_openly

MAX_FRONTMATTER = 5_000
YAML_ENTRY = re.compile(
    r"(?P<indent>[ \t]*)(?P<dash>(?:-[ \t]+)*)(?:(?P<key>[\w\"'][\w .\"'-]{0,60}?)[ \t]*:(?=\s|$))?[ \t]*"
)
TOML_ENTRY = re.compile(YAML_ENTRY.pattern.replace(":(?=", "=(?="))
FENCES = {"---": ("---", "..."), "+++": ("+++",)}
"""Lines that open front matter, YAML's and TOML's, each with those that close it."""
FOLDED = re.compile(r"[|>][0-9+-]{0,2}[ \t]*$")
METADATA = lexicon("guide_text").words("metadata")
"""Keys, and parts of keys, whose values are about the file."""
DATES = ("lastmod", "updated", "modified", "date", "published")
MIN_SUMMARY_WORDS = 3
"""Words from which on a value within a mapping is a text, not a setting."""
MIN_OPEN_WORDS = 8
"""Words from which on a value of the file itself is one, if it is no sentence."""
WORD_OF_KEY = re.compile(r"[a-z]+")


@dataclass(slots=True)
class KeyedValue:
    """A key with its value, or an item of a list."""

    indent: int
    dash: bool
    key: str
    place: Span
    """Of the key and the colon."""
    value: Span
    folded: bool = False


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a file's front matter says; ``end`` is the number of lines that it takes up, 0 without one."""

    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    date: str | None = None
    end: int = 0


def front_matter(text: str, lines: LineIndex) -> FrontMatter:
    """The front matter at the top of a text, if it has one that ends."""
    last = _last_line(text, lines)
    if not last:
        return FrontMatter()
    entries = list(_entries(text, lines, last))
    top = {entry.key: _value(text, entry) for entry in entries if entry.indent == 0 and not entry.dash}
    dates = (iso_date(top.get(key, "")) for key in DATES)
    blocks = filled(_blocks(text, entries), text, (0, lines.span(last)[1]), dropped("front matter"))
    return FrontMatter(blocks, top.get("title", ""), next(filter(None, dates), None), last)


def _last_line(text: str, lines: LineIndex) -> int:
    """The number of the line that closes the front matter; 0 where there is none."""
    closing = FENCES.get(text[slice(*lines.span(1))].rstrip(), ())
    for number in range(2, min(len(lines), MAX_FRONTMATTER) + 1 if closing else 2):
        if text[slice(*lines.span(number))].rstrip() in closing:
            return number
    return 0


def _entries(text: str, lines: LineIndex, last: int) -> Iterator[KeyedValue]:
    """The entries in order; a line that is indented deeper and is no entry goes on with the value before it."""
    entry: KeyedValue | None = None
    for number in range(2, last):
        start, end = lines.span(number)
        if not text[start:end].strip() or (text[start:end].lstrip().startswith("#") and not (entry and entry.folded)):
            continue
        match = (TOML_ENTRY if text.startswith("+++") else YAML_ENTRY).match(text, start, end)
        indent = len(match["indent"]) if match else 0
        if entry is not None and indent > entry.indent and match and _goes_on(entry, match):
            entry.value = (entry.value[0] if entry.value[0] < entry.value[1] else start, end)
            continue
        if entry is not None:
            yield entry
        entry = _entry(text, match, (start, end)) if match else None
    if entry is not None:
        yield entry


def _goes_on(entry: KeyedValue, line: re.Match[str]) -> bool:
    return entry.folded or (entry.value[0] < entry.value[1] and not line["dash"] and not line["key"])


def _entry(text: str, match: re.Match[str], line: Span) -> KeyedValue:
    key = (match["key"] or "").strip(" \"'").lower()
    value = trimmed(text, (match.end(), line[1]))
    folded = FOLDED.match(text, *value) is not None
    if folded:
        value = (line[1], line[1])
    indent = len(match["indent"]) + len(match["dash"])
    return KeyedValue(
        indent if key else len(match["indent"]), bool(match["dash"]), key, (line[0], match.end()), value, folded
    )


def _blocks(text: str, entries: Sequence[KeyedValue]) -> list[Block]:
    """Texts and lists of texts, under a heading for the mapping that they stand in.

    What comes after an inner mapping is not the inner one's: the key that it stands at is the outer heading again.
    """
    found: list[Block] = []
    path: list[tuple[KeyedValue, Block | None]] = []
    settings = frozenset(_settings(text, entries))
    for n, entry in enumerate(entries):
        inner = False
        while path and path[-1][0].indent >= entry.indent + (entry.dash and not entry.key):
            inner |= path.pop()[1] is not None
        has_value = entry.value[0] < entry.value[1]
        is_about_file = _is_metadata(entry.key) or any(_is_metadata(one.key) for one, _ in path)
        is_about_file = is_about_file or (has_value and n in settings)
        if inner and has_value and entry.key and path and (above := path[-1][1]) is not None:
            found.append(replace(above, span=trimmed(text, entry.place)))
        if has_value and not is_about_file and not _is_title(entry):
            found += _text_blocks(text, entry)
        elif not has_value and entry.key:
            heading = None if is_about_file else _heading(text, entries, n, len(path) + 1)
            path.append((entry, heading))
            found += [heading] if heading else []
    return [block for n, block in enumerate(found) if not block.is_a("heading") or _has_text(found, n)]


def _is_metadata(key: str) -> bool:
    return key in METADATA or not METADATA.isdisjoint(WORD_OF_KEY.findall(key))


def _settings(text: str, entries: Sequence[KeyedValue]) -> Iterator[int]:
    """Which values of the file itself are no texts: those of a few words, and lists of single words."""
    lists = groupby(range(len(entries)), key=lambda n: entries[n].dash and not entries[n].key)
    above: KeyedValue | None = None
    for is_list, members in lists:
        numbers = list(members)
        if is_list and above is not None and not above.indent and above.value[0] == above.value[1]:
            yield from numbers if all(" " not in _value(text, entries[n]) for n in numbers) else ()
        elif not is_list:
            yield from (n for n in numbers if not entries[n].indent and _is_short(_value(text, entries[n])))
        above = entries[numbers[-1]]


def _is_short(said: str) -> bool:
    return len(said.split()) < MIN_OPEN_WORDS and ends_openly(said) and not TAG.search(said)


def _has_text(blocks: Sequence[Block], n: int) -> bool:
    """Whether anything stands below a heading before the next of its rank."""
    below = blocks[n + 1] if n + 1 < len(blocks) else None
    return below is not None and (not below.is_a("heading") or below.level > blocks[n].level)


def _is_title(entry: KeyedValue) -> bool:
    return entry.key == "title"


def _text_blocks(text: str, entry: KeyedValue) -> list[Block]:
    start, end = _unquoted(text, entry.value)
    words = len(without_tags(text[start:end]).split())
    if entry.dash and not entry.key:
        return [Block("item", (trimmed(text, entry.place)[0], entry.value[1]), level=1)]
    if words < MIN_SUMMARY_WORDS and not TAG.search(text, start, end):
        return []
    return html_blocks(text, (start, end))


def _heading(text: str, entries: Sequence[KeyedValue], n: int, level: int) -> Block | None:
    """A heading for the mapping of entry ``n``, named by its title or its key; None where it is no mapping."""
    mapping = entries[n]
    inside = list(takewhile(lambda entry: entry.indent > mapping.indent, entries[n + 1 :]))
    if not inside or inside[0].dash:
        return None
    titles = [entry for entry in inside if _is_title(entry) and entry.indent == inside[0].indent]
    named = _value(text, titles[0]) if titles else mapping.key.replace("_", " ").capitalize()
    return Block("heading", trimmed(text, mapping.place), level=level, title=named)


def _value(text: str, entry: KeyedValue) -> str:
    return " ".join(text[slice(*_unquoted(text, entry.value))].split())


def _unquoted(text: str, span: Span) -> Span:
    start, end = trimmed(text, span)
    quoted = end - start > 1 and text[start] in "\"'" and text[end - 1] == text[start]
    return (start + 1, end - 1) if quoted else (start, end)
