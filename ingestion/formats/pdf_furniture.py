"""What stands on a PDF's pages beside their text: running heads and feet, page numbers, watermarks."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingestion.layout import Segment, by_baseline

_ZONE = 0.1
"""The share of a page's height, at its head and foot, in which running heads are looked for."""
_OUTER_ZONE = 0.25
"""In it the outermost line of all may be one too."""
_PAGE_NUMBER = re.compile(
    r"(?:page\s*|p\.\s*)?[-–—]?\s*(?:\d{1,4}|\d{1,2}[-–]\d{1,3}|[ivxl]{1,6})\s*[-–—]?(?:\s*(?:/|of|de|sur)\s*\d{1,4})?\Z",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"(?:©|\(c\) ?(?=\d{4})|copyright\b|downloaded from\b|téléchargé depuis\b|for personal use only)",
    re.IGNORECASE,
)
"""How a line of the imprint begins: at the page's edge, apart from the text, it is no part of it."""
_Seen = dict[tuple[str, int], list[tuple[int, Segment]]]
"""Segments, with the numbers of their pages, by text and height."""
_TWO_PAGES = 2
_FEW_LETTERS = 3
"""Of a unit."""
_FEW_WORDS = 4
"""Words of a title that ends with a stop."""
_OF_THE_PAGE = re.compile(
    r"(?:\bpages?|\bp\.)\s*\d+(?:\s*(?:of|sur|/)\s*\d+)?|\b\d+\s*(?:of|sur|/)\s*\d+\b|^\W*\d+\W*$",
    re.IGNORECASE,
)
_MOST_EDGE_LINES = 3
_LARGE = 1.8
"""Times the body's type: what is printed across pages as large and comes back is a watermark."""


def find_furniture(pages: Sequence[Sequence[Segment]], heights: Sequence[float]) -> set[int]:
    """Ids of the segments that are furniture.

    One near the head or foot is furniture if it is only a page number or the imprint, or if the same text (digits apart)
    stands at the same height on three pages and more, and on most pages or in lighter type than a heading has. Of two
    pages, what stands apart from the text at one edge of both is.
    """
    seen: _Seen = {}
    large: _Seen = {}
    found: set[int] = set()
    usual = _usual_size(pages)
    for number, (page, height) in enumerate(zip(pages, heights, strict=True)):
        for segment, outermost in _near_edge(page, height):
            numbers = _PAGE_NUMBER.match(segment.text) and not _is_in_a_table(segment, page)
            if outermost and (numbers or _is_imprint(segment, page)):
                found.add(id(segment))
            seen.setdefault(_key(segment), []).append((number, segment))
        for segment in page:
            if segment.size > _LARGE * usual and not _counts(segment.text):
                large.setdefault(_key(segment), []).append((number, segment))
    if len(pages) == _TWO_PAGES:
        found.update(_on_both(pages, heights))
    coming_back = [
        *(there for (text, _), there in seen.items() if _comes_back(text, there, len(pages))),
        *(there for there in large.values() if len(_pages_of(there)) >= max(3, 0.6 * len(pages))),
    ]
    return found | {id(s) for there in coming_back for _, s in there}


def _counts(text: str) -> bool:
    """Whether it is a figure, as slides show one large at the same place each: no watermark, which is words."""
    return any(map(str.isdigit, text)) and sum(map(str.isalpha, text)) <= _FEW_LETTERS


def _on_both(pages: Sequence[Sequence[Segment]], heights: Sequence[float]) -> Iterator[int]:
    """Of two pages, the lines at an edge that both have alike, and that stand apart from the text."""
    for is_head in (True, False):
        edges = [
            list(_edge(page, height, is_head=is_head)) for page, height in zip(pages, heights, strict=True)
        ]
        one, other = ({_said(s) for s in edge} for edge in edges)
        if one and one == other and not any(_is_a_sentence(text) for text, _ in one):
            yield from (id(s) for edge in edges for s in edge)


def _said(segment: Segment) -> tuple[str, int]:
    """What it says and at which height, but for the number of the page: other digits tell something, as the strength in a title."""
    return _OF_THE_PAGE.sub("#", segment.text), _key(segment)[1]


