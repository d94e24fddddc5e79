"""OCR: a picture of a page to its words with their places, by Tesseract.

Tesseract finds the words; what is a column, a table or a heading is told as for any other page of placed words
(``pdf/``). What it needs to know of a language are files of the system, not of its Python library.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from ...search.errors import SourceError
from ...search.lang.lexicon import read_sections
from ..extras import OCR

LANGUAGE = "eng"
TESSERACT_PLACES = tuple(
    place.replace("{prefix}", sys.prefix) for place in read_sections(Path(__file__).with_name("tessdata.txt")).lines()
)
"""Where systems keep what Tesseract knows of languages."""

DENSITY = 300
"""Dots per inch at which Tesseract reads best."""
MOST_DOTS = 20_000_000
"""Of a page: A4 has 9 million at this density."""
TALL, LETTER_HEIGHTS = 0.73, 0.53
"""Type sizes that capitals and digits, and letters like ``a`` and ``n``, stand above their line."""


class Picture(NamedTuple):
    """A page as grey dots, one byte each, row by row."""

    dots: bytes
    width: int
    height: int
    stride: int
    """Bytes from one row to the next."""
    density: float
    """Dots per inch."""


def language_folders() -> Iterator[Path]:
    """The folders of this machine in which Tesseract's languages may lie."""
    named = os.environ.get("TESSDATA_PREFIX", "")
    yield from (Path(place) for place in (named, *TESSERACT_PLACES) if place and Path(place).is_dir())


def language_data() -> Path:
    """The folder with what Tesseract knows of English. Raises SourceError where it, or the extra, is not there."""
    if OCR.is_missing():
        raise OCR.error()
    found = next((folder for folder in language_folders() if (folder / f"{LANGUAGE}.traineddata").is_file()), None)
    if found is None:
        raise SourceError(
            f"OCR needs what Tesseract knows of English ({LANGUAGE}.traineddata)",
            "apt-get install tesseract-ocr-eng, brew install tesseract, or name its folder in TESSDATA_PREFIX",
        )
    return found


class SeenWord(NamedTuple):
    """A word where it is seen, in dots from the top left; how sure Tesseract is of it in percent."""

    text: str
    sure: float
    x0: int
    top: int
    x1: int
    base: float
    """Where its line is."""

    @property
    def size(self) -> float:
        """The size of its type in dots, by how far it stands above its line."""
        is_tall = any(letter.isupper() or letter.isdigit() or letter in "bdfhklt" for letter in self.text)
        return max(1.0, (self.base - self.top) / (TALL if is_tall else LETTER_HEIGHTS))


def recognised(picture: Picture) -> list[list[SeenWord]]:
    """The words that a picture shows, line by line."""
    tesseract = OCR.load()
    engine = _engine()
    engine.SetImageBytes(picture.dots, picture.width, picture.height, 1, picture.stride)
    engine.SetSourceResolution(round(picture.density))
    found = _lines(engine.GetIterator(), tesseract.RIL) if engine.Recognize() else []
    engine.Clear()
    return found


@lru_cache(maxsize=1)
def _engine() -> Any:
    tesseract, folder = OCR.load(), language_data()
    return tesseract.PyTessBaseAPI(path=str(folder), lang=LANGUAGE, psm=tesseract.PSM.AUTO, oem=tesseract.OEM.LSTM_ONLY)


def _lines(found: Any, levels: Any) -> list[list[SeenWord]]:
    """The words line by line."""
    lines: list[list[SeenWord]] = []
    while found is not None:
        text = "".join((found.GetUTF8Text(levels.WORD) or "").split()) if not found.Empty(levels.WORD) else ""
        if found.IsAtBeginningOf(levels.TEXTLINE) or not lines:
            lines.append([])
        if text:
            x0, top, x1, _ = found.BoundingBox(levels.WORD)
            ends = found.Baseline(levels.WORD)
            base = (ends[0][1] + ends[1][1]) / 2 if ends else float(top)
            lines[-1].append(SeenWord(text, found.Confidence(levels.WORD), x0, top, x1, base))
        if not found.Next(levels.WORD):
            break
    return [line for line in lines if line]
