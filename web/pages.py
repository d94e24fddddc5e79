"""The pages: ask, guides, sources and tables. Each reads one generation and fills one template."""

from __future__ import annotations

import re

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ..search.citation.cite import resolve
from ..search.errors import NotFoundError, UsageError
from ..search.model import Document
from ..search.pipeline.answer import ask
from ..search.retrieval.passage_search import find
from ..search.store.open import Index
from .examples import examples
from .exports import export
from .index_provider import index
from .paging import page_number
from .views.answer_page import HomePage, answer_page
from .views.api_page import api_page
from .views.guides_page import guides_page
from .views.search_page import search_page
from .views.source_page import beginning, source_href, source_page
from .views.tables_page import Asked, table_csv, table_page, tables_page
from .views.warnings_page import doubt_lines

pages = Blueprint("pages", __name__)

FOUND = 20
"""Passages on a page of search results."""
AT = re.compile(r"(\d{1,12})-(\d{1,12})")


@pages.get("/")
def home() -> str:
    """The question box."""
    held = index()
    view = HomePage(len(held.catalog.documents()), len(held.catalog.tables()), examples(held))
    return render_template("home.html", view=view)


@pages.get("/ask")
def answer() -> str | Response:
    """An answer with its evidence; its address is permanent."""
    question = request.args.get("q", "").strip()
    if not question:
        return redirect(url_for("pages.home"))
    held = index()
    found = ask(question, held, documents=request.args.getlist("document"))
    return render_template("answer.html", view=answer_page(found, held, pay=request.args.get("pay", "")))


@pages.get("/search")
def search() -> str:
    """The passages that hold the words of a query."""
    held, query = index(), request.args.get("q", "").strip()
    found = find(query, held, FOUND) if query else ()
    return render_template("search.html", view=search_page(query, found, held.catalog))


@pages.get("/guides")
def guides() -> str:
    """Every guide with its date and what was made of it."""
    return render_template("guides.html", view=guides_page(index().catalog, _page()))


@pages.get("/source/<path:path>")
def source(path: str) -> str:
    """A guide's text with line numbers: around the highlighted span ``at``, from a ``line``, or ``start`` on."""
    held = index()
    document = document_at(held, path)
    span = AT.fullmatch(request.args.get("at", ""))
    at = (int(span[1]), int(span[2])) if span else None
    begin = beginning(document, held.catalog, start=_whole("start") or 0, line=_whole("line"), at=at)
    doubts = doubt_lines(document, held.catalog) if begin == 0 else ()
    return render_template("source.html", view=source_page(document, held.catalog, begin, at), doubts=doubts)


@pages.get("/citation/<identifier>")
def citation(identifier: str) -> Response:
    """The permanent address of a citation: leads to its highlighted lines."""
    held = index()
    document, span = resolve(identifier, held.catalog)
    return redirect(source_href(document, at=span, line=held.catalog.texts.stretch(document.id, span).line))


@pages.get("/tables")
def tables() -> str:
    """Every parsed table."""
    return render_template("tables.html", view=tables_page(index().catalog, _page()))


@pages.get("/tables/<name>")
def table(name: str) -> str:
    """A table's rows, filtered and sorted, with its chart."""
    args = request.args
    asked = Asked(args.get("where", ""), args.get("sort", ""), args.get("pay", ""), args.get("page", "1"))
    view = table_page(index().catalog, name, asked)
    return render_template("table.html", view=view)


@pages.get("/tables/<name>.csv")
def table_export(name: str) -> Response:
    """The same rows as CSV."""
    catalog = index().catalog
    parts = table_csv(catalog, name, where=request.args.get("where", ""), sort=request.args.get("sort", ""))
    return export(parts, catalog, f"{name}.csv")


@pages.get("/developers")
def developers() -> str:
    """The API, for people who write programs."""
    asked = examples(index()) or ("What does it cost?",)
    return render_template("api.html", view=api_page(asked[0]))


def document_at(held: Index, path: str) -> Document:
    """The document with this path. Raises NotFoundError where no guide has it: nothing else is ever served."""
    for document in held.catalog.documents_at(path):
        return document
    raise NotFoundError(f"no guide here is named {path}", "see the list of guides")


def _page() -> int:
    return page_number(request.args.get("page", ""))


def _whole(name: str) -> int | None:
    """A whole number from the address; None where there is none."""
    given = request.args.get(name, "")
    if given and not (given.isascii() and given.isdigit() and len(given) < 10):
        raise UsageError(f"'{given[:40]}' is not a whole number", f"write it like {name}=120")
    return int(given) if given else None
