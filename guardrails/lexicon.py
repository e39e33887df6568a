"""Words that may not be used, with the uses that are fine. The patterns are data: `lexicon.yaml`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from guardrails.tables import table


@dataclass(frozen=True, slots=True)
class Hit:
    """A forbidden use: which list, the words, and their half-open offsets in the text."""

    list: str
    text: str
    start: int
    end: int


def find(text: str, language: str, lists: tuple[str, ...]) -> Iterator[Hit]:
    """The forbidden uses in a text, of the named lists, without the excepted ones.

    An exception that overlaps a hit cancels it ("breakthrough bleeding", "dose optimale"). Apostrophes and
    no-break spaces are read as plain ones; offsets are those of the text as given.
    """
    plain = text.translate(_PLAIN)
    for name in lists:
        terms, exceptions = _patterns(name, language)
        excepted = [match.span() for match in exceptions.finditer(plain)] if exceptions else []
        for match in terms.finditer(plain):
            if not any(start < match.end() and match.start() < end for start, end in excepted):
                yield Hit(name, text[match.start() : match.end()], match.start(), match.end())


_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "‑": "-", "‐": "-"})


@cache
def _patterns(name: str, language: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    entry = table("lexicon.yaml")[name]
    terms, exceptions = entry[language]["terms"], entry[language].get("except", [])
    return _compiled(terms), _compiled(exceptions) if exceptions else None


def _compiled(patterns: list[str]) -> re.Pattern[str]:
    """One pattern of all; a space in one stands for any white space, " ?" for any or none."""
    spaced = (pattern.replace(" ?", r"\s*").replace(" ", r"\s+") for pattern in patterns)
    return re.compile("|".join(f"(?:{pattern})" for pattern in spaced), re.IGNORECASE)
