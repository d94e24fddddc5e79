"""The API described in OpenAPI 3.1, as ``openapi.json`` says: what stands under /api/v1/.

Tests hold every route and response against it.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from importlib.resources import files
from typing import Any

Schema = dict[str, Any]

_WRITTEN: Schema = json.loads(files(__package__).joinpath("openapi.json").read_text("utf-8"))
PATHS: dict[str, Schema] = _WRITTEN["paths"]
SCHEMAS: dict[str, Schema] = _WRITTEN["components"]["schemas"]


def document() -> Schema:
    """The whole description, as JSON data, of this version."""
    return {**_WRITTEN, "info": {**_WRITTEN["info"], "version": version("citeguide")}}


def _routes() -> dict[str, dict[str, bool]]:
    """The parameters of each route, as Flask writes it, and whether one may be repeated."""
    routes = {}
    for path, methods in PATHS.items():
        rule = path.replace("{path}", "<path:path>").replace("{id}", "<identifier>").replace("{name}", "<name>")
        parameters = methods.get("get", {"parameters": []})["parameters"]
        taken = [each for each in parameters if each["in"] == "query"]
        routes[rule] = {each["name"]: each["schema"].get("type") == "array" for each in taken}
    return routes


ROUTES = _routes()
"""What each operation takes in its address."""
