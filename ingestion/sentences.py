"""Sentence boundaries of French and English, in one place."""

import re
from typing import Literal

Language = Literal["fr", "en"]

_CLOSERS = r"[\"'”’»)\]]"
_REFERENCE = r"(?:\[\d+(?:\s?[,–-]\s?\d+)*\]|[⁰¹²³⁴-⁹][⁰¹²³⁴-⁹,–⁻-]*)"
_END = re.compile(
    rf"(?P<stop>[.!?…]+)(?:\s?{_CLOSERS})*"  # the stop, and what closes after it: "ended.)" "terminé. »"
    rf"(?P<reference>\s?{_REFERENCE}|(?<=[A-Za-zà-ÿ)%][A-Za-zà-ÿ)%]\.)\d{{1,3}}(?:[,–-]\d{{1,3}})*(?=\s+[A-ZÀ-Þ]))?"
    r"(?=\s|$)"
)
"""A possible end. A reference number printed high behind the stop ("disease.12 The") belongs to the sentence."""
_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:[•◦▪‣●○■□➢✓\uf0b7]|[-–—*]\s|\(?(?:\d{1,2}|[a-z])[.)]\s))")
"""An empty line, or a line that begins a list item."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_LAST = _words(
    "dr drs pr prof mr mrs ms mme mlle mm mt st ste vs v cf e.g i.e eg ie p.ex c.-à-d c-à-d ex viz mgr hon messrs suppl"
)
"""Abbreviations after which a sentence always goes on."""
_SOMETIMES_LAST = _words(
    "al inc ltd co corp llc etc.al s.a u.s u.k u.s.a e.u ph m.d ph.d d.c a.m p.m approx env ca resp dept univ int "
    "rev assoc bros jr sr j engl med clin am eur lancet"
)
"""Abbreviations after which only a word that can hardly be a name or a title begins a new sentence."""
_BEFORE_A_NUMBER = _words(
    "fig figs no nos n tab tabl p pp vol art réf ref refs ch chap sect sec eq éq ver max min approx env ca annex al "
    "jan feb mar apr aug sept sep oct nov dec janv févr avr juil déc tél tel ann nr nb ed éd vit"
)
"""Abbreviations that go on when a number, a code or a single letter follows."""
_CODE = re.compile(r"[A-Z]{1,2}[.-]?\s?\d")
"""Such as L.5122-1 of the French code, or S1."""
_STARTERS = _words(
    "the this these those that there they their it its in on at of for from to by with we our as an a if when while "
    "although however moreover furthermore therefore thus because both all no overall patients among after before "
    "during each during compared results treatment adverse safety efficacy "
    "le la les l l' un une des ce cet cette ces il elle ils elles on nous notre dans en au aux pour par avec sans si "
    "lorsque lors quand chez après avant pendant selon cependant toutefois ainsi donc chaque tous toutes aucun aucune "
    "son sa ses leur leurs de du d"
)
_LABELS = _words(
    "vit vitamin vitamine vitamins class classe group groupe groups arm bras type hepatitis hépatite grade part partie "
    "table tableau figure cohort cohorte factor facteur category catégorie stage stade annex annexe period période "
    "influenza grippe appendix phase score panel schedule schéma strain souche stratum child-pugh"
)
"""Words before a single capital that is their name, not a person's initial: "group A."."""
_UNIT_AT_END = re.compile(r"(?:[\w%²³⁹]/[A-Z]|(?:\d\s?|[\w%²³⁹]/)(?:min|sec))\Z")
"""A unit that looks like an initial or an abbreviation: "5.5 mmol/L.", "30 mL/min.", "30 min."."""
_LAST_WORD = re.compile(r"[^\s(\[«“\"'’/|]+\Z")
_NEXT_WORD = re.compile(r"[\"'“«‘(\[\s¿¡]*(\S+)")
_BULLET = re.compile(r"[•◦▪‣●○■□➢✓\uf0b7–—|]")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}\Z")
_PLAIN_CLAUSE = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]{2,}[,']?\s+[a-zà-ÿ]{2,}")
"""A word that only its place makes upper case, with a usual word behind it: no name of a journal."""


def split(text: str, language: Language | None = None) -> list[tuple[int, int]]:
    """The half-open spans of the sentences, in order, without white space at their ends.

    Nothing but white space stands between them. An empty line, or a line that begins a list item, ends a sentence;
    any other line break is a space. `language` decides the few abbreviations that mean different things.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for hard in [*_BREAK.finditer(text), None]:
        stop = hard.start() if hard else len(text)
        spans.extend(_split_paragraph(text, start, stop, language))
        start = hard.end() if hard else stop
    return spans


def _split_paragraph(text: str, start: int, stop: int, language: Language | None) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = start
    for end in _END.finditer(text, start, stop):
        if _ends_here(text, begin, end, stop, language):
            spans.append((begin, end.end()))
            begin = end.end()
    spans.append((begin, stop))
    trimmed = (_trim(text, a, b) for a, b in spans)
    return [(a, b) for a, b in trimmed if a < b]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _ends_here(text: str, begin: int, end: re.Match[str], stop: int, language: Language | None) -> bool:
    following = _NEXT_WORD.match(text, end.end(), stop)
    if following is None:
        return True
    word = following[1]
    opened = text[end.end() : following.start(1)]
    if _BULLET.match(word):
        return _BULLET.match(word[0]) is not None and _dash_begins_a_sentence(text, following, stop)
    if not _can_begin(word) or (word[0].isdigit() and "(" in opened):
        return False
    if end["reference"] or end["stop"] != "." or end.end() - end.end("stop") > 0:
        # A reference number, another stop, or a closing mark: no abbreviation to think of, except "(et al.) The".
        return True
    before = text[begin : end.start("stop")]
    further = text[following.start(1) : min(stop, following.end(1) + 30)]
    return _UNIT_AT_END.search(before) is not None or not _is_abbreviation(before, word, further, language)


def _dash_begins_a_sentence(text: str, mark: re.Match[str], stop: int) -> bool:
    """Whether the word after a dash, a bullet or a cell's border is written as a beginning."""
    following = _NEXT_WORD.match(text, mark.start(1) + 1, stop)
    return following is None or _can_begin(following[1])


def _can_begin(word: str) -> bool:
    """Whether a sentence may begin with that word: not in lower case, unless it is a symbol such as pH or mTOR."""
    first = word[0]
    if first.isalpha() and first.islower():
        letters = word.rstrip(".,;:)")
        return any(c.isupper() for c in letters[1:4]) or "-" in letters[1:2] or first > "\u036f"
    return first.isalnum() or first in "([«“\"'‘≥≤<>±+−[*†‡§$€£~≈%¿¡"


def _is_abbreviation(  # noqa: PLR0911  a table of cases
    before: str, following: str, further: str, language: Language | None
) -> bool:
    """Whether the point after `before`, the sentence so far, belongs to an abbreviation, initial or number.

    `following` is the next word, and `further` what begins with it.
    """
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    word = last[0]
    key = word.lower()
    head = before[: last.start()].rstrip()
    starter = following.strip("\"'“«‘(,;:").lower().split("'")[0].split("’")[0] in _STARTERS
    if re.fullmatch(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[A-Za-z])", word) and not head:
        return True  # "4.2. Posology", "1. The": a number at the beginning
    if key in _NEVER_LAST or (key == "m" and language != "en" and word == "M"):
        return True
    if key in _BEFORE_A_NUMBER and (
        following[0].isdigit() or len(following.strip(",;.)")) == 1 or _CODE.match(further)
    ):
        return True
    if key in {"n°", "nᵒ"} or (key == "ex" and head.endswith(("p.", "par"))):
        return True
    if key in _SOMETIMES_LAST:
        return not starter and not (key == "al" and _PLAIN_CLAUSE.match(further))
    if len(word) == 1 and word.isalpha() and word.isupper():
        return not starter and not _names_a_label(head)
    if _DOTTED.fullmatch(word):
        return not starter and ("-" in word or word.isupper() or word[0].isupper())
    return False


def _names_a_label(head: str) -> bool:
    """Whether a single capital after `head` is a name such as "group A" or a unit such as "0 °C"."""
    last = _LAST_WORD.search(head)
    return last is not None and (
        last[0].lower().rstrip(".") in _LABELS
        or last[0][-1].isdigit()
        or last[0][-1] in "°,"
        or re.search(r"(?:^|\s)[A-Z],? (?:and|or|et|ou)\Z", head) is not None
    )
