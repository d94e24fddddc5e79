"""Where the index lives when nobody says so: the user's data folder, by the habit of each system."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..errors import UsageError
from .cluster.address import ClusterAddress, is_address, parse

VARIABLE = "CITEGUIDE_INDEX"


Place = Path | ClusterAddress
"""Where an index lies: in a folder, or on a cluster."""


def index_folder(chosen: Place | None = None) -> Place:
    """What was chosen, else ``CITEGUIDE_INDEX``, else ``citeguide`` in the user's data folder."""
    if chosen is not None:
        return chosen
    if named := os.environ.get(VARIABLE):
        return place(named)
    return _data_folder() / "citeguide"


def place(named: str) -> Place:
    """The folder or the address that somebody names. Raises UsageError where it is a wrong address."""
    return parse(named) if is_address(named) else Path(named).expanduser()


def on_cluster(module: str) -> Any:
    """A module of ``cluster``, imported when an index lies on one. Raises UsageError where the extra is missing."""
    if find_spec("opensearchpy") is None:
        raise UsageError("an index on a cluster needs the opensearch extra", "pip install 'citeguide[opensearch]'")
    return import_module(f".cluster.{module}", __package__)


def _data_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    named = os.environ.get("XDG_DATA_HOME", "")
    return Path(named) if named.startswith("/") else Path.home() / ".local" / "share"
