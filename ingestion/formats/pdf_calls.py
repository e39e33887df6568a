"""PDFium's functions that are called for every word and object, as quick as ctypes can call them.

An address is a plain number here, and the results stand in buffers that are used again: a call costs half of what it costs
with types that are checked. For short functions only: the interpreter's lock stays held.
"""

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int
_NO_INK = 0.05
"""Points: the thinnest stroke of a sign is thicker."""


class Calls:
    """The functions, and the buffers that they write to. One for a process: PDFium is not safe for threads."""

    def __init__(self) -> None:
        """Bind the functions."""
        import pypdfium2.raw as pdfium

        def bound(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
            address = ctypes.cast(getattr(pdfium, name), _ADDRESS).value or 0
            return ctypes.PYFUNCTYPE(result, *arguments)(address)

        self.text_object = bound("FPDFText_GetTextObject", _ADDRESS, _ADDRESS, _INT)
        self.is_generated = bound("FPDFText_IsGenerated", _INT, _ADDRESS, _INT)
        self.lacks_meaning = bound("FPDFText_HasUnicodeMapError", _INT, _ADDRESS, _INT)
        self.loose_box = bound("FPDFText_GetLooseCharBox", _INT, _ADDRESS, _INT, _ADDRESS)
        self._ink = bound("FPDFText_GetCharBox", _INT, _ADDRESS, _INT, *[_ADDRESS] * 4)
        self.origin = bound("FPDFText_GetCharOrigin", _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS)
        self.font_size = bound("FPDFText_GetFontSize", ctypes.c_double, _ADDRESS, _INT)
        self.font = bound("FPDFTextObj_GetFont", _ADDRESS, _ADDRESS)
        self.render_mode = bound("FPDFTextObj_GetTextRenderMode", _INT, _ADDRESS)
        self.page_object = bound("FPDFPage_GetObject", _ADDRESS, _ADDRESS, _INT)
        self.object_type = bound("FPDFPageObj_GetType", _INT, _ADDRESS)
        self._matrix_of = bound("FPDFText_GetMatrix", _INT, _ADDRESS, _INT, _ADDRESS)
        self._fill = bound("FPDFPageObj_GetFillColor", _INT, _ADDRESS, *[_ADDRESS] * 4)
        self._bounds = bound("FPDFPageObj_GetBounds", _INT, _ADDRESS, *[_ADDRESS] * 4)
        self._clip_path = bound("FPDFPageObj_GetClipPath", _ADDRESS, _ADDRESS)
        self._clip_paths = bound("FPDFClipPath_CountPaths", _INT, _ADDRESS)
        self._clip_segments = bound("FPDFClipPath_CountPathSegments", _INT, _ADDRESS, _INT)
        self._clip_segment = bound("FPDFClipPath_GetPathSegment", _ADDRESS, _ADDRESS, _INT, _INT)
        self._point = bound("FPDFPathSegment_GetPoint", _INT, _ADDRESS, _ADDRESS, _ADDRESS)
        self._floats = (ctypes.c_float * 6)()
        self._numbers = (ctypes.c_uint * 4)()
        self._doubles = (ctypes.c_double * 4)()
        self._double_places = [ctypes.addressof(self._doubles) + 8 * at for at in range(4)]
        self._float_places = [ctypes.addressof(self._floats) + 4 * at for at in range(4)]
        self._number_places = [ctypes.addressof(self._numbers) + 4 * at for at in range(4)]

    def is_blank(self, text_page: int, at: int) -> bool:
        """Whether a character has a place and paints nothing there, as a space does."""
        if not self._ink(text_page, at, *self._double_places):
            return False
        left, right, lower, upper = self._doubles[:]
        return min(abs(right - left), abs(upper - lower)) < _NO_INK

    def matrix(self, text_page: int, at: int) -> list[float]:
        """The matrix of a character: six numbers, zeros where it has none."""
        if not self._matrix_of(text_page, at, self._float_places[0]):
            return [0.0] * 6
        return self._floats[:]

    def fill(self, item: int) -> list[int] | None:
        """Red, green, blue and opacity of what fills an object, or None where it is a pattern."""
        return self._numbers[:] if self._fill(item, *self._number_places) else None

    def bounds(self, item: int) -> list[float] | None:
        """Left, lower, right and upper edge of an object."""
        return self._floats[:4] if self._bounds(item, *self._float_places) else None

    def clip_points(self, item: int) -> list[list[tuple[float, float]]]:
        """The corners of the paths, eight at most, to which an object's painting is clipped."""
        path = self._clip_path(item)
        found: list[list[tuple[float, float]]] = []
        for number in range(min(self._clip_paths(path), 8) if path else 0):
            points = []
            for at in range(min(self._clip_segments(path, number), 12)):
                segment = self._clip_segment(path, number, at)
                if segment and self._point(segment, *self._float_places[:2]):
                    points.append((self._floats[0], self._floats[1]))
            found.append(points)
        return found


@cache
def calls() -> Calls:
    """The process's own."""
    return Calls()


def address_of(handle: Any) -> int:
    """The address behind a handle of pypdfium2; 0 for none."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
