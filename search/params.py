"""Numbers that steer the pipeline, as frozen values that are passed on and never patched."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class PipelineParams(NamedTuple):
    """How the findings of several answerers are held against each other."""

    prior: Mapping[str, float] = MappingProxyType(
        {"tables": 0.9, "tables refuse": 0.7, "lists": 0.86, "conflicts": 0.86, "reader": 0.5, "reader refuse": 0.0}
    )
    """The confidence of an answerer's finding that brings none of its own. Set by hand, so that the more exact answerer
    wins; ``bench/answerers.py`` measures what share is right on questions that nobody here wrote, and it is less."""
    sure: float = 0.85
    """From this confidence on no further answerer is asked."""
    nearest: int = 3
    """Quotes that a refusal shows as the nearest, where its own answerer has none."""
    newer: float = 0.1
    """By how much less sure the newest edition of a guide may be of its answer, to be given before an older one's."""


class ReadingParams(NamedTuple):
    """How readings of questions against tables stand beside a guide's sentences. Set by hand, on training questions."""

    beside_prose: float = 0.5
    """What the confidence of a reading counts where a guide's sentences may answer as well."""
    words_in_a_guide: float = 0.8
    """The confidence at most of an answer that is words of a cell in a guide: its lists may tell them in full."""
    about_the_table: float = 0.8
    """From this probability on of all readings together a question is about the table, though none is sure."""
    computed: float = 0.2
    """From this probability on of all readings that compute, a question asks for what hardly stands in a sentence."""
    computed_over_prose: float = 0.8
    """The confidence with which it is then refused, if no reading is sure."""
    over_rows: float = 0.7
    """The confidence with which a question for a sheet's numbers is refused: a row quoted as prose is no answer."""


class ListParams(NamedTuple):
    """When a list is the one that a question asks for, and how several are ordered."""

    passages: int = 12
    """Passages in which lists are looked for."""
    documents: int = 3
    """Documents whose headings are."""
    lead: float = 1.0
    before: float = 0.9
    headings: float = 0.85
    title: float = 0.8
    items: float = 0.6
    opening: float = 0.6
    """What a word counts in the sentence or heading that introduces a list, before it, above it, in the document's
    title, in the list's items, and in how the document begins."""
    beginning: int = 800
    """Code points with which a document begins."""
    covered: Mapping[str, float] = MappingProxyType({"list": 0.7, "headings": 0.75, "labels": 0.7, "sentence": 0.85})
    """By a list's form, the share of the question's weight that it must cover: more where it may be no list."""
    head: float = 0.5
    """How far what is listed must be named in the lead, or near it."""
    form: Mapping[str, float] = MappingProxyType({"list": 0.1, "headings": 0.08, "labels": 0.05, "sentence": 0.0})
    """What a form adds: the plainer it is a list, the better."""
    ordered: float = 0.1
    """What it adds that items are numbered, where steps are asked for."""
    near: float = 0.05
    """How much less a list of another document may be worth to be given as well."""
    most: int = 30
    """Quotes of an answer."""


class Params(NamedTuple):
    """Everything that steers one question."""

    pipeline: PipelineParams = PipelineParams()
    lists: ListParams = ListParams()
    readings: ReadingParams = ReadingParams()


PARAMS = Params()
