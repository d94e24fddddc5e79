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
    page = [f"page {citation.printed or citation.page}"] if citation.page else []
    place = ", ".join([citation.path, *page, lines, *(["read by OCR"] if citation.scanned else [])])
    when = f" ({date})" if date else ""
    on_the_web = f" {address_of(citation)}." if citation.address else ""
    return Forms(
        plain=f"“{quote}” {citation.document}{when}, {place}.{on_the_web} SHA-256 {citation.sha256[:16]}.",
        markdown=f"> {_markdown(quote)}\n>\n> — {_titled(citation)}{when}, {_markdown(place)}",
        bibtex=_bibtex(citation, quote, place, date),
        csl=json.dumps([_csl(citation, quote, place, date)], ensure_ascii=False, indent=2),
    )


def address_of(citation: Citation) -> str:
    """Where a cited guide lies on the web, and when it was fetched from there; empty where that is not known."""
    fetched = f" (fetched {citation.fetched[:10]})" if citation.fetched else ""
    return f"{citation.address}{fetched}" if citation.address else ""


def _titled(citation: Citation) -> str:
    title = f"*{_markdown(citation.document)}*"
    return f"[{title}](<{citation.address}>)" if citation.address else title


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def _bibtex(citation: Citation, quote: str, place: str, date: str | None) -> str:
    known = {
        "year": date[:4] if date else "",
        "pages": citation.printed or str(citation.page or ""),
        "url": citation.address or "",
        "urldate": (citation.fetched or "")[:10],
    }
    fields = {"title": citation.document, "note": f"{place}. Quote: {quote}", **{n: v for n, v in known.items() if v}}
    body = ",\n".join(f"  {name} = {{{''.join(TEX.get(c, c) for c in value)}}}" for name, value in fields.items())
    return f"@misc{{citeguide-{citation.id},\n{body}\n}}"


def _csl(citation: Citation, quote: str, place: str, date: str | None) -> dict[str, object]:
    dates = {"issued": date, "accessed": citation.fetched}
    return {
        "id": citation.id,
        "type": "document",
        "title": citation.document,
        "note": f"{place}. Quote: {quote}",
        **({"page": citation.printed or str(citation.page)} if citation.page else {}),
        **({"URL": citation.address} if citation.address else {}),
        **{name: _csl_date(given) for name, given in dates.items() if given},
    }


def _csl_date(date: str) -> dict[str, object]:
    return {"date-parts": [[int(part) for part in date[:10].split("-") if part.isdigit()]]}
