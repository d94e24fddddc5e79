"""``citeguide serve``: the search page and its JSON API."""

from __future__ import annotations

import click
import waitress

from ..search.commands.base import Command, Settings, examples, note, pass_settings, write
from ..search.errors import CiteguideError
from .app import create_app

THREADS = 4


class PageError(CiteguideError):
    """A page asked for with ``--get`` could not be shown."""

    code = "page"


@click.command(
    cls=Command,
    epilog=examples(
        "citeguide serve",
        "citeguide serve --port 9000 --trusted-host guides.example.org",
        "citeguide serve --get '/ask?q=median+pay+in+Fresno' > answer.html",
    ),
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option(
    "--trusted-host", "trusted", multiple=True, metavar="NAME", help="Answer only to this Host. May be repeated."
)
@click.option("--get", "path", metavar="PATH", help="Write one page to standard output and end; no server is started.")
@pass_settings
def serve(settings: Settings, host: str, port: int, trusted: tuple[str, ...], path: str | None) -> int:
    """Serve the search page and its JSON API.

    Read only: nothing that a visitor sends is kept. A newly indexed guide is served from the next request on.
    """
    with settings.open_or_fill():
        app = create_app(settings.folder(), trusted_hosts=trusted)
    if path is not None:
        response = app.test_client().get(path)
        app.extensions["citeguide"].close()
        if response.status_code >= 400:
            raise PageError(f"{path} answers with status {response.status_code}", "check the address")
        write(response.get_data(as_text=True))
        return 0
    note(f"citeguide: serving on http://{host}:{port}/ (end with Ctrl-C)")
    waitress.serve(app, host=host, port=port, threads=THREADS, ident="citeguide")
    return 0
