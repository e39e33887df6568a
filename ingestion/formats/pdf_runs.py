"""What the characters of one text object of a PDF page share: size, font, direction, colour, and whether they are painted."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import ctypes
import math
import re
from dataclasses import dataclass
from typing import Any, Literal

from ingestion.formats.pdf_calls import calls
from ingestion.formats.pdf_glyphs import Glyphs
from ingestion.formats.pdf_sight import Box, Colour, Matrix, clip_box, fill_colour
from ingestion.formats.pdf_words import SLANTED
from ingestion.symbol_font import is_symbol_font

_INVISIBLE, _CLIP_ONLY = 3, 7
_SMALLEST_VISIBLE = 1.0
"""Points: below it nobody can read the text."""
_FAINTEST = 13
"""Of 255: text that is painted thinner is not seen."""
_SLANT = 0.12
"""Of a quarter turn: text that leans further across the page is a watermark."""


FontKind = Literal["text", "pictures", "symbols", "mac_symbols"]
"""Of a font: its characters are what they are, stand for pictures, or are codes of Symbol, perhaps taken for Mac Roman."""


@dataclass(slots=True)
class Run:
    """What the characters of one text object share."""

    size: float
    bold: bool
    italic: bool
    turn: int
    hidden: bool
    colour: Colour | None = None
    font: int = 0
    kind: FontKind = "text"
    """What its characters stand for."""
    clip: Box | None = None
    """Outside this box it is not painted."""

    def is_like(self, other: "Run") -> bool:
        """Whether two objects' characters may make one word without a look at their places."""
        return self is other or (
            self.size == other.size
            and self.font == other.font
            and self.turn == other.turn
            and self.hidden == other.hidden
            and self.colour == other.colour
            and self.clip == other.clip
        )


class Runs:
    """The runs of one page, each described once."""

    def __init__(self, pdfium: Any, text_page: int, to_display: Matrix, glyphs: Glyphs) -> None:
        """Nothing is looked at before it is asked for."""
        self._pdfium, self._text_page, self._to_display = pdfium, text_page, to_display
        self._glyphs = glyphs
        self._calls = calls()
        self._runs: dict[int, Run] = {}
        self._fonts: dict[int, tuple[bool, bool, int, FontKind]] = {}
        self._directions: dict[tuple[float, ...], tuple[int, float]] = {}

    def of(self, at: int, key: int) -> Run:
        """The run of the object at the address `key`, to which the character `at` belongs."""
        run = self._runs.get(key)
        if run is None:
            run = self._runs[key] = self._describe(at, key)
        return run

    def _describe(self, at: int, key: int) -> Run:
        turn, scale = self._direction(at)
        size = round(self._calls.font_size(self._text_page, at) * scale, 1)
        if not key:
            return Run(size, False, False, turn, False)
        bold, italic, font, kind = self._style(key)
        mode = self._calls.render_mode(key)
        colour, alpha = fill_colour(self._calls, key)
        hidden = mode in {_INVISIBLE, _CLIP_ONLY} or size < _SMALLEST_VISIBLE or alpha < _FAINTEST
        clip = clip_box(self._calls, key, self._to_display)
        return Run(size, bold or mode == 2, italic, turn, hidden, colour, font, kind, clip)

    def _direction(self, at: int) -> tuple[int, float]:
        """The direction of a character in quarter turns, and how its matrix scales the size of its type."""
        linear = tuple(self._calls.matrix(self._text_page, at)[:4])
        found = self._directions.get(linear)
        if found is None:
            a, b, c, d, _, _ = self._to_display
            along = (a * linear[0] + c * linear[1], b * linear[0] + d * linear[1])
            turns = math.atan2(along[1], along[0]) / (math.pi / 2)
            turn = round(turns) % 4 if abs(turns - round(turns)) < _SLANT else SLANTED
            scale = math.hypot(a * linear[2] + c * linear[3], b * linear[2] + d * linear[3])
            found = self._directions[linear] = turn, scale
        return found

    def _style(self, item: int) -> tuple[bool, bool, int, FontKind]:
        """Whether the object's font is bold and italic, by its name and its flags; a number for the font; and its kind."""
        key = self._calls.font(item) or 0
        if key not in self._fonts:
            name = font_name(self._pdfium, key)
            flags = self._pdfium.FPDFFont_GetFlags(ctypes.cast(key, self._pdfium.FPDF_FONT)) if key else 0
            bold = bool(re.search(r"bold|black|heavy|demi|-bd|\.b$|-b$", name, re.IGNORECASE)) or bool(
                flags & 1 << 18
            )
            italic = bool(re.search(r"ital|obli|-it\b|\.i$|-i$", name, re.IGNORECASE)) or bool(flags & 1 << 6)
            self._fonts[key] = bold, italic, len(self._fonts) + 1, self._kind(name)
        return self._fonts[key]

    def _kind(self, name: str) -> FontKind:
        if re.search(r"wingdings|webdings|dingbats|bullets?$", name, re.IGNORECASE):
            return "pictures"
        if is_symbol_font(name):
            return "mac_symbols" if self._glyphs.has_mac_codes(name) else "symbols"
        return "text"


def font_name(pdfium: Any, font: int) -> str:
    """The name of the font at an address; empty for none."""
    buffer = ctypes.create_string_buffer(256)
    written = pdfium.FPDFFont_GetBaseFontName(ctypes.cast(font, pdfium.FPDF_FONT), buffer, 256) if font else 0
    return buffer.value.decode("utf-8", "replace") if 0 < written <= 256 else ""


def is_embedded(pdfium: Any, font: int) -> bool:
    """Whether the file has the font's program; another program in its place may lack a sign that the reader's own has."""
    return bool(font) and pdfium.FPDFFont_GetIsEmbedded(ctypes.cast(font, pdfium.FPDF_FONT)) == 1
