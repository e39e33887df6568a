"""Where the words of a PDF page stand: PDFium is asked for each word's first and last character, the rest is reckoned for all at once."""

import ctypes
from collections.abc import Sequence

import numpy as np

from ingestion.formats.pdf_calls import calls
from ingestion.formats.pdf_runs import Run
from ingestion.formats.pdf_sight import Matrix
from ingestion.formats.pdf_words import Word
from ingestion.symbol_font import from_mac_codes, signs_of
from ingestion.text import name_symbols

_LINE_END_HYPHENS = "\x02\ufffe"
_BOX, _POINT = 16, 16
"""Bytes of PDFium's rectangle of four floats, and of two doubles."""


def placed(
    spans: Sequence[tuple[int, int, Run]], text: str, text_page: int, to_display: Matrix
) -> list[Word]:
    """A word for the characters of each span (begin, end, what they share)."""
    count = len(spans)
    if not count:
        return []
    x0, y0, x1, y1, base = _boxes(spans, text_page, to_display)
    size = np.array([run.size for _, _, run in spans])
    level = np.array([run.turn == 0 for _, _, run in spans])
    # Some fonts claim a height of several lines, others none.
    upper, lower = base - size, base + 0.3 * size
    high = np.where(level & (upper > y0), upper, y0)
    low = np.where(level & (lower < y1), lower, y1)
    flat = level & (low - high < 1)
    y0, y1 = np.where(flat, base - 0.8 * size, high), np.where(flat, base + 0.2 * size, low)
    x1, y1 = np.where(x0 + 0.1 > x1, x0 + 0.1, x1), np.where(y0 + 0.1 > y1, y0 + 0.1, y1)
    sides = [side.tolist() for side in (x0, y0, x1, y1, base)]
    return [
        Word(
            _written(text[begin:end], run),
            left,
            top,
            right,
            bottom,
            height,
            run.size,
            run.bold,
            run.italic,
            run.turn,
            run.font,
        )
        for (begin, end, run), left, top, right, bottom, height in zip(spans, *sides, strict=True)
    ]


def _boxes(
    spans: Sequence[tuple[int, int, Run]], text_page: int, to_display: Matrix
) -> "list[np.ndarray[tuple[int], np.dtype[np.float64]]]":
    """Left, top, right, bottom and baseline of each span on the displayed page, by its first and last character."""
    count = len(spans)
    corners = np.zeros((2, count, 4), np.float32)
    points = np.zeros((count, 2), np.float64)
    loose_box, origin = calls().loose_box, calls().origin
    first, last, point = corners.ctypes.data, corners.ctypes.data + count * _BOX, points.ctypes.data
    for at, (begin, end, _) in enumerate(spans):
        loose_box(text_page, begin, first + at * _BOX)
        loose_box(text_page, end - 1, last + at * _BOX)
        origin(text_page, begin, point + at * _POINT, point + at * _POINT + ctypes.sizeof(ctypes.c_double))
    one, other = corners.astype(np.float64)
    (left, top, right, bottom), (left2, top2, right2, bottom2) = one.T, other.T
    left, right = np.where(left2 < left, left2, left), np.where(right2 > right, right2, right)
    top, bottom = np.where(top2 > top, top2, top), np.where(bottom2 < bottom, bottom2, bottom)
    a, b, c, d, e, f = to_display
    x0, y0 = a * left + c * top + e, b * left + d * top + f
    x1, y1 = a * right + c * bottom + e, b * right + d * bottom + f
    base = b * points[:, 0] + d * points[:, 1] + f
    across, down = x0 > x1, y0 > y1
    return [
        np.where(across, x1, x0),
        np.where(down, y1, y0),
        np.where(across, x0, x1),
        np.where(down, y0, y1),
        base,
    ]


def _written(text: str, run: Run) -> str:
    """The characters as they are read: a hyphen at a line's end as one, a picture of a symbol font as a bullet."""
    if text[-1] in _LINE_END_HYPHENS:
        text = text[:-1] + "-"
    if run.kind == "symbols":
        return signs_of(text)
    if run.kind == "mac_symbols":
        return from_mac_codes(text)
    if run.kind == "pictures" and len(text) == 1 and (text.isalnum() or text in "¢§¨"):
        return "•"
    return text if text.isascii() else name_symbols(text)
