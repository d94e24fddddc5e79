"""Numbers that steer answers, as frozen values that are passed on and never patched.

``ask`` hands them to the question and its context, and each stage takes its own from there. Those of this file are set
by hand; the weights of signals, which scripts in ``bench/`` fit, stand in ``fitted.json`` (``fitted.py``) and come
along as ``weights``. ``bm25``, ``reading_model``, what a table's profile goes by and how sentences are compared
(``comparison_params.py``) are the same for every question, as indexes are written and weights fitted under them:
modules take those from ``PARAMS``. What bounds memory, time or a
file's form steers no answer and stands where it is needed: ``tests/cases/module_numbers.toml`` lists all of these.
"""

# Annotations are no text here, as elsewhere: for each of a named tuple's Python would have to compile it first.

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from .comparison_params import ClaimParams, ComparisonParams, ConflictParams
from .fitted import Fitted, fitted


class TermParams(NamedTuple):
    """What the words of a question count, and what stands for them. Set by hand, on the project's own questions."""

    prose: int = 400
    """Passages of ordinary prose that are counted among the guides': what is rare in a few may be common."""
    named: float = 1.25
    """How much more a name or a figure weighs, as an answer about another one is wrong."""
    common: float = 0.5
    """How much less a common word weighs."""
    story: float = 0.5
    """What a word of a question's story weighs, beside those that ask."""
    form: float = 0.9
    """What another form of a word counts."""
    family: float = 0.6
    """What a word that means nearly the same counts."""
    everyday_family: float = 0.36
    """What it counts where it is a common word, which says less."""
    neighbour: float = 0.8
    """What a word near in meaning counts, times its cosine."""
    corrected: float = 0.8
    """What a corrected spelling counts."""
    related: float = 0.6
    """What a word of the same root counts."""
    root: int = 5
    """Letters for which two stems of one root begin alike at least."""
    alike: float = 0.6
    """The share of the longer one that these letters must be."""


class Bm25Params(NamedTuple):
    """How passages score by words (BM25). Both as Anserini has them for passages; an index on a cluster keeps those
    that it was written with."""

    k1: float = 0.9
    """How soon repeats of a word stop to count."""
    b: float = 0.4
    """How much a passage's length counts: 0 not at all, 1 in full."""


class SpellingParams(NamedTuple):
    """When a word is taken for a slip, by its letters. Set by hand."""

    shortest: int = 5
    """Letters of a word that is corrected into one of the guides: shorter ones have too many neighbours."""
    two_edits: int = 10
    """Letters from which on two of them may be wrong."""
    seen: int = 20
    """Passages looked at for the words behind a stem."""
    common_english: float = 3.6
    """The Zipf frequency of a word at least that others are corrected into, where no guide holds it."""
    shortest_english: int = 4
    """Letters of a word at least that is corrected into one of ordinary English."""
    two_edits_english: int = 8
    """Letters from which on two of them may be wrong there."""
    shortest_name: int = 4
    """Letters of a word at least that is read as another one of a table's names: shorter ones are near to too much."""
    two_edits_name: int = 8
    """Letters from which on two of them may be wrong there, if the first one is right."""
    shortest_asking: int = 6
    """Letters of a word of table questions ("median") that is read in a longer one."""


class RankingParams(NamedTuple):
    """Which passages are looked at, and how they are told apart. Set by hand."""

    candidates: int = 20
    """Passages that are looked at by the question's words: the engine's best."""
    nearest: int = 10
    """Passages that are looked at besides: the nearest in meaning."""
    together: int = 8
    """Words within which the question's words count as standing together."""
    mostly: float = 0.7
    """The share of the passages seen with a word from which on it belongs to the documents that have it in their
    titles."""


