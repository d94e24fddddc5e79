"""``citeguide serve``: the search page and its JSON API."""

from __future__ import annotations

import os
import signal
import socket
from contextlib import suppress
from pathlib import Path

import click
from flask import Flask

from ..search.cli.base import Command, examples, pass_settings
from ..search.cli.garbage import collect_as_usual
from ..search.cli.settings import Settings
from ..search.cli.writing import note, write
from ..search.errors import CiteguideError, UsageError
from .app import create_app
from .server import server
from .unanswered import UnansweredQuestions
from .warming import warm
from .workers import in_processes


class PageError(CiteguideError):
    """A page asked for with ``--get`` could not be shown."""

    code = "page"


class ListenError(CiteguideError):
    """The address to listen on is taken, or not this machine's."""

    code = "listen"


@click.command(
    cls=Command,
    epilog=examples(
        "citeguide serve",
        "citeguide serve --port 9000 --trusted-host guides.example.org --per-minute 120",
        "citeguide serve --get '/ask?q=median+pay+in+Fresno' > answer.html",
    ),
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen on; 0 for any."
)
@click.option(
    "--trusted-host",
    "trusted",
    multiple=True,
    metavar="NAME",
    help="Answer to this name too, beside this machine's own. May be repeated.",
)
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Answer only who brings the token that stands in this file; also CITEGUIDE_TOKEN.",
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Let the pages of this site read the API, such as https://www.example.org. May be repeated.",
)
@click.option(
    "--frame-ancestors",
    "frames",
    multiple=True,
    metavar="ORIGIN",
    help="Let the pages of this site show the pages in a frame. May be repeated.",
)
@click.option("--name", default="citeguide", show_default=True, metavar="NAME", help="What the site is called.")
@click.option(
    "--logo",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A picture beside the name: SVG, PNG, JPEG or WebP of at most 20 kB.",
)
@click.option("--per-minute", type=click.IntRange(1), metavar="N", help="Requests that one client may make a minute.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64 if hasattr(os, "fork") else 1),
    default=1,
    show_default=True,
    help="Processes that answer side by side, for a busy server.",
)
@click.option(
    "--count-unanswered",
    "unanswered",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Count questions that no guide answers in this file, and list them at /unanswered.",
)
@click.option(
    "--admin",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Have guides added to this folder, and the index updated, at /admin; without a token from this machine alone.",
)
@click.option(
    "--admin-token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Let who brings the token in this file see /admin and /unanswered; also CITEGUIDE_ADMIN_TOKEN.",
)
@click.option("--get", "path", metavar="PATH", help="Write one page to standard output and end; no server is started.")
@pass_settings
def serve(
    settings: Settings,
    host: str,
    port: int,
    trusted: tuple[str, ...],
    token_file: Path | None,
    origins: tuple[str, ...],
    frames: tuple[str, ...],
    name: str,
    logo: Path | None,
    per_minute: int | None,
    workers: int,
    unanswered: Path | None,
    admin: Path | None,
    admin_token_file: Path | None,
    path: str | None,
) -> int:
    """Serve the search page and its JSON API.

    Read only: nothing that a visitor sends is kept, but the words of unanswered questions, and guides that you add at
    /admin, where you ask for that (never who asked). A newly indexed guide is served from the next request on.
    To be reached from other machines, put it behind a web server that speaks HTTPS; docs/serving.md says how.

    Exit status: 0 ended by Ctrl-C, or the page was written; 2 an error.
    """
    settings.open_or_fill().close()
    if path is not None:
        return _write_page(create_app(settings.place(), name=name, logo=logo), path)
    app = create_app(
        settings.place(),
        trusted_hosts=(host, *trusted),
        per_minute=per_minute,
        token=_token(token_file, "CITEGUIDE_TOKEN"),
        origins=origins,
        frame_ancestors=frames,
        name=name,
        logo=logo,
        unanswered=UnansweredQuestions(unanswered) if unanswered else None,
        admin=admin,
        admin_token=_token(admin_token_file, "CITEGUIDE_ADMIN_TOKEN"),
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), _listen(host, port) as listening:
        note(f"citeguide: serving on {_address(listening)} (end with Ctrl-C)")
        if admin is not None:
            note(f"citeguide: guides are added at {_address(listening)}admin")
        in_processes(workers, lambda: _run(app, listening, workers))
    return 0


def _run(app: Flask, listening: socket.socket, workers: int) -> None:
    """Who connects before all is loaded waits in the queue of the socket."""
    warm(app)
    collect_as_usual()
    server(app, listening, processes=workers).run()


def _token(file: Path | None, variable: str) -> str | None:
    if file is None:
        return os.environ.get(variable)
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the token in {file} cannot be read", "write it there as one line of text") from error


def _write_page(app: Flask, path: str) -> int:
    with app.test_client() as client:
        response = client.get(path if path.startswith("/") else f"/{path}", follow_redirects=True)
    app.extensions["citeguide"].close()
    if response.status_code >= 400:
        raise PageError(f"{path} answers with status {response.status_code}", "check the address")
    write(response.get_data(as_text=True).removesuffix("\n"))
    return 0


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server((str(address[0]), int(address[1])), family=family, backlog=1024)
    except OSError as error:
        raise ListenError(
            f"cannot listen on {host}:{port} ({error.strerror})", "choose another --host or --port"
        ) from error


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
