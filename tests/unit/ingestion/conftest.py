"""Small real files, made where they are needed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

Draw = Callable[[Canvas], None]
MakePdf = Callable[..., Path]


@pytest.fixture
def make_pdf(tmp_path: Path) -> MakePdf:
    """A PDF of A4 pages, one per drawing function; further arguments go to the canvas."""

    def make(*pages: Draw, **options: object) -> Path:
        path = tmp_path / "made.pdf"
        canvas = Canvas(str(path), pagesize=(595, 842), **options)
        for draw in pages:
            canvas.setFont("Helvetica", 11)
            draw(canvas)
            canvas.showPage()
        canvas.save()
        return path

    return make


@pytest.fixture
def lines() -> Callable[..., Draw]:
    """Draw lines of text from `top` downwards, at `x`."""

    def make(*texts: str, x: float = 70, top: float = 760, leading: float = 13.5) -> Draw:
        def draw(canvas: Canvas) -> None:
            for number, text in enumerate(texts):
                canvas.drawString(x, top - number * leading, text)

        return draw

    return make
