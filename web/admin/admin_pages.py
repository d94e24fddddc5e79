"""The admin page: add guides, have the index updated, and see how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from ...indexer.readers import suffixes
from ...search.errors import CiteguideError, NotFoundError, UsageError
from ...search.store.location import Place
from ..security.admin_access import AdminAccess
from ..security.headers import NOT_KEPT
from .index_run import IndexRun
from .uploads import MOST_FILES, MOST_UPLOADED, UploadError, keep

admin = Blueprint("admin", __name__)
ACCESS, GUIDES = "citeguide.admin", "citeguide.admin.guides"
"""Where an application keeps who may change its guides, and those that it may add to; None where it may not."""
MOST_BODY = MOST_UPLOADED + 2**20
"""Bytes of a request that adds guides: the files, and what a browser writes around them."""


@dataclass(frozen=True, slots=True)
class AddedGuides:
    """Where guides are added, and the updates of the index that follow."""

    folder: Path
    run: IndexRun


@dataclass(frozen=True, slots=True)
class AdminPage:
    """The page with what an update says, and what went wrong with the last thing that was asked for."""

    form_token: str
    running: bool
    lines: tuple[str, ...]
    endings: str
    problem: str = ""
    most_files: int = MOST_FILES
    most_megabytes: int = MOST_UPLOADED // 2**20


def install(app: Flask, access: AdminAccess, index: Place, folder: Path | None) -> None:
    """Let the application have guides added to a folder, which is made; None: it has no such page."""
    app.extensions[ACCESS] = access
    app.extensions[GUIDES] = None
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made ({error.strerror})", "name another folder") from error
    app.extensions[GUIDES] = AddedGuides(folder.absolute(), IndexRun(index, folder))
    app.register_blueprint(admin, url_prefix="/admin")


def admit() -> None:
    """Let nobody see what is for the keeper of the guides alone, where there is a token for it."""
    access: AdminAccess = current_app.extensions[ACCESS]
    if access.token is not None:
        access.admit()


@admin.get("")
def page() -> Response:
    """The forms, and how far an update is."""
    return _page(_admitted())


@admin.post("/add")
def add() -> Response:
    """Keep what was sent, and index it."""

    def act(guides: AddedGuides) -> None:
        if guides.run.is_running():
            raise UploadError("an update is under way", "wait until it has ended, then send the files")
        keep([*request.files.getlist("files"), *request.files.getlist("folder")], guides.folder)
        guides.run.start()

    return _done(act)


@admin.post("/index")
def reindex() -> Response:
    """Look at everything again that is remembered."""
    return _done(lambda guides: guides.run.start(everything=True))


def is_upload() -> bool:
    """Whether this request may have as large a body as files need."""
    return request.endpoint == f"{admin.name}.{add.__name__}"


def _done(act: Callable[[AddedGuides], None]) -> Response:
    """Do it for who may, and show the page anew; what went wrong is one line on it."""
    guides = _admitted()
    access: AdminAccess = current_app.extensions[ACCESS]
    try:
        access.check_form()
        act(guides)
    except CiteguideError as error:
        return _page(guides, error)
    except RequestEntityTooLarge:
        return _page(
            guides, UploadError(f"more than {MOST_UPLOADED // 2**20} MB at once", "send fewer or smaller files")
        )
    return Response(status=303, headers=NOT_KEPT | {"Location": url_for("admin.page")})


def _admitted() -> AddedGuides:
    access: AdminAccess = current_app.extensions[ACCESS]
    access.admit()
    guides: AddedGuides | None = current_app.extensions[GUIDES]
    if guides is None:
        raise NotFoundError("guides are not added here", "start it with --admin FOLDER")
    return guides


def _page(guides: AddedGuides, error: CiteguideError | None = None) -> Response:
    access: AdminAccess = current_app.extensions[ACCESS]
    problem = "" if error is None else f"{error.message[:1].upper()}{error.message[1:]}: {error.remedy}."
    lines = tuple(guides.run.lines())
    view = AdminPage(access.form_token, guides.run.is_running(), lines, suffixes(), problem)
    status = 200 if error is None else error.http_status
    return Response(render_template("admin.html", view=view), status, headers=NOT_KEPT, mimetype="text/html")
