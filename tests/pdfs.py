"""Writes small PDF files for tests: runs of text at places, ruled lines, pictures (ISO 32000-1, 7.5 and 9.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 612.0, 792.0
FONTS = {"H": "Helvetica", "HB": "Helvetica-Bold", "T": "Times-Roman", "C": "Courier", "CB": "Courier-Bold"}
"""Of the 14 that every reader has. Courier's characters are 0.6 of its size wide, all of them."""
LIGATURES = "<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 /fi /fl /ff 11 /x11 /x12] >>"
"""Codes 1 to 3 show ligatures; 11 and 12 have no name, as in TeX's own fonts; all others are Windows-1252."""
PICTURE = "q 200 0 0 200 {x} {y} cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q"


@dataclass(frozen=True)
class Run:
    """A piece of text, ``x`` and ``y`` points from the page's top left; ``turn`` is a rotation matrix or none."""

    x: float
    y: float
    size: float
    font: str
    text: str
    turn: str = "1 0 0 1"


@dataclass(frozen=True)
class Line:
    """A ruled line from one point to another."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Picture:
    """A grey square of 200 points."""

    x: float
    y: float


@dataclass(frozen=True)
class Raw:
    """Drawing operators as they stand."""

    content: str


@dataclass(frozen=True)
class Field:
    """A field of a form, 200 points wide, that is filled in."""

    x: float
    y: float
    size: float
    name: str
    filled: str


Piece = Run | Line | Picture | Raw


def pdf(
    pages: Sequence[Sequence[Piece]],
    facts: str = "",
    page: str = "",
    trailer: str = "",
    fields: Sequence[Field] = (),
    catalog: str = "",
) -> bytes:
    """A whole file; ``facts``, ``page``, ``trailer`` and ``catalog`` are further entries of its dictionaries.

    ``fields`` lie on every page.
    """
    fonts = " ".join(f"/{name} {4 + n} 0 R" for n, name in enumerate(FONTS))
    first = 4 + len(FONTS)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    last = first + 2 * len(pages)
    numbers = " ".join(f"{last + 2 * n} 0 R" for n in range(len(fields)))
    page += f" /Annots [{numbers}]" if fields else ""
    form = f"/AcroForm << /Fields [{numbers}] >>" if fields else ""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {form} {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        f"<< {facts} >>".encode("cp1252"),
        *(f"<< /Type /Font /Subtype /Type1 /BaseFont /{f} /Encoding {LIGATURES} >>".encode() for f in FONTS.values()),
    ]
    for n, pieces in enumerate(pages):
        content = b"\n".join(_drawn(piece) for piece in pieces)
        box = f"/MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << /Font << {fonts} >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} /Contents {first + 2 * n + 1} 0 R {page} >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    for n, field in enumerate(fields):
        drawn = _drawn(Run(2, HEIGHT - 4, field.size, "H", field.filled))
        place = f"/Rect [{field.x} {HEIGHT - field.y} {field.x + 200} {HEIGHT - field.y + 16}] /F 4"
        named = f"/FT /Tx /T ({field.name}) /V ({field.filled}) /DA (/H {field.size} Tf)"
        look = f"/AP << /N {last + 2 * n + 1} 0 R >>"
        objects.append(f"<< /Type /Annot /Subtype /Widget {place} {named} {look} >>".encode("cp1252"))
        held = f"/Type /XObject /Subtype /Form /BBox [0 0 200 16] /Resources << /Font << {fonts} >> >>".encode()
        objects.append(b"<< %s /Length %d >>\nstream\n%s\nendstream" % (held, len(drawn), drawn))
    return _file(objects, trailer)


def column(x: float, y: float, step: float, size: float, font: str, lines: Sequence[str]) -> list[Piece]:
    """Lines of text one below the other."""
    return [Run(x, y + n * step, size, font, line) for n, line in enumerate(lines)]


def box(xs: Sequence[float], ys: Sequence[float]) -> list[Piece]:
    """A grid of ruled lines."""
    across = [Line(xs[0], y, xs[-1], y) for y in ys]
    return [*across, *(Line(x, ys[0], x, ys[-1]) for x in xs)]


def _drawn(piece: Piece) -> bytes:
    if isinstance(piece, Line):
        return f"{piece.x0} {HEIGHT - piece.y0} m {piece.x1} {HEIGHT - piece.y1} l S".encode()
    if isinstance(piece, Raw):
        return piece.content.encode("cp1252")
    if isinstance(piece, Picture):
        return PICTURE.format(x=piece.x, y=HEIGHT - piece.y).encode()
    text = piece.text.encode("cp1252", "replace")
    for mark in (b"\\", b"(", b")"):
        text = text.replace(mark, b"\\" + mark)
    place = f"{piece.turn} {piece.x} {HEIGHT - piece.y} Tm"
    return f"BT /{piece.font} {piece.size} Tf {place} (".encode() + text + b") Tj ET"


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R /Info 3 0 R {trailer} >>\n"
    return data + end.encode() + f"startxref\n{len(data)}\n%%EOF\n".encode()
