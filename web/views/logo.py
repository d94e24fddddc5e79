"""The site's own picture beside its name: read once, when the server starts, and told by its bytes."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ...search.errors import UsageError

LARGEST_LOGO = 20 * 1024
"""Bytes of a logo: every page loads it."""
PICTURE_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"RIFF", "image/webp"),
    (b"<svg", "image/svg+xml"),
    (b"<?xml", "image/svg+xml"),
)
"""What pictures begin with. One of SVG is shown as a picture, in which browsers run nothing."""


class Logo(NamedTuple):
    """A picture and its media type."""

    data: bytes
    kind: str


def read_logo(file: Path) -> Logo:
    """The picture in a file. Raises UsageError where it cannot be read, is too large, or is none."""
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST_LOGO + 1)
    except OSError as error:
        raise UsageError(f"the logo {file} cannot be read ({error.strerror})", "name another file") from error
    if len(data) > LARGEST_LOGO:
        raise UsageError(
            f"the logo {file} has more than {LARGEST_LOGO // 1024} kB", "every page loads it: make it smaller"
        )
    for beginning, kind in PICTURE_KINDS:
        if data.lstrip().startswith(beginning):
            return Logo(data, kind)
    raise UsageError(f"the logo {file} is no picture that browsers show", "take an SVG, PNG, JPEG or WebP file")
