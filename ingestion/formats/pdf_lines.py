"""Putting a PDF's lines together: the text of blocks, the boxes of its words, and hyphens at the ends of lines."""

import re
from typing import cast

from ingestion.assembly import Block, table_block
from ingestion.formats.pdf_style import Style
from ingestion.formats.pdf_words import Word
from ingestion.grid import Grid
from ingestion.model import Layer, Rectangle, SentenceKind
from ingestion.tables import GridCell, give_roles, span_heads, write_table

_KEEPS_HYPHEN = re.compile(
    r"(?:non|self|well|double|single|triple|placebo|open|long|short|high|low|beta|alpha|cross|follow|dose|evidence|drug|"
    r"event|once|first|second|third|type|time|age|sex|end|post|pre|anti|mid|multi|co|intention|per|year|week|month|day|"
    r"half|health|blood|heart|st|ci|là|peut|est|a)-\Z"
)
"""Where the document does not tell, the hyphen behind these stays: "double-blind", "est-ce"."""
_DASHES = frozenset("-\u00ad‐–—")
_JOINERS = _DASHES | {"/"}
"""Behind these, with no space before them, a line's end is no space: "24-|hour", "26–|598", "mL/|m²"."""
_SUSPENDS = frozenset({"and", "or", "to", "versus", "vs", "et", "ou", "à"})
"""What follows a hyphen that stands for a word told later: "short- and long-term", "2- to 3-fold"."""

_TORN = 6
"""Letters: a shorter word and the next may be one elsewhere: "in" and "active"."""


def lines_block(
    lines: list[list[Word]],
    style: Style,
    *,
    layer: Layer = "body",
    kind: SentenceKind = "sentence",
    level: int = 0,
    runs_on: bool = False,
) -> Block:
    """Put lines together: a line break between lines, none where a hyphen parted a word."""
    texts: list[str] = []
    boxes: list[tuple[int, int, Rectangle]] = []
    at = 0
    last = len(lines) - 1
    for number, line in enumerate(lines):
        for index, word in enumerate(line):
            if index:
                texts.append(" ")
                at += 1
            text = word.text
            is_end = index == len(line) - 1 and number < last
            parted = _parted(text, lines[number + 1][0].text, style) if is_end else None
            if parted == "drop":
                text = text[:-1]
            boxes.append((at, at + len(text), _rectangle(word)))
            texts.append(text)
            at += len(text)
            if is_end and parted is None:
                texts.append("\n")
                at += 1
    return Block("".join(texts), layer, kind, boxes, level, runs_on)


def grid_block(grid: Grid, style: Style) -> Block:
    """A table as one block: a line per row, cells parted by bars."""
    cells: list[GridCell] = []
    for placed in grid.cells:
        words = cast("list[Word]", placed.words)
        text, boxes = _cell_text(words, style)
        bold = all(word.bold for word in words) and not style.bold
        cells.append(
            GridCell(placed.row, placed.column, text, boxes, placed.row_span, placed.column_span, bold=bold)
        )
    reasons = [
        *grid.reasons,
        *give_roles(cells, grid.header_rows),
        *([] if grid.levels else span_heads(cells)),
    ]
    return table_block(write_table(cells, reasons))


def _cell_text(words: list[Word], style: Style) -> tuple[str, list[tuple[int, int, Rectangle]]]:
    """The words of a cell with single spaces, also where a line ends, and none where a hyphen parted a word."""
    texts: list[str] = []
    boxes: list[tuple[int, int, Rectangle]] = []
    at = 0
    hyphen: str | None = None
    for index, word in enumerate(words):
        if index and not hyphen:
            texts.append(" ")
            at += 1
        following = words[index + 1] if index + 1 < len(words) else None
        ends_line = following is not None and following.base > word.base + 0.5 * word.size
        hyphen = _parted(word.text, following.text, style) if following and ends_line else None
        if following and ends_line and hyphen is None and _stands_alone(words, index):
            hyphen = "keep" if _torn(word.text, following.text, style) else None
        text = word.text[:-1] if hyphen == "drop" else word.text
        boxes.append((at, at + len(text), _rectangle(word)))
        texts.append(text)
        at += len(text)
    return "".join(texts), boxes


def _parted(first: str, second: str, style: Style) -> str | None:
    """What becomes of a hyphen at a line's end: "drop" it, "keep" it, both without the line break, or None for no hyphen.

    Never dropped next to a digit, nor a dash or a slash.
    """
    mark, before = first[-1:], first[-2:-1]
    if mark not in _JOINERS or not before or before in _DASHES or not second[:1].isalnum():
        return None
    beside_a_digit = not (before.isalpha() and second[:1].isalpha())
    if mark == "\u00ad":
        return None if beside_a_digit else "drop"
    if mark in "–—/" or beside_a_digit:
        return None if mark != "/" and second.lower() in _SUSPENDS else "keep"
    return _word_parted(first.strip("([\"'“«"), second.strip(".,;:()[]\"'”»"), style)


def _stands_alone(words: list[Word], index: int) -> bool:
    """Whether the word is all of its line."""
    word = words[index]
    return index == 0 or word.base > words[index - 1].base + 0.5 * word.size


def _torn(first: str, second: str, style: Style) -> bool:
    """Whether a word too long for a narrow cell goes on in its next line, by a word that the document has elsewhere."""
    tail = re.match(r"[^\W\d_]+", second)
    if tail is None or not tail[0].islower() or not first.isalpha() or len(first) < _TORN:
        return False
    return (first + tail[0]).lower() in style.vocabulary


def _word_parted(head: str, tail: str, style: Style) -> str | None:
    """The same for a word's halves. The document itself tells how it writes the word elsewhere."""
    head, lower = head.lower(), tail.lower()
    if tail[:1].islower() and head[:-1] + lower in style.vocabulary:
        return "drop"
    if lower in _SUSPENDS:
        return None
    if not tail[:1].islower() or head + lower in style.vocabulary:
        return "keep"
    known = not style.hyphenates or "-" in head[:-1] or _KEEPS_HYPHEN.match(head)
    return "keep" if known else "drop"


def _rectangle(word: Word) -> Rectangle:
    x0, y0, x1, y1 = word.shown or (word.x0, word.y0, word.x1, word.y1)
    return Rectangle(round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1))
