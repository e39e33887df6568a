"""The words of a PDF page with their places, and what a careful eye makes of them. Pure geometry: no file, no library.

All places are in points of the displayed page (rotation and crop box applied), origin at the top left.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache

from ingestion.text import raise_text

_NARROW = frozenset("iljtfrI.,;:'|!()[]/-1")
_MIDDLING = frozenset("abcdeghknopqsuvxyz023456789?$€*JL")

SLANTED = 4
"""The turn of text that runs across the page, as watermarks do."""
_DEGREES = frozenset("oº")
"""What stands raised before C or F where the degree sign was not at hand."""


@dataclass(slots=True)
class Word:
    """A run of characters without white space. Coordinates grow to the right and downwards."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    """The height of the baseline."""
    size: float
    """Of the font, in points."""
    bold: bool = False
    italic: bool = False
    turn: int = 0
    """The text's direction on the displayed page, in quarter turns: 0 reads from left to right, 1 downwards; or SLANTED."""
    font: int = 0
    """Tells fonts of a page apart; 0 where there is none."""
    underlined: bool = False
    spaced: bool = False
    """The file has a space before it."""
    shown: tuple[float, float, float, float] | None = None
    """Where it stands on the displayed page, if it was turned for reading."""


Rule = tuple[float, float, float]
"""A horizontal line: left end, right end, height."""


@dataclass(slots=True)
class PageWords:
    """Everything a page shows, and what it hides."""

    words: list[Word]
    hidden: list[Word]
    """Invisible, white on white, off the page, or too small to see: never quoted."""
    width: float
    height: float
    rules: list[Rule]
    """Horizontal lines, as tables and underlining have them, from top to bottom."""
    bars: list[Rule] = field(default_factory=list)
    """Vertical lines: upper end, lower end, place."""
    pictures: float = 0.0
    """The share of the page that its largest picture covers."""
    struck: bool = False
    """Words that are struck through were left out."""
    is_drawn: bool = False
    """It shows pictures, or more lines than frames and rules."""
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    """What it draws that is large enough to hold words."""


def without_doubles(words: list[Word]) -> list[Word]:
    """Leave out words printed twice at one place, which some programs do for shadows and bold type."""
    places: dict[str, list[Word]] = {}
    kept = []
    for word in words:
        same = places.setdefault(word.text, [])
        near, x0, base = 0.15 * word.size, word.x0, word.base
        for other in same:
            if abs(base - other.base) < near and abs(x0 - other.x0) < near:
                break
        else:
            same.append(word)
            kept.append(word)
    return kept


def underline(page: PageWords) -> None:
    """Mark the words under which a rule runs closely."""
    heights = [rule[2] for rule in page.rules]
    for word in page.words:
        at = bisect_left(heights, word.base - 0.5)
        while at < len(heights) and heights[at] <= word.base + 0.25 * word.size:
            x0, x1, _ = page.rules[at]
            if x0 <= word.x0 + 1.5 and x1 >= word.x1 - 1.5:
                word.underlined = True
                break
            at += 1


def looks_stretched(word: Word) -> bool:
    """Whether a word is wider than its letters can be, so that there are gaps in it: cells written without a space."""
    length = word.x1 - word.x0 if word.turn % 2 == 0 else word.y1 - word.y0
    return (
        len(word.text) > 1 and word.turn != SLANTED and length > (_usual_length(word.text) + 0.4) * word.size
    )


@lru_cache(maxsize=20_000)
def _usual_length(text: str) -> float:
    """In em, generously."""
    return sum(0.34 if c in _NARROW else 0.6 if c in _MIDDLING else 0.78 for c in text)


def stand_side_by_side(before: Word, after: Word) -> bool:
    """Whether two pieces without white space between them stand side by side on the page too."""
    reach = 0.6 * max(before.size, after.size)
    if before.turn or after.turn:
        return before.turn == after.turn
    return abs(before.base - after.base) < reach and -reach < after.x0 - before.x1 < reach


SOME_LETTERS = 2
"""Fewer are set apart by design, as in l e t t e r s."""
_SPACE = 0.15
"""Of the size: a quarter of it is a space, and letters of one word touch."""


def gapes(before: Word, after: Word) -> bool:
    """Whether the eye sees a space between two pieces of letters that the file wrote without one."""
    if before.turn or after.turn or min(len(before.text), len(after.text)) < SOME_LETTERS:
        return False
    letters = before.text[-1].isalpha() and after.text[0].isalpha()
    size = min(before.size, after.size)
    level = abs(before.base - after.base) < 0.1 * size
    return letters and level and after.x0 - before.x1 > _SPACE * size


def join(before: Word, after: Word) -> None:
    """Add a piece to a word; a small raised piece is written with raised signs, so that 10⁹ never reads 109."""
    text = after.text
    if is_raised(after, before):
        text = raise_text(text)
    elif is_raised(before, after) and before.text in _DEGREES and text[:1] in "CF":
        before.text = "°"
        before.size, before.base = after.size, after.base
    elif is_raised(before, after) and before.text.isascii():
        before.text = raise_text(before.text)
        before.size, before.base = after.size, after.base
    elif after.size > before.size:
        before.size = after.size
    before.text += text
    before.x0, before.x1 = min(before.x0, after.x0), max(before.x1, after.x1)
    before.y0, before.y1 = min(before.y0, after.y0), max(before.y1, after.y1)
    before.bold = before.bold and after.bold
    before.italic = before.italic and after.italic


def is_raised(word: Word, neighbour: Word) -> bool:
    """Whether a word is printed small and high beside its neighbour."""
    return (
        word.turn == neighbour.turn == 0
        and word.size <= 0.85 * neighbour.size
        and 0.15 * neighbour.size <= neighbour.base - word.base <= 0.75 * neighbour.size
    )
