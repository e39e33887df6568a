"""The numbers of a manuscript's lines, in a margin beside all text: they count lines and belong to no sentence."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingestion.layout import PlacedWord

_STEPS = {1, 2, 5, 10}
"""Each line has its number, or each second, fifth or tenth."""
_FEWEST = {1: 8, 2: 6, 5: 4, 10: 4}
"""Numbers that a document has at least, by their step."""
_BODY = 0.08
"""The share of a page at its head and foot whose words say nothing of where the text's edges are."""
_ALIGNED = 2.0
"""Points."""
_PROSE = 5
"""Words of a line of prose."""


def line_numbers(pages: Sequence[Sequence[PlacedWord]], heights: Sequence[float]) -> set[int]:
    """Ids of the words that number the lines of a document.

    They stand under each other beside all text, and count on from line to line by one step, over each page.
    """
    found: set[int] = set()
    for is_left in (True, False):
        beside = [
            _in_line(_beside(page, height, is_left=is_left))
            for page, height in zip(pages, heights, strict=True)
        ]
        steps = Counter(int(b.text) - int(a.text) for page in beside for a, b in pairwise(page))
        step = steps.most_common(1)[0][0] if steps else 0
        if step not in _STEPS:
            continue
        counted = [
            numbers if _counts(numbers, page, step) else []
            for numbers, page in zip(beside, pages, strict=True)
        ]
        if sum(map(len, counted)) >= _FEWEST[step]:
            found.update(id(word) for numbers in counted for word in numbers)
    return found


def _beside(page: Sequence[PlacedWord], height: float, *, is_left: bool) -> list[PlacedWord]:
    """The numbers beside all text of a page, from top to bottom."""
    text = [w for w in page if not w.text.isdigit() and _BODY * height < w.base < (1 - _BODY) * height]
    numbers = [w for w in page if w.text.isdecimal() and len(w.text) <= 4]
    if not text or not numbers:
        return []
    if is_left:
        edge = min(w.x0 for w in text)
        return sorted((w for w in numbers if w.x1 <= edge + 1), key=lambda w: w.base)
    edge = max(w.x1 for w in text)
    return sorted((w for w in numbers if w.x0 >= edge - 1), key=lambda w: w.base)


def _in_line(numbers: list[PlacedWord]) -> list[PlacedWord]:
    """Those that stand under each other: most begin or end at one place."""
    best: list[PlacedWord] = []
    for ends in ([w.x1 for w in numbers], [w.x0 for w in numbers]):
        places = Counter(round(end) for end in ends)
        place = places.most_common(1)[0][0] if places else 0
        near = [w for w, end in zip(numbers, ends, strict=True) if abs(end - place) < _ALIGNED]
        best = max(best, near, key=len)
    return best


def _counts(numbers: Sequence[PlacedWord], page: Sequence[PlacedWord], step: int) -> bool:
    """Whether they count the page's lines of prose: on by a step each time but for lines that have none, as those of tables."""
    steps = [int(b.text) - int(a.text) for a, b in pairwise(numbers)]
    if not numbers or any(own <= 0 or own % step for own in steps):
        return False
    if sum(own == step for own in steps) < 0.8 * len(steps):
        return False
    lines = _words_of_lines(page)
    if not _beside_prose(numbers, lines):
        return False
    if step > 1:
        # A column of doses rises by fives as well: from one number to the next there are as many lines.
        between = [sum(a.base + 1 < y <= b.base + 1 for y in lines) for a, b in pairwise(numbers)]
        right = sum(count == own for count, own in zip(between, steps, strict=True))
        return right >= 0.8 * len(steps) and len(numbers) * step * 3 > len(lines)
    return len(numbers) >= 0.5 * len(lines) or (
        len(numbers) >= _FEWEST[1] and len(numbers) >= 0.1 * len(lines)
    )


def _words_of_lines(page: Sequence[PlacedWord]) -> dict[float, int]:
    """How many words each line of text has, by its height from the top in points."""
    lines: dict[float, int] = {}
    last = -10.0
    for word in sorted((w for w in page if not w.text.isdecimal()), key=lambda w: w.base):
        if word.base - last > 3:
            last = word.base
        lines[last] = lines.get(last, 0) + any(c.isalpha() for c in word.text)
    return lines


def _beside_prose(numbers: Sequence[PlacedWord], lines: Mapping[float, int]) -> bool:
    """Whether most of the lines that have a number are of several words, as the rows of a table are not."""
    told = [max((n for y, n in lines.items() if abs(y - w.base) < 3), default=0) for w in numbers]
    return sorted(told)[len(told) // 2] >= _PROSE
