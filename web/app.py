"""The application: pages, API, headers and error pages over one index folder, for any WSGI server."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask, Response, abort, g, jsonify, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError
from werkzeug.wrappers import Response as BaseResponse

from ..search.errors import CiteguideError
from ..search.store.location import Place
from ..search.text.amounts import amount_or_text
from . import compression, exports
from .admin import admin_pages as administration
from .api import STRICT, api
from .filters import day, today
from .index_provider import install
from .metrics import OTHER, Metrics
from .pages import LOGO, pages
from .security.access import Access
from .security.admin_access import AdminAccess
from .security.guard import guard
from .security.rate_limit import Buckets
from .unanswered import UNANSWERED, UnansweredQuestions
from .views.logo import read_logo

MAX_BODY = 16 * 1024
"""Bytes of a request body, which only a batch of questions and a text to be checked have."""
MAX_HEAD = 32 * 1024
"""Bytes of a request's address and headers: room for the longest question, each letter written as ``%XX%XX%XX``."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What an error page shows."""

    title: str
    message: str
    remedy: str
    code: str
    status: int


def create_app(
    folder: Place,
    *,
    trusted_hosts: tuple[str, ...] = (),
    per_minute: int | None = None,
    token: str | None = None,
    origins: tuple[str, ...] = (),
    frame_ancestors: tuple[str, ...] = (),
    name: str = "citeguide",
    logo: Path | None = None,
    unanswered: UnansweredQuestions | None = None,
    admin: Path | None = None,
    admin_token: str | None = None,
) -> Flask:
    """The WSGI application over an index folder.

    It answers to this machine's own names and to ``trusted_hosts``; with a ``token`` only to who brings it (``Access``
    has the details). ``per_minute`` is how many requests one client may make in a minute (None: no limit, as behind a
    proxy that has its own). Pages of ``origins`` may read the API, those of ``frame_ancestors`` show ours in a frame.
    ``name`` is what the site is called on its pages, beside its ``logo``; questions that no guide answers are counted
    in ``unanswered``.
    Guides are added at ``/admin``, to the folder ``admin``, by who brings ``admin_token``, or without one from this
    machine alone; questions that were not answered are then shown to them alone as well.
    Raises UsageError where one of these cannot be meant.
    """
    access = Access(trusted_hosts, origins, frame_ancestors, token, admin_token)
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    administration.install(app, AdminAccess(admin_token, changes=admin is not None, names=trusted_hosts), folder, admin)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["day"] = day
    app.jinja_env.filters["amount"] = amount_or_text
    app.jinja_env.globals["site"] = name
    app.jinja_env.globals["logo"] = app.extensions[LOGO] = read_logo(logo) if logo else None
    app.jinja_env.globals["today"] = today
    app.extensions[UNANSWERED] = unanswered
    app.json.sort_keys = False  # type: ignore[attr-defined]  # Flask types the provider by its base class
    app.register_blueprint(pages)
    app.register_blueprint(api, url_prefix="/api")
    app.register_blueprint(api, url_prefix="/api/v1", name=STRICT)
    app.register_error_handler(CiteguideError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _stranger)
    app.register_error_handler(500, _crash)
    _count(app)
    _limit(app, per_minute)
    guard(app, access)
    app.before_request(_refuse_a_body)
    compression.install(app)  # before what tags an answer: what is registered last sees it first
    install(app, folder)
    exports.install(app)
    return app


def _refuse_a_body() -> None:
    """Werkzeug holds a limit against a body when that is read, and hardly anything here reads one."""
    if administration.is_upload():
        request.max_content_length = administration.MOST_BODY
    elif (request.content_length or 0) > MAX_BODY:
        abort(413)


def _limit(app: Flask, per_minute: int | None) -> None:
    """Refuse an address that asks too often, before anything is read for it."""
    if per_minute is None:
        return
    buckets = Buckets(per_minute)

    @app.before_request
    def take() -> None:
        buckets.take(request.remote_addr or "")


def _count(app: Flask) -> None:
    """Count every answered request; a route stands for its pattern, so that addresses cannot flood the counts."""
    metrics = app.extensions["citeguide.metrics"] = Metrics([rule.rule for rule in app.url_map.iter_rules()])

    @app.before_request
    def start() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def stop(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else OTHER
        metrics.count(route, response.status_code, time.perf_counter() - g.get("began", time.perf_counter()))
        return response


def _ours(error: CiteguideError) -> Response:
    response = _say(Problem(_capital(error.message), error.message, error.remedy, error.code, error.http_status))
    if error.http_status in (429, 503):
        response.headers["Retry-After"] = "60"
    if error.http_status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="citeguide", charset="UTF-8"'
    return response


def _http(error: HTTPException) -> BaseResponse:
    if isinstance(error.response, BaseResponse):
        return error.response
    status = error.code or 500
    remedies = {
        404: "start from the first page, or check the address",
        405: "use GET, or POST for a batch of questions or a text to be checked",
        413: "send fewer questions, or less text, at once",
    }
    code = error.name.lower().replace(" ", "_")
    response = _say(Problem(error.name, error.name.lower(), remedies.get(status, ""), code, status))
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return response


def _stranger(_: SecurityError) -> Response:
    """A Host that is not trusted: in plain text, for a page of ours would lead to addresses under that name."""
    remedy = "start it with --trusted-host and the name, if it is yours"
    problem = Problem("", "this server does not answer to that name", remedy, "host", 400)
    response = (
        _json(problem) if _is_api() else Response(f"{problem.message}; {problem.remedy}\n", mimetype="text/plain")
    )
    response.status_code = problem.status
    return response


def _crash(_: HTTPException) -> Response:
    return _say(Problem("Something went wrong", "the server met an error of its own", "try again", "internal", 500))


def _say(problem: Problem) -> Response:
    """An error as JSON under /api, as a page elsewhere."""
    if _is_api():
        response = _json(problem)
    else:
        shown = replace(problem, message=_capital(problem.message))
        response = Response(render_template("error.html", view=shown), mimetype="text/html")
    response.status_code = problem.status
    return response


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _json(problem: Problem) -> Response:
    return jsonify(error={"code": problem.code, "message": problem.message, "remedy": problem.remedy})


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
