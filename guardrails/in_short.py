"""A statement with the abbreviations of its quotes, where the quotes or everybody in the field say what they stand for.

Who cites "Isoniazid preventive therapy (IPT) is recommended …" beside "46 (11%) in the IPT arm" may write the name out: it is no word put
in, and no piece of one sentence set before another.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from guardrails.model import Segment
from guardrails.numbers.patterns import unit_name
from guardrails.plain import plain
from guardrails.tables import table

_DEFINED = re.compile(
    r"(?P<before>(?:[^\W\d_][\w'’-]*[ ]){2,9})\((?P<short>[A-ZÉ][A-Za-zÉ]{0,5}[A-ZÉ])s?[;,)]"
)
_SHORT = re.compile(r"(?=(?:.*[A-Z]){2})[\w-]{2,9}")
"""An abbreviation: a word with two capitals."""
_FIRST = re.compile(r"\w+")
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
    text = _as_quoted(text, own)
    return segment if text == segment.text else replace(segment, text=text)


def _as_quoted(text: str, quotes: list[str]) -> str:
    """The text with each usual abbreviation as the quotes have it: written out where they write it out, short where it is short."""
    held = "\n".join(quotes)
    spoken = frozenset(_FIRST.findall(text.lower()))
    for name in dict.fromkeys(name for word in spoken for name in _usual().get(word, ())):
        in_short, in_full = name.short.search(held), name.full.search(held)
        if in_full and not in_short:
            text = in_full[0].join(name.short.split(text))
        elif in_short and not in_full:
            text = in_short[0].join(name.full.split(text))
    return text


@dataclass(frozen=True, slots=True)
class _Name:
    """What everybody in the field abbreviates."""

    short: re.Pattern[str]
    full: re.Pattern[str]


@cache
def _usual() -> Mapping[str, Sequence[_Name]]:
    """The names of the table under the first words of their forms; not by a form that stands for two of them."""
    table_of_forms = table("names.yaml")["abbreviations"]
    times = Counter(form for forms in table_of_forms for form in dict.fromkeys(forms))
    found: dict[str, list[_Name]] = {}
    for forms in table_of_forms:
        short = [f for f in forms if _SHORT.fullmatch(f) and times[f] == 1 and not unit_name(f)]
        full = [f for f in forms if not _SHORT.fullmatch(f) and times[f] == 1]
        if short and full:
            name = _Name(_any_of(short), _any_of(full, re.IGNORECASE))
            for word in {_FIRST.findall(form.lower())[0] for form in (*short, *full)}:
                found.setdefault(word, []).append(name)
    return found


def _any_of(forms: Sequence[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    longest = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<![\w(-])(?:{'|'.join(map(re.escape, longest))})(?![\w)-])", flags)


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
