"""The notes at the foot of a page: smaller type behind a mark, down to the end of the flow. A sentence that goes on overleaf leaps over them."""

import re
from collections.abc import Sequence
from typing import cast

from ingestion.formats.pdf_style import Style
from ingestion.formats.pdf_words import Word
from ingestion.grid import Grid
from ingestion.paragraphs import TERMINATED, Paragraph

_SMALLER = 0.4
"""Points below the body's type: less may be rounding."""
_RAISED = 0.85
"""Of the size of the word that it stands before."""
_NUMBER = re.compile(r"\d{1,3}|[a-z]")
_SIGN = re.compile(r"[*†‡§¶]+|[⁰¹²³⁴-⁹]+|[ᵃ-ᶻ]")
_ISOTOPE = re.compile(r"[⁰¹²³⁴-⁹]+[A-Z][a-z]?(?:-|\Z)")
"""¹⁴C-labelled, ¹⁸F."""


def part_off(
    items: Sequence[Paragraph | Grid], style: Style
) -> tuple[Sequence[Paragraph | Grid], Sequence[Paragraph | Grid]]:
    """A flow's items without the notes at its foot, and these."""
    first = at = len(items)
    while at and _is_small(items[at - 1], style):
        at -= 1
        if _mark(items[at]):
            first = at
        elif at and not _goes_on(items[at - 1], items[at]):
            break
    marks = [mark for item in items[first:] if (mark := _mark(item))]
    bullets = len(marks) > 1 and len(set(marks)) == 1
    return (items, items[:0]) if bullets else (items[:first], items[first:])


def _goes_on(before: Paragraph | Grid, item: Paragraph | Grid) -> bool:
    """Whether a paragraph without a mark goes on with the note before it: as an item of its list, or in the middle of its sentence."""
    if isinstance(before, Grid) or isinstance(item, Grid):
        return False
    return item.is_item or before.is_item or not TERMINATED.search(_lines(before)[-1][-1].text)


def _is_small(item: Paragraph | Grid, style: Style) -> bool:
    if isinstance(item, Grid):
        return False
    return all(word.size < style.size - _SMALLER for line in _lines(item) for word in line)


def _mark(item: Paragraph | Grid) -> str:
    """The mark of a note that it begins with: a sign, or a number or letter that is smaller than what follows; empty for none."""
    words = [] if isinstance(item, Grid) else [word for line in _lines(item) for word in line]
    if len(words) < 2:  # noqa: PLR2004  a mark and something behind it
        return ""
    mark, following = words[0], words[1]
    if _NUMBER.fullmatch(mark.text) and mark.size < _RAISED * following.size:
        return mark.text
    sign = _SIGN.match(mark.text)
    if sign is None or _ISOTOPE.match(mark.text):
        return ""
    return sign[0]


def _lines(item: Paragraph) -> list[list[Word]]:
    return cast("list[list[Word]]", item.lines)
