"""From a PDF page to words with their places: the only code that speaks to PDFium about text.

PDFium is not safe for threads, and a hostile file can crash it: this runs in worker processes.
"""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import ctypes
import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

from ingestion.formats.pdf_rules import rules_and_bars
from ingestion.formats.pdf_sight import Colour, Paint, Piece, clip_box, fill_colour, unseen
from ingestion.formats.pdf_words import (
    SLANTED,
    PageWords,
    Word,
    join,
    looks_stretched,
    stand_side_by_side,
    underline,
    without_doubles,
)
from ingestion.text import name_symbols

_INVISIBLE, _CLIP_ONLY = 3, 7
_SMALLEST_VISIBLE = 1.0
"""Points: below it nobody can read the text."""
_FAINTEST = 13
"""Of 255: text that is painted thinner is not seen."""
_SLANT = 0.12
"""Of a quarter turn: text that leans further across the page is a watermark."""
_LINE_END_HYPHENS = "\x02\ufffe"


@dataclass(slots=True)
class _Run:
    """What the characters of one text object share."""

    size: float
    bold: bool
    italic: bool
    turn: int
    hidden: bool
    colour: Colour | None = None
    font: int = 0
    pictures: bool = False
    """Its letters stand for pictures."""
    clip: tuple[float, float, float, float] | None = None
    """Outside this box it is not painted."""

    def is_like(self, other: "_Run") -> bool:
        """Whether two objects' characters may make one word without a look at their places."""
        return self is other or (
            self.size == other.size
            and self.font == other.font
            and self.turn == other.turn
            and self.hidden == other.hidden
            and self.colour == other.colour
            and self.clip == other.clip
        )


