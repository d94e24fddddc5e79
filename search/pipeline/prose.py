"""Answers from what guides say in sentences: whole lists first, then contradictions, then the best passages."""

from __future__ import annotations

from .. import conflicts, lists
from ..model import Finding
from ..query.query import Question
from ..reader import extractive
from ..retrieval import reranker
from ..store.open import Index


def find(question: Question, index: Index) -> Finding:
    """The first way of answering that has something to say is believed; the last always has."""
    if (finding := lists.find(question, index)) is not None:
        return finding
    ranking = reranker.ranking(question, index)
    return conflicts.find(question, index, ranking.passages) or extractive.find(question, index, ranking)
