"""Questions that ask for a list: the whole list, item by item, wherever a guide gives one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..context import Context
from ..model import Finding, Heading, Quote, Status
from ..params import ListParams
from ..query.query import Question
from ..query.term_weights import share
from ..retrieval.reranker import Ranking, foresee
from ..store.catalog import Catalog
from ..text.cycles import implied, named_in
from ..text.line_index import LineIndex
from ..text.tokenizer import stem, terms
from .inline import in_sentences
from .layout import in_headings, in_labels, in_passage
from .list_question import STEPS, AskedList, asked_list
from .listing import Listing

__all__ = ["answer"]

_STEPS = frozenset(map(stem, STEPS))


class Guide(NamedTuple):
    """A document in which lists are looked for."""

    text: str
    headings: tuple[Heading, ...]
    title: frozenset[str]
    """Stems of its title."""
    opening: frozenset[str]
    """Stems of how it begins."""


def answer(question: Question, context: Context) -> Finding | None:
    """The list that the question asks for; None where it asks for none, or no guide gives one that fits."""
    if (asked := asked_list(question)) is None:
        return None
    index, params = context.index, question.params.lists
    foresee(question, index)
    found = context.ranking(asked.question, params.passages)
    numbers = list(dict.fromkeys(ranked.passage.document for ranked in found.passages))[: params.documents]
    index.catalog.expect(guides=numbers)
    guides = {number: _guide(number, index.catalog, params) for number in numbers}
    worth = [
        (_worth(listing, asked, found, guides[listing.document], params), listing)
        for listing in _listings(found, guides, params)
        if _fits(listing, asked, found, params) and not _is_of_a_month(listing, asked, guides[listing.document])
    ]
    best = _best([pair for pair in worth if pair[0] > 0], params)
    return _finding(best, index.catalog, params) if best else None


def _guide(number: int, catalog: Catalog, params: ListParams) -> Guide:
    text, title = catalog.text(number), catalog.document(number).title
    return Guide(text, tuple(catalog.headings(number)), _stems(title), _stems(text[: params.beginning]))


def _listings(found: Ranking, guides: Mapping[int, Guide], params: ListParams) -> Iterator[Listing]:
    """Every list in the passages found, and in the headings and labels of their documents."""
    asked = {form for word in found.words for form in word.forms}
    for passage in (ranked.passage for ranked in found.passages if ranked.passage.document in guides):
        if passage.is_a("list") and (listing := in_passage(passage, params.fewest)):
            yield listing
        elif passage.is_a("text"):
            yield from in_sentences(passage, asked, params)
            guide = guides[passage.document]
            yield from in_labels(passage, guide.headings, guide.text, params)
    for number, guide in guides.items():
        yield from in_headings(number, guide.headings, guide.text, params)


def _fits(listing: Listing, asked: AskedList, found: Ranking, params: ListParams) -> bool:
    """Whether the list is of what the question wants listed."""
    spoken = _stems(listing.lead, listing.before, *listing.headings)
    of_steps = not _STEPS.isdisjoint(spoken)
    if asked.in_order:
        return listing.ordered or of_steps
    if (listing.ordered and of_steps) or _is_of_an_item(listing, asked, found):
        return False
    head = next((word for word in found.words if word.term.stem == asked.head.stem), None)
    return head is None or head.held(((1.0, spoken),)) >= params.head


def _is_of_an_item(listing: Listing, asked: AskedList, found: Ranking) -> bool:
    """Whether the question names one of the items, and so asks about that one: "which credentials does MAB grant".

    So it does where an item says nothing but what is to be listed: "which coins …" over the headings of a page, of
    which one is "Coins".
    """
    content = {term.stem for term in asked.question.content}
    if any(asked.head.stem in (said := _stems(item.label)) and said <= content for item in listing.items):
        return True
    names = (w for w in found.words if w.term.start > 0 and asked.question.text[w.term.start].isupper())
    items = _stems(*(item.label for item in listing.items))
    around = (_stems(listing.lead) - items) | _stems(listing.before, *listing.headings)
    return any(name.held(((1.0, items),)) > name.held(((1.0, around),)) for name in names)


def _is_of_a_month(listing: Listing, asked: AskedList, guide: Guide) -> bool:
    """Whether the question names a month, or a day of the week, that some of the items are about: it asks for these."""
    terms_asked = asked.question.terms
    named = {terms_asked[n].stem for n in named_in([term.word for term in terms_asked])}
    if not named:
        return False
    texts = [guide.text[slice(*item.span)] for item in listing.items]
    about = [not named.isdisjoint(_stems(text).union(implied(tuple(terms(text)), text))) for text in texts]
    return any(about) and not all(about)


def _worth(listing: Listing, asked: AskedList, found: Ranking, guide: Guide, params: ListParams) -> float:
    """The share of the question's weight that the list covers, and what its form adds."""
    places = (
        (params.lead, _stems(listing.lead)),
        (params.before, _stems(listing.before)),
        (params.headings, _stems(*listing.headings)),
        (params.title, guide.title),
        (params.items, _stems(*(item.label for item in listing.items))),
        (params.opening, guide.opening),
    )
    covered = share(found.words, places)
    if covered < params.covered[listing.form]:
        return 0.0
    return covered + params.form[listing.form] + (params.ordered if asked.in_order and listing.ordered else 0.0)


def _stems(*texts: str) -> frozenset[str]:
    return frozenset(term.stem for text in texts for term in terms(text))


def _best(worth: Sequence[tuple[float, Listing]], params: ListParams) -> list[Listing]:
    """The best list, and those of other documents that are worth nearly as much."""
    best: dict[int, Listing] = {}
    order = sorted(worth, key=lambda pair: -pair[0])
    for value, listing in order:
        if not best or (value >= order[0][0] - params.near and listing.form != "sentence"):
            best.setdefault(listing.document, listing)
    return list(best.values())


def _finding(listings: Sequence[Listing], catalog: Catalog, params: ListParams) -> Finding:
    """The best list as the answer; the others are quoted behind it."""
    labels = dict.fromkeys(item.label for item in listings[0].items)
    quotes = [quote for listing in listings for quote in _quotes(listing, catalog)]
    return Finding(
        Status.ANSWERED,
        answer="; ".join(f"{n}. {label}" for n, label in enumerate(labels, start=1)),
        quotes=tuple(dict.fromkeys(quotes))[: params.most],
    )


def _quotes(listing: Listing, catalog: Catalog) -> Iterator[Quote]:
    """The items in order, then the sentence that introduces them."""
    text = catalog.text(listing.document)
    lines = LineIndex(text)
    spans = [item.span for item in listing.items] + ([listing.intro] if listing.intro else [])
    for span in dict.fromkeys(spans):
        yield Quote(listing.document, listing.headings, lines.lines(span), span, text[slice(*span)])
