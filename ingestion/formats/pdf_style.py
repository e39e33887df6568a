"""What a PDF's body looks like, against which headings and small print stand out."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ingestion.layout import PlacedWord, Segment

_PROSE_WORDS = 5
"""A line with as many words is prose, not a cell or a label."""


NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[^\W\d_]")
_FEWEST_NUMBERED = 2
"""Numbered headings of one type, before unnumbered ones of that type are put beside them."""

Type = tuple[float, bool, bool]
"""Size, bold, italic."""


def type_of(word: PlacedWord) -> Type:
    """The type that a word is set in."""
    return round(word.size * 2) / 2, word.bold, word.italic


@dataclass(frozen=True, slots=True)
class Style:
    """What the document's body looks like, against which headings stand out."""

    size: float
    bold: bool
    outline: frozenset[str]
    """Keys of the headings that the file's outline names."""
    ranks: dict[float, int]
    """Of each size of type larger than the body's: 0 for the largest."""
    numbered: dict[Type, int]
    """How deep the numbered headings of a type stand: 2 for 4.2."""
    hyphenates: bool
    """Words are parted at the ends of lines."""
    vocabulary: frozenset[str]
    """All words, in lower case."""


def style_of(pages: Iterable[list[Segment]], outline: frozenset[str]) -> Style:
    """Learn from all pages, without their furniture, what the document looks like. `outline` holds heading keys."""
    sizes: Counter[tuple[float, bool]] = Counter()
    prose: Counter[tuple[float, bool]] = Counter()
    vocabulary: set[str] = set()
    line_ends: list[tuple[str, str]] = []
    numbered: Counter[tuple[Type, int]] = Counter()
    for page in pages:
        before = ""
        for segment in page:
            words = segment.words
            if words[0].text[0].isdigit() and (match := NUMBERED.match(segment.text)):
                numbered[type_of(words[0]), match[1].count(".") + 1] += 1
            counter = prose if len(words) >= _PROSE_WORDS else sizes
            for word in words:
                counter[round(word.size * 2) / 2, word.bold] += len(word.text)
            vocabulary.update(word.text.strip(".,;:()[]").lower() for word in words)
            if before:
                line_ends.append((before, words[0].text))
            before = words[-1].text if words[-1].text.endswith("-") else ""
    size, bold = _body_type(sizes, prose)
    joined = apart = 0
    for first, second in line_ends:
        head, tail = first.strip("(["), second.strip(".,;:()[]").lower()
        joined += (head[:-1] + tail).lower() in vocabulary
        apart += (head + tail).lower() in vocabulary
    larger = sorted({s for (s, _) in (*sizes, *prose) if s > size + 0.7}, reverse=True)
    ranks = {value: rank for rank, value in enumerate(larger)}
    return Style(size, bold, outline, ranks, _depths(numbered), joined > apart, frozenset(vocabulary))


def _depths(numbered: Counter[tuple[Type, int]]) -> dict[Type, int]:
    """The usual depth of each type's numbered headings."""
    depths: dict[Type, int] = {}
    for (kind, depth), count in numbered.most_common():
        if count >= _FEWEST_NUMBERED:
            depths.setdefault(kind, depth)
    return depths


def _body_type(sizes: Counter[tuple[float, bool]], prose: Counter[tuple[float, bool]]) -> tuple[float, bool]:
    """Size and weight of the body: the largest type in which much of the prose is set."""
    counted = prose or sizes
    if not counted:
        return 10.0, False
    most = max(counted.values())
    return max(
        ((size, not bold), (size, bold)) for (size, bold), count in counted.items() if count >= 0.4 * most
    )[1]


def heading_key(text: str) -> str:
    """Text for comparison of headings: letters and digits alone."""
    return "".join(c for c in text.lower() if c.isalnum())
