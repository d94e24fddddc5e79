"""The pages: ask, guides, sources and tables. Each reads one generation and fills one template."""

from __future__ import annotations

import re

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from ..search.citation.cite import resolve
from ..search.errors import NotFoundError, UsageError
from ..search.model import Document
from ..search.pipeline.answer import ask
from ..search.store.open import Index
from .admin.admin_pages import admit
from .exports import export
from .index_provider import index
from .original_file import original_file
from .paging import page_number
from .suggesting.examples import examples
from .unanswered import UNANSWERED, UnansweredQuestions, counted
from .views.answer_page import answer_page
from .views.api_page import api_page
from .views.check_page import check_page
from .views.guides_page import guides_page
from .views.home_page import HomePage, about
from .views.logo import Logo
from .views.search_page import search_page
from .views.source_page import beginning, source_href, source_page
from .views.tables_page import TableQuery, table_csv, table_page, tables_page
from .views.warnings_page import doubt_lines

pages = Blueprint("pages", __name__)

LOGO = "citeguide.logo"
"""Where an application keeps its picture; None where it has none."""
MOST_UNANSWERED = 200
"""Unanswered questions that are shown."""
MOST_WANTED = 200
"""Characters of what a list is searched for."""
HIDDEN_FROM_ROBOTS = ("/admin", "/ask", "/search", "/api/", "/original/", "/unanswered")
"""What search engines are asked to leave alone."""
AT = re.compile(r"(\d{1,12})-(\d{1,12})")


@pages.get("/")
def home() -> str:
    """The question box."""
    held = index()
    documents, tables = held.catalog.documents(), len(held.catalog.tables())
    view = HomePage(len(documents), tables, examples(held), about(documents))
    return render_template("home.html", view=view)


@pages.get("/ask")
def answer() -> str | Response:
    """An answer with its evidence; its address is permanent."""
    question = request.args.get("q", "").strip()
    if not question:
        return redirect(url_for("pages.home"))
    held = index()
    within = tuple(request.args.getlist("document"))
    found = counted(ask(question, held, documents=within))
    view = answer_page(found, held, pay=request.args.get("pay", ""), within=within)
    return render_template("answer.html", view=view)


@pages.get("/search")
def search() -> str:
    """The passages that hold the words of a query."""
    held, query = index(), request.args.get("q", "").strip()
    return render_template("search.html", view=search_page(query, held, _page()))


@pages.route("/check-claims", methods=["GET", "POST"])
def check_claims() -> str | Response:
    """A text that somebody else wrote, sentence by sentence against the guides."""
    text = request.form.get("text", "") if request.method == "POST" else ""
    page = render_template("check.html", view=check_page(text, index()))
    return FlaskResponse(page, headers={"Cache-Control": "no-store"}) if request.method == "POST" else page


@pages.get("/guides")
def guides() -> str:
    """Every guide with its date and what was made of it."""
    return render_template("guides.html", view=guides_page(index().catalog, _page(), _wanted()))


@pages.get("/source/<path:path>")
def source(path: str) -> str:
    """A guide, drawn with line numbers: around the highlighted span ``at``, from a ``line``, or ``start`` on."""
    held = index()
    document = document_at(held, path)
    span = AT.fullmatch(request.args.get("at", ""))
    at = (int(span[1]), int(span[2])) if span else None
    begin = beginning(document, held.catalog, start=_whole("start") or 0, line=_whole("line"), at=at)
    doubts = doubt_lines(document, held.catalog) if begin == 0 else ()
    asked, exact = request.args.get("q", "").strip(), request.args.get("as") == "text"
    view = source_page(document, held.catalog, begin, at, question=asked, exact=exact)
    return render_template("source.html", view=view, doubts=doubts)


@pages.get("/original/<path:path>")
def original(path: str) -> Response:
    """The file that a guide was read from."""
    return original_file(document_at(index(), path))


@pages.get("/citation/<identifier>")
def citation(identifier: str) -> Response:
    """The permanent address of a citation: leads to its highlighted lines."""
    held = index()
    document, span = resolve(identifier, held.catalog)
    return redirect(source_href(document, at=span, line=held.catalog.texts.stretch(document.id, span).line))


@pages.get("/tables")
def tables() -> str:
    """Every parsed table."""
    return render_template("tables.html", view=tables_page(index().catalog, _page(), _wanted()))


@pages.get("/tables/<name>")
def table(name: str) -> str:
    """A table's rows, filtered and sorted, with its chart."""
    args = request.args
    asked = TableQuery(args.get("where", ""), args.get("sort", ""), args.get("pay", ""), args.get("page", "1"))
    view = table_page(index().catalog, name, asked)
    return render_template("table.html", view=view)


@pages.get("/tables/<name>.csv")
def table_export(name: str) -> Response:
    """The same rows as CSV."""
    catalog = index().catalog
    parts = table_csv(catalog, name, where=request.args.get("where", ""), sort=request.args.get("sort", ""))
    return export(parts, catalog, f"{name}.csv")


@pages.get("/unanswered")
def unanswered() -> Response:
    """The questions that no guide answered, for whoever keeps the guides; only where they are counted."""
    admit()
    questions: UnansweredQuestions | None = current_app.extensions[UNANSWERED]
    if questions is None:
        raise NotFoundError("unanswered questions are not counted here", "start it with --count-unanswered FILE")
    page = render_template("unanswered.html", questions=questions.listed(MOST_UNANSWERED))
    return FlaskResponse(page, headers={"Cache-Control": "no-store"})


@pages.get("/logo")
def logo() -> Response:
    """The site's own picture."""
    shown: Logo | None = current_app.extensions[LOGO]
    if shown is None:
        raise NotFoundError("this site has no logo", "start it with --logo FILE")
    return FlaskResponse(shown.data, mimetype=shown.kind, headers={"Cache-Control": "max-age=3600"})


@pages.get("/opensearch.xml")
def opensearch() -> Response:
    """What lets a browser ask from its address bar."""
    return FlaskResponse(render_template("opensearch.xml"), mimetype="application/opensearchdescription+xml")


@pages.get("/robots.txt")
def robots() -> Response:
    """The guides may be found by search engines; the answers to every question there is may not."""
    return FlaskResponse(
        "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in HIDDEN_FROM_ROBOTS), mimetype="text/plain"
    )


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


def _wanted() -> str:
    return " ".join(request.args.get("q", "").split())[:MOST_WANTED]


def _page() -> int:
    return page_number(request.args.get("page", ""))


def _whole(name: str) -> int | None:
    """A whole number from the address; None where there is none."""
    given = request.args.get(name, "")
    if given and not (given.isascii() and given.isdigit() and len(given) < 10):
        raise UsageError(f"'{given[:40]}' is not a whole number", f"write it like {name}=120")
    return int(given) if given else None
