"""An Answer as the contract's JSON object, and back.

Reading back trusts nothing: whatever has another shape is refused with the field's name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from ..citation.drawing import words
from ..errors import CiteguideError, UsageError
from ..model import (
    Answer,
    Asked,
    Choice,
    Citation,
    Disagreement,
    DrawnText,
    Piece,
    Receipt,
    SavedSeal,
    Side,
    Stage,
    Status,
    Value,
)
from ..store.seal_key import SealKey
from .seal import SEAL_FIELD, hash_of, seal

Item = TypeVar("Item")
Json = dict[str, Any]

STATUSES: tuple[Status, ...] = (Status.ANSWERED, Status.DISAGREEMENT, Status.NOT_FOUND)
EXACT_DIGITS = 15
"""Digits that a JSON number carries unchanged through a binary float."""


def to_json(answer: Answer, key: SealKey | None = None) -> Json:
    """The contract's object, field by field; ready for ``json.dumps``. ``key`` is that of the index that answers."""
    said = {
        "question": answer.question,
        "status": answer.status,
        "answer": answer.answer,
        "values": [_value(value) for value in answer.values],
        "table": None if answer.table is None else _receipt(answer.table),
        "disagreements": [_disagreement(each) for each in answer.disagreements],
        "citations": [citation_to_json(citation) for citation in answer.citations],
        "missing": list(answer.missing),
        "suggestions": list(answer.suggestions),
        "notes": list(answer.notes),
        "confidence": answer.confidence,
        "nearest": [citation_to_json(citation) for citation in answer.nearest],
        "choices": [_choice(choice) for choice in answer.choices],
        "reading": answer.reading,
        "asked": _asked(answer.asked),
        "index": {"generation": answer.generation, "engine": answer.engine},
    }
    explained = {} if answer.explain is None else {"explain": [_stage(stage) for stage in answer.explain]}
    return said | {"took_ms": answer.took_ms, SEAL_FIELD: seal(said | explained, key)} | explained


def citation_to_json(citation: Citation) -> Json:
    """A citation as it stands in an answer."""
    return {
        "id": citation.id,
        "n": citation.n,
        "document": citation.document,
        "path": citation.path,
        "section": list(citation.section),
        "page": citation.page,
        "printed_page": citation.printed,
        "lines": list(citation.lines),
        "span": list(citation.span),
        "quote": citation.quote,
        "shown": words(citation.drawn) if citation.drawn else citation.quote,
        "sha256": citation.sha256,
        "address": citation.address,
        "fetched": citation.fetched,
        "chosen_by": citation.chosen_by,
        "ocr": citation.scanned,
    }


def error_to_json(error: CiteguideError) -> Json:
    """The one shape of an error."""
    return {"error": {"code": error.code, "message": error.message, "remedy": error.remedy}}


def from_json(data: object) -> Answer:
    """The answer that an object holds. Raises UsageError where a field has another shape than the contract's.

    Numbers may be ``Decimal``, ``int`` or ``float``; give ``parse_float=Decimal`` to ``json.loads`` to keep them exact.
    """
    answer = _dict(data, "answer")
    index = _dict(answer.get("index") or {}, "index")
    table = answer.get("table")
    return Answer(
        question=_text(answer, "question"),
        status=_status(answer),
        answer=_text_or_none(answer, "answer"),
        values=_each(answer, "values", _value_from),
        table=None if table is None else _receipt_from(table),
        disagreements=_each(answer, "disagreements", _disagreement_from),
        citations=_each(answer, "citations", _citation_from),
        missing=_each(answer, "missing", _string),
        suggestions=_each(answer, "suggestions", _string),
        notes=_each(answer, "notes", _string),
        generation=_count(index, "generation", 0),
        engine=_text(index, "engine", ""),
        took_ms=float(_number(answer, "took_ms", Decimal(0))),
        confidence=None if answer.get("confidence") is None else float(_number(answer, "confidence")),
        nearest=_each(answer, "nearest", _citation_from),
        choices=_each(answer, "choices", _choice_from),
        reading=_text_or_none(answer, "reading"),
        asked=_asked_from(answer),
        explain=None if answer.get("explain") is None else _each(answer, "explain", _stage_from),
        seal=SavedSeal(_text(answer, SEAL_FIELD), hash_of(answer)) if SEAL_FIELD in answer else None,
    )


def _value(value: Value) -> Json:
    return {
        "value": number_or_text(value.value),
        "unit": value.unit,
        "measure": value.measure,
        "label": value.label,
        "computed": value.computed,
        "citation": value.citation,
        "period": value.period,
    }


def _asked(asked: Asked) -> Json:
    return {"documents": list(asked.documents), "k": asked.limit, "chooser": asked.chooser}


def _choice(choice: Choice) -> Json:
    value = None if choice.value is None else number_or_text(choice.value)
    return {"reading": choice.reading, "value": value, "unit": choice.unit, "citation": choice.citation}


def _stage(stage: Stage) -> Json:
    return {"stage": stage.name, "says": stage.says, "signals": dict(stage.signals)}


def number_or_text(value: Decimal | str) -> int | float | str:
    """A value as JSON has it."""
    return value if isinstance(value, str) else number(value)


def number(value: Decimal) -> int | float:
    """A decimal as a JSON number: whole where it is whole, else the float that reads back as the same decimal."""
    if value == value.to_integral_value() and value.adjusted() < EXACT_DIGITS:
        return int(value)
    return float(value)


def _receipt(table: Receipt) -> Json:
    return {
        "operation": table.operation,
        "title": table.title,
        "columns": list(table.columns),
        "rows": [list(row) for row in table.rows],
        "scanned": table.scanned,
        "matched": table.matched,
        "skipped": table.skipped,
        "formula": table.formula,
    }


