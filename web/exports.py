"""Long answers that are written while they are read: few at once, so that quick answers always find a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack

from flask import Flask, Response, current_app

from ..search.errors import CiteguideError
from ..search.store.catalog import Catalog

EXPORTS = 1
"""Exports at once in one process, of its four threads: they compute without a pause, and hold up quick answers."""
EXPORT_SECONDS = 60.0
"""What writing one part may take, the first with the search and the sort before it; not what its reader takes."""
EXPORTS_LANE = "citeguide.exports"


class BusyError(CiteguideError):
    """As many exports as may are under way."""

    code = "busy"
    http_status = 503


def install(app: Flask) -> None:
    """Let the application export."""
    app.extensions[EXPORTS_LANE] = threading.BoundedSemaphore(EXPORTS)


def export(parts: Iterator[str], catalog: Catalog, name: str) -> Response:
    """An answer of these parts, as a file to save. Raises BusyError where too many are under way."""
    lane: threading.BoundedSemaphore = current_app.extensions[EXPORTS_LANE]
    if not lane.acquire(blocking=False):
        raise BusyError("too many tables are being downloaded", "try again in a minute")
    held = ExitStack()
    held.callback(lane.release)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    response = Response(_written(parts, catalog, held), mimetype="text/csv", headers=headers)
    response.call_on_close(held.close)  # it may be closed before its first part is asked for
    return response


def _written(parts: Iterator[str], catalog: Catalog, held: ExitStack) -> Iterator[str]:
    with held:
        catalog.stop_after(EXPORT_SECONDS)
        for part in parts:
            yield part
            catalog.stop_after(EXPORT_SECONDS)
