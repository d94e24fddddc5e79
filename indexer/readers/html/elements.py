"""A page as a tree: elements, and the text between them. Comments and declarations are no part of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .element_names import UNSEEN


@dataclass(slots=True, eq=False)
class Element:
    """One element: its name in lower case, its attributes, what it stands in, and what stands in it, in order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Element | None = None
    contents: list[Element | str] = field(default_factory=list)

    def is_a(self, *names: str) -> bool:
        """Whether it has one of these names."""
        return self.name in names

    def get(self, name: str) -> str:
        """What an attribute says; empty where it is not given."""
        return self.attributes.get(name, "")

    def words(self, name: str) -> list[str]:
        """The names that an attribute lists, in lower case."""
        return self.attributes.get(name, "").lower().split()

    def children(self) -> Iterator[Element]:
        """The elements right inside it."""
        return (child for child in self.contents if isinstance(child, Element))

    def parents(self) -> Iterator[Element]:
        """What it stands in, the innermost first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def below(self) -> Iterator[Element | str]:
        """All that stands in it, in the order of the page."""
        stack = [iter(self.contents)]
        while stack:
            for node in stack[-1]:
                yield node
                if isinstance(node, Element):
                    stack.append(iter(node.contents))
                    break
            else:
                stack.pop()

    def strings(self) -> Iterator[str]:
        """The text in it, without what only programs read, unless it is that itself."""
        for child in self.contents:
            if isinstance(child, str):
                yield child
            elif child.name not in UNSEEN:
                yield from child.strings()

    def said(self) -> str:
        """The same on one line."""
        return " ".join("".join(self.strings()).split())


@dataclass(slots=True, eq=False)
class PageTree(Element):
    """A page; its own name is none of an element's."""

    elements: list[Element] = field(default_factory=list)
    """All of them, in the order of the page."""

    def named(self, *names: str) -> list[Element]:
        """The elements of these names."""
        return [element for element in self.elements if element.name in names]
