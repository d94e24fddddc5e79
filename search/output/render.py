"""Answers, passages and sources as text for a reader at a terminal: the answer first, its evidence below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..citation.drawing import ITEM_MARK, words
from ..model import Answer, Citation, Disagreement, Document, DrawnRows, DrawnText, Receipt, Span, Status
from ..text.amounts import amount_or_text
from .drawn_text import drawn_lines
from .drawn_together import together
from .terminal import Terminal, bold, clean, dim, highlight, on_page, place

MOST_SHOWN = 10
"""Quotes that are written out; of an answer over many rows the receipt says how many there are."""

Sources = Mapping[str, Document]
"""Documents by their path, for what a citation does not carry: its date, and where the file lies."""


def render_answer(answer: Answer, terminal: Terminal, sources: Sources) -> str:
    """The whole answer, without a line break at its end."""
    parts = [_headline(answer, terminal)]
    shown: set[int] = set()
    for disagreement in answer.disagreements:
        parts.append(_sides(disagreement, answer, terminal, sources))
        shown.update(n for side in disagreement.sides for n in side.citations)
    rest = [citation for citation in answer.citations if citation.n not in shown]
    parts += [render_evidence(rest, terminal, sources, beside=answer.answer or ""), _choices(answer, terminal)]
    parts += [_nearest(answer, terminal, sources), *([_hints(answer, terminal)] if answer.nearest else [])]
    parts += [_small_print(answer, terminal), _explained(answer, terminal)]
    return "\n\n".join(part for part in parts if part)


def render_passages(found: Sequence[tuple[Citation, str, Sequence[Span]]], terminal: Terminal, sources: Sources) -> str:
    """Ranked passages: each with its place and a snippet, in which the spans are what was looked for."""
    return "\n\n".join(
        _place_line(citation, terminal, sources) + "\n" + _quote(highlight(snippet, spans), terminal)
        for citation, snippet, spans in found
    )


def under(section: Sequence[str], terminal: Terminal) -> str:
    """The headings above a place, as what follows it in its line."""
    headings = [" ".join(clean(heading).split()) for heading in section]
    return "  " + dim(f" {terminal.arrow} ".join(headings)) if headings else ""


def _headline(answer: Answer, terminal: Terminal) -> str:
    if answer.status == Status.NOT_FOUND:
        says = "No guide says this outright." if answer.nearest else "No guide answers this."
        lines = [terminal.wrap(bold(says))]
        if answer.missing:
            lines.append(terminal.wrap(clean(f"No guide covers: {', '.join(answer.missing)}"), rest="    "))
        if answer.suggestions and not answer.nearest:
            lines += ["", _hints(answer, terminal)]
        return "\n".join(lines)
    fallback = "The guides disagree." if answer.status == Status.DISAGREEMENT else ""
    text = clean(answer.answer or fallback)
    return "\n".join(terminal.wrap(bold(line), rest=_hanging(line)) for line in text.split("\n"))


def _hints(answer: Answer, terminal: Terminal) -> str:
    """Where to look on, or how else to ask."""
    if not answer.suggestions:
        return ""
    lines = [terminal.wrap(clean(suggestion), "  - ", "    ") for suggestion in answer.suggestions]
    return "\n".join(["Near to it:", *lines])


def _sides(disagreement: Disagreement, answer: Answer, terminal: Terminal, sources: Sources) -> str:
    """The stances one above the other, each with its quotes."""
    by_number = {citation.n: citation for citation in answer.citations}
    alone = len(answer.disagreements) == 1 and answer.answer is not None
    parts = [] if alone else [terminal.wrap(clean(disagreement.topic))]
    for side in disagreement.sides:
        cited = [by_number[n] for n in side.citations if n in by_number]
        stance = terminal.wrap(bold(clean(side.stance)) + ":")
        parts.append(f"{stance}\n{render_evidence(cited, terminal, sources, dated=True)}")
    return "\n\n".join(parts)


def render_evidence(
    citations: Sequence[Citation], terminal: Terminal, sources: Sources, *, beside: str = "", dated: bool = False
) -> str:
    """Quotes under their places; of a quote that is, word for word, the answer beside it, the place alone.

    Where one comes from the section of the one before it, the two stand together and the section is not said again;
    rows of one table are one table, under the places of its rows, each beside its number.
    """
    text, above = "", None
    for one in together(citations[:MOST_SHOWN]):
        for citation in one.citations:
            here = (citation.path, citation.section)
            known = citation._replace(section=()) if here == above else citation
            text += ("\n" if here == above else "\n\n") + _place_line(known, terminal, sources, dated=dated)
            above = here
        if one.rows:
            rows = tuple((f"[{citation.n}]", *cells) for citation, cells in one.rows)
            text += f"\n{_shown([DrawnRows(('', *one.heads), rows)], terminal)}"
        elif not _is_beside(one.citations[0], beside):
            text += f"\n{_drawn(one.citations[0], terminal)}"
    if len(citations) > MOST_SHOWN:
        text += "\n" + terminal.wrap(dim(f"and {len(citations) - MOST_SHOWN:,} more; --json gives all"))
    return text.lstrip("\n")


def _is_beside(citation: Citation, answer: str) -> bool:
    """Whether the answer says the whole quote already, and no table is to be drawn."""
    if any(isinstance(part, DrawnRows) for part in citation.drawn):
        return False
    text = words(citation.drawn, addresses=False) if citation.drawn else citation.quote
    return text.split() == answer.split()


def _place_line(citation: Citation, terminal: Terminal, sources: Sources, *, dated: bool = False) -> str:
    """``[1] guide.txt:120, page 3 (2024)  Heading › Heading``."""
    document = sources.get(citation.path)
    where = clean(f"{citation.path}:{citation.lines[0]}").replace("\n", " ")
    page = on_page(citation.page, citation.printed, scanned=citation.scanned)
    date = f" ({document.date})" if dated and document is not None and document.date else ""
    fetched = f" (fetched {citation.fetched[:10]})" if citation.fetched else ""
    text = f"{place(where)}{page}{clean(date + fetched)}{under(citation.section, terminal)}"
    line = terminal.wrap(text, f"[{citation.n}] ", "    ")
    return line.replace(where, terminal.link(where, _url(document, citation.page)), 1)


def _quote(text: str, terminal: Terminal) -> str:
    bar = f"    {terminal.bar} "
    return "\n".join(terminal.wrap(line, bar, bar + _hanging(line)) for line in text.strip("\n").split("\n"))


def _drawn(citation: Citation, terminal: Terminal) -> str:
    """The quote as a reader sees it, or as it stands where nothing is to be drawn."""
    if not citation.drawn:
        return _quote(clean(citation.quote), terminal)
    return _shown(citation.drawn, terminal)


def _shown(drawn: Sequence[DrawnText | DrawnRows], terminal: Terminal) -> str:
    room = terminal.width - len(f"    {terminal.bar} ")
    return _quote("\n".join(drawn_lines(drawn, terminal, room)), terminal)


def _hanging(line: str) -> str:
    """How far the further lines of a list item are set in: as far as its text."""
    item = ITEM_MARK.match(line)
    return " " * item.end() if item else ""


def _choices(answer: Answer, terminal: Terminal) -> str:
    """The readings that are close, where the question fits several."""
    if not answer.choices:
        return ""
    lines = [
        f"{c.reading}: {amount_or_text(c.value, c.unit)}" if c.value is not None else c.reading for c in answer.choices
    ]
    shown = [terminal.wrap(" ".join(clean(line).split()), "  - ", "    ") for line in lines]
    return "\n".join(["Which do you mean?" if len(shown) > 1 else "Perhaps you mean:", *shown])


def _nearest(answer: Answer, terminal: Terminal, sources: Sources) -> str:
    """What comes closest to an answer, told apart from one."""
    if not answer.nearest:
        return ""
    return "These passages come closest:\n\n" + render_evidence(answer.nearest, terminal, sources)


def _explained(answer: Answer, terminal: Terminal) -> str:
    """What each stage of the pipeline did, where it was asked for."""
    lines = []
    for stage in answer.explain or ():
        signals = ", ".join(f"{name} {share:+.3f}" for name, share in stage.signals)
        lines.append(f"{stage.name}: {stage.says}{f' ({signals})' if signals else ''}")
    return "\n".join(terminal.wrap(dim(" ".join(clean(line).split())), rest="  ") for line in lines)


def _small_print(answer: Answer, terminal: Terminal) -> str:
    lines = [_receipt(answer.table)] if answer.table is not None else []
    if answer.table is not None and answer.table.formula:
        lines.append(f"Computed: {answer.table.formula}")
    if answer.reading:
        lines.append(f"Read as: {answer.reading}")
    lines += [f"Note: {note}" for note in answer.notes]
    return "\n".join(terminal.wrap(dim(" ".join(clean(line).split())), rest="  ") for line in lines)


def _receipt(table: Receipt) -> str:
    rows = "1 row" if table.scanned == 1 else f"{table.scanned:,} rows"
    skipped = f", {table.skipped:,} skipped" if table.skipped else ""
    return f"{rows} scanned, {table.matched:,} matched{skipped}: {table.title}"


def _url(document: Document | None, page: int | None) -> str:
    """The file's address, with the page to open it at (RFC 8118, 3)."""
    path = Path(document.root, document.path) if document is not None else Path()
    at = f"#page={page}" if page is not None else ""
    return path.as_uri() + at if path.is_absolute() else ""
