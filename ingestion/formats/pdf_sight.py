"""Whether the words of a PDF page can be seen: what is white on white, covered, clipped or switched off is not read.

Cheap tests on the page's objects find what is suspect; whether a suspect is seen is decided by the page itself: it is drawn
with and without the suspect text, and where both pictures are alike nobody sees that text. Most pages have no suspect.
"""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import ctypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from ingestion.formats.pdf_calls import Calls, address_of, calls

_LIGHT = 200
"""Of 255: text that is as light in all three colours may vanish on white paper."""
_UNLIKE = 60
"""Of 255: two colours that differ as much in one of the three can be told apart."""
_MOST_OBJECTS = 20_000
_MOST_COVERS = 300
_SMALLEST_COVER = 30.0
"""Square points."""
_OPAQUE = 200
"""Of 255: what is painted thinner lets the text shine through."""
_PIXELS_PER_POINT = 1.5
_LARGEST_PICTURE = 4_000_000
"""Pixels: a poster is drawn smaller."""
_SEEN = 10
"""Of 255: by how much a pixel changes that text leaves."""

Box = tuple[float, float, float, float]
Colour = tuple[int, int, int]
Matrix = tuple[float, float, float, float, float, float]


class Placed(Protocol):
    """What is asked of a word."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Painted:
    """Something painted that is no text: a picture, a shading, a form, or a filled path with its colour."""

    order: int
    box: Box
    colour: Colour | None = None
    opaque: bool = True
    is_form: bool = False
    """Some drawing of its own, whose colours are not known."""


@dataclass(slots=True)
class Piece:
    """Text of one text object, and what the object says of it."""

    word: Placed
    key: int
    """The object's address; 0 where there is none."""
    colour: Colour | None
    clipped: bool


class Paint:
    """What a page paints besides text, in the order in which it is painted."""

    def __init__(self, pdfium: Any, page: Any, to_display: Matrix) -> None:
        """Look at each of the page's objects once."""
        self.pdfium, self.page, self._to_display = pdfium, page, to_display
        self.painted: list[Painted] = []
        self.paths: list[Box] = []
        self.stroked: list[Any] = []
        """Paths that are higher and wider than a line."""
        self.pictures: list[Box] = []
        self._order: dict[int, int] = {}
        self._calls = calls()
        get, kind_of, handle = self._calls.page_object, self._calls.object_type, address_of(page)
        text, unknown = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_UNKNOWN
        for at in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
            item = get(handle, at) or 0
            kind = kind_of(item)
            if kind == text:
                self._order[item] = at
            elif kind != unknown and (box := self._box(item)) is not None:
                self._note(at, item, kind, box)

    def _note(self, at: int, address: int, kind: int, box: Box) -> None:
        pdfium = self.pdfium
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self.paths.append(box)
            if (box[2] - box[0]) * (box[3] - box[1]) < _SMALLEST_COVER or box[3] - box[1] < 3:
                return
            item = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
            filled, stroked = ctypes.c_int(), ctypes.c_int()
            pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(filled), ctypes.byref(stroked))
            if stroked.value:
                self.stroked.append(item)
            if filled.value:
                colour, alpha = fill_colour(self._calls, address)
                self.painted.append(Painted(at, box, colour, alpha >= _OPAQUE))
        else:
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.pictures.append(box)
            self.painted.append(Painted(at, box, is_form=kind == pdfium.FPDF_PAGEOBJ_FORM))

    def _box(self, item: int) -> Box | None:
        bounds = self._calls.bounds(item)
        return None if bounds is None else displayed(self._to_display, bounds)

    def displayed(self, point: tuple[float, float]) -> tuple[float, float]:
        """A point of the page's space on the displayed page."""
        a, b, c, d, e, f = self._to_display
        return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f

    @property
    def texts(self) -> list[int]:
        """The addresses of the page's own text objects, in their order."""
        return list(self._order)

    def order_of(self, key: int) -> int:
        """When a text object is painted; before everything where it stands in a form."""
        return self._order.get(key, -1)


def displayed(matrix: Matrix, box: Sequence[float]) -> Box:
    """A box of the page's space on the displayed page."""
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)


def fill_colour(pdf: Calls, item: int) -> tuple[Colour | None, int]:
    """The colour and opacity, both of 255, of the object at an address; no colour where it is a pattern."""
    found = pdf.fill(item)
    return (None, 255) if found is None else ((found[0], found[1], found[2]), found[3])


def clip_box(pdf: Calls, item: int, to_display: Matrix) -> Box | None:
    """The box, on the displayed page, to which an object's painting is clipped; None where it is not."""
    paths = pdf.clip_points(item)
    if not paths:
        return None
    left, bottom, right, top = -1e9, -1e9, 1e9, 1e9
    for points in filter(None, paths):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, right = max(left, min(xs)), min(right, max(xs))
        bottom, top = max(bottom, min(ys)), min(top, max(ys))
    if left > right or bottom > top:
        return 0.0, 0.0, 0.0, 0.0
    return displayed(to_display, (left, bottom, right, top))


def unseen(pieces: Sequence[Piece], paint: Paint, *, all_suspect: bool = False) -> set[int]:
    """Numbers of the pieces that cannot be seen on the drawn page. `all_suspect` where layers are switched off."""
    suspects = set(range(len(pieces))) if all_suspect else _suspects(pieces, paint)
    return _not_drawn(pieces, suspects, paint) if suspects else set()


