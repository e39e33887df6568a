"""A statement with the abbreviations of its quotes, where the quotes say what they stand for.

Who cites "Isoniazid preventive therapy (IPT) is recommended …" beside "46 (11%) in the IPT arm" may write the name out: it is no word put
in, and no piece of one sentence set before another.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from guardrails.model import Segment
from guardrails.plain import plain

_DEFINED = re.compile(
    r"(?P<before>(?:[^\W\d_][\w'’-]*[ ]){2,9})\((?P<short>[A-ZÉ][A-Za-zÉ]{0,5}[A-ZÉ])s?[;,)]"
)
_GREEK = str.maketrans("αβγδκλ", "abgdkl")
_PART = re.compile(r"[^\W\d_]+")


def in_short(segment: Segment) -> Segment:
    """The segment with each name that its quotes define, and use, in the short form that they use."""
    own = [c.quote for c in segment.citations if c.quote_language == segment.language]
    text = segment.text
    for short, name in sorted(_definitions(own), key=lambda found: -len(found[1])):
        used = re.compile(rf"(?<![\w(-]){re.escape(short)}s?(?![\w)-])")
        written = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)(?:\s\({re.escape(short)}s?\))?", re.IGNORECASE)
        forms = [found[0] for quote in own if not written.search(quote) and (found := used.search(quote))]
        if forms:
            text = written.sub(forms[0], text)
    return segment if text == segment.text else replace(segment, text=text)


def _definitions(quotes: list[str]) -> Iterator[tuple[str, str]]:
    for quote in quotes:
        for found in _DEFINED.finditer(quote):
            if name := _name_of(found["short"], found["before"].split()):
                yield found["short"], name


def _name_of(short: str, before: list[str]) -> str:
    """The fewest words that end before the bracket whose first letters are those of the abbreviation, in order; empty where none are."""
    letters = plain(short)
    for first in range(len(before) - 2, -1, -1):
        initials = "".join(
            plain(part)[0].translate(_GREEK) for word in before[first:] for part in _PART.findall(word)
        )
        if initials[:1] == letters[0] and initials[-1:] == letters[-1] and _in_order(letters, initials):
            return " ".join(before[first:])
    return ""


def _in_order(letters: str, initials: str) -> bool:
    rest = iter(initials)
    return all(letter in rest for letter in letters)
