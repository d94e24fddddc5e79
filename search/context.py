"""What the answerers of one question share: the index, what was retrieved, and the trace of what each stage did."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from .model import Stage
from .query.query import Question
from .store.open import Index

if TYPE_CHECKING:
    from .choosing.chooser import Chooser
    from .retrieval.reranker import Ranking  # a question that a table answers imports nothing that ranks passages

Shared = TypeVar("Shared")
Retrieve = Callable[[Question, Index, int], "Ranking"]


class Context:
    """One for each question. Passages are retrieved once for the same words, whoever asks for them."""

    def __init__(
        self,
        index: Index,
        retrieve: Retrieve,
        *,
        traced: bool = False,
        chooser: Chooser | None = None,
    ) -> None:
        self.index = index
        self.chooser = chooser
        self._retrieve = retrieve
        self._found: dict[str, Any] = {}
        self._rankings: dict[tuple[object, ...], Ranking] = {}
        self._stages: list[Stage] | None = [] if traced else None

    def ranking(self, question: Question, limit: int = 10) -> Ranking:
        """The passages that hold any of the question's words, best first, ``limit`` of them at most."""
        key = (question.terms, question.content, question.documents)
        if key not in self._rankings:
            self._rankings[key] = self._retrieve(question, self.index, question.params.ranking.candidates)
        found = self._rankings[key]
        return found._replace(passages=found.passages[:limit])

    def once(self, name: str, find: Callable[[], Shared]) -> Shared:
        """What several answerers need of the question, found when the first of them does."""
        if name not in self._found:
            self._found[name] = find()
        found: Shared = self._found[name]
        return found

    @property
    def traced(self) -> bool:
        """Whether anybody wants to know what the stages did."""
        return self._stages is not None

    def trace(self, name: str, says: str, signals: Iterable[tuple[str, float]] = ()) -> None:
        """Note what a stage did, where somebody wants to know."""
        if self._stages is not None:
            self._stages.append(Stage(name, says, tuple(signals)))

    @property
    def stages(self) -> tuple[Stage, ...] | None:
        """What was noted, in order; None where nobody wants to know."""
        return None if self._stages is None else tuple(self._stages)
