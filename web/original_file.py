"""The file that a guide was read from, as it was published; only while it is the file that was indexed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from urllib.parse import quote as url_quote

from flask import Response

from ..indexer.files.opening import open_regular
from ..search.errors import NotFoundError
from ..search.model import Document

LARGEST_FILE = 32 * 1024 * 1024
"""Bytes of a file that is handed out: it is held in memory while its hash is compared."""
SHOWN_IN_BROWSER = {"pdf": "application/pdf"}
"""Formats that a browser shows by itself and in which it runs nothing of a site; all others are saved."""


def original_file(document: Document) -> Response:
    """The bytes that were indexed. Raises NotFoundError where they are gone, changed or too many, or of the web."""
    data = _bytes(document)
    if document.fetched is not None or data is None or sha256(data).hexdigest() != document.sha256:
        raise NotFoundError(
            f"the file {document.path} is not what was indexed any more, or is not to be had",
            "look at its text instead; 'citeguide index' reads it anew",
        )
    kind = SHOWN_IN_BROWSER.get(document.format)
    way = "inline" if kind else "attachment"
    name = url_quote(Path(document.path).name, safe="")
    response = Response(data, mimetype=kind or "application/octet-stream")
    response.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{name}"
    return response


def _bytes(document: Document) -> bytes | None:
    if document.size > LARGEST_FILE:
        return None
    try:
        with open_regular(Path(document.root, *document.path.split("/"))) as file:
            return file.read(document.size + 1)
    except (OSError, ValueError):
        return None
