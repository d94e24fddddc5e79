"""Answers from what guides say in sentences: whole lists first, then contradictions, then the best passages."""

from __future__ import annotations

from . import disagree, lists, passages, rank
from .index import Index
from .model import Finding
from .question import Question


def find(question: Question, index: Index) -> Finding:
    """The first way of answering that has something to say is believed; the last always has."""
    if (finding := lists.find(question, index)) is not None:
        return finding
    ranking = rank.ranking(question, index)
    return disagree.find(question, index, ranking.passages) or passages.find(question, index, ranking)
