"""From a PDF page to words with their places: the only code that speaks to PDFium about text.

PDFium is not safe for threads, and a hostile file can crash it: this runs in worker processes.
All places are in points of the displayed page (rotation and crop box applied), origin at the top left.
"""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import ctypes
import math
import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

from ingestion.text import name_symbols, raise_text

_INVISIBLE, _CLIP_ONLY = 3, 7
_SMALLEST_VISIBLE = 1.0
"""Points: below it nobody can read the text."""
_MOST_PATHS = 3_000
_LINE_END_HYPHENS = "\x02\ufffe"


@dataclass(slots=True)
class Word:
    """A run of characters without white space. Coordinates grow to the right and downwards."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    """The height of the baseline."""
    size: float
    """Of the font, in points."""
    bold: bool = False
    italic: bool = False
    turn: int = 0
    """The text's direction on the displayed page, in quarter turns: 0 reads from left to right, 1 downwards."""
    font: int = 0
    """Tells fonts of a page apart; 0 where there is none."""
    underlined: bool = False
    shown: tuple[float, float, float, float] | None = None
    """Where it stands on the displayed page, if it was turned for reading."""


Rule = tuple[float, float, float]
"""A horizontal line: left end, right end, height."""


@dataclass(slots=True)
class PageWords:
    """Everything a page shows, and what it hides."""

    words: list[Word]
    hidden: list[Word]
    """Invisible, white on white, off the page, or too small to see: never quoted."""
    width: float
    height: float
    rules: list[Rule]
    """Horizontal lines, as tables and underlining have them, from top to bottom."""
    pictures: float = 0.0
    """The share of the page that its largest picture covers."""


@dataclass(slots=True)
class _Run:
    """What the characters of one text object share."""

    size: float
    bold: bool
    italic: bool
    turn: int
    hidden: bool
    white: bool
    font: int = 0
    pictures: bool = False
    """Its letters stand for pictures."""


def read_page(document: Any, index: int) -> PageWords:
    """Read the page at `index` (from 0) of an open `pypdfium2.PdfDocument`. Raises ValueError if it cannot be loaded."""
    import pypdfium2.raw as pdfium

    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise ValueError(f"page {index + 1} cannot be loaded")
    try:
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            raise ValueError(f"the text of page {index + 1} cannot be loaded")
        try:
            return _Reader(pdfium, page, text_page).read()
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
        self._covers: list[tuple[float, float, float, float]] | None = None
        self._object_of = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
            ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
        )

    def read(self) -> PageWords:
        """All words of the page, in the order of the file."""
        count = max(0, self._pdfium.FPDFText_CountChars(self._text_page))
        text = name_symbols(self._characters(count))
        handle = ctypes.cast(self._text_page, ctypes.c_void_p)
        objects = [self._object_of(handle, i) or 0 for i in range(count)]
        page = PageWords([], [], self.width, self.height, self._rules())
        for match in re.finditer(r"[^\s\x02\ufffe]*[\x02\ufffe]|[^\s\x02\ufffe]+|[\r\n]+", text):
            if match[0][0] in "\r\n":
                continue
            for word, hidden in self._words(match.start(), match.end(), text, objects):
                (page.hidden if hidden else page.words).append(word)
        page.words = _without_doubles(page.words)
        _underline(page)
        if not page.words:
            page.pictures = self._largest_picture()
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

    def _words(self, start: int, end: int, text: str, objects: list[int]) -> list[tuple[Word, bool]]:
        """The word `start:end`, as one or, where its text objects stand apart, as several."""
        pieces: list[tuple[int, int, _Run]] = []
        at = start
        while at < end:
            stop = at + 1
            while stop < end and (objects[stop] == objects[at] or not objects[stop]):
                stop += 1
            run = self._run(at, objects[at])
            if pieces and pieces[-1][2] == run:
                pieces[-1] = (pieces[-1][0], stop, run)
            else:
                pieces.append((at, stop, run))
            at = stop
        placed = [(self._place(a, b, text[a:b], run), run) for a, b, run in pieces]
        words: list[tuple[Word, bool]] = []
        for word, run in placed:
            hidden = (
                run.hidden or self._is_out_of_sight(word) or (run.white and not self._has_dark_ground(word))
            )
            if words and words[-1][1] == hidden and _joins(words[-1][0], word):
                _join(words[-1][0], word)
            else:
                words.append((word, hidden))
        return words

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
        turn = round(math.atan2(along[1], along[0]) / (math.pi / 2)) % 4
        scale = math.hypot(a * matrix.c + c * matrix.d, b * matrix.c + d * matrix.d)
        size = round(float(pdfium.FPDFText_GetFontSize(self._text_page, at)) * scale, 1)
        if not key:
            return _Run(size, False, False, turn, False, False)
        item = ctypes.cast(key, pdfium.FPDF_PAGEOBJECT)
        bold, italic, font, pictures = self._style(item)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        coloured = pdfium.FPDFPageObj_GetFillColor(
            item, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)
        )
        hidden = (
            mode in {_INVISIBLE, _CLIP_ONLY} or size < _SMALLEST_VISIBLE or bool(coloured and not alpha.value)
        )
        white = bool(coloured) and min(red.value, green.value, blue.value) >= 250 and mode == 0
        return _Run(size, bold or mode == 2, italic, turn, hidden, white, font, pictures)

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

    def _has_dark_ground(self, word: Word) -> bool:
        """Whether something is painted under a white word. Asked only where there is white text."""
        if self._covers is None:
            self._covers = [
                box for box, _ in self._objects({self._pdfium.FPDF_PAGEOBJ_PATH}, self._is_dark)
            ] + [
                box
                for box, _ in self._objects(
                    {
                        self._pdfium.FPDF_PAGEOBJ_IMAGE,
                        self._pdfium.FPDF_PAGEOBJ_SHADING,
                        self._pdfium.FPDF_PAGEOBJ_FORM,
                    }
                )
            ]
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in self._covers)

    def _is_dark(self, item: Any) -> bool:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        known = self._pdfium.FPDFPageObj_GetFillColor(
            item, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)
        )
        return not known or (alpha.value > 0 and min(red.value, green.value, blue.value) < 240)

    def _objects(
        self, kinds: set[int], wanted: Any = None
    ) -> list[tuple[tuple[float, float, float, float], Any]]:
        """Boxes, on the displayed page, of the page's objects of some kinds."""
        pdfium = self._pdfium
        found = []
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        for i in range(min(pdfium.FPDFPage_CountObjects(self._page), 20_000)):
            item = pdfium.FPDFPage_GetObject(self._page, i)
            if pdfium.FPDFPageObj_GetType(item) not in kinds or (wanted and not wanted(item)):
                continue
            if pdfium.FPDFPageObj_GetBounds(
                item, ctypes.byref(left), ctypes.byref(bottom), ctypes.byref(right), ctypes.byref(top)
            ):
                a, b, c, d, e, f = self._to_display
                xs = [a * x + c * y + e for x in (left.value, right.value) for y in (bottom.value, top.value)]
                ys = [b * x + d * y + f for x in (left.value, right.value) for y in (bottom.value, top.value)]
                found.append(((min(xs), min(ys), max(xs), max(ys)), item))
        return found

    def _rules(self) -> list[Rule]:
        """Thin horizontal paths. A page drawn of very many paths is a picture: its lines say nothing."""
        boxes = [box for box, _ in self._objects({self._pdfium.FPDF_PAGEOBJ_PATH})]
        if len(boxes) > _MOST_PATHS:
            return []
        rules = [(x0, x1, (y0 + y1) / 2) for x0, y0, x1, y1 in boxes if y1 - y0 < 2 and x1 - x0 > 6]
        return sorted(rules, key=lambda rule: rule[2])

    def _largest_picture(self) -> float:
        area = max(self.width * self.height, 1.0)
        pictures = self._objects({self._pdfium.FPDF_PAGEOBJ_IMAGE})
        return max(((x1 - x0) * (y1 - y0) / area for (x0, y0, x1, y1), _ in pictures), default=0.0)


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


