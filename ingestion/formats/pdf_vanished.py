"""Signs that PDFium leaves out of a page's text: alone in their object, of a font that the file has not, and missing in its stand-in.

Whoever has the font sees them, and "≥" is often set so. The file is asked what was shown; what it does not name is lost.
"""
# ruff: noqa: PLR2004  proportions of type are clearest where they are used

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingestion.formats.pdf_calls import Calls
from ingestion.formats.pdf_glyphs import glyph_names
from ingestion.formats.pdf_runs import is_embedded
from ingestion.formats.pdf_words import Word

_BLANK_CODES = frozenset((9, 10, 13, 32, 160))
_BLANK_NAMES = frozenset(("space", "nbspace", "nonbreakingspace", "uni0020", "uni00A0"))
_LOST = "\ufffd"
_MOST_BYTES = 2_000_000
"""Of a page's drawing orders: more are a drawing, or hostile."""
_WIDTH = 0.55
"""Of its size: about what a sign takes."""


def bring_back(
    words: list[Word], texts: Sequence[int], pdfium: Any, pdf: Calls, place: Any, asked: tuple[Path, int]
) -> None:
    """Put vanished signs where they belong among the page's words. `texts` are the addresses of its text objects in order,
    `place` finds a point on the displayed page, `asked` is the file with the number of the page in it.
    """
    empty = {
        at: bounds for at, item in enumerate(texts) if (bounds := pdf.bounds(item)) and _is_empty(bounds)
    }
    empty = {at: b for at, b in empty.items() if not is_embedded(pdfium, pdf.font(texts[at]) or 0)}
    if not empty:
        return
    shown = _shown(*asked)
    for at, bounds in empty.items() if len(shown) == len(texts) else ():
        if shown[at].strip():
            _insert(words, shown[at].strip(), *place((bounds[0], bounds[1])))


def _is_empty(bounds: Sequence[float]) -> bool:
    return abs(bounds[2] - bounds[0]) < 0.01 and abs(bounds[3] - bounds[1]) < 0.01


def _insert(words: list[Word], sign: str, x: float, base: float) -> None:
    """Beside the nearest word of its line; with none there nobody could tell what it belongs to."""
    beside = [w for w in words if w.turn == 0 and abs(w.base - base) < 0.2 * w.size]
    left = max((w for w in beside if w.x0 < x), key=lambda w: w.x1, default=None)
    like = left or min(beside, key=lambda w: w.x0, default=None)
    if like is None:
        return
    word = replace(like, text=sign, x0=x, x1=x + _WIDTH * like.size, underlined=False, spaced=True)
    words.insert(next(at for at, w in enumerate(words) if w is like) + (left is not None), word)


def _shown(path: Path, index: int) -> list[str]:
    """What each order to show text says, in the order of the page; nothing where the file cannot be asked."""
    import pypdf
    from pypdf.generic import ContentStream

    try:
        reader = pypdf.PdfReader(path, strict=False)
        if reader.is_encrypted:
            reader.decrypt("")
        page: Any = reader.pages[index]
        content = page.get_contents()
        if content is None or len(content.get_data()) > _MOST_BYTES:
            return []
        return list(_texts(ContentStream(content, reader).operations, page["/Resources"]["/Font"]))
    except Exception:  # noqa: BLE001  pypdf raises anything on damaged files; then nothing is brought back
        return []


def _texts(operations: Sequence[tuple[Any, bytes]], fonts: Any) -> Iterator[str]:
    signs: Mapping[int, str] | None = None
    kept: list[Mapping[int, str] | None] = []
    for operands, operator in operations:
        if operator == b"q":
            kept.append(signs)
        elif operator == b"Q" and kept:
            signs = kept.pop()
        elif operator == b"Tf":
            signs = _signs(fonts[operands[0]].get_object())
        elif operator in {b"Tj", b"'", b'"', b"TJ"}:
            parts = operands[0] if operator == b"TJ" else [operands[-1]]
            codes = b"".join(getattr(part, "original_bytes", b"") for part in parts)
            if codes:
                yield "" if signs is None else "".join(signs.get(code, _LOST) for code in codes)


def _signs(font: Mapping[str, Any]) -> Mapping[int, str] | None:
    """What the codes of a font show, as far as its glyphs are named; None for composite ones, whose codes number glyphs."""
    from pypdf._codecs.adobe_glyphs import adobe_glyphs

    if font.get("/Subtype") == "/Type0":
        return None
    blank = dict.fromkeys(_BLANK_CODES, " ")
    named = {
        code: " " if name in _BLANK_NAMES else adobe_glyphs[f"/{name}"]
        for code, name in glyph_names(font).items()
        if name in _BLANK_NAMES or f"/{name}" in adobe_glyphs
    }
    return blank | named