def _is_a_sentence(text: str) -> bool:
    return text.rstrip().endswith(".") and len(text.split()) > _FEW_WORDS


def _edge(page: Sequence[Segment], height: float, *, is_head: bool) -> Iterator[Segment]:
    """The lines from the page's edge to the first gap, if they are few and near it."""
    rows = by_baseline(page)[:: 1 if is_head else -1]
    for number, (row, inner) in enumerate(pairwise(rows[: _MOST_EDGE_LINES + 1])):
        base = row[0].base
        if min(base, height - base) > _ZONE * height or (base < height / 2) is not is_head:
            return
        if abs(inner[0].base - base) > 2 * max(row[0].size, inner[0].size):
            yield from (s for line in rows[: number + 1] for s in line)
            return


def _is_in_a_table(number: Segment, page: Sequence[Segment]) -> bool:
    """Whether it stands in a row, close under another figure: a last row at the page's foot."""
    beside = [s for s in page if s is not number and abs(s.base - number.base) < 2]
    above = [s for s in page if 2 < number.base - s.base < 2 * number.size]
    figures = [s for s in above if s.text[-1:].isdigit() and s.x0 < number.x1 and s.x1 > number.x0]
    return bool(beside and figures)


def _comes_back(text: str, there: list[tuple[int, Segment]], pages: int) -> bool:
    numbers = _pages_of(there)
    if len(numbers) < 3:
        return False
    varies = "#" in text and len({s.text for _, s in there}) >= len(numbers) - 1
    share = len(numbers) / max(pages, 1)
    light = not all(word.bold for _, s in there for word in s.words)
    return varies or share >= 0.6 or (share >= 0.2 and light)


def _pages_of(there: list[tuple[int, Segment]]) -> set[int]:
    return {number for number, _ in there}


def facing_pages(page: Sequence[Segment], furniture: set[int], width: float, height: float) -> float | None:
    """Where a sheet with two pages side by side is parted: it is wide and has two page numbers that follow each other."""
    if width < 1.2 * height:
        return None
    middle = width / 2
    numbers = sorted(
        (s.x0, int(s.text)) for s in page if id(s) in furniture and s.text.isdigit() and len(s.text) < 5
    )
    if not any(b - a == 1 and x < middle < y for (x, a), (y, b) in pairwise(numbers)):
        return None
    crossing = any(s.x0 < middle - 2 and s.x1 > middle + 2 for s in page if id(s) not in furniture)
    return None if crossing else middle


def _usual_size(pages: Sequence[Sequence[Segment]]) -> float:
    sizes = sorted(s.size for page in pages for s in page if len(s.words) >= 5)
    return sizes[len(sizes) // 2] if sizes else 12.0


def _key(segment: Segment) -> tuple[str, int]:
    return re.sub(r"\d+", "#", segment.text.lower()), round(segment.base / 3)


def _near_edge(page: Sequence[Segment], height: float) -> Iterator[tuple[Segment, bool]]:
    """The segments near the head and the foot, and whether none stands further out."""
    if not page:
        return
    top, bottom = min(s.base for s in page), max(s.base for s in page)
    for segment in page:
        is_head = segment.base < height / 2
        outermost = segment.base <= top + 2 if is_head else segment.base >= bottom - 2
        edge = min(segment.base, height - segment.base) / max(height, 1.0)
        if edge <= _ZONE or (outermost and edge <= _OUTER_ZONE and _stands_apart(segment, page)):
            yield segment, outermost


def _is_imprint(segment: Segment, page: Sequence[Segment]) -> bool:
    """Whether an outermost line is the imprint: it begins as one does, and stands apart from the text."""
    return _IMPRINT.match(segment.text) is not None and _stands_apart(segment, page)


def _stands_apart(segment: Segment, page: Sequence[Segment]) -> bool:
    """Whether no other line is near."""
    others = [abs(s.base - segment.base) for s in page if abs(s.base - segment.base) > 2]
    return bool(others) and min(others) > 2 * segment.size
