"""A page in the making: what another format says, in the elements of HTML, for the reader of pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from ...document import ExtractedDocument
from ...encoding.decode import CONTENT, CONTROL_CHARACTERS
from ..html.fragment import TAG
from ..html.html_reader import read as read_page

MAX_MADE_ELEMENTS = 400_000
"""Elements of a document or of slides that are read."""


@dataclass(slots=True)
class MadePage:
    """HTML that is put together piece by piece; what stands beside the text, as notes do, waits until a block ends."""

    parts: list[str] = field(default_factory=list)
    aside: list[MadePage] = field(default_factory=list)
    """Texts that come up within others, the innermost last."""
    waiting: list[str] = field(default_factory=list)

    def tag(self, written: str) -> None:
        """A tag as it stands."""
        (self.aside[-1] if self.aside else self).parts.append(written)

    def say(self, text: str) -> None:
        """Text."""
        self.tag(escape(CONTROL_CHARACTERS.sub(" ", text), quote=False))

    def begin_aside(self) -> None:
        """What comes now stands beside the text."""
        self.aside.append(MadePage())

    def end_aside(self) -> None:
        """It is complete."""
        if self.aside:
            self.waiting.append("".join(self.aside.pop().parts))

    def flush(self) -> None:
        """Put what waits behind the block that has ended."""
        if not self.aside:
            self.parts += self.waiting
            self.waiting.clear()

    def html(self) -> str:
        """All of it."""
        return "".join((*self.parts, *("".join(each.parts) for each in self.aside), *self.waiting))


def read_made(html: str) -> ExtractedDocument:
    """What the reader of pages makes of such a page; nothing of an empty one."""
    if not CONTENT.search(TAG.sub("", html)):
        return ExtractedDocument("", ())
    return read_page(f"<body>{html}</body>".encode("utf-8", "replace"))
