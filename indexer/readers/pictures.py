"""Pictures of text, PNG, JPEG and TIFF: each is a page, a TIFF may be several, and OCR reads what they show."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from typing import Any

from ...search.errors import SourceError
from ..document import ExtractedDocument
from .ocr import DENSITY, MOST_DOTS, Picture, language_data
from .pdf import laid_out
from .pdf.source import scanned_page

PICTURE_FORMATS = ("PNG", "JPEG", "TIFF")
PICTURE_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, OverflowError, struct.error)
"""What Pillow raises for pictures that are none, or damaged."""
MOST_PAGES = 500
LEAST_DENSITY = 150
"""Dots per inch that a picture may say it has and is believed: screens and cameras say 72, whatever they show."""
PAGE_WIDTH = 8.0
"""Inches that the width of a picture without a believable density is taken for."""


def read(data: bytes) -> ExtractedDocument:
    """The text that a picture shows. Raises SourceError where it is damaged, too large, or shows none."""
    language_data()
    pages = [scanned_page(number, picture) for number, picture in enumerate(_pages(data), start=1)]
    if not any(page.words for page in pages):
        raise SourceError("shows no text that OCR finds", "leave it out")
    return laid_out(pages, {}, [])


def _pages(data: bytes) -> Iterator[Picture]:
    pillow = import_module("PIL.Image")
    turned = import_module("PIL.ImageOps").exif_transpose
    try:
        with pillow.open(BytesIO(data), formats=PICTURE_FORMATS) as file:
            count = getattr(file, "n_frames", 1)
            if count > MOST_PAGES:
                raise SourceError(f"has {count:,} pages", f"split it: {MOST_PAGES:,} are the most")
            for number in range(count):
                file.seek(number)
                if file.width * file.height > 2 * MOST_DOTS:
                    raise _too_large()
                yield _grey(turned(file), _density(file), pillow)
    except pillow.DecompressionBombError as error:
        raise _too_large() from error
    except PICTURE_DAMAGE as error:
        raise SourceError("is no picture, or a damaged one", "save it anew as PNG") from error


def _too_large() -> SourceError:
    return SourceError(f"has more than {2 * MOST_DOTS:,} dots on a page", "save it smaller")


def _density(file: Any) -> float:
    """Dots per inch, as the picture says, or as a page that it fills would have."""
    said = file.info.get("dpi", (0, 0))[0]
    return float(said) if LEAST_DENSITY <= said <= 4 * DENSITY else max(50.0, file.width / PAGE_WIDTH)


def _grey(image: Any, density: float, pillow: Any) -> Picture:
    """The picture in grey on white, brought near to the density at which text is read best."""
    if image.has_transparency_data:
        white = pillow.new("RGBA", image.size, "white")
        image = pillow.alpha_composite(white, image.convert("RGBA"))
    image = image.convert("L")
    most = (MOST_DOTS / (image.width * image.height)) ** 0.5
    scale = min(DENSITY / density, most)
    if scale > 1.2 or most < 1:
        image = image.resize((round(image.width * scale) or 1, round(image.height * scale) or 1))
        density *= scale
    return Picture(image.tobytes(), image.width, image.height, image.width, density)
