"""A text that was checked, as JSON and as lines for a reader at a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from ..factcheck.text_check import CheckedSentence, CheckedText, ClaimVerdict
from ..model import Document
from .answer_json import Json, citation_to_json
from .render import render_evidence
from .terminal import Terminal, bold, clean, dim

SAID: Mapping[ClaimVerdict, str] = {
    ClaimVerdict.SUPPORTED: ClaimVerdict.SUPPORTED,
    ClaimVerdict.CONTRADICTED: ClaimVerdict.CONTRADICTED,
    ClaimVerdict.NOT_FOUND: "not in the guides",
    ClaimVerdict.SKIPPED: ClaimVerdict.SKIPPED,
}
"""What a verdict is called, in the order in which they are counted."""


def checked_to_json(checked: CheckedText) -> Json:
    """The whole text: each sentence with its verdict and its quote."""
    return {
        "sentences": [_sentence(each) for each in checked.sentences],
        "counts": {verdict: checked.count(verdict) for verdict in SAID},
        "index": {"generation": checked.generation, "engine": checked.engine},
        "took_ms": checked.took_ms,
    }


def render_checked(checked: CheckedText, terminal: Terminal, sources: Mapping[str, Document]) -> str:
    """Every sentence under its verdict, with the quote that decides below it; the counts last."""
    parts = [_block(each, terminal, sources) for each in checked.sentences]
    return "\n\n".join((*parts, terminal.wrap(summary(checked))))


def summary(checked: CheckedText) -> str:
    """How many sentences have which verdict."""
    counts = ((checked.count(verdict), said) for verdict, said in SAID.items())
    return ", ".join(f"{number:,} {said}" for number, said in counts if number)


def _sentence(each: CheckedSentence) -> Json:
    return {
        "text": each.text,
        "span": list(each.span),
        "verdict": each.verdict,
        "why": each.why,
        "confidence": each.confidence,
        "citation": None if each.citation is None else citation_to_json(each.citation),
    }


def _block(each: CheckedSentence, terminal: Terminal, sources: Mapping[str, Document]) -> str:
    why = f": {clean(each.why)}" if each.why else ""
    if each.verdict == ClaimVerdict.SKIPPED:
        return terminal.wrap(dim(f"{SAID[each.verdict]}{why}: {clean(each.text)}"))
    head = terminal.wrap(bold(f"{SAID[each.verdict]}{why}")) + "\n" + terminal.wrap(clean(each.text), "  ", "  ")
    return head if each.citation is None else f"{head}\n{render_evidence([each.citation], terminal, sources)}"
