"""Pages of a PDF without any text: drawn, and read by Tesseract."""

import time
from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO
from statistics import median
from typing import Any

from ingestion.formats.pdf_words import PageWords, Word
from ingestion.ocr import Ocr, OcrFailed, SeenWord, recognise

SCAN = 0.05
"""The share of the page that the largest picture of a page without text covers: below it the page is rightly empty."""
_DPI = 300
_MOST_PIXELS = 10_000_000
_LEAST_CONFIDENCE = 60.0
"""Of 100, on average over the letters: below it the page is unreadable."""
_ALIKE = 0.25
"""Lines whose height differs less from the usual one are in the same type."""
_DESCENT = 0.22
"""The part of a line's height below its baseline."""


class Scans:
    """Reads the scanned pages of one file, within its time."""

    def __init__(self, document: Any, ocr: Ocr | None) -> None:
        """`document` is an open `pypdfium2.PdfDocument`; without `ocr` scanned pages are only named."""
        self._document = document
        self._ocr = ocr
        self._until = time.monotonic() + (ocr.seconds if ocr else 0.0)

    def read(self, index: int, page: PageWords) -> tuple[str, ...]:
        """Give a page without text the words that are recognised on it; returns the reasons why it is not good."""
        if self._ocr is None:
            return ("scan",)
        left = min(self._until - time.monotonic(), self._ocr.page_seconds)
        if left <= 1:
            return ("scan", "ocr_time")
        try:
            picture, scale, dpi = _drawn(self._document, index)
            seen = recognise(picture, dpi, self._ocr, left)
        except OcrFailed as failure:
            return ("scan", str(failure))
        letters = sum(len(word.text) for word in seen)
        sure = sum(word.confidence * len(word.text) for word in seen) / max(letters, 1)
        if not seen or sure < _LEAST_CONFIDENCE:
            return ("scan", "ocr_unsure")
        page.words = _placed(seen, scale)
        return ("ocr",)


def _drawn(document: Any, index: int) -> tuple[bytes, float, int]:
    """The page as a PNG, with its pixels per point and per inch."""
    leaf = document[index]
    try:
        width, height = leaf.get_size()
        scale = min(_DPI / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        image = leaf.render(scale=scale, grayscale=True).to_pil()
    finally:
        leaf.close()
    buffer = BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue(), scale, max(70, round(scale * 72))


def _placed(seen: Sequence[SeenWord], scale: float) -> list[Word]:
    """The words in points. Words of one line share a baseline, and lines of like height a size of type."""
    lines: dict[tuple[int, int, int], list[SeenWord]] = defaultdict(list)
    for word in seen:
        lines[word.line].append(word)
    heights = {key: max(w.height for w in words) for key, words in lines.items()}
    usual = median(heights.values())
    placed: list[Word] = []
    for key, words in lines.items():
        height = usual if abs(heights[key] - usual) < _ALIKE * usual else heights[key]
        bottom = max(w.top + w.height for w in words)
        size, base = round(height / scale, 1), (bottom - _DESCENT * heights[key]) / scale
        for word in words:
            x0, y0 = word.left / scale, word.top / scale
            x1, y1 = x0 + word.width / scale, y0 + word.height / scale
            placed.append(Word(word.text, x0, y0, x1, y1, base, size, spaced=True))
    return placed
