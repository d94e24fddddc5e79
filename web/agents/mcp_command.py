"""``citeguide mcp``: the guides for programs that speak the Model Context Protocol."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from types import ModuleType

import click

from ...search.cli.base import Command, examples, pass_settings
from ...search.cli.garbage import collect_as_usual
from ...search.cli.settings import Settings
from ...search.cli.writing import note
from ...search.errors import UsageError


@click.command(
    cls=Command,
    epilog=examples(
        "citeguide mcp                          on standard input and output, as assistants start it",
        "citeguide mcp --http                   at http://127.0.0.1:8011/mcp",
        "citeguide mcp --http --port 9000 --allow-origin https://assistant.example.org",
    ),
)
@click.option("--http", "over_http", is_flag=True, help="Serve over HTTP, not on standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, help="With --http: the address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8011, show_default=True, help="With --http: the port to listen on."
)
@click.option("--trusted-host", "trusted", multiple=True, metavar="NAME", help="With --http: answer to this name too.")
@click.option(
    "--allow-origin", "origins", multiple=True, metavar="ORIGIN", help="With --http: let pages of this site ask."
)
@pass_settings
def mcp(
    settings: Settings, over_http: bool, host: str, port: int, trusted: tuple[str, ...], origins: tuple[str, ...]
) -> int:
    """Let assistants and other programs ask the guides, by the Model Context Protocol.

    The tools are ask, search, tables, table_rows, show, verify and status. All of them only read; a question that no
    guide answers has a result that says so, and a mistake an error that says what to do. It needs the extra 'mcp':
    pip install 'citeguide[mcp]'.

    Exit status: 0 ended by who started it, 2 an error.
    """
    protocol = _library()
    settings.open_or_fill().close()
    collect_as_usual()
    anyio, folder = import_module("anyio"), settings.place()
    with suppress(KeyboardInterrupt):
        if over_http:
            uvicorn = import_module("uvicorn")
            note(f"citeguide: serving the Model Context Protocol on http://{host}:{port}/mcp (end with Ctrl-C)")
            uvicorn.run(protocol.http(folder, host, trusted, origins), host=host, port=port, log_level="warning")
        else:
            anyio.run(_on_standard_streams, protocol.protocol(folder))
    return 0


async def _on_standard_streams(server: object) -> None:
    stdio = import_module("mcp.server.stdio")
    async with stdio.stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())  # type: ignore[attr-defined]


def _library() -> ModuleType:
    """What speaks the protocol. Raises UsageError where the extra is not installed."""
    try:
        return import_module("..protocol", __name__)
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith(("mcp", "anyio", "jsonschema", "starlette")):
            raise
        raise UsageError("the Model Context Protocol needs the extra 'mcp'", "pip install 'citeguide[mcp]'") from error
