"""What in a sentence is only typesetting, or only points elsewhere: no word of what it says.

"12 %" is "12%", "5–10" is "5-10", "1.8" of a French text is "1,8", "17 723" is "17,723"; "[3, 4]" and "(see section 4.4)" lead a reader of
the document on, and lead nowhere in a piece. A statement that differs from its quote by nothing else says it word for word.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from guardrails.model import Language, Segment

_MARKS = re.compile(
    r"(?<![\d\s%,;:(=])\s?\[\d{1,3}(?:\s?[-‑–,;]\s?\d{1,3})*\]|(?<=[^\W\d_]{2}\.)\d{1,3}(?:[-‑–,]\s?\d{1,3})*(?=\s*$)"
)
"""Numbers in the list of references: "[5, 7–9]", or raised after the full stop."""
_TWO = re.compile(r"\[\d+\s?[-‑–,;]\s?\d+\]")
_MEASURED = re.compile(r"\d[^.;]{0,40}$|\b(?:CI|IC|IQR|EIQ|range|étendue)\s?$")
"""Before two numbers in brackets: they may be an interval."""
_BRACKETS = re.compile(r"\[[^\]]*\]")
_TITLE = r"(?:[\"“«'][^\"”»()\[\]]{2,60}[\"”»']|[A-ZÀÉ][\w’' ,&/-]{2,60})"
_PLACE = r"(?:sections?|rubriques?|tables?|tableaux?|figures?|annex(?:e|es)?|appendix|chapters?|chapitres?|paragraph(?:e|s|es)?)"
_POINTER = re.compile(
    rf"\s?[(\[]\s?(?i:please see|see also|see|voir également|voir aussi|voir|cf\.?|refer to|se reporter à|se référer à)\s(?:(?i:the|also|aussi|la|les|le)\s)?"
    rf"(?:(?i:{_PLACE})\b[^()\[\];:]{{0,80}}|(?:\d+(?:\.\d+)*\.?\s)?{_TITLE}(?:(?:,|\set|\sand)\s{_TITLE})*(?:\s?\([\d., ]+\))?)\s?[)\]]"
)
"""Brackets that hold nothing but where else to look: "(see section 4.4)", "[see Warnings and Precautions (5.1)]"."""
_SAYS = re.compile(r"\b(?:not|never|no|only|if|should|must|may|ne|pas|jamais|seulement|si|doit|doivent|peut)\b|\bn['’]", re.IGNORECASE)  # fmt: skip
"""… unless they say something, too."""

_TRADE = re.compile(r"[®™]")
_DASH = re.compile(r"[‐‑‒–—−]")
_BEFORE_UNIT = re.compile(
    r"(?<=\d)\s(?=[%‰]|°\s?[CF]\b|(?:[kmµμn]?g|mcg|[mdµμ]?[lL]|[cmµμ]?m|h|UI|IU|mmHg)(?![^\W_]))"
)
_POINT = re.compile(r"(?<=\d)·(?=\d)")
_FRENCH_POINT = re.compile(r"(?<=\d)\.(?=(?:\d{1,2}|\d{4,})(?!\d))")
"""Three digits after a point may be thousands."""
_THOUSANDS = {
    "en": re.compile(r"(?<![\d.,])(\d{1,3})((?:[ ,']\d{3})+)(?![\d])"),
    "fr": re.compile(r"(?<![\d.,])(\d{1,3})((?:[ ']\d{3})+)(?![\d])"),
}


def unpointed(text: str) -> str:
    """The text without marks of references and without brackets that only point elsewhere."""
    return _without(text, lambda _: True)


def pointers(text: str) -> frozenset[str]:
    """What it holds of them, without white space at the ends."""
    found: list[str] = []

    def seen(pointer: str) -> bool:
        found.append(pointer)
        return True

    _without(text, seen)
    return frozenset(found)


def _without(text: str, goes: Callable[[str], bool]) -> str:
    if "[" not in text and "(" not in text and not text.rstrip()[-1:].isdigit():
        return text
    text = _POINTER.sub(lambda m: m[0] if _SAYS.search(m[0]) or not goes(m[0].strip()) else "", text)
    return _MARKS.sub(lambda m: m[0] if _is_interval(m, text) or not goes(m[0].strip()) else "", text)


def _is_interval(mark: re.Match[str], text: str) -> bool:
    before = _BRACKETS.sub("", text[: mark.start()])
    return bool(_TWO.search(mark[0]) and _MEASURED.search(before))


def typeset(text: str, language: Language) -> str:
    """The text as one house would set it, so that two settings of one sentence become equal. Never shown."""
    text = _DASH.sub("-", _TRADE.sub("", text))
    text = _THOUSANDS[language].sub(lambda m: m[1] + re.sub(r"\D", "", m[2]), text)
    text = _POINT.sub("," if language == "fr" else ".", _BEFORE_UNIT.sub("", text))
    return _FRENCH_POINT.sub(",", text) if language == "fr" else text


def without_pointers(segment: Segment) -> Segment:
    """The segment and its quotes without them: "Contraindications" in "(see Contraindications)" forbids nothing.

    One that no quote holds stays: it leads to another place than the source says.
    """
    held = frozenset[str]().union(*(pointers(c.quote) for c in segment.citations))
    citations = tuple(replace(c, quote=unpointed(c.quote)) for c in segment.citations)
    text = _without(segment.text, lambda pointer: pointer in held)
    return replace(segment, text=text, citations=citations)
