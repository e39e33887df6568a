"""The level and upright lines that a PDF page draws: rules of tables, frames, underlining."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import ctypes
from collections.abc import Iterator
from typing import Any

from ingestion.formats.pdf_sight import Box, Paint
from ingestion.formats.pdf_words import Rule

_MOST_PATHS = 3_000
_MOST_SEGMENTS = 2_000


def rules_and_bars(paint: Paint) -> tuple[list[Rule], list[Rule]]:
    """Thin level and upright paths, and the lines of frames and grids that are drawn as one path.

    A page drawn of very many paths is a picture: its lines say nothing.
    """
    if len(paint.paths) > _MOST_PATHS:
        return [], []
    lines = [*paint.paths, *(line for item in paint.stroked for line in _strokes(paint, item))]
    rules = [(x0, x1, (y0 + y1) / 2) for x0, y0, x1, y1 in lines if y1 - y0 < 2.5 and x1 - x0 > 6]
    bars = [(y0, y1, (x0 + x1) / 2) for x0, y0, x1, y1 in lines if x1 - x0 < 2.5 and y1 - y0 > 4]
    return sorted(rules, key=lambda rule: rule[2]), bars


def _strokes(paint: Paint, item: Any) -> list[Box]:
    """The level and upright lines of a stroked path; none of one with curves."""
    pdfium = paint.pdfium
    count = pdfium.FPDFPath_CountSegments(item)
    if count > _MOST_SEGMENTS:
        return []
    found: list[Box] = []
    begin = last = (0.0, 0.0)
    for kind, point, closes in _segments(paint, item, count):
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return []
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = point
        else:
            found.append(_span(last, point))
        last = point
        if closes:
            found.append(_span(point, begin))
            last = begin
    return found


def _segments(paint: Paint, item: Any, count: int) -> Iterator[tuple[int, tuple[float, float], bool]]:
    """Kind, end on the displayed page, and whether it closes, of each segment of a path."""
    pdfium = paint.pdfium
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        yield (
            pdfium.FPDFPathSegment_GetType(segment),
            paint.displayed(point),
            bool(pdfium.FPDFPathSegment_GetClose(segment)),
        )


def _span(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
