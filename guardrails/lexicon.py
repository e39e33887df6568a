"""Words that may not be used, with the uses that are fine. The patterns are data: `lexicon.yaml`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, reduce

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
    entry = table("lexicon.yaml")[name][language]
    terms, exceptions, parts = entry["terms"], entry.get("except", []), entry.get("parts", {})
    return _compiled(terms, parts), _compiled(exceptions, parts) if exceptions else None


def _compiled(patterns: list[str], parts: Mapping[str, str]) -> re.Pattern[str]:
    """One pattern of all; "<study>" stands for the part of that name, a space for any white space, " ?" for any or none."""
    whole = (reduce(lambda made, part: made.replace(f"<{part}>", parts[part]), parts, p) for p in patterns)
    spaced = (pattern.replace(" ?", r"\s*").replace(" ", r"\s+") for pattern in whole)
    return re.compile("|".join(f"(?:{pattern})" for pattern in spaced), re.IGNORECASE)
