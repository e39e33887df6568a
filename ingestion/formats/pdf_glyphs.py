"""What a PDF's own fonts say of the characters that PDFium has no meaning for. Nothing is guessed: what no font tells stays unknown.

Asked of pypdf, and only once such a character was met: most files have none.
"""

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingestion.symbol_font import PRIVATE, SYMBOL_FONT, is_symbol_font

_SUBSET = re.compile(r"[A-Z]{6}\+")
_CODED = re.compile(r"[A-Za-z]([0-9A-Fa-f]{2})\Z")
"""A glyph that a printer driver named after its code, in hexadecimal: "Gb3"."""
_SAME, _APART = 0.01, 0.05
"""Of a width: what two drawings of one font may differ in, and what tells two glyphs apart for sure."""
_TEXT_FACES = ("Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Times-Italic", "Courier")
_MOST_FONTS = 2_000
_DEEPEST_FORM = 4
_SYMBOLIC = 4
_MOST_TABLES = 64


@dataclass(frozen=True, slots=True)
class _Font:
    """What one font says."""

    signs: Mapping[int, str]
    has_mac_codes: bool = False
    """PDFium takes its codes for a Macintosh's: TrueType that does not say what they mean, found by such codes."""


class Glyphs:
    """The fonts of one file, by name; those of one name that contradict each other say nothing."""

    def __init__(self, path: Path) -> None:
        """Nothing is read before it is asked for."""
        self.path = path
        self._found: dict[str, list[_Font]] | None = None

    def sign(self, font: str, code: int) -> str | None:
        """What the font's glyph of this code means, or None where the file does not tell; of Symbol its private code."""
        said = {other.signs.get(code) for other in self._named(font)}
        return said.pop() if len(said) == 1 else None

    def has_mac_codes(self, font: str) -> bool:
        """Whether PDFium takes the codes of this Symbol font for Mac Roman."""
        found = self._named(font)
        return bool(found) and all(other.has_mac_codes for other in found)

    def _named(self, font: str) -> list[_Font]:
        if self._found is None:
            self._found = {}
            try:
                for name, other in map(_described, _fonts_of(self.path)):
                    self._found.setdefault(name, []).append(other)
            except Exception:  # noqa: BLE001  pypdf raises anything on damaged files; then the signs stay unknown
                self._found = {}
        return self._found.get(_plain(font), [])


def _described(font: Mapping[str, Any]) -> tuple[str, _Font]:
    """The name of a font and what it says. The codes of a composite one number glyphs and say nothing."""
    name = _plain(str(font.get("/BaseFont") or "").removeprefix("/"))
    if font.get("/Subtype") == "/Type0":
        return name, _Font({})
    names = glyph_names(font)
    if is_symbol_font(name) and not names:
        tells = "/ToUnicode" in font or font.get("/Encoding") not in {None, "/MacRomanEncoding"}
        mac = font.get("/Subtype") == "/TrueType" and not tells and _has_mac_map(font)
        return name, _Font({code: chr(PRIVATE + code) for code in SYMBOL_FONT}, mac)
    return name, _Font(_coded_signs(font, names))


def _plain(name: str) -> str:
    return _SUBSET.sub("", name, count=1)


def _fonts_of(path: Path) -> Iterator[Any]:
    """Each font of the pages and of the drawings in them, once."""
    import pypdf

    reader = pypdf.PdfReader(path, strict=False)
    if reader.is_encrypted:
        reader.decrypt("")
    seen: set[int] = set()
    for page in reader.pages:
        yield from _fonts_in(page.get("/Resources"), seen, 0)


