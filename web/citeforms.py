"""A citation in the forms that people paste: plain text, Markdown, BibTeX and CSL-JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from ..search.model import Citation

TEX = {
    "\\": r"\textbackslash{}",
    **{c: f"\\{c}" for c in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Forms:
    """The four forms of one citation."""

    plain: str
    markdown: str
    bibtex: str
    csl: str


def forms(citation: Citation, date: str | None) -> Forms:
    """The forms of a citation of a guide with this date (ISO date, month or year; None where it gives none)."""
    first, last = citation.lines
    lines = f"line {first}" if first == last else f"lines {first}–{last}"
    quote = " ".join(citation.quote.split())
    place = ", ".join([citation.path, *([f"page {citation.page}"] if citation.page else []), lines])
    when = f" ({date})" if date else ""
    return Forms(
        plain=f"“{quote}” {citation.document}{when}, {place}. SHA-256 {citation.sha256[:16]}.",
        markdown=f"> {_markdown(quote)}\n>\n> — *{_markdown(citation.document)}*{when}, {_markdown(place)}",
        bibtex=_bibtex(citation, quote, place, date),
        csl=json.dumps([_csl(citation, quote, place, date)], ensure_ascii=False, indent=2),
    )


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def _bibtex(citation: Citation, quote: str, place: str, date: str | None) -> str:
    known = {"year": date[:4] if date else "", "pages": str(citation.page or "")}
    fields = {"title": citation.document, "note": f"{place}. Quote: {quote}", **{n: v for n, v in known.items() if v}}
    body = ",\n".join(f"  {name} = {{{''.join(TEX.get(c, c) for c in value)}}}" for name, value in fields.items())
    return f"@misc{{citeguide-{citation.id},\n{body}\n}}"


def _csl(citation: Citation, quote: str, place: str, date: str | None) -> dict[str, object]:
    issued = (
        {"issued": {"date-parts": [[int(part) for part in date[:10].split("-") if part.isdigit()]]}} if date else {}
    )
    return {
        "id": citation.id,
        "type": "document",
        "title": citation.document,
        "note": f"{place}. Quote: {quote}",
        **({"page": str(citation.page)} if citation.page else {}),
        **issued,
    }
