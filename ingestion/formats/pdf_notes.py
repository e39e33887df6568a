"""The notes at the foot of a page: smaller type behind a mark, down to the end of the flow. A sentence that goes on overleaf leaps over them."""

import re
from collections.abc import Sequence
from typing import cast

from ingestion.formats.pdf_style import Style
from ingestion.formats.pdf_words import Word
from ingestion.grid import Grid
from ingestion.paragraphs import Paragraph

_SMALLER = 0.4
"""Points below the body's type: less may be rounding."""
_RAISED = 0.85
"""Of the size of the word that it stands before."""
_NUMBER = re.compile(r"\d{1,3}|[a-z]")
_SIGN = re.compile(r"[*†‡§¶⁰¹²³⁴-⁹ᵃ-ᶻ]")


def part_off(
    items: Sequence[Paragraph | Grid], style: Style
) -> tuple[Sequence[Paragraph | Grid], Sequence[Paragraph | Grid]]:
    """A flow's items without the notes at its foot, and these."""
    first = at = len(items)
    while at and _is_small(items[at - 1], style):
        at -= 1
        if _is_marked(items[at]):
            first = at
    return items[:first], items[first:]


def _is_small(item: Paragraph | Grid, style: Style) -> bool:
    if isinstance(item, Grid):
        return False
    return all(word.size < style.size - _SMALLER for line in _lines(item) for word in line)


def _is_marked(item: Paragraph | Grid) -> bool:
    """Whether it begins with the mark of a note: a sign, or a number or letter that is smaller than what follows."""
    words = [] if isinstance(item, Grid) else [word for line in _lines(item) for word in line]
    if len(words) < 2:  # noqa: PLR2004  a mark and something behind it
        return False
    mark, following = words[0], words[1]
    small = mark.size < _RAISED * following.size and _NUMBER.fullmatch(mark.text) is not None
    return small or _SIGN.match(mark.text) is not None


def _lines(item: Paragraph) -> list[list[Word]]:
    return cast("list[list[Word]]", item.lines)
