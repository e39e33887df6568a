"""Laying out the label: from its blocks to a PDF. Imports reportlab, so it is imported where a PDF is made."""

import re
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, Spacer

from eval.sample.labels.text import Block, Label, blocks_of
from eval.sample.pdf import (
    BLACK_TRIANGLE,
    MARGIN,
    PAGE_WIDTH,
    Furniture,
    Heading,
    SampleDocument,
    paragraph_style,
    ruled_table,
)

HOLDER = "Laboratoires Aubrac"
_ITALIC = re.compile(r"\*(.+?)\*")
_TEXT_SIZE = 10
_TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN


def write(label: Label, version: int, dated: date, path: Path) -> None:
    """Write one version of the label to `path`; `dated` becomes the file's creation date."""
    furniture = Furniture(
        title=label.header["title"],
        author=HOLDER,
        subject=label.header["subject"],
        language=label.language,
        dated=dated,
        running_head=label.header["running_head"],
        reference=label.header["reference"][version],
    )
    styles = _styles()
    title = Paragraph(_markup(label.header["subject"].upper()), styles["title"])
    story: list[Flowable] = [title]
    for block in blocks_of(label, version):
        story.extend(_flowables(block, styles))
    SampleDocument(path, furniture).write(story)


def _flowables(block: Block, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    if block.kind == "table":
        rows = [[_markup(cell) for cell in row.cells] for row in block.rows]
        widths = [_TEXT_WIDTH * width / sum(block.widths) for width in block.widths]
        return [ruled_table(rows, widths, 8.5), Spacer(0, _TEXT_SIZE)]
    style = styles[block.kind]
    if block.kind in ("section", "subsection"):
        return [Heading(_markup(block.text), style, int(block.kind == "subsection"), block.text)]
    bullet = "•" if block.kind == "bullet" else None
    return [Paragraph(_markup(block.text), style, bulletText=bullet)]


def _markup(text: str) -> str:
    return _ITALIC.sub(r"<i>\1</i>", escape(text, quote=False)).replace("▼", BLACK_TRIANGLE)


def _styles() -> dict[str, ParagraphStyle]:
    heading: dict[str, Any] = {"bold": True, "keepWithNext": 1}
    return {
        "title": paragraph_style("title", 12, bold=True, spaceAfter=14, alignment=1),
        "section": paragraph_style("section", 11, spaceBefore=12, spaceAfter=8, **heading),
        "subsection": paragraph_style("subsection", 10.5, spaceBefore=9, spaceAfter=6, **heading),
        "topic": paragraph_style("topic", _TEXT_SIZE, spaceBefore=5, spaceAfter=4, **heading),
        "subtopic": paragraph_style(
            "subtopic", _TEXT_SIZE, fontName="Vera-Italic", spaceBefore=3, spaceAfter=3, keepWithNext=1
        ),
        "caption": paragraph_style("caption", 9, spaceBefore=4, spaceAfter=4, **heading),
        "paragraph": paragraph_style("paragraph", _TEXT_SIZE),
        "bullet": paragraph_style("bullet", _TEXT_SIZE, leftIndent=14, bulletIndent=2, spaceAfter=3),
    }
