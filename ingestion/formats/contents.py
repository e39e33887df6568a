"""Tables of contents that an author typed: each line has a page number behind a tab or dots, and its words are a heading."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

_DOTTED = re.compile(r"(?:\.{5}|(?:\. ){4}|…{2}).*\d\s*\Z", re.DOTALL)
_ENTRY = re.compile(r"(.*\S)\s*\t\s*(\d{1,4})\Z")
_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}|[A-Z]|[IVX]{1,5})[.):]?\s+")


def is_dotted(text: str) -> bool:
    """Whether it is an entry with its dots and page number."""
    return _DOTTED.search(text) is not None


def titles_among(texts: Iterable[str]) -> frozenset[str]:
    """The lines of a document that its contents may name: all but those that look like contents themselves."""
    return frozenset(_plain(text) for text in texts if text and not _ENTRY.match(text))


def entries_among(texts: Sequence[str], titles: frozenset[str]) -> set[int]:
    """The numbers of the paragraphs that are entries: two at least in a row, whose pages rise, each named like a line of the document."""
    pages = [_page(text, titles) for text in texts]
    found: set[int] = set()
    for is_entry, group in groupby(range(len(texts)), lambda at: pages[at] is not None):
        run = list(group)
        rises = all((pages[a] or 0) <= (pages[b] or 0) for a, b in pairwise(run))
        if is_entry and len(run) > 1 and rises:
            found.update(run)
    return found


def _page(text: str, titles: frozenset[str]) -> int | None:
    entry = _ENTRY.match(text)
    return int(entry[2]) if entry and _plain(entry[1]) in titles else None


def _plain(text: str) -> str:
    return " ".join(_NUMBER.sub("", " ".join(text.split()), count=1).casefold().split())
