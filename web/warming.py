"""Loads what answers need before there is a visitor who would wait for it."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlencode

from flask import Flask

from ..search.errors import CiteguideError
from .index_provider import index
from .pages import answer, home
from .suggesting.examples import examples


def warm(app: Flask) -> None:
    """Make the first page, and answer a question to the tables and one to the guides, for nobody: none is counted.

    The index that was opened for it waits for the first visitor. What is wrong with it is told to those who ask.
    """
    with suppress(CiteguideError):
        with app.test_request_context("/"):
            home()
            asked = [*examples(index())[:1], *(document.title for document in index().catalog.documents()[:1])]
        for question in asked:
            with app.test_request_context(f"/ask?{urlencode({'q': question})}"):
                answer()
