"""The patterns that find numbers and what hangs on them, made once from `units.yaml`."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from guardrails.tables import table

SPACE = "[ \u00a0\u2009\u202f\u2007]"
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")

NUMBER = re.compile(
    rf"""
      (?P<comma>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?)        # 1,207 or 1,234,567.8: thousands or decimals
    | (?P<spaced>(?!0)\d{{1,3}}(?:(?:{SPACE}|['’])\d{{3}})+(?!\d)(?:[.,·]\d+)?)  # 1 207,5, and 1'207 as the Swiss write
    | (?P<plain>\d+(?:[.,·]\d+)?|(?<![\w.,])\.\d+)              # 12.5, .001
    """,
    re.VERBOSE,
)
EXPONENT = re.compile(
    rf"""{SPACE}?[x×✕·*]{SPACE}?10
       (?: \^{SPACE}?(?P<caret>[-−+]?\d+) | (?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+) | {SPACE}?(?P<flat>\d{{1,2}})(?={SPACE}?/) )""",
    re.VERBOSE,
)
POWER = re.compile(r"(?:\^(?P<caret>[-−+]?\d+)|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+))")
ORDINAL = re.compile(r"(?:st|nd|rd|th|er|ère|re|e|è|ème|eme|nde?|o)s?(?![\w])")

# What holds digits but states no quantity: addresses, tokens, registration and trial numbers, CYP3A4, COVID-19, 1q21.
OPAQUE = re.compile(
    r"""
      https?://\S+ | www\.\S+ | \S+@\S+\.\w+ | \{\{.*?\}\}
    | \b(?:NCT|ISRCTN|EudraCT|PMID|PMC|CIS|DOI|doi)\s?:?\s?[\d./\-]+\d
    | \b10\.\d{4,9}/\S+
    | \b\d{2}/\d{2}/\d{8}/(?:PM|GP)/\d{1,4}
    | \b[A-Z]{2,}(?:/\d+)+
    | \b[^\W\d_]\w*\d\w*(?:[-/]\d+)*                        # SGLT2, CYP3A4, HbA1c, NT-proBNP2
    | \b[A-Z][A-Za-z]*[A-Z][A-Za-z]*[-‑–]\d+\b              # PATHWAY-2, COVID-19
    | \b\d+[A-Za-z]+\d\w*                                   # 3A4, 1q21
    """,
    re.VERBOSE,
)


def unraise(text: str) -> str:
    """Superscript digits and signs as plain ones."""
    return text.translate(_SUPERSCRIPTS).replace("−", "-")


def alternatives(words: Iterable[str]) -> str:
    """A pattern of the words, longest first; a space matches any run of white space, an apostrophe any shape."""
    ordered = sorted(set(words), key=len, reverse=True)
    return "|".join(
        ("\\b" if w[0].isalnum() else "") + re.escape(w).replace("\\ ", r"\s+").replace("'", "['’]")
        for w in ordered
    )


def units_table() -> Mapping[str, Any]:
    """The data of units, comparators, number words and months."""
    return table("numbers/units.yaml")


TIME_UNITS = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
DOSES = frozenset({"mg", "ug", "g", "mL", "IU"})
"""Units that tell a dose."""


HALVED = (*sorted(TIME_UNITS), "ug", "mg", "g", "kg", "mL", "L", "fold", "ULN")
"""What comes "and a half"."""


@cache
def _unit_names() -> tuple[dict[str, str], dict[str, str]]:
    """Canonical unit by exact spelling, and by lower-case spelling for words of three letters and more."""
    exact: dict[str, str] = {}
    folded: dict[str, str] = {}
    for canonical, spellings in units_table()["atoms"].items():
        for spelling in spellings:
            key = re.sub(r"\s+", " ", str(spelling))
            exact[key] = str(canonical)
            if len(key) > 2:  # noqa: PLR2004  shorter ones are case-sensitive symbols
                folded[key.lower()] = str(canonical)
    return exact, folded


def unit_name(spelling: str) -> str | None:
    """The canonical unit of one written unit, or None."""
    exact, folded = _unit_names()
    key = re.sub(r"\s+", " ", spelling)
    return exact.get(key) or folded.get(key.lower())


@cache
def _atoms() -> str:
    """A pattern of one unit; symbols of one or two characters keep their case."""
    exact, _ = _unit_names()
    symbols = [u for u in exact if len(u) <= 2]  # noqa: PLR2004
    words = [u for u in exact if len(u) > 2]  # noqa: PLR2004
    return f"(?:(?i:{alternatives(words)})|{alternatives(symbols)})(?![^\\W_]|['’][^\\W\\d_])"


@cache
def unit_pattern() -> re.Pattern[str]:
    """A unit after a number: "mg", "mg/kg/day", "mL/min/1.73 m2", "-week"."""
    atom = _atoms().replace("\\b", "")
    per = rf"(?:\s?/\s?|\s+(?:per|par|for (?:each|every)|pour chaque)\s+|\s+(?:a|an)\s+(?={atom}))"
    surface = r"(?:1[.,]73\s?m(?:2|²|\^2))"
    hyphenated = alternatives(
        spelling
        for canonical in units_table()["hyphenated"]
        for spelling in units_table()["atoms"][canonical]
    ).replace("\\b", "")
    spellings = (s for unit in TIME_UNITS for s in units_table()["atoms"][unit])
    between = (
        rf"\s+(?:{alternatives(units_table()['before_time'])})\s+(?=(?:{alternatives(spellings)})(?!\w))"
    )
    return re.compile(
        rf"(?:(?P<per>\s?/\s?(?=L|l|mL|ml|mm|µL|μL|kg|h|min))|[-‑](?=(?:{hyphenated})(?![^\W_]))|{between}|\s*)(?P<unit>{atom}(?:{per}(?:{surface}|{atom}))*)"
    )


@cache
def unit_splitter() -> re.Pattern[str]:
    """What stands between the units of a compound."""
    return re.compile(r"\s?/\s?|\s+(?:per|par|for each|for every|pour chaque|a|an)\s+")


@cache
def time_before() -> re.Pattern[str]:
    """A unit of time that stands before its number: "at week 24" is at 24 weeks."""
    names = {
        name
        for unit in ("day", "week", "month")
        for name in units_table()["atoms"][unit]
        if len(name) > len("min") or name in {"day", "wk"}
    }
    return re.compile(
        rf"(?<!\w)(?<!per )(?<!\ba )(?<!each )(?<!every )(?P<time>{alternatives(names)})\s+$", re.IGNORECASE
    )


RHYTHM = re.compile(
    r"\s+(?:(?P<day>daily|quotidien(?:ne)?s?|(?:per|par|en|in)\s24\s?(?:h|hours|heures))|(?P<week>weekly|hebdomadaires?)|(?P<month>monthly))\b"
)


@cache
def before_pattern() -> re.Pattern[str]:
    """A comparator that ends where the number begins; one group per comparator."""
    return _comparators("before", r"(?:{})\s*(?:the\s+|a\s+|les\s+)?$")


@cache
def after_pattern() -> re.Pattern[str]:
    """A comparator that follows the number and its unit."""
    return _comparators("after", r"^(?:\s+of\s+age|\s+d['’]âge|\s+old|\s+révolus|\s+\x00+)?,?\s+(?:{})(?!\w)")


@cache
def after_words_pattern() -> re.Pattern[str]:
    """The same behind one or two words that name what is counted."""
    return _comparators(
        "after_words",
        r"^(?:\s+(?:d['’])?[^\W\d_][\w-]*){{1,2}}?,?\s+(?:{})(?=\s*(?:[,.;:)]|$)|\s+(?:at|in|on|à|chez|avant|before|after)\b)",
    )


@cache
def hints() -> Mapping[str, re.Pattern[str]]:
    """By comparator: what before a bare number may make a limit of it."""
    return {symbol: re.compile(p, re.IGNORECASE) for symbol, p in units_table()["hints"].items()}


@cache
def people() -> tuple[tuple[re.Pattern[str], str, int, str], ...]:
    """Words for people, and the age that they stand for."""
    return tuple(
        (re.compile(word, re.IGNORECASE), comparator, age, unit)
        for word, comparator, age, unit in units_table()["people"]
    )


_GROUPS = {"≤": "le", "≥": "ge", "<": "lt", ">": "gt", "~": "about", "every": "every"}
COMPARATOR_OF = {group: symbol for symbol, group in _GROUPS.items()}


def _comparators(side: str, frame: str) -> re.Pattern[str]:
    return re.compile(frame.format(_limits(side)), re.IGNORECASE)


def _limits(side: str, symbols: Iterable[str] = tuple(_GROUPS)) -> str:
    """The words of each comparator, in a group that names it."""
    data = units_table()[side]
    return "|".join(
        f"(?P<{_GROUPS[symbol]}>{alternatives(data[symbol])})" for symbol in symbols if symbol in data
    )


@cache
def number_words(language: str) -> re.Pattern[str]:
    """A number written in words, of one or several: "twenty-four", "deux cents", also "one", "un"."""
    words = [*units_table()["words"][language], *ONES[language]]
    word = f"(?:{alternatives(words)}|cents|thousands|dozens)"
    times = alternatives(s for unit in TIME_UNITS for s in units_table()["atoms"][unit] if len(str(s)) > 1)
    return re.compile(
        rf"(?<![\w-]){word}(?:(?:[- ]|\set\s(?=(?:un|une|onze)\b)|(?<=hundred)\sand\s){word})*(?!\w|-(?!(?:{times})\b))",
        re.IGNORECASE,
    )


@cache
def half_more(language: str) -> re.Pattern[str]:
    """A measure and a half: "a day and a half", "two and a half years", "deux ans et demi"."""
    words = [*units_table()["words"][language], *ONES[language], *(("a", "an") if language == "en" else ())]
    number = rf"(?P<number>{alternatives(words)})\s+"
    unit = alternatives(s for unit in HALVED for s in units_table()["atoms"][unit] if len(str(s)) > 1)
    if language == "fr":
        return re.compile(rf"\b{number}(?P<unit>{unit})\s+et\s+demie?\b(?P<units>)", re.IGNORECASE)
    return re.compile(
        rf"\b{number}(?:(?P<unit>{unit})\s+and\s+a\s+half\b|and\s+a\s+half\s+(?P<units>{unit})\b)",
        re.IGNORECASE,
    )


@cache
def time_with_article(language: str) -> re.Pattern[str]:
    """One unit of time with its article: "within the hour", "dans l'heure"."""
    if language == "fr":
        return re.compile(
            r"\b(?:l['’]|la |le )(?P<unit>heure|année|semaine|minute|mois)\b(?!\s*\d)", re.IGNORECASE
        )
    return re.compile(r"\b(?:an?|the)\s+(?P<unit>minute|hour|day|week|month|year)\b(?!\s*\d)", re.IGNORECASE)


ONES = {"en": ("one",), "fr": ("un", "une")}


@cache
def phrases(name: str, language: str) -> re.Pattern[str]:
    """Any of the fixed phrases of a table: shares, folds, frequencies."""
    return re.compile(rf"(?<![\w-])(?:{alternatives(units_table()[name][language])})(?![\w-])", re.IGNORECASE)


@cache
def designator_pattern() -> re.Pattern[str]:
    """A word that names by number, and its numbers: "type 2", "NYHA class II to IV", "sections 4.3 et 4.4"."""
    words = alternatives(w for spellings in units_table()["designators"].values() for w in spellings)
    limit = r"(?:[≥≤<>]\s*)?"
    arabic = r"\d+(?:\.\d+)*[a-z]?(?![\w%]|[.,]\d|\s?%)"
    roman = r"(?:IX|IV|V?I{1,3}|V|X)[ab]?(?!\w)"
    joint = r"(?:\s*(?:,|/|-|–|to|and|or|à|et|ou|&)\s*)"
    more = rf"(?:{joint}(?:{arabic}(?!\s?(?:{_atoms()}))))*"  # "type 1 and 12 weeks" names one type
    return re.compile(
        rf"(?<![\w-])(?P<word>(?i:{words}))(?:\s+(?:NYHA|CTCAE))?\s*{limit}(?P<list>{arabic}{more}|{roman}(?:{joint}{roman})*)"
    )


@cache
def graded_pattern() -> re.Pattern[str]:
    """A grade or stage under a limit in words or signs: "grade ≥ 3", "grade inférieur ou égal à 1", "of grade 2 or less"."""
    number = rf"(?P<list>\d[a-z]?|(?:I{{1,3}}|IV)[ab]?)(?![\w%]|[.,]\d|\s?%|\s?(?:{_atoms()}))"
    return re.compile(
        rf"(?<![\w-])(?P<word>(?i:grades?|stages?|stades?))\s+(?:CTCAE\s+)?(?:of\s+|de\s+|d['’])?"
        rf"(?i:{_limits('before', '≤≥<>')})?\s*(?i:(?:égal|equal)\s+(?:à|to)\s+)?{number}"
    )


@cache
def designator_names() -> Mapping[str, str]:
    """The canonical word of a designator by its lower-case spelling."""
    return {w.lower(): c for c, spellings in units_table()["designators"].items() for w in spellings}


@cache
def date_pattern() -> re.Pattern[str]:
    """Dates: 12 March 2024, March 12, 2024, 12/03/2024, 2024-03-12, mars 2024."""
    month = f"(?:{alternatives(units_table()['months'])})\\.?"
    return re.compile(
        rf"""(?<![\w/])(?:
          (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
        | (?P<slashed>\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}})
        | (?P<d1>\d{{1,2}})(?:st|nd|rd|th|er)?(?:\s+(?:of\s+)?|-)(?P<m1>{month})(?:(?:,?\s+(?:of\s+)?|-)(?P<y1>\d{{4}}))?
        | (?P<m2>{month})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<y2>(?:19|20)\d{{2}})
        | (?P<m3>{month})\s+(?P<y3>\d{{4}})
        )(?![\w/])""",
        re.VERBOSE | re.IGNORECASE,
    )