def _suspects(pieces: Sequence[Piece], paint: Paint) -> set[int]:
    painted = [p for p in paint.painted if p.opaque]
    painted = sorted(painted, key=lambda p: (p.box[0] - p.box[2]) * (p.box[3] - p.box[1]))[:_MOST_COVERS]
    suspects = {number for number, piece in enumerate(pieces) if piece.clipped}
    if not painted or not pieces:
        return suspects | {n for n, piece in enumerate(pieces) if _vanishes(piece.colour, None)}
    centres = np.array(
        [((w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2, paint.order_of(p.key)) for p in pieces for w in (p.word,)]
    )
    x, y, order = (centres[:, at, None] for at in range(3))
    boxes = np.array([(*p.box, p.order, p.is_form) for p in painted])
    left, top, right, bottom, painted_at, is_form = boxes.T
    inside = (left <= x) & (x <= right) & (top <= y) & (y <= bottom)
    later = inside & (painted_at > order) & ~((is_form > 0) & (order < 0))
    suspects.update(np.flatnonzero(later.any(axis=1)).tolist())
    grounds = np.where(inside, painted_at, -1.0).argmax(axis=1).tolist()
    has_ground = inside.any(axis=1).tolist()
    for number, piece in enumerate(pieces):
        if _vanishes(piece.colour, painted[grounds[number]] if has_ground[number] else None):
            suspects.add(number)
    return suspects


def _vanishes(colour: Colour | None, ground: Painted | None) -> bool:
    """Whether text of a colour may not stand out from what lies under it."""
    if colour is None:
        return False
    if ground is None or ground.is_form:
        return min(colour) >= _LIGHT
    if ground.colour is None:
        return True
    return _are_alike(colour, ground.colour)


@lru_cache(maxsize=4096)
def _are_alike(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < _UNLIKE


def _not_drawn(pieces: Sequence[Piece], suspects: Iterable[int], paint: Paint) -> set[int]:
    """Which suspects leave no trace: the page is drawn with them and without them."""
    pdfium, page = paint.pdfium, paint.page
    chosen = sorted(suspects)
    items = [ctypes.cast(key, pdfium.FPDF_PAGEOBJECT) for key in {pieces[n].key for n in chosen} if key]
    frame = _frame([pieces[n].word for n in chosen], pdfium, page)
    before = _draw(pdfium, page, frame)
    for item in items:
        pdfium.FPDFPageObj_SetIsActive(item, False)
    try:
        after = _draw(pdfium, page, frame)
    finally:
        for item in items:
            pdfium.FPDFPageObj_SetIsActive(item, True)
    if before is None or after is None:
        return set()
    changed = np.abs(before.astype(np.int16) - after.astype(np.int16)).max(axis=2) >= _SEEN
    hidden = set()
    for number in chosen:
        x0, y0, x1, y1 = frame.pixels(pieces[number].word)
        if pieces[number].key and not changed[y0:y1, x0:x1].any():
            hidden.add(number)
    return hidden


@dataclass(slots=True)
class _Frame:
    """The part of the displayed page that is drawn, in pixels, and how many of them a point has."""

    left: int
    top: int
    width: int
    height: int
    scale: float

    def pixels(self, word: Placed) -> tuple[int, int, int, int]:
        """The word's box in the drawn part, a pixel wider on each side."""
        return (
            max(int(word.x0 * self.scale) - 1 - self.left, 0),
            max(int(word.y0 * self.scale) - 1 - self.top, 0),
            max(int(word.x1 * self.scale) + 2 - self.left, 0),
            max(int(word.y1 * self.scale) + 2 - self.top, 0),
        )


def _frame(words: Sequence[Placed], pdfium: Any, page: Any) -> _Frame:
    """Room for these words, as far as they stand on the page."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    x0, y0 = max(min(w.x0 for w in words) - 2, 0.0), max(min(w.y0 for w in words) - 2, 0.0)
    x1, y1 = min(max(w.x1 for w in words) + 2, width), min(max(w.y1 for w in words) + 2, height)
    area = max((x1 - x0) * (y1 - y0), 1.0)
    scale = min(_PIXELS_PER_POINT, (_LARGEST_PICTURE / area) ** 0.5)
    return _Frame(
        int(x0 * scale),
        int(y0 * scale),
        max(int((x1 - x0) * scale) + 1, 1),
        max(int((y1 - y0) * scale) + 1, 1),
        scale,
    )


def _draw(pdfium: Any, page: Any, frame: _Frame) -> "np.ndarray[Any, np.dtype[np.uint8]] | None":
    """A part of the page as it is shown, three colours a pixel."""
    bitmap = pdfium.FPDFBitmap_Create(frame.width, frame.height, 0)
    if not bitmap:
        return None
    try:
        across = int(pdfium.FPDF_GetPageWidthF(page) * frame.scale)
        down = int(pdfium.FPDF_GetPageHeightF(page) * frame.scale)
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, frame.width, frame.height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, -frame.left, -frame.top, across, down, 0, 0)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        buffer = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * frame.height)
        rows = np.frombuffer(buffer, np.uint8).reshape(frame.height, stride)
        return rows[:, : 4 * frame.width].reshape(frame.height, frame.width, 4)[:, :, :3]
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
