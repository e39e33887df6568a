"""Lays the deck out with native placeholders, tables, a chart and a drawing, on 16:9 slides."""

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as PresentationFile
from pptx.slide import Slide as NativeSlide
from pptx.slide import SlideLayout
from pptx.text.text import TextFrame
from pptx.util import Inches, Length, Pt

from eval.sample.deck.archive import normalised
from eval.sample.deck.content import Deck, Slide
from eval.sample.deck.graphics import add_chart, add_diagram, add_table, colour, table_height

_DATED = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_MARGIN = Inches(0.6)
_CONTENT_WIDTH = Length(_WIDTH - 2 * _MARGIN)
_TITLE_TOP, _TITLE_HEIGHT = Inches(0.4), Inches(1.0)
_BODY_TOP, _BODY_BOTTOM = Inches(1.55), Inches(6.25)
_FOOTNOTE_TOP, _FOOTER_TOP = Inches(6.3), Inches(7.0)
_TITLE_LAYOUT, _CONTENT_LAYOUT = 0, 1
_FIRST_FOOTER_INDEX = 10
"""The template numbers its placeholders for date, footer and slide number from here."""
_LARGE, _SMALLER, _MOST_LARGE_BULLETS = Pt(18), Pt(16), 4
_BLUE = colour("0B3C5D")
_GREY = colour("595F69")
_REFERENCE = re.compile(r"\^([\d,]+)\^")
_SUPERSCRIPT = "30000"
"""Height above the line of a superscript, in thousandths of a percent, as DrawingML writes it."""


