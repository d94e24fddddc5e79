"""Is a saved answer what the index says? Its question is asked again, and every field held against what comes.

That proves what cannot be derived from what is cited: notes, readings, what is missing, how sure the answer is. It is
done where the answer can be expected to come out the same: from the generation that it names. Where it cannot, the
answer must bear a seal that only this index could give it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from importlib.metadata import version
from typing import Any

from ...search.citation.drawing import undrawn
from ...search.errors import NotFoundError, TimeLimitError, UsageError
from ...search.model import Answer, Status
from ...search.output.answer_json import Json, from_json, to_json
from ...search.output.seal import is_sealed_by
from ...search.pipeline.answer import ask
from ...search.store.open import Index
from .evidence import Claim, letters_of

UNCOMPARED: Json = {"took_ms": 0, "seal": "", "index": {}}
"""Fields that are no part of what an answer says, or are held against the index by themselves."""
ON_SEAL = (
    "question", "missing", "suggestions", "notes", "confidence", "choices", "reading", "asked", "index", "explain",
    "citations.address", "citations.fetched", "table.scanned", "table.matched",
)  # fmt: skip
"""Fields that nothing but this proves, in whole or in part."""
COMPUTED_WITHIN = 1e-9
"""How far two numbers may be apart, in proportion, that two machines compute: in the last digits."""


class SavedChoice:
    """Chooses the sentences that a model chose for an answer that was saved: those of its quotes."""

    def __init__(self, saved: Answer) -> None:
        self.name = saved.asked.chooser or ""
        self._quotes = [letters_of(citation.quote) for citation in saved.citations if citation.chosen_by]
        self._none = "0" if saved.status == Status.NOT_FOUND else ""

    def reply(self, _: str, sentences: Sequence[str]) -> str:
        """The numbers of these sentences; each is shown under its headings, in parentheses."""
        found = [n for quote in self._quotes for n, said in enumerate(sentences, start=1) if _stands_in(said, quote)]
        return ", ".join(map(str, found)) or self._none


def _stands_in(shown: str, quote: str) -> bool:
    ends = [0, *(match.end() for match in re.finditer(r"\) ", shown))]
    return any(letters and letters in quote for letters in (letters_of(shown[end:]) for end in ends))


@dataclass(frozen=True, slots=True)
class AnswerComparison:
    """What came of asking again: fields that differ, or else why it proves nothing."""

    claims: tuple[Claim, ...] = ()
    unproved: str = ""
    is_sealed: bool = False
    """Of one that is not proved: whether this index sealed it so."""

    @property
    def is_same(self) -> bool:
        """Whether the answer came out the same."""
        return not self.claims and not self.unproved


def ask_again(saved: Answer, index: Index) -> AnswerComparison:
    """Hold an answer that was saved against what the index answers now."""
    is_sealed = is_sealed_by(index.seal_key, saved.seal)
    if not is_sealed and (impossible := tuple(_impossible(saved, index))):
        return AnswerComparison(impossible)
    found = _compared(saved, index)
    if is_sealed or found.claims or not _must_be_sealed(saved, index):
        return replace(found, is_sealed=is_sealed)
    if found.unproved:
        return _flagged("seal", f"it is not this index's, and asking again proves nothing: {found.unproved}")
    if saved.generation != index.generation:
        return _flagged("index.generation", "only a seal of this index could prove an older one")
    return found


def _flagged(field: str, reason: str) -> AnswerComparison:
    return AnswerComparison(((field, reason),))


def _must_be_sealed(saved: Answer, index: Index) -> bool:
    """Whether the index had a key when it gave this answer, if it did; one without a number may be the first's."""
    return index.seal_key is not None and max(saved.generation, 1) >= index.seal_key.since


def _compared(saved: Answer, index: Index) -> AnswerComparison:
    if not saved.generation and not saved.engine:
        return AnswerComparison(unproved="it names no generation")
    try:
        now = ask(
            saved.question,
            index,
            documents=saved.asked.documents,
            limit=saved.asked.limit,
            explain=saved.explain is not None,
            chooser=SavedChoice(saved) if saved.asked.chooser is not None else None,
        )
    except (UsageError, NotFoundError) as error:
        return AnswerComparison((("question", f"it cannot be asked: {error.message}"),))
    except TimeLimitError as error:
        return AnswerComparison(unproved=error.message)
    if saved == undrawn(saved):  # as it is where quotes are asked for as they stand
        now = undrawn(now)
    differing = tuple(_differing(to_json(saved) | UNCOMPARED, _as_read(now) | UNCOMPARED))
    if differing and (reason := _excuse(saved, index, differing)):
        return AnswerComparison(unproved=reason)
    return AnswerComparison(tuple((field, "asked again, the index says otherwise") for field in differing))


def _impossible(saved: Answer, index: Index) -> Iterator[Claim]:
    """An index counts its generations from 1, and each has one engine."""
    if not saved.generation and not saved.engine:
        return
    if not 1 <= saved.generation <= index.generation:
        yield "index.generation", f"the index has had {index.generation}, and none of this number"
    if saved.generation == index.generation and saved.engine != index.engine.name:
        yield "index.engine", "this generation has another"


def _excuse(saved: Answer, index: Index, differing: Sequence[str]) -> str:
    """Why an answer may be right though it comes out otherwise now."""
    if saved.generation != index.generation:
        return f"it is from generation {saved.generation}, and the index has {index.generation} now"
    if saved.asked.chooser is not None and saved.status == Status.NOT_FOUND:
        return "a model found no answer among the sentences"
    if index.version != version("citeguide"):
        return "the index was made by another version of citeguide"
    if index.meaning is None and index.has_vectors:
        return "the index finds by meaning as well, and what that takes is not installed here"
    if all(field.startswith("notes") for field in differing) and _is_of_another_year(index):
        return "its notes may tell how old figures are, and a year has ended since the index was made"
    return ""


def _is_of_another_year(index: Index) -> bool:
    return index.written.year < datetime.now(UTC).year


def _as_read(answer: Answer) -> Json:
    """An answer as it is when it was saved and read back."""
    return to_json(from_json(json.loads(json.dumps(to_json(answer)), parse_float=Decimal)))


def _differing(saved: Any, now: Any, name: str = "") -> Iterator[str]:
    """The paths of the fields that differ, such as ``citations[2].address``."""
    if isinstance(saved, Mapping) and isinstance(now, Mapping) and saved.keys() == now.keys():
        for each in saved:
            yield from _differing(saved[each], now[each], f"{name}.{each}".lstrip("."))
    elif isinstance(saved, list) and isinstance(now, list) and len(saved) == len(now):
        for number, (one, other) in enumerate(zip(saved, now, strict=True), start=1):
            yield from _differing(one, other, f"{name}[{number}]")
    elif not _is_same(saved, now):
        yield name


def _is_same(saved: object, now: object) -> bool:
    if isinstance(saved, float) and isinstance(now, float):
        return math.isclose(saved, now, rel_tol=COMPUTED_WITHIN)
    return type(saved) is type(now) and saved == now
