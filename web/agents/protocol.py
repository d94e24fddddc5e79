"""The tools over the Model Context Protocol, by the official SDK: on standard input and output, or over HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version
from importlib.resources import files

import anyio
import jsonschema  # type: ignore[import-untyped]
import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette

from ...search.errors import DEFECTS, CiteguideError, InternalError, UsageError
from ...search.output.answer_json import Json, error_to_json
from ...search.store.location import Place
from ..index_provider import REQUEST_TIME, IndexProvider
from .tools import TOOLS, tool_named

ABOUT = files(__package__).joinpath("about.txt").read_text("utf-8").strip()
"""What the server tells an assistant of itself."""
MOST_SENT = 2**20
"""Bytes of one request over HTTP."""
READS: types.ToolAnnotations = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


def protocol(folder: Place) -> Server:
    """The server over an index folder. A newly indexed guide is asked from the next call on."""
    provider = IndexProvider(folder)

    @asynccontextmanager
    async def held(_: Server) -> AsyncIterator[None]:
        try:
            yield
        finally:
            provider.close()

    async def list_tools(_: ServerRequestContext, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[*map(_described, TOOLS)])

    async def call_tool(_: ServerRequestContext, params: types.CallToolRequestParams) -> types.CallToolResult:
        return await anyio.to_thread.run_sync(partial(called, provider, params.name, params.arguments or {}))

    return Server(
        "citeguide",
        version=version("citeguide"),
        instructions=ABOUT,
        lifespan=held,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def called(provider: IndexProvider, name: str, arguments: Json) -> types.CallToolResult:
    """What a tool says to arguments; what is wrong with them, or with the index, is said as an error's result."""
    try:
        said = _run(provider, name, arguments)
    except CiteguideError as error:
        return _failed(error)
    except DEFECTS as error:
        return _failed(InternalError(f"this call failed: {type(error).__name__}", "please report it"))
    text = types.TextContent(text=json.dumps(said, ensure_ascii=False))
    return types.CallToolResult(content=[text], structured_content=said)


def http(folder: Place, host: str, hosts: Sequence[str] = (), origins: Sequence[str] = ()) -> Starlette:
    """The server as a web application at ``/mcp``, for this machine's own names and those given.

    A browser's page is let in from these names and from ``origins`` alone: a request from elsewhere gets no answer.
    """
    names = [*dict.fromkeys(("127.0.0.1", "localhost", "[::1]", host, *hosts))]
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=[each for name in names for each in (name, f"{name}:*")],
        allowed_origins=[*origins, *(each for name in names for each in (f"http://{name}", f"http://{name}:*"))],
    )
    return protocol(folder).streamable_http_app(
        json_response=True, stateless_http=True, transport_security=security, max_request_body_size=MOST_SENT
    )


def _run(provider: IndexProvider, name: str, arguments: Json) -> Json:
    tool = tool_named(name)
    wrong = next(jsonschema.Draft202012Validator(tool.takes).iter_errors(arguments), None)
    if wrong is not None:
        where = ".".join(map(str, wrong.absolute_path)) or "the arguments"
        raise UsageError(f"{where}: {wrong.message[:200]}", f"see the input schema of '{name}'")
    lent = provider.take()
    try:
        lent.held.catalog.stop_after(REQUEST_TIME)
        return tool.run(lent.held, arguments)
    finally:
        provider.give(lent)


def _described(name: str) -> types.Tool:
    tool = TOOLS[name]
    return types.Tool(
        name=name,
        title=tool.title,
        description=tool.about,
        input_schema=tool.takes,
        output_schema=tool.gives,
        annotations=READS,
    )


def _failed(error: CiteguideError) -> types.CallToolResult:
    told, line = error_to_json(error), " ".join(error.line().split())
    return types.CallToolResult(content=[types.TextContent(text=line)], structured_content=told, is_error=True)
