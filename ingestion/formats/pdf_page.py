"""From a PDF page to words with their places: the only code that speaks to PDFium about text.

PDFium is not safe for threads, and a hostile file can crash it: this runs in worker processes.
"""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import ctypes
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, cast

from ingestion.formats.pdf_calls import address_of, calls
from ingestion.formats.pdf_glyphs import Glyphs
from ingestion.formats.pdf_places import placed
from ingestion.formats.pdf_rules import rules_and_bars
from ingestion.formats.pdf_runs import Run, Runs, font_name, is_embedded
from ingestion.formats.pdf_sight import Paint, Piece, unseen
from ingestion.formats.pdf_strikes import close_gaps, strikes_in, struck
from ingestion.formats.pdf_vanished import bring_back
from ingestion.formats.pdf_words import (
    SOME_LETTERS,
    PageWords,
    Rule,
    Word,
    gapes,
    join,
    looks_stretched,
    stand_side_by_side,
    underline,
    without_doubles,
)

_TOKEN = re.compile(r"[^\s\x02\ufffe]*[\x02\ufffe]|[^\s\x02\ufffe]+")
_TURNED_ROUND = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Signs of scripts that run from right to left, where PDFium turns characters round. On other pages the characters of an object stand together."""
_MANY_PATHS = 100
"""More than the frames and rules of a page: a drawing, or letters that are drawn."""
_Part = tuple[Piece, Run, bool]
"""A part of a word, what its characters share, and whether a gap parts it from the one before."""


def read_page(document: Any, index: int, glyphs: Glyphs, *, layers_off: bool = False) -> PageWords:
    """Read the page at `index` (from 0) of an open `pypdfium2.PdfDocument`; `layers_off` where it has layers that are not shown.

    `glyphs` are those of its file. Raises ValueError if the page cannot be loaded.
    """
    import pypdfium2.raw as pdfium

    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise ValueError(f"page {index + 1} cannot be loaded")
    try:
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            raise ValueError(f"the text of page {index + 1} cannot be loaded")
        try:
            return _Reader(pdfium, page, text_page, glyphs, index).read(layers_off=layers_off)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    finally:
        pdfium.FPDF_ClosePage(page)


class _Reader:
    """Reads one page."""

    def __init__(self, pdfium: Any, page: Any, text_page: Any, glyphs: Glyphs, index: int) -> None:
        self._pdfium = pdfium
        self._page = page
        self._text_page = text_page
        self._handle = address_of(text_page)
        self._calls = calls()
        self.width = float(pdfium.FPDF_GetPageWidthF(page))
        self.height = float(pdfium.FPDF_GetPageHeightF(page))
        self._to_display = _display_matrix(pdfium, page, self.width, self.height)
        self._glyphs = glyphs
        self._index = index
        self._runs = Runs(pdfium, self._handle, self._to_display, glyphs)

    def read(self, *, layers_off: bool) -> PageWords:
        """All words of the page, in the order of the file."""
        count = max(0, self._pdfium.FPDFText_CountChars(self._text_page))
        text = self._with_signs(self._characters(count))
        paint = Paint(self._pdfium, self._page, self._to_display)
        page = PageWords([], [], self.width, self.height, *rules_and_bars(paint))
        tokens = self._tokens(text, page.rules)
        shown = [piece for token in tokens for piece, run, _ in token if not run.hidden]
        lost = unseen(shown, paint, all_suspect=layers_off)
        out_of_sight = {id(shown[number]) for number in lost}
        crossed = struck([cast("Word", piece.word) for piece in shown], page.rules)
        page.struck = bool(crossed - lost)
        taken_out = {id(shown[number]) for number in crossed}
        gaps: list[Word] = []
        for token in tokens:
            kept = [part for part in token if id(part[0]) not in taken_out]
            gaps.extend(cast("Word", piece.word) for piece, _, _ in token if id(piece) in taken_out)
            for word, hidden in self._joined(kept, out_of_sight):
                (page.hidden if hidden else page.words).append(word)
        close_gaps(page.words, gaps)
        page.words = without_doubles(page.words)
        asked = self._glyphs.path, self._index
        bring_back(page.words, paint.texts, self._pdfium, self._calls, paint.displayed, asked)
        underline(page)
        page.is_drawn = bool(paint.pictures) or len(paint.paths) > _MANY_PATHS
        page.boxes = [(x0, y0, x1, y1) for x0, y0, x1, y1 in paint.paths if x1 - x0 > 50 and y1 - y0 > 30]
        if not page.words:
            area = max(self.width * self.height, 1.0)
            page.pictures = max(
                ((x1 - x0) * (y1 - y0) / area for x0, y0, x1, y1 in paint.pictures), default=0.0
            )
        return page

    def _characters(self, count: int) -> str:
        """One character per index of PDFium; a character without a meaning becomes a replacement character."""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = self._pdfium.FPDFText_GetText(self._text_page, 0, count, buffer) - 1
        text = bytes(buffer)[: 2 * max(written, 0)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        codes = (self._pdfium.FPDFText_GetUnicode(self._text_page, i) for i in range(count))
        return "".join("\ufffd" if not code or 0xD800 <= code < 0xE000 else chr(code) for code in codes)

    def _with_signs(self, text: str) -> str:
        """The text with what its fonts tell in place of codes that have no meaning to PDFium, which shows these themselves:
        a raised code 48 would be read as 0.
        """
        lacks, handle = self._calls.lacks_meaning, self._handle
        unknown = [at for at in range(len(text)) if lacks(handle, at) == 1]
        if not unknown:
            return text
        signs = list(text)
        for at in unknown:
            item = self._calls.text_object(handle, at) or 0
            font = (self._calls.font(item) or 0) if item else 0
            if is_embedded(self._pdfium, font) and self._calls.is_blank(handle, at):
                signs[at] = " "  # its own font paints nothing: a space, whatever its code
                continue
            name = font_name(self._pdfium, font)
            signs[at] = (
                self._glyphs.sign(name, self._pdfium.FPDFText_GetUnicode(self._text_page, at)) or "\ufffd"
            )
        return "".join(signs)

    def _tokens(self, text: str, rules: Sequence[Rule]) -> list[list[_Part]]:
        """The parts of each word, each of like text objects."""
        object_of, handle = self._calls.text_object, self._handle
        in_order = _TURNED_ROUND.search(text) is None
        starts: list[int] = []
        spans: list[tuple[int, int, int, Run]] = []
        for match in _TOKEN.finditer(text):
            first, last = match.span()
            starts.append(len(spans))
            key = object_of(handle, first) or 0
            if in_order and key and key == object_of(handle, last - 1):
                spans.append((first, last, key, self._runs.of(first, key)))
            else:
                objects = [key, *(object_of(handle, at) or 0 for at in range(first + 1, last))]
                spans.extend(self._spans(first, objects, text))
        parts = self._parts(spans, set(starts), text, rules)
        return [
            [part for number in range(a, b) for part in parts[number]]
            for a, b in pairwise([*starts, len(spans)])
        ]

    def _parts(
        self,
        spans: list[tuple[int, int, int, Run]],
        starts: set[int],
        text: str,
        rules: Sequence[Rule],
    ) -> list[list[_Part]]:
        """The parts of each span: mostly one, several where its characters stand far from each other."""
        words = self._placed([(first, last, run) for first, last, _, run in spans], text)
        found: list[list[_Part]] = []
        for number, ((first, last, key, run), word) in enumerate(zip(spans, words, strict=True)):
            if number in starts and first and text[first - 1] == " ":
                word.spaced = not self._calls.is_generated(self._handle, first - 1)
            own, lines = [word], list[Rule]()
            if looks_stretched(word):
                cuts = self._parted(first, last, run)
                if len(cuts) > 1:
                    own = self._placed([(a, b, run) for a, b in cuts], text)
            elif last - first > 1 and (lines := strikes_in(word, rules)):
                own = self._placed([(a, b, run) for a, b in self._cut_at_ends(first, last, lines)], text)
            stretched = len(own) > 1 and not lines
            found.append(
                [
                    (Piece(part, key, run.colour, _is_outside(part, run.clip)), run, at > 0 and stretched)
                    for at, part in enumerate(own)
                ]
            )
        return found

    def _placed(self, spans: list[tuple[int, int, Run]], text: str) -> list[Word]:
        return placed(spans, text, self._handle, self._to_display)

    def _spans(self, start: int, objects: list[int], text: str) -> list[tuple[int, int, int, Run]]:
        """Stretches of like text objects in a word: first, end, address of the first object, what they share.

        `objects` has the object of each character from `start` on.
        """
        spans: list[tuple[int, int, int, Run]] = []
        at, end = 0, len(objects)
        while at < end:
            stop = at + 1
            while stop < end and (objects[stop] == objects[at] or not objects[stop]):
                stop += 1
            run = self._runs.of(start + at, objects[at])
            like = bool(spans) and spans[-1][3].is_like(run)
            if like and not self._gapes(spans[-1][0], start + at, start + stop, run, text):
                spans[-1] = (spans[-1][0], start + stop, spans[-1][2], run)
            else:
                spans.append((start + at, start + stop, objects[at], run))
            at = stop
        return spans

    def _gapes(self, first: int, at: int, end: int, run: Run, text: str) -> bool:
        """Whether two text objects of some letters each stand as far apart as words do, before the character `at`."""
        if min(at - first, end - at) < SOME_LETTERS:
            return False
        return gapes(*self._placed([(first, at, run), (at, end, run)], text))

    def _parted(self, start: int, end: int, run: Run) -> list[tuple[int, int]]:
        """Part characters of one text object that stand far from each other without a space between: cells of a row."""
        box, edges = self._pdfium.FS_RECTF(), []
        for at in range(start, end):
            self._calls.loose_box(self._handle, at, ctypes.addressof(box))
            edges.append((box.left, box.right) if run.turn % 2 == 0 else (box.bottom, box.top))
        gaps = [max(b[0] - a[1], a[0] - b[1]) for a, b in pairwise(edges)]
        wide = max(0.5 * run.size, 3 * sorted(gaps)[len(gaps) // 2]) if gaps else 0.0
        cuts = [start, *(start + at + 1 for at, gap in enumerate(gaps) if gap > wide), end]
        return list(pairwise(cuts))

    def _cut_at_ends(self, start: int, end: int, lines: Sequence[Rule]) -> list[tuple[int, int]]:
        """Part characters where a line through them begins or ends: only some of them are struck through."""
        box, middles = self._pdfium.FS_RECTF(), []
        a, _, c, _, e, _ = self._to_display
        for at in range(start, end):
            self._calls.loose_box(self._handle, at, ctypes.addressof(box))
            middles.append(a * (box.left + box.right) / 2 + c * (box.bottom + box.top) / 2 + e)
        within = [any(x0 < middle < x1 for x0, x1, _ in lines) for middle in middles]
        cuts = [
            start,
            *(start + at + 1 for at, (one, other) in enumerate(pairwise(within)) if one != other),
            end,
        ]
        return list(pairwise(cuts))

    def _joined(self, pieces: list[_Part], out_of_sight: set[int]) -> list[tuple[Word, bool]]:
        """The pieces as one word or, where they stand apart or not all are seen, as several."""
        words: list[tuple[Word, bool]] = []
        for piece, run, apart in pieces:
            word = cast("Word", piece.word)
            hidden = run.hidden or id(piece) in out_of_sight or self._is_out_of_sight(word)
            parted = apart or not words or words[-1][1] != hidden or gapes(words[-1][0], word)
            if not parted and stand_side_by_side(words[-1][0], word):
                join(words[-1][0], word)
            else:
                words.append((word, hidden))
        return words

    def _is_out_of_sight(self, word: Word) -> bool:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        return not (-1 <= x <= self.width + 1 and -1 <= y <= self.height + 1)


def _is_outside(word: Word, clip: tuple[float, float, float, float] | None) -> bool:
    if clip is None:
        return False
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return not (clip[0] - 1 <= x <= clip[2] + 1 and clip[1] - 1 <= y <= clip[3] + 1)


def _display_matrix(
    pdfium: Any, page: Any, width: float, height: float
) -> tuple[float, float, float, float, float, float]:
    """The affine map (a, b, c, d, e, f) from page space to the displayed page: x' = a·x + c·y + e, y' = b·x + d·y + f.

    PDFium only offers the map in whole pixels, so it is asked for a page a hundred times larger and far points.
    """
    scale, far = 100, 10_000.0
    x, y = ctypes.c_int(), ctypes.c_int()

    def device(px: float, py: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(
            page, 0, 0, int(width * scale), int(height * scale), 0, px, py, ctypes.byref(x), ctypes.byref(y)
        )
        return x.value / scale, y.value / scale

    e, f = device(0, 0)
    right, up = device(far, 0), device(0, far)
    return (
        (right[0] - e) / far,
        (right[1] - f) / far,
        (up[0] - e) / far,
        (up[1] - f) / far,
        e,
        f,
    )