def _without_doubles(words: list[Word]) -> list[Word]:
    """Leave out words printed twice at one place, which some programs do for shadows and bold type."""
    places: dict[str, list[Word]] = {}
    kept = []
    for word in words:
        same = places.setdefault(word.text, [])
        near = 0.15 * word.size
        if any(abs(word.x0 - other.x0) < near and abs(word.base - other.base) < near for other in same):
            continue
        same.append(word)
        kept.append(word)
    return kept


def _underline(page: PageWords) -> None:
    """Mark the words under which a rule runs closely."""
    heights = [rule[2] for rule in page.rules]
    for word in page.words:
        at = bisect_left(heights, word.base - 0.5)
        while at < len(heights) and heights[at] <= word.base + 0.25 * word.size:
            x0, x1, _ = page.rules[at]
            if x0 <= word.x0 + 1.5 and x1 >= word.x1 - 1.5:
                word.underlined = True
                break
            at += 1


def _joins(before: Word, after: Word) -> bool:
    """Whether two pieces without white space between them stand side by side on the page too."""
    reach = 0.6 * max(before.size, after.size)
    if before.turn or after.turn:
        return before.turn == after.turn
    return abs(before.base - after.base) < reach and -reach < after.x0 - before.x1 < reach


def _join(before: Word, after: Word) -> None:
    """Add a piece to a word; a small raised piece is written with raised signs, so that 10⁹ never reads 109."""
    text = after.text
    if is_raised(after, before):
        text = raise_text(text)
    elif is_raised(before, after) and before.text.isascii():
        before.text = raise_text(before.text)
        before.size, before.base = after.size, after.base
    elif after.size > before.size:
        before.size = after.size
    before.text += text
    before.x0, before.x1 = min(before.x0, after.x0), max(before.x1, after.x1)
    before.y0, before.y1 = min(before.y0, after.y0), max(before.y1, after.y1)
    before.bold = before.bold and after.bold
    before.italic = before.italic and after.italic


def is_raised(word: Word, neighbour: Word) -> bool:
    """Whether a word is printed small and high beside its neighbour."""
    return (
        word.turn == neighbour.turn == 0
        and word.size <= 0.85 * neighbour.size
        and 0.15 * neighbour.size <= neighbour.base - word.base <= 0.75 * neighbour.size
    )