def _fonts_in(resources: Any, seen: set[int], depth: int) -> Iterator[Any]:
    resources = resources.get_object() if resources is not None else {}
    for reference in _items(resources.get("/Font")):
        font = reference.get_object()
        key = getattr(reference, "idnum", id(font))
        if key not in seen and len(seen) < _MOST_FONTS:
            seen.add(key)
            yield font
    for reference in _items(resources.get("/XObject")) if depth < _DEEPEST_FORM else ():
        form = reference.get_object()
        key = getattr(reference, "idnum", id(form))
        if key not in seen and len(seen) < _MOST_FONTS and form.get("/Subtype") == "/Form":
            seen.add(key)
            yield from _fonts_in(form.get("/Resources"), seen, depth + 1)


def _items(names: Any) -> list[Any]:
    found: Any = names.get_object() if names is not None else {}
    return [found.raw_get(name) for name in found]


def glyph_names(font: Mapping[str, Any]) -> dict[int, str]:
    """The names of a font's glyphs by their codes, as its encoding has them."""
    encoding: Any = font.get("/Encoding")
    encoding = encoding.get_object() if encoding is not None else None
    names: dict[int, str] = {}
    at = 0
    for item in encoding.get("/Differences", ()) if hasattr(encoding, "get") else ():
        if isinstance(item, int):
            at = int(item)
        else:
            names[at] = str(item).removeprefix("/")
            at += 1
    return names


def _coded_signs(font: Mapping[str, Any], names: Mapping[int, str]) -> dict[int, str]:
    """The signs of a font that names all its glyphs after codes, where these are proved to be Symbol's."""
    symbols = {code: int(match[1], 16) for code, name in names.items() if (match := _CODED.match(name))}
    proved = bool(symbols) and len(symbols) == len(names) and _is_symbol(font, symbols)
    return {code: SYMBOL_FONT[of] for code, of in symbols.items()} if proved else {}


def _is_symbol(font: Mapping[str, Any], symbols: Mapping[int, int]) -> bool:
    """Whether glyphs that bear only codes are Symbol's: all are as wide as Symbol's of these codes, and one is as wide as in
    no font for text.
    """
    if not _is_symbolic(font) or not set(symbols.values()) <= set(SYMBOL_FONT):
        return False
    given = [float(width) for width in font.get("/Widths", ())]
    first = int(font.get("/FirstChar", 0))
    widths = {of: given[code - first] for code, of in symbols.items() if 0 <= code - first < len(given)}
    return (
        len(widths) == len(symbols)
        and all(_near(width, _width("Symbol", of), _SAME) for of, width in widths.items())
        and any(
            not any(_near(width, _width(face, of), _APART) for face in _TEXT_FACES)
            for of, width in widths.items()
        )
    )


def _is_symbolic(font: Mapping[str, Any]) -> bool:
    """Whether the font says that it has signs of its own."""
    return bool(int(_descriptor(font).get("/Flags", 0)) & _SYMBOLIC)


def _descriptor(font: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = font["/FontDescriptor"].get_object() if "/FontDescriptor" in font else {}
    return found


def _has_mac_map(font: Mapping[str, Any]) -> bool:
    """Whether the TrueType program in the file finds its glyphs by the codes of a Macintosh too."""
    if not _is_symbolic(font) or "/FontFile2" not in _descriptor(font):
        return False
    program: bytes = _descriptor(font)["/FontFile2"].get_object().get_data()
    (tables,) = struct.unpack_from(">H", program, 4)
    for number in range(min(tables, _MOST_TABLES)):
        tag, _, start, _ = struct.unpack_from(">4sIII", program, 12 + 16 * number)
        if tag == b"cmap":
            (maps,) = struct.unpack_from(">H", program, start + 2)
            places = (
                struct.unpack_from(">HH", program, start + 4 + 8 * at)
                for at in range(min(maps, _MOST_TABLES))
            )
            return (1, 0) in places
    return False


def _near(width: float, other: float, share: float) -> bool:
    return abs(width - other) <= share * other


def _width(face: str, code: int) -> float:
    """How wide a standard font's glyph of a code is, in thousandths of its size; 0 where it has none."""
    from reportlab.pdfbase.pdfmetrics import getFont

    return float(getFont(face).widths[code])
