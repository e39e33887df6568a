"""How faithfully one text of a page repeats another: characters found again, words broken or glued. Pure functions.

Characters are compared as multisets, not aligned: two readers may rightly put the cells of a table in another order, and
order has its own checked facts. What a multiset hides, a lost letter made up for by an invented one, shows as precision.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

_NEAR_EDGE = 4
"""Lines at the head and foot of a page among which running heads are looked for."""
_REACH = 10
"""Lines from the edges within which a known running head is taken away: figures and footnotes come between."""
_CONTENTS = re.compile(r"(?:\.{5}|(?:\. ){4}|…{2}).*\d\s*\Z")
"""A line of a table of contents: kept out of both sides, for it says nothing that the headings do not."""
_REPEATED = 0.25
"""Of the pages: a line near their edge that stands on as many is a running head."""
_LEADERS = re.compile(r"[.…_·]{3,}|(?:\. ){3,}\.?")
_NO_LETTERS = re.compile(r"[•◦▪‣●○■□➢✓\ue000-\uf8ff\ufffd\u0000-\u0008\u000e-\u001f]|[-‐‑‒–—―−\u00ad\u200b]")
"""Bullets, private codes and hyphens, which readers write differently without a difference in what is said."""
_ONE_KIND = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("‘’‚ʼ", "'") | dict.fromkeys("“”„«»", '"') | {"\u00ad": ""}
)
_LINE_END = re.compile(r"(?<=[\w%²³)])(?:[-‐–—\u00ad]|(/))[ \t]*\n\s*(?=\w)")
"""A line that ends in a hyphen, a dash or a slash goes on in the next one without a space."""
_LONGEST_PARTS = 4
"""Pieces into which a word is thought to be broken."""


@dataclass(slots=True)
class Comparison:
    """Counts over pages; add them up and ask for the shares."""

    characters: int = 0
    """In the text that is compared with."""
    found: int = 0
    invented: int = 0
    words: int = 0
    broken: list[str] = field(default_factory=list)
    glued: list[str] = field(default_factory=list)

    def add(self, other: "Comparison") -> None:
        """Add another page's counts."""
        self.characters += other.characters
        self.found += other.found
        self.invented += other.invented
        self.words += other.words
        self.broken += other.broken
        self.glued += other.glued

    @property
    def recall(self) -> float:
        """The share of the characters that were found again."""
        return self.found / self.characters if self.characters else 1.0

    @property
    def precision(self) -> float:
        """The share of our characters that the other text has too."""
        return self.found / (self.found + self.invented) if self.found + self.invented else 1.0

    @property
    def damaged(self) -> float:
        """The share of words that are broken or glued."""
        return (len(self.broken) + len(self.glued)) / self.words if self.words else 0.0


def running_heads(pages: Sequence[str]) -> frozenset[str]:
    """Keys of the lines that stand near the edge of a quarter of the pages, digits apart; page numbers among them."""
    seen: Counter[str] = Counter()
    for page in pages:
        lines = _lines(page)
        near = {*map(line_key, lines[:_NEAR_EDGE]), *map(line_key, lines[-_NEAR_EDGE:])}
        seen.update(near)
    least = max(3, _REPEATED * len(pages))
    worded = (key for key, count in seen.items() if count >= least)
    return frozenset(key for key in worded if key == "#" or any(c.isalpha() for c in key))


def without_heads(page: str, heads: frozenset[str]) -> tuple[str, int]:
    """The page's text without running heads, lone page numbers at its edges and lines of contents, and how many were heads."""
    lines = [line for line in _lines(page) if not _CONTENTS.search(line)]
    kept = []
    for at, line in enumerate(lines):
        key, edge = line_key(line), min(at, len(lines) - 1 - at)
        if not (key in heads and edge < _REACH) and not (key == "#" and edge <= 1):
            kept.append(line)
    return "\n".join(kept), len(lines) - len(kept)


def line_key(line: str) -> str:
    """A line for comparison over pages: numbers and spaces do not count."""
    return re.sub(r"\d+", "#", "".join(_plain(line).lower().split()))


def loose(text: str) -> str:
    """Text for the finding of a snippet: no white space, no soft hyphens, one kind of dash and quotation mark, no case."""
    signs = _plain(text).casefold().translate(_ONE_KIND)
    return "".join(signs.split())


def compare(reference: str, ours: str) -> Comparison:
    """Compare our text of a page with a reference's."""
    there, here = _words(reference), _words(ours)
    wanted, had = Counter("".join(there)), Counter("".join(here))
    found = (wanted & had).total()
    missing, extra = Counter(there) - Counter(here), Counter(here) - Counter(there)
    return Comparison(
        characters=wanted.total(),
        found=found,
        invented=had.total() - found,
        words=len(there),
        broken=_put_together(missing, here, extra),
        glued=_put_together(extra, there, missing),
    )


def _put_together(wholes: Counter[str], words: Sequence[str], pieces: Counter[str]) -> list[str]:
    """Which of `wholes` are neighbouring words of the other text put together, one of them missing here."""
    found: Counter[str] = Counter()
    for at, word in enumerate(words):
        joined = word
        for count in range(1, _LONGEST_PARTS):
            if at + count >= len(words):
                break
            joined += words[at + count]
            parts = words[at : at + count + 1]
            if joined in wholes and any(part in pieces for part in parts):
                found[joined] += 1
    return sorted((found & wholes).elements())


def _lines(page: str) -> list[str]:
    return [line.strip() for line in page.splitlines() if line.strip()]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _words(text: str) -> list[str]:
    """Words without what is mere typography: a hyphen at a line's end and the line break behind it go on both sides."""
    joined = _LINE_END.sub(r"\1", _LEADERS.sub(" ", text))
    return [word for word in _NO_LETTERS.sub("", _plain(joined)).replace("|", " ").split() if word]