def _disagreement(disagreement: Disagreement) -> Json:
    sides = [{"stance": side.stance, "citations": list(side.citations)} for side in disagreement.sides]
    return {"topic": disagreement.topic, "sides": sides}


def _citation_from(data: object) -> Citation:
    citation = _dict(data, "citations")
    return Citation(
        id=_text(citation, "id"),
        n=_count(citation, "n"),
        document=_text(citation, "document", ""),
        path=_text(citation, "path"),
        section=_each(citation, "section", _string),
        page=_count_or_none(citation, "page"),
        lines=_pair(citation, "lines"),
        span=_pair(citation, "span"),
        quote=_text(citation, "quote"),
        sha256=_text(citation, "sha256"),
        address=_text_or_none(citation, "address"),
        fetched=_text_or_none(citation, "fetched"),
        drawn=_drawn_from(citation),
        chosen_by=_text_or_none(citation, "chosen_by"),
        printed=_text_or_none(citation, "printed_page"),
        scanned=citation.get("ocr") is True,
    )


def _drawn_from(citation: Json) -> tuple[DrawnText, ...]:
    """How the quote was shown, as words alone."""
    quote = _text(citation, "quote")
    shown = _text(citation, "shown", quote)
    return () if shown == quote else (DrawnText((Piece(shown),)),)


def _value_from(data: object) -> Value:
    value = _dict(data, "values")
    return Value(
        value=_number_or_text_from(value, "value"),
        unit=_text_or_none(value, "unit"),
        measure=_text_or_none(value, "measure"),
        label=_text(value, "label", ""),
        computed=value.get("computed") is True,
        citation=_count_or_none(value, "citation"),
        period=_text_or_none(value, "period"),
    )


def _choice_from(data: object) -> Choice:
    choice = _dict(data, "choices")
    value = None if choice.get("value") is None else _number_or_text_from(choice, "value")
    return Choice(_text(choice, "reading"), value, _count_or_none(choice, "citation"), _text_or_none(choice, "unit"))


def _asked_from(answer: Json) -> Asked:
    """What an answer was asked with; one that was saved before this was noted, with what is usual."""
    asked = _dict(answer.get("asked") or {}, "asked")
    return Asked(_each(asked, "documents", _string), _count(asked, "k", Asked().limit), _text_or_none(asked, "chooser"))


def _stage_from(data: object) -> Stage:
    stage = _dict(data, "explain")
    signals = _dict(stage.get("signals") or {}, "signals")
    return Stage(
        _text(stage, "stage"), _text(stage, "says"), tuple((each, float(_number(signals, each))) for each in signals)
    )


def _number_or_text_from(data: Json, name: str) -> Decimal | str:
    return _text(data, name) if isinstance(data.get(name), str) else _number(data, name)


def _receipt_from(data: object) -> Receipt:
    table = _dict(data, "table")
    return Receipt(
        operation=_text(table, "operation"),
        title=_text(table, "title", ""),
        columns=_each(table, "columns", _string),
        rows=_each(table, "rows", _strings),
        scanned=_count(table, "scanned"),
        matched=_count(table, "matched"),
        skipped=_count(table, "skipped"),
        formula=_text_or_none(table, "formula"),
    )


def _disagreement_from(data: object) -> Disagreement:
    disagreement = _dict(data, "disagreements")
    return Disagreement(_text(disagreement, "topic"), _each(disagreement, "sides", _side_from))


def _side_from(data: object) -> Side:
    side = _dict(data, "sides")
    return Side(_text(side, "stance"), _each(side, "citations", _whole))


def _status(answer: Json) -> Status:
    for status in STATUSES:
        if answer.get("status") == status:
            return status
    raise _wrong("status", f"one of {', '.join(STATUSES)}")


# One field of an object, of the kind that is expected


def _dict(data: object, name: str) -> Json:
    if not isinstance(data, dict):
        raise _wrong(name, "an object")
    return data


def _each(data: Json, name: str, read: Callable[[object], Item]) -> tuple[Item, ...]:
    items = data.get(name, [])
    if not isinstance(items, list):
        raise _wrong(name, "a list")
    return tuple(read(item) for item in items)


def _text(data: Json, name: str, default: str | None = None) -> str:
    value = data.get(name, default)
    if not isinstance(value, str):
        raise _wrong(name, "text")
    return value


def _text_or_none(data: Json, name: str) -> str | None:
    return None if data.get(name) is None else _text(data, name)


def _count(data: Json, name: str, default: int | None = None) -> int:
    value = data.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _wrong(name, "a whole number")
    return value


def _count_or_none(data: Json, name: str) -> int | None:
    return None if data.get(name) is None else _count(data, name)


def _number(data: Json, name: str, default: Decimal | None = None) -> Decimal:
    value = data.get(name, default)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise _wrong(name, "a number")
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise _wrong(name, "a finite number")
    return exact


def _pair(data: Json, name: str) -> tuple[int, int]:
    value: Sequence[object] = data.get(name) or ()
    if isinstance(value, list) and len(value) == 2:
        return _whole(value[0]), _whole(value[1])
    raise _wrong(name, "two whole numbers")


def _whole(value: object) -> int:
    return _count({"number": value}, "number")


def _string(value: object) -> str:
    return _text({"list": value}, "list")


def _strings(value: object) -> tuple[str, ...]:
    return _each({"rows": value}, "rows", _string)


def _wrong(name: str, kind: str) -> UsageError:
    return UsageError(f"'{name}' is not {kind}", "give answers as 'citeguide ask --json' writes them")
