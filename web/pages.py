"""The pages: ask, guides, sources and tables. Each reads one generation and fills one template."""

from __future__ import annotations

import re

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ..search.answer import ask
from ..search.cite import resolve
from ..search.errors import NotFoundError, UsageError
from ..search.find import find
from ..search.index import Index
from ..search.model import Document
from .examples import examples
from .guides import guides_page
from .results import search_page
from .state import index
from .tables import Asked, table_csv, table_page, tables_page
from .views import HomePage, answer_page, source_href, source_page

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
    query = request.args.get("q", "").strip()
    return render_template("search.html", view=search_page(query, find(query, index(), FOUND) if query else ()))


@pages.get("/guides")
def guides() -> str:
    """Every guide with its date and what was made of it."""
    return render_template("guides.html", view=guides_page(index().catalog))


@pages.get("/source/<path:path>")
def source(path: str) -> str:
    """A guide's text with line numbers; ``at`` highlights a span, ``from`` is the first line shown."""
    held = index()
    document = document_at(held, path)
    span = AT.fullmatch(request.args.get("at", ""))
    first = request.args.get("from", "1")
    if not first.isascii() or not first.isdigit() or len(first) > 9:
        raise UsageError(f"'{first}' is not a line number", "give a whole number, as in from=120")
    at = (int(span[1]), int(span[2])) if span else None
    view = source_page(document, held.catalog.text(document.id), at=at, first=int(first))
    return render_template("source.html", view=view)


@pages.get("/citation/<identifier>")
def citation(identifier: str) -> Response:
    """The permanent address of a citation: leads to its highlighted lines."""
    held = index()
    document, span = resolve(identifier, held.catalog)
    line = held.catalog.text(document.id).count("\n", 0, span[0]) + 1
    return redirect(source_href(document, at=span, first=max(1, line - 20), line=line))


@pages.get("/tables")
def tables() -> str:
    """Every parsed table."""
    return render_template("tables.html", view=tables_page(index().catalog))


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
    text = table_csv(index().catalog, name, where=request.args.get("where", ""), sort=request.args.get("sort", ""))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text, mimetype="text/csv", headers=headers)


def document_at(held: Index, path: str) -> Document:
    """The document with this path. Raises NotFoundError where no guide has it: nothing else is ever served."""
    for document in held.catalog.documents():
        if document.path == path:
            return document
    raise NotFoundError(f"no guide here is named {path}", "see the list of guides")