def write_deck(deck: Deck, path: Path) -> None:
    """Write the deck as a presentation file to `path`; the bytes depend on the deck alone."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = _WIDTH, _HEIGHT
    for layout in (presentation.slide_layouts[_TITLE_LAYOUT], presentation.slide_layouts[_CONTENT_LAYOUT]):
        _widen(layout)
    _describe(presentation, deck)
    for number, slide in enumerate(deck.slides, start=1):
        _add_slide(presentation, deck, slide, number)
    buffer = BytesIO()
    presentation.save(buffer)
    path.write_bytes(normalised(buffer.getvalue(), _DATED.strftime("%Y-%m-%dT%H:%M:%SZ")))


def _describe(presentation: PresentationFile, deck: Deck) -> None:
    properties = presentation.core_properties
    properties.title = deck.slides[0].title
    properties.author = "Laboratoires Aubrac (fictitious)"
    properties.last_modified_by = "Laboratoires Aubrac (fictitious)"
    properties.language = deck.language
    properties.created = properties.modified = _DATED.replace(tzinfo=None)
    properties.revision = 1


def _widen(layout: SlideLayout) -> None:
    """Give a layout of the 4:3 default template the places of a 16:9 slide."""
    placeholders: list[Any] = list(layout.placeholders)
    for placeholder in placeholders:
        index = placeholder.placeholder_format.idx
        if index >= _FIRST_FOOTER_INDEX:
            placeholder._element.getparent().remove(placeholder._element)  # noqa: SLF001 - no public removal
            continue
        placeholder.left, placeholder.width = _MARGIN, _CONTENT_WIDTH
        if index == 0:
            placeholder.top, placeholder.height = _TITLE_TOP, _TITLE_HEIGHT
        else:
            placeholder.top, placeholder.height = _BODY_TOP, Length(_BODY_BOTTOM - _BODY_TOP)


def _add_slide(presentation: PresentationFile, deck: Deck, slide: Slide, number: int) -> None:
    index = _TITLE_LAYOUT if slide.subtitle else _CONTENT_LAYOUT
    native = presentation.slides.add_slide(presentation.slide_layouts[index])
    title = native.shapes.title
    assert title is not None
    title.text_frame.word_wrap = True
    _write(title.text_frame, slide.title, 36 if slide.subtitle else 26, bold=True, ink=_BLUE)
    if slide.subtitle:
        _add_subtitle(native, slide)
    else:
        _add_body(native, slide)
        _add_footnotes(native, slide)
        _add_footer(native, f"{deck.footer} · {number}")
    if slide.notes:
        notes = native.notes_slide.notes_text_frame
        assert notes is not None
        notes.text = slide.notes
    if slide.hidden:
        native._element.set("show", "0")  # noqa: SLF001 - python-pptx has no name for a hidden slide


def _add_subtitle(native: NativeSlide, slide: Slide) -> None:
    title, subtitle = native.shapes.title, native.placeholders[1]
    assert title is not None
    title.left, title.width = _MARGIN, _CONTENT_WIDTH
    title.top, title.height = Inches(1.8), Inches(1.7)
    subtitle.left, subtitle.width = _MARGIN, _CONTENT_WIDTH
    subtitle.top, subtitle.height = Inches(3.8), Inches(2.0)
    frame = subtitle.text_frame
    for position, line in enumerate(slide.subtitle.split("\n")):
        paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size = line, Pt(20)


def _add_body(native: NativeSlide, slide: Slide) -> None:
    """Place table, chart or drawing, and the bullets in what they leave of the body."""
    top: Length = _BODY_TOP
    left: Length = _MARGIN
    width = _CONTENT_WIDTH
    if slide.rows:
        add_table(native, slide, left, top, width)
        top = Length(top + table_height(slide) + Inches(0.15))
    if slide.chart:
        add_chart(native, slide.chart, left, top, Inches(7.4), Length(_BODY_BOTTOM - top))
        left, width = Length(left + Inches(7.6)), Length(width - Inches(7.6))
    if slide.diagram:
        add_diagram(native, slide.diagram, left, Inches(4.65), width, Inches(1.55))
    bottom = Inches(4.55) if slide.diagram else _BODY_BOTTOM
    body = native.placeholders[1]
    body.left, body.top, body.width, body.height = left, top, width, Length(bottom - top)
    frame = body.text_frame
    frame.word_wrap = True
    crowded = slide.rows or slide.diagram or len(slide.bullets) > _MOST_LARGE_BULLETS
    size = _SMALLER if crowded else _LARGE
    for position, bullet in enumerate(slide.bullets):
        paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(5)
        for text, raised in _runs(bullet):
            run = paragraph.add_run()
            run.text, run.font.size = text, size
            if raised:
                run.font._element.set("baseline", _SUPERSCRIPT)  # noqa: SLF001 - no public superscript


def _runs(bullet: str) -> list[tuple[str, bool]]:
    """Split a bullet into runs of text, each with whether it is a raised reference number."""
    parts = _REFERENCE.split(bullet)
    return [(part, position % 2 == 1) for position, part in enumerate(parts) if part]


def _add_footnotes(native: NativeSlide, slide: Slide) -> None:
    if slide.footnotes:
        box = native.shapes.add_textbox(_MARGIN, _FOOTNOTE_TOP, _CONTENT_WIDTH, Inches(0.65))
        box.name = "Footnotes"
        box.text_frame.word_wrap = True
        for position, note in enumerate(slide.footnotes):
            paragraph = box.text_frame.paragraphs[0] if position == 0 else box.text_frame.add_paragraph()
            run = paragraph.add_run()
            run.text, run.font.size, run.font.color.rgb = note, Pt(10), _GREY


def _add_footer(native: NativeSlide, text: str) -> None:
    box = native.shapes.add_textbox(_MARGIN, _FOOTER_TOP, _CONTENT_WIDTH, Inches(0.35))
    box.name = "Footer"
    _write(box.text_frame, text, 9, ink=_GREY)


def _write(frame: TextFrame, text: str, size: int, *, ink: RGBColor, bold: bool = False) -> None:
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold, run.font.color.rgb = text, Pt(size), bold, ink
    properties = frame._txBody.find(qn("a:bodyPr"))  # noqa: SLF001 - the anchor of a frame without autofit
    assert properties is not None
    properties.set("anchor", "ctr")