def read_page(document: Any, index: int, *, layers_off: bool = False) -> PageWords:
    """Read the page at `index` (from 0) of an open `pypdfium2.PdfDocument`; `layers_off` where it has layers that are not shown.

    Raises ValueError if the page cannot be loaded.
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
            return _Reader(pdfium, page, text_page).read(layers_off=layers_off)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    finally:
        pdfium.FPDF_ClosePage(page)


class _Reader:
    """Reads one page. Calls through ctypes cost about a third of a microsecond; there are a few per word."""

    def __init__(self, pdfium: Any, page: Any, text_page: Any) -> None:
        self._pdfium = pdfium
        self._page = page
        self._text_page = text_page
        self.width = float(pdfium.FPDF_GetPageWidthF(page))
        self.height = float(pdfium.FPDF_GetPageHeightF(page))
        self._to_display = _display_matrix(pdfium, page, self.width, self.height)
        self._runs: dict[int, _Run] = {}
        self._fonts: dict[int, tuple[bool, bool, int, bool]] = {}
        self._box = pdfium.FS_RECTF()
        self._box_ref = ctypes.byref(self._box)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._xy_refs = ctypes.byref(self._x), ctypes.byref(self._y)
        self._object_of = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
            ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
        )

    def read(self, *, layers_off: bool) -> PageWords:
        """All words of the page, in the order of the file."""
        count = max(0, self._pdfium.FPDFText_CountChars(self._text_page))
        text = name_symbols(self._characters(count))
        handle = ctypes.cast(self._text_page, ctypes.c_void_p)
        objects = [self._object_of(handle, i) or 0 for i in range(count)]
        paint = Paint(self._pdfium, self._page, self._to_display)
        page = PageWords([], [], self.width, self.height, *rules_and_bars(paint))
        tokens = [
            self._pieces(match.start(), match.end(), text, objects)
            for match in re.finditer(r"[^\s\x02\ufffe]*[\x02\ufffe]|[^\s\x02\ufffe]+", text)
        ]
        shown = [piece for token in tokens for piece, run, _ in token if not run.hidden]
        lost = unseen(shown, paint, all_suspect=layers_off)
        out_of_sight = {id(shown[number]) for number in lost}
        for token in tokens:
            for word, hidden in self._joined(token, out_of_sight):
                (page.hidden if hidden else page.words).append(word)
        page.words = without_doubles(page.words)
        underline(page)
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

    def _pieces(self, start: int, end: int, text: str, objects: list[int]) -> list[tuple[Piece, _Run, bool]]:
        """The parts of the word `start:end`, each of like text objects; and whether a gap parts it from the one before."""
        spans = self._spans(start, end, objects)
        spaced = start > 0 and text[start - 1] == " "
        pieces: list[tuple[Piece, _Run, bool]] = []
        for first, last, key, run in spans:
            word = self._place(first, last, text[first:last], run)
            word.spaced = spaced and first == start and not self._is_made_up(start - 1)
            parts = self._parted(first, last, run) if looks_stretched(word) else [(first, last)]
            for number, (a, b) in enumerate(parts):
                part = word if len(parts) == 1 else self._place(a, b, text[a:b], run)
                pieces.append((Piece(part, key, run.colour, _is_outside(part, run.clip)), run, number > 0))
        return pieces

    def _spans(self, start: int, end: int, objects: list[int]) -> list[tuple[int, int, int, _Run]]:
        """Stretches of like text objects in `start:end`: first, end, address of the first object, what they share."""
        key = objects[start]
        if objects[start:end].count(key) == end - start:
            return [(start, end, key, self._run(start, key))]
        spans: list[tuple[int, int, int, _Run]] = []
        at = start
        while at < end:
            stop = at + 1
            while stop < end and (objects[stop] == objects[at] or not objects[stop]):
                stop += 1
            run = self._run(at, objects[at])
            if spans and spans[-1][3].is_like(run):
                spans[-1] = (spans[-1][0], stop, spans[-1][2], run)
            else:
                spans.append((at, stop, objects[at], run))
            at = stop
        return spans

    def _parted(self, start: int, end: int, run: _Run) -> list[tuple[int, int]]:
        """Part characters of one text object that stand far from each other without a space between: cells of a row."""
        box, edges = self._box, []
        for at in range(start, end):
            self._pdfium.FPDFText_GetLooseCharBox(self._text_page, at, self._box_ref)
            edges.append((box.left, box.right) if run.turn % 2 == 0 else (box.bottom, box.top))
        gaps = [max(b[0] - a[1], a[0] - b[1]) for a, b in pairwise(edges)]
        wide = max(0.5 * run.size, 3 * sorted(gaps)[len(gaps) // 2]) if gaps else 0.0
        cuts = [start, *(start + at + 1 for at, gap in enumerate(gaps) if gap > wide), end]
        return list(pairwise(cuts))

    def _joined(
        self, pieces: list[tuple[Piece, _Run, bool]], out_of_sight: set[int]
    ) -> list[tuple[Word, bool]]:
        """The pieces as one word or, where they stand apart or not all are seen, as several."""
        words: list[tuple[Word, bool]] = []
        for piece, run, apart in pieces:
            word = cast("Word", piece.word)
            hidden = run.hidden or id(piece) in out_of_sight or self._is_out_of_sight(word)
            if words and not apart and words[-1][1] == hidden and stand_side_by_side(words[-1][0], word):
                join(words[-1][0], word)
            else:
                words.append((word, hidden))
        return words

    def _is_made_up(self, at: int) -> bool:
        """Whether PDFium, not the file, set the space."""
        return bool(self._pdfium.FPDFText_IsGenerated(self._text_page, at))

    def _place(self, start: int, end: int, text: str, run: _Run) -> Word:
        get_box = self._pdfium.FPDFText_GetLooseCharBox
        get_box(self._text_page, start, self._box_ref)
        box = self._box
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        if end - start > 1:
            get_box(self._text_page, end - 1, self._box_ref)
            left, right = min(left, box.left), max(right, box.right)
            top, bottom = max(top, box.top), min(bottom, box.bottom)
        self._pdfium.FPDFText_GetCharOrigin(self._text_page, start, *self._xy_refs)
        a, b, c, d, e, f = self._to_display
        x0, y0 = a * left + c * top + e, b * left + d * top + f
        x1, y1 = a * right + c * bottom + e, b * right + d * bottom + f
        base = b * self._x.value + d * self._y.value + f
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        if run.turn == 0:  # some fonts claim a height of several lines
            y0, y1 = max(y0, base - run.size), min(y1, base + 0.3 * run.size)
            if y1 - y0 < 1:
                y0, y1 = base - 0.8 * run.size, base + 0.2 * run.size
        for mark in _LINE_END_HYPHENS:
            text = text.replace(mark, "-")
        if run.pictures and len(text) == 1 and (text.isalnum() or text in "¢§¨"):
            text = "•"
        return Word(
            text,
            x0,
            y0,
            max(x1, x0 + 0.1),
            max(y1, y0 + 0.1),
            base,
            run.size,
            run.bold,
            run.italic,
            run.turn,
            run.font,
        )

    def _run(self, at: int, key: int) -> _Run:
        run = self._runs.get(key)
        if run is None:
            run = self._runs[key] = self._describe(at, key)
        return run

    def _describe(self, at: int, key: int) -> _Run:
        pdfium = self._pdfium
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text_page, at, ctypes.byref(matrix))
        a, b, c, d, _, _ = self._to_display
        along = (a * matrix.a + c * matrix.b, b * matrix.a + d * matrix.b)
        turns = math.atan2(along[1], along[0]) / (math.pi / 2)
        turn = round(turns) % 4 if abs(turns - round(turns)) < _SLANT else SLANTED
        scale = math.hypot(a * matrix.c + c * matrix.d, b * matrix.c + d * matrix.d)
        size = round(float(pdfium.FPDFText_GetFontSize(self._text_page, at)) * scale, 1)
        if not key:
            return _Run(size, False, False, turn, False)
        item = ctypes.cast(key, pdfium.FPDF_PAGEOBJECT)
        bold, italic, font, pictures = self._style(item)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        colour, alpha = fill_colour(pdfium, item)
        hidden = mode in {_INVISIBLE, _CLIP_ONLY} or size < _SMALLEST_VISIBLE or alpha < _FAINTEST
        clip = clip_box(pdfium, item, self._to_display)
        return _Run(size, bold or mode == 2, italic, turn, hidden, colour, font, pictures, clip)

    def _style(self, item: Any) -> tuple[bool, bool, int, bool]:
        """Whether the object's font is bold and italic, by its name and its flags; a number for the font; and whether it draws pictures."""
        pdfium = self._pdfium
        font = pdfium.FPDFTextObj_GetFont(item)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            buffer = ctypes.create_string_buffer(256)
            written = pdfium.FPDFFont_GetBaseFontName(font, buffer, 256) if key else 0
            name = buffer.value.decode("utf-8", "replace") if 0 < written <= 256 else ""
            flags = pdfium.FPDFFont_GetFlags(font) if key else 0
            bold = bool(re.search(r"bold|black|heavy|demi|-bd|\.b$|-b$", name, re.IGNORECASE)) or bool(
                flags & 1 << 18
            )
            italic = bool(re.search(r"ital|obli|-it\b|\.i$|-i$", name, re.IGNORECASE)) or bool(flags & 1 << 6)
            pictures = bool(re.search(r"wingdings|webdings|dingbats|bullets?$", name, re.IGNORECASE))
            self._fonts[key] = bold, italic, len(self._fonts) + 1, pictures
        return self._fonts[key]

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
