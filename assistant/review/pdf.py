"""A layout as PDF with reportlab: embedded Vera fonts, the same bytes every time, no character dropped in silence."""

import io
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from assistant.review.layout import Block, Layout, Line

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable

_FACES = {"Vera": "Vera.ttf", "Vera-Bold": "VeraBd.ttf"}
_MARGIN = 56.0
"""Points: about 20 mm."""
_SECTION = 2
"""The level of a section's heading."""
_LETTERS = "ABCDEFGHIJ"
_TYPOGRAPHIC = str.maketrans(
    {"\u202f": "\u00a0", "\u2009": "\u00a0", "\u200a": "\u00a0", "\u2011": "-", "\u00ad": "", "\u200b": ""}
)
"""Spaces and hyphens that only typography tells apart."""
_FALLBACKS = ("Symbol", "ZapfDingbats")
"""Standard fonts of every PDF reader: Greek and arrows, and the ▼ of additional monitoring."""


def pdf_bytes(page: Layout) -> bytes:
    """The layout as a PDF file, A4. Two calls give the same bytes."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    register_fonts()
    spelled: dict[str, str] = {}
    story = _story(page, spelled)
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=page.subject or page.title,
        author=page.editor,
        subject=f"{page.product}: {page.words[page.kind]}",
        keywords=[f"ai-provenance: {page.provenance}"],
        creator="Ancrage",
        lang=page.language,
        invariant=1,
    )
    document.build(story)
    return target.getvalue()


def spell(text: str, spelled: dict[str, str]) -> str:
    """The text as reportlab markup; a character that no font has is spelled out and noted in `spelled`."""
    register_fonts()
    parts: list[str] = []
    for character in text.translate(_TYPOGRAPHIC):
        font = _font_of(character)
        if character in "\n\t":
            parts.append("<br/>" if character == "\n" else " ")
        elif font == "Vera":
            parts.append(escape(character))
        elif font:
            parts.append(f'<font name="{font}">{escape(character)}</font>')
        else:
            spelled[character] = _spelling(character)
            parts.append(escape(spelled[character]))
    return "".join(parts)


def _spelling(character: str) -> str:
    """A form in letters and signs: ⁹ becomes ^9, ₂ becomes _2; an accent that no font carries is named."""
    shape = unicodedata.decomposition(character)
    plain = unicodedata.normalize("NFKD", character)
    if plain.isascii() and plain.isprintable() and plain.strip():
        if shape.startswith("<super>"):
            return f"^{plain}"
        return f"_{plain}" if shape.startswith("<sub>") else plain
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]"


@cache
def register_fonts() -> None:
    """Make the embedded fonts known to reportlab."""
    from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in _FACES.items():
        registerFont(TTFont(name, file))
    registerFontFamily("Vera", normal="Vera", bold="Vera-Bold", italic="Vera", boldItalic="Vera-Bold")


@cache
def _font_of(character: str) -> str | None:
    from reportlab.pdfbase.pdfmetrics import getFont

    vera: Any = getFont("Vera")
    if ord(character) in vera.face.charToGlyph:
        return "Vera"
    for name in _FALLBACKS:
        try:
            character.encode(getFont(name).encName)
        except UnicodeEncodeError:
            continue
        return name
    return None


@cache
def _style(name: str) -> "ParagraphStyle":
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    shapes: dict[str, dict[str, Any]] = {
        "quiet": {"fontSize": 8.5, "leading": 12, "textColor": HexColor("#57606a"), "spaceAfter": 4},
        "title": {"fontName": "Vera-Bold", "fontSize": 16, "leading": 20, "spaceAfter": 14},
        "heading": {
            "fontName": "Vera-Bold",
            "fontSize": 11.5,
            "leading": 15,
            "spaceBefore": 12,
            "spaceAfter": 4,
        },
        "subheading": {
            "fontName": "Vera-Bold",
            "fontSize": 10,
            "leading": 14,
            "spaceBefore": 6,
            "spaceAfter": 3,
        },
        "body": {"fontSize": 10, "leading": 14.5, "spaceAfter": 6},
        "item": {"fontSize": 10, "leading": 14.5, "spaceAfter": 5, "leftIndent": 16, "bulletIndent": 2},
        "foot": {"fontSize": 8.5, "leading": 12, "spaceAfter": 4},
    }
    base: dict[str, Any] = {"fontName": "Vera", "bulletFontName": "Vera", "splitLongWords": 1}
    return ParagraphStyle(name, **(base | shapes[name]))


def _story(page: Layout, spelled: dict[str, str]) -> "list[Flowable]":
    from reportlab.platypus import HRFlowable, Paragraph

    def put(text: str, style: str, bullet: str | None = None) -> None:
        story.append(Paragraph(text, _style(style), bulletText=bullet))

    story: list[Flowable] = []
    if page.banner:
        put(spell(page.banner, spelled), "heading")
    put(spell(f"{page.product} · {page.words[page.kind]}", spelled), "quiet")
    put(spell(page.subject or page.title, spelled), "title")
    if page.preheader:
        put(spell(page.preheader, spelled), "quiet")
    for block in page.body:
        for text, style, bullet in _block(block, page, spelled):
            put(text, style, bullet)
    story.append(HRFlowable(width="100%", thickness=0.5, spaceBefore=12, spaceAfter=8))
    for line in page.footer:
        put(_marked(line, spelled), "foot")
    if page.references:
        put(spell(page.words["references"], spelled), "heading")
    for reference in page.references:
        where = f", {reference.place}" if reference.place else ""
        quote = f"{page.words['opened']}{reference.quote}{page.words['closed']}"
        text = spell(f"[{reference.number}] {reference.title}{where}. {quote}", spelled)
        put(f'<a name="ref-{reference.number}"/>{text}', "foot")
    words = page.words
    put(
        spell(
            f"{words['made']} {words['editor']}{words['colon']} {page.editor}. "
            f"{words['revision']} {page.revision}, {page.piece}.",
            spelled,
        ),
        "quiet",
    )
    if spelled:
        listed = "; ".join(f"U+{ord(char):04X} = {form}" for char, form in sorted(spelled.items()))
        put(spell(f"{words['spelled']}{words['colon']} {listed}", spelled), "quiet")
    return story


def _block(block: Block, page: Layout, spelled: dict[str, str]) -> list[tuple[str, str, str | None]]:
    """Markup, style and bullet of each paragraph of a block."""
    if block.kind == "heading":
        style = "heading" if block.level == _SECTION else "subheading"
        return [(spell(block.lines[0].text, spelled), style, None)]
    if block.kind == "points" or (block.kind == "statements" and page.kind != "email"):
        return [(_marked(line, spelled), "item", "•") for line in block.lines]
    if block.kind != "question":
        return [(_marked(line, spelled), "body", None) for line in block.lines]
    words = page.words
    rows: list[tuple[str, str, str | None]] = [
        (spell(f"{words['question']} {block.number}", spelled), "heading", None)
    ]
    rows += [(spell(line.text, spelled), "body", None) for line in block.lines]
    rows += [
        (spell(option.text, spelled), "item", f"{_LETTERS[at]}.") for at, option in enumerate(block.options)
    ]
    if block.key is not None:
        rows.append((spell(f"{words['right']}{words['colon']} {_LETTERS[block.key]}", spelled), "body", None))
    return rows + [(_marked(line, spelled), "body", None) for line in block.feedback]


def _marked(line: Line, spelled: dict[str, str]) -> str:
    """The line with links to its references; the numbers stand on the line, so that copied text keeps them apart."""
    links = "".join(
        f" <a href={quoteattr(f'#ref-{number}')} color='#0b5cad'>[{number}]</a>" for number in line.refs
    )
    return spell(line.text, spelled) + links
