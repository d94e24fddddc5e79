"""What is drawn on a page that arranges its text: ruled lines along the axes, and small figures that are bullets."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterator
from typing import Any

from .page import Dot, Drawing, Rule

MAX_OBJECTS = 20_000
MAX_SEGMENTS = 60_000
"""Of one page: what is drawn beyond is a picture, and arranges nothing."""
MAX_FORM_DEPTH = 4
"""Of forms within forms."""
STRAIGHT = 0.5
"""Points that a ruled line may be off its axis."""
SHORTEST_LINE = 6.0
"""Points: a shorter line rules nothing."""
DOT = (1.5, 9.0)
"""Points: the sides of a drawn bullet."""

Point = tuple[float, float]
Place = Callable[[float, float], Point]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def drawing(page: Any, raw: Any, place: Place) -> Drawing:
    """The rules and dots of a page; ``place`` turns its coordinates into the reader's."""
    across: list[Rule] = []
    down: list[Rule] = []
    dots: list[Dot] = []
    shows, left = False, MAX_SEGMENTS
    for count, (item, matrix) in enumerate(_objects(page, raw)):
        kind = raw.FPDFPageObj_GetType(item)
        shows = shows or kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)
        if kind != raw.FPDF_PAGEOBJ_PATH or count > MAX_OBJECTS:
            continue
        left -= raw.FPDFPath_CountSegments(item)
        if left < 0:
            break
        points = [(place(*_moved(matrix, point)), starts) for point, starts in _points(item, raw)]
        if dot := _dot([point for point, _ in points]):
            dots.append(dot)
        else:
            _rule(points, across, down)
    return Drawing(tuple(across), tuple(down), tuple(dots), shows)


def _objects(page: Any, raw: Any) -> Iterator[tuple[Any, Matrix]]:
    """Every object of a page, those in forms included, with the matrix that puts its points on the page."""
    waiting = [(raw.FPDFPage_GetObject(page, n), IDENTITY, 0) for n in range(raw.FPDFPage_CountObjects(page))][::-1]
    while waiting:
        item, outer, depth = waiting.pop()
        matrix = _times(_matrix(item, raw), outer)
        yield item, matrix
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            count = min(raw.FPDFFormObj_CountObjects(item), MAX_OBJECTS)
            inner = [(raw.FPDFFormObj_GetObject(item, n), matrix, depth + 1) for n in range(count)]
            waiting += inner[::-1]


def _matrix(item: Any, raw: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """The one matrix that does what ``inner`` and then ``outer`` do (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    left, bottom = _moved(outer, (e, f))
    p, q, r, s = outer[:4]
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, left, bottom)


def _moved(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _points(item: Any, raw: Any) -> Iterator[tuple[Point, bool]]:
    """The corners of a path, and whether a new line starts at each; a curve counts as a start, so it rules nothing."""
    x, y = ctypes.c_float(), ctypes.c_float()
    first: Point | None = None
    for n in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, n)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        starts = raw.FPDFPathSegment_GetType(segment) != raw.FPDF_SEGMENT_LINETO
        first = (x.value, y.value) if starts or first is None else first
        yield (x.value, y.value), starts
        if raw.FPDFPathSegment_GetClose(segment):
            yield first, False


def _dot(points: list[Point]) -> Dot | None:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if not points:
        return None
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    is_small = all(DOT[0] <= side <= DOT[1] for side in (width, height))
    return Dot(min(xs), max(xs), (min(ys) + max(ys)) / 2) if is_small and 0.6 < width / height < 1.7 else None


def _rule(points: list[tuple[Point, bool]], across: list[Rule], down: list[Rule]) -> None:
    """Add the straight lines of a path that run along an axis."""
    for (one, _), (other, starts) in itertools.pairwise(points):
        wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
        if starts:
            continue
        if high < STRAIGHT and wide >= SHORTEST_LINE:
            across.append(Rule(one[1], min(one[0], other[0]), max(one[0], other[0])))
        elif wide < STRAIGHT and high >= SHORTEST_LINE:
            down.append(Rule(one[0], min(one[1], other[1]), max(one[1], other[1])))
