"""Two results told as the same, where the quotes only could not show that they differ."""

import re
from collections.abc import Sequence

from guardrails.answers import Text
from guardrails.markers import markers

_SAME = re.compile(
    r"\b(?:identical(?:ly)?|the (?:very |exact )?same|equal(?:ly)?|identiques?|la même|le même|les mêmes|égale?s?|égaux"
    r"|autant|aussi \w+ (?:que|dans|chez|pour|entre|avec)|as (?:much|often|frequent(?:ly)?|large|strong(?:ly)?|marked|great) (?:with|in|for|as|on))\b",
    re.IGNORECASE,
)

_LESS = re.compile(
    r"\bto a (?:lesser|smaller) (?:extent|degree)\b|\bdans une moindre mesure\b|\bà un moindre degré\b",
    re.IGNORECASE,
)


def same_for_not_shown(said: Text, quoted: Sequence[Text]) -> tuple[str, ...]:
    """The words that call two alike where a quote tells that no significant difference was seen, or of one that it was less so, and none
    calls them so.

    What a study could not tell apart need not be the same. “Similar” claims less and is left to the reviewer. Source: ICH E9, 3.3.2.
    """
    spoken = _SAME.search(said[0])
    undecided = any(
        {"negation", "significance"} <= {*markers(*text)} or _LESS.search(text[0]) for text in quoted
    )
    if spoken is None or not undecided or "significance" in markers(*said):
        return ()
    held = any(_SAME.search(text) or "similar" in markers(text, language) for text, language in quoted)
    return () if held else (spoken[0],)
