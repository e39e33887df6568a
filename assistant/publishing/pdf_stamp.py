"""The stamp on every page of a PDF copy: until when it holds, and the address that says whether it still does."""

import io
from collections.abc import Sequence

_LEFT, _BASELINE, _LEADING, _SIZE = 56.0, 34.0, 9.0, 6.8
"""Points: within the lower margin of the renditions."""


def stamp_pdf(signed: bytes, lines: Sequence[str], link: str) -> bytes:
    """The file with the lines below each page, the last of them a link; its pages are otherwise as they were signed.

    The same bytes every time for the same lines.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.annotations import Link

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(signed)))
    for number, page in enumerate(writer.pages):
        width = float(page.mediabox.width)
        overlay = PdfReader(io.BytesIO(_overlay(lines, width, float(page.mediabox.height)))).pages[0]
        page.merge_page(overlay)
        area = (_LEFT, _BASELINE - _LEADING * (len(lines) - 1) - 2, width - _LEFT, _BASELINE + _LEADING)
        writer.add_annotation(number, Link(rect=area, url=link))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


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
