"""The main act: a question is read against the likeliest tables, and the best reading answers if it is sure enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...context import Context
from ...fitted import FittedReadings
from ...model import Choice, Finding, Quote, Status, Table
from ...params import ReadingParams
from ...query.query import Question
from ...store.catalog import Catalog
from ...store.derived import Derived
from ...store.open import Index
from .algebra import EXTREMES, Across, Holds, Pair, Reduce, Value
from .beam import Beam
from .catalog_view import table_view
from .confidence import confidence, is_text
from .linking.link import How
from .peers import together
from .reading_answer import ReadingAnswer
from .scoring import Outcome, Reading, outcomes, score
from .soundness import keeps_what_counts, makes_sense, words_left_out
from .table_view import TableView
from .weights import fitted_weight
from .wording import QuestionKind, wording

MAX_CHOICES = 3
MAX_NEAREST = 3
VIEWS_KEPT = 32
"""Tables that are kept in memory for the next question, those asked last."""
_views = Derived[TableView]()


def answer(
    question: Question, tables: Sequence[Table], context: Context, *, to_the_last_word: bool = False
) -> Finding | None:
    """What the likeliest reading on these tables gives; close readings as choices; None where none is likely.

    With ``to_the_last_word``, or where sentences may know better, a reading that leaves a word out does not answer,
    unless it is nearly certain.
    """
    index, params = context.index, question.params.readings
    asked, fitted = wording(question.text), question.params.weights().readings
    read = {table.id: score(Beam(asked, _view(table, index.catalog)), fitted_weight) for table in tables}
    found = together(outcomes(list(read.values())))
    _trace(context, found)
    of = {id(_view(table, index.catalog)): table for table in tables}
    given = [(outcome, of[id(outcome.best.beam.view)]) for outcome in found]
    computed = sum(
        outcome.probability
        for outcome in found
        if outcome.best.beam.asks_to_compute and _is_computed(outcome.best.candidate.value)
    )
    if any(map(_is_of_its_years, {outcome.best.beam for outcome in found})):
        computed = 1.0
    if not given or given[0][0].probability < fitted.offered:
        return Finding(Status.NOT_FOUND) if computed >= params.computed else None
    best, table = given[0]
    in_words = is_text(best.best) or not _names_its_columns(best.best)
    rows_alone = _rows_alone_tell(best.best, table, index)
    strict = to_the_last_word or not (rows_alone or (not in_words and not _prose_may_know(best.best)))
    overrules = _overrules(best, confidence(best, fitted.confidence), params)
    if is_sure(best, fitted) and not (strict and best.best.left_out and not overrules):
        return _answered(best, table, index, confidence(best, fitted.confidence), params, rows_alone=rows_alone)
    offered = [each for each in given if each[0].probability >= fitted.offered]
    about_numbers = not is_text(best.best) and sum(outcome.probability for outcome in found) >= params.about_the_table
    return _offered(offered, index, refused=(about_numbers and rows_alone) or computed >= params.computed)


def _view(table: Table, catalog: Catalog) -> TableView:
    kept = _views.of(catalog)
    view = kept.pop(table.id, None) or table_view(table, catalog.document(table.document), catalog)
    kept[table.id] = view
    if len(kept) > VIEWS_KEPT:
        kept.pop(next(iter(kept)))
    return view


def is_sure(outcome: Outcome, fitted: FittedReadings) -> bool:
    """Whether a result is likely enough to be given."""
    return (
        keeps_what_counts(outcome.best)
        and makes_sense(outcome.best)
        and confidence(outcome, fitted.confidence) >= fitted.answered
    )


def _overrules(outcome: Outcome, likely: float, params: ReadingParams) -> bool:
    """Whether a result is nearly certain, and leaves out neither a name, which the grammar may have refused for, nor
    whether something is so."""
    reading, asked = outcome.best, outcome.best.beam.asked
    is_beside = asked.kind == QuestionKind.IS and not isinstance(reading.candidate.value, Holds)
    return likely >= params.nearly_certain and not is_beside and not asked.names & reading.left_out


def _answered(
    outcome: Outcome, table: Table, index: Index, likely: float, params: ReadingParams, *, rows_alone: bool
) -> Finding:
    if is_text(outcome.best) and not rows_alone:
        likely = min(likely, params.words_in_a_guide)
    beside = 1.0 if rows_alone or not _prose_may_know(outcome.best) else params.beside_prose
    said = ReadingAnswer(outcome.best, table, index.catalog)
    return Finding(
        Status.ANSWERED,
        answer=said.sentence(),
        quotes=said.quotes(index.catalog),
        values=said.values,
        table=said.receipt(),
        notes=tuple(_notes(outcome.best)),
        confidence=round(likely * beside, 3),
        reading=said.words(),
    )


def _prose_may_know(reading: Reading) -> bool:
    """Whether the sentences of a guide may answer as well as its table: but where a named number is asked for, or the
    words of a cell whose row and column are both named in full."""
    candidate, heads = reading.candidate, reading.beam.heads
    links = candidate.chosen.links
    is_unnamed = any(place >= 0 and not heads[place].all_words for place in (candidate.select, candidate.order))
    is_in_part = not links or any(link.how != How.WHOLE for link in links) or not heads[candidate.select].words
    return is_unnamed or any(link.how == How.SPELLED for link in links) or (is_text(reading) and is_in_part)


def _names_its_columns(reading: Reading) -> bool:
    """Whether words that carry meaning name the columns shown and ordered by, or what they measure: "how much" names
    none, nor does lay speech for a measure, which may be of anything."""
    candidate, asked = reading.candidate, reading.beam.asked
    heads = (reading.beam.heads[place] for place in (candidate.select, candidate.order) if place >= 0)
    return all(head.all_words & ~head.lay & asked.content for head in heads)


def _rows_alone_tell(reading: Reading, table: Table, index: Index) -> bool:
    """Whether no sentence can answer as well: the document is a sheet, or none holds a word that names the rows."""
    if index.catalog.document(table.document).is_sheet:
        return True
    named, stems = reading.candidate.chosen.words, reading.beam.asked.stems
    telling = [stem for n, stem in enumerate(stems) if named >> n & 1 and stem.isalpha()]
    index.engine.know(telling)
    return not all(map(index.engine.passages_with, telling))


def _is_computed(value: Value) -> bool:
    """Whether what a reading gives is made of several numbers, so that it stands in no cell, hardly in a sentence."""
    return isinstance(value, Pair | Across) or (isinstance(value, Reduce) and value.how not in EXTREMES)


def _is_of_its_years(beam: Beam) -> bool:
    """Whether something is to be computed over several years, each of which the table has, or is said to have."""
    years = {figure.value // 1: figure.bits for figure in beam.asked.figures if figure.is_date}
    if len(years) < 2 or not beam.asks_to_compute:
        return False
    return all(year in beam.view.years or not bits & ~beam.titled for year, bits in years.items())


def _notes(reading: Reading) -> Iterator[str]:
    for written, meant in reading.beam.asked.read_as.items():
        yield f'"{written}" is read as "{meant}".'
    for link in reading.candidate.chosen.links:
        if link.how in (How.SPELLED, How.ALIAS):
            said = " ".join(word for n, word in enumerate(reading.beam.asked.words) if link.words >> n & 1)
            yield f'"{said}" is read as "{link.conditions[0].value}".'
    if left := words_left_out(reading):
        yield f"Not found in the table, and left out: {', '.join(dict.fromkeys(left))}."


def _offered(given: Sequence[tuple[Outcome, Table]], index: Index, *, refused: bool) -> Finding:
    """Readings that are close, each with what it gives; the rows that they rest on as the nearest evidence;
    ``refused``: and no sentence should answer either."""
    choices: list[Choice] = []
    nearest: dict[Quote, int] = {}
    for outcome, table in given[:MAX_CHOICES]:
        said = ReadingAnswer(outcome.best, table, index.catalog)
        quotes = said.quotes(index.catalog)[:MAX_NEAREST]
        citations = [nearest.setdefault(quote, len(nearest) + 1) for quote in quotes]
        citation = citations[0] if citations else None
        choices += [Choice(words, value, citation, unit) for words, value, unit in said.offers()]
    return Finding(
        Status.NOT_FOUND, nearest=tuple(nearest), choices=tuple(choices), confidence=None if refused else 0.0
    )


def _trace(context: Context, found: Sequence[Outcome]) -> None:
    """What ``--explain`` shows of the readings."""
    shown = [(outcome.best.candidate.operation, round(outcome.probability, 3)) for outcome in found[:MAX_CHOICES]]
    context.trace("readings", f"{len(found)} results", tuple(shown))
