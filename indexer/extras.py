"""Formats that need a library of their own: what is missing, and the command that installs it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from ..search.errors import SourceError


@dataclass(frozen=True, slots=True)
class Extra:
    """An optional part of the install, and the module whose presence tells that it is there."""

    name: str
    module: str

    def is_missing(self) -> bool:
        """Whether the library is not installed."""
        return find_spec(self.module) is None

    def error(self) -> SourceError:
        """What a file that needs it is refused with."""
        return SourceError(f"needs the {self.name} extra", f"pip install 'citeguide[{self.name}]'")

    def load(self) -> ModuleType:
        """The library. Raises SourceError where it is not installed."""
        if self.is_missing():
            raise self.error()
        return import_module(self.module)


SHEETS = Extra("sheets", "xlrd")
ENCODINGS = Extra("encodings", "chardet")
DOCX = Extra("docx", "mammoth")
PDF = Extra("pdf", "pypdfium2")
RST = Extra("rst", "docutils")
OCR = Extra("ocr", "tesserocr")
