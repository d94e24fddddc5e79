"""Where the index lives when nobody says so: the user's data folder, by the habit of each system."""

from __future__ import annotations

import os
import sys
from pathlib import Path

VARIABLE = "CITEGUIDE_INDEX"


def index_folder(chosen: Path | None = None) -> Path:
    """The folder that was chosen, else ``CITEGUIDE_INDEX``, else ``citeguide`` in the user's data folder."""
    if chosen is not None:
        return chosen
    if named := os.environ.get(VARIABLE):
        return Path(named).expanduser()
    return _data_folder() / "citeguide"


def _data_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    named = os.environ.get("XDG_DATA_HOME", "")
    return Path(named) if named.startswith("/") else Path.home() / ".local" / "share"
