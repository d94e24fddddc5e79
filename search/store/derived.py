"""What is worked out of a catalog once, and kept as long as the catalog is open."""

from __future__ import annotations

from typing import Generic, TypeVar, cast

from .catalog import Catalog

Value = TypeVar("Value")


class Derived(Generic[Value]):
    """Values of one kind, by table; what is of the whole catalog has the number 0.

    They lie with the catalog, to which they may well refer: in a dictionary of weak references, such a value would keep
    its own key for ever.
    """

    def of(self, catalog: Catalog) -> dict[int, Value]:
        """What there is of this catalog, to be added to."""
        return cast("dict[int, Value]", catalog.derived.setdefault(self, {}))