class ReaderParams(NamedTuple):
    """Which sentences are looked at and quoted. Set by hand, but for ``most_unmet``."""

    passages: int = 8
    """Passages whose sentences are looked at."""
    run: int = 4
    """Sentences of a quote at most; a list is quoted whole."""
    longest_list: int = 150
    """Words of a list that is still quoted whole."""
    longest_run: int = 100
    """Words of a quote of several sentences at most."""
    later_price: float = 0.0005
    """The chance that a further word of a later quote must bring; that of the first one is fitted."""
    repeated: int = 5
    """Words from which on a sentence that comes again is the same one."""
    dangling: float = 0.1
    """The chance that it costs a quote to begin with what was said before it."""
    closest: int = 3
    """Quotes that are looked at, and that a refusal shows at most."""
    alone: float = 0.8
    """The chance of one item from which on it is the answer, and its list is not quoted as a whole, whatever that adds.
    Between .7 and .95 no set of questions (tests/quality) is answered better or worse; quotes are shorter."""
    least_later: float = 0.01
    """The chance from which on a later quote is evidence at all."""
    long: int = 60
    """Words from which on a sentence is as long as any."""
    around: float = 0.6
    """What a word counts that stands in the quote's passage or its headings, and not in the quote."""
    most_unmet: float = 0.07
    """The probability at most of a quote without the amount, length or rate that was asked for: of 28 such quotes, 2
    were right."""
    places: int = 3
    """Near places that a refusal names at most."""
    everywhere: float = 5.5
    """The Zipf frequency from which on a word stands everywhere ("happens", "lot", "whole"), and says next to nothing:
    some 400 stems, each of which a text of 3,000 words has once."""
    everyday: float = 3.5
    """The Zipf frequency from which on a word is everyday English: no guide needs to hold it."""
    offered: int = 24
    """Sentences that a model may choose from: the likeliest."""
    current: int = 1
    """Years for which a figure counts as current."""
    history: int = 30
    """Years after which it is history that nobody takes for current."""


class AskBackParams(NamedTuple):
    """When several things fit a question alike, so that the asker is asked which. Set by hand, on own questions."""

    margin: float = 2.0
    """How far a sentence's score may lie behind the best one's."""
    apart: float = 0.12
    """The share of the question that one of them may hold and the other not."""
    covered: float = 0.6
    """The share of the question that sentence and headings must hold."""
    most: int = 6
    """Things that are offered at most."""


class PipelineParams(NamedTuple):
    """How the findings of several answerers are held against each other."""

    sure: float = 0.85
    """From this confidence on no further answerer is asked, as none is after what is understood to the last word; and
    beside the refusal of another one nothing less is given."""
    nearest: int = 3
    """Quotes that a refusal shows as the nearest, where its own answerer has none."""
    silent: frozenset[str] = frozenset()
    """Answerers that are passed over (but the reader: it speaks last), and "tables: grammar" or "tables: readings":
    what each brings is measured by its absence (bench/layers.py)."""
    newer: float = 0.1
    """By how much less sure the newest edition of a guide may be of its answer, to be given before an older one's."""


class TableParams(NamedTuple):
    """Which tables are asked. Set by hand, on training questions."""

    few: int = 8
    """Tables up to which the grammar is asked about all: of more about those that the question may be about."""
    several: int = 24
    """Of these the likeliest that the grammar is asked about."""
    likely: int = 3
    """The likeliest tables, which are read by likelihood."""
    row_hits: int = 40
    """Rows that are looked up by the question's words."""
    of_head: float = 1.0
    of_title: float = 0.7
    of_cells: float = 1.0
    """What a word counts that stands in a table's heads, in its titles, in its cells."""
    least_of_cells: float = 0.3
    """What a table's best row has at least, in units of one rare word, where no head is named: else nothing in the
    table is spoken of, and a question costs no more than this look."""
    least_of_best: float = 0.3
    """What a table has at least of what the likeliest has, where every word of the question stands somewhere."""
    slips: int = 2
    """Slips within which a place's name is offered, though it is not taken for it."""
    beside: int = 4
    """Pieces of a question beside a number in which it says of what it is."""
    yearly_from: int = 1_000
    """An amount of pay from which on it is by the year, and below which by the hour, if nothing else says so."""
    mostly: int = 4
    """A neighbour belongs to a word where it stands beside at least one in so many of its occurrences."""
    measure_rows: int = 60
    """Rows of a table that may be measures: a longer one lists something else."""
    sampled_names: int = 100
    """Names of a column of very many by which it is told what they are."""
    name_letters: int = 80
    """Code points of the average name of a column; longer texts are descriptions."""
    begun_alike: int = 60
    """Names that are looked at for one run of words; one that begins so many names means none of them."""


class ReadingParams(NamedTuple):
    """How readings of questions against tables stand beside a guide's sentences. Set by hand, on training questions."""

    beside_prose: float = 0.5
    """What the confidence of a reading counts where a guide's sentences may answer as well."""
    words_in_a_guide: float = 0.8
    """The confidence at most of an answer that is words of a cell in a guide: its lists may tell them in full."""
    about_the_table: float = 0.8
    """From this probability on of all readings together a question for numbers is about the table; if none is sure, and
    rows alone tell, it is refused: a row quoted as prose is no answer."""
    computed: float = 0.2
    """From this probability on of all readings that compute, a question asks for what hardly stands in a sentence, and
    is refused if none is sure."""
    nearly_certain: float = 0.8
    """From this confidence on a reading that leaves a word out answers what the grammar refuses for such a word."""


