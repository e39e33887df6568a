"""What a PDF copy says of itself: its signatures on a last page, and on every page until when it holds and where to ask."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_LEFT, _BASELINE, _LEADING, _SIZE = 56.0, 34.0, 9.0, 6.8
"""Points: within the lower margin of the renditions."""


def stamp_pdf(signed: bytes, lines: Sequence[str], link: str, signatures: tuple[str, Sequence[str]]) -> bytes:
    """The file with a last page of `signatures` (a heading, a line each) and the lines below each page, the last of them a
    link; its pages are otherwise as they were signed. The same bytes every time for the same words.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.annotations import Link

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(signed)))
    first = writer.pages[0].mediabox
    for page in PdfReader(io.BytesIO(_signature_page(*signatures, (first.width, first.height)))).pages:
        writer.add_page(page)
    for number, page in enumerate(writer.pages):
        width = float(page.mediabox.width)
        overlay = PdfReader(io.BytesIO(_overlay(lines, width, float(page.mediabox.height)))).pages[0]
        page.merge_page(overlay)
        area = (_LEFT, _BASELINE - _LEADING * (len(lines) - 1) - 2, width - _LEFT, _BASELINE + _LEADING)
        writer.add_annotation(number, Link(rect=area, url=link))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _signature_page(heading: str, lines: Sequence[str], size: tuple[float, float]) -> bytes:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    from assistant.review.pdf import register_fonts, spell

    register_fonts()
    title = ParagraphStyle("title", fontName="Vera-Bold", fontSize=11, leading=15, spaceAfter=8)
    line = ParagraphStyle("line", fontName="Vera", fontSize=9, leading=13, spaceAfter=6)
    spelled: dict[str, str] = {}
    story: list[Flowable] = [Paragraph(spell(heading, spelled), title)]
    story += [Paragraph(spell(text, spelled), line) for text in lines]
    target = io.BytesIO()
    page = SimpleDocTemplate(
        target,
        pagesize=(float(size[0]), float(size[1])),
        leftMargin=_LEFT,
        rightMargin=_LEFT,
        topMargin=_LEFT,
        bottomMargin=_LEFT,
        invariant=1,
    )
    page.build(story)
    return target.getvalue()


def _overlay(lines: Sequence[str], width: float, height: float) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    from assistant.review.pdf import register_fonts

    register_fonts()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(width, height), invariant=1)
    canvas.setStrokeGray(0.5)
    canvas.line(_LEFT, _BASELINE + _LEADING, width - _LEFT, _BASELINE + _LEADING)
    canvas.setFont("Vera", _SIZE)
    for at, line in enumerate(lines):
        canvas.drawString(_LEFT, _BASELINE - at * _LEADING, line)
    canvas.showPage()
    canvas.save()
    return target.getvalue()