class ReadingModelParams(NamedTuple):
    """Which readings of a question there are, and what is seen of them. The weights of readings (weights.bin) are
    fitted under these: who changes one fits anew, by ``bench/fit_readings.py``."""

    typed: float = 0.7
    """Share of a column's filled cells that are numbers, or dates, where it is a column of these."""
    keyed: float = 0.9
    """Share of different cells from which on a column names its rows."""
    cell_words: int = 40
    """Words of a cell by which it is found."""
    measure_words: int = 8
    """Words of a cell that may begin with its number: "174 cm (5 ft 9 in)"."""
    initials: int = 6
    """Words of a name at most that may be called by its initials."""
    total_words: int = 3
    """Words of a name such as "Grand total"."""
    totalled_rows: int = 4
    """Rows of a table that may have one that adds up the others."""
    slip_letters: int = 5
    """Letters from which on a slip in a word, or another ending, is forgiven."""
    skipped: tuple[int, int] = (2, 3)
    """How far a cell's next word may stand from the last: "elementary teachers" are Elementary School Teachers."""
    shortened_letters: int = 3
    """Letters from which on a word of a head may be the beginning of one in the question: "emp" of employment."""
    before_number: int = 5
    behind_number: int = 3
    """Words around a number among which one says whether more or less is meant."""
    flags: int = 3
    """Different cells of a column that says yes or no."""
    links: tuple[int, int, int, int] = (12, 8, 10, 6)
    """Links that are kept, the surest first: to cells, to numbers, to numbers that are compared, to columns of yes and
    no."""
    focus_words: int = 4
    """Words of the noun that says what is asked for."""
    phrase_words: int = 3
    """Words of a phrase that asks for an operation."""
    years: tuple[int, int] = (1000, 2100)
    """Four digits within these may be a year."""
    row_sets: tuple[int, int, int] = (25, 8, 12)
    """Sets of rows that two links make, or three; and pairs of links that a third is tried on."""
    columns: tuple[int, int] = (14, 10)
    """Columns, the best named, that may be shown; and those of numbers or dates that may be reckoned with."""
    narrowed: int = 4
    """Sets of rows, the likeliest, that defaults are tried on."""
    few_links: int = 3
    """Links that a set of rows has at most, but for the one that takes in all that go together."""
    readings: int = 400
    """Readings of a question on one table."""
    family_turn: int = 24
    """Readings of a family that are taken before the next family has its turn."""
    computed: int = 50
    """Readings of a table that are computed, the likeliest before that."""
    times: int = 12
    """How often something may be said to occur."""
    top_rows: int = 20
    """Rows that a question for the first few may ask for."""
    wide_sets: int = 8
    """Sets of rows of which every column may be shown; of others the best named and what they are called."""
    near_superlative: int = 6
    """Words around a superlative among which the number of rows stands."""
    head_words: int = 4
    """Words of a column's head that are features."""
    words_left_out: int = 3
    """Words left out that count against a reading: more count no more."""
    compared_columns: int = 3
    """Columns that are held against each other, and all shown; of more, a row of years, only the one that is meant."""
    peers: int = 6
    """Columns that fit alike and are shown together."""
    peer_rows: int = 3
    """Rows of which several columns are shown."""


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
    fewest: int = 2
    """Items of a list that is marked as one; where nothing but the form shows it, one more."""
    longest_item: int = 12
    """Words of an item of an enumeration at most."""
    close: int = 2
    """Words between a word of the question and the items of an enumeration that it introduces."""
    label_words: int = 5
    """Words of a paragraph's label at most."""
    introducing: int = 600
    """Code points before a list that may introduce it."""
    reach: int = 5
    """Words of a question in which what is listed must be named."""


class Params(NamedTuple):
    """Everything that steers one question."""

    weights: Callable[..., Fitted] = fitted
    """The fitted weights of all signals: ``semantic=True`` for an index with vectors."""
    terms: TermParams = TermParams()
    bm25: Bm25Params = Bm25Params()
    spelling: SpellingParams = SpellingParams()
    ranking: RankingParams = RankingParams()
    reader: ReaderParams = ReaderParams()
    ask_back: AskBackParams = AskBackParams()
    pipeline: PipelineParams = PipelineParams()
    tables: TableParams = TableParams()
    lists: ListParams = ListParams()
    readings: ReadingParams = ReadingParams()
    reading_model: ReadingModelParams = ReadingModelParams()
    comparison: ComparisonParams = ComparisonParams()
    claims: ClaimParams = ClaimParams()
    conflicts: ConflictParams = ConflictParams()


PARAMS = Params()
