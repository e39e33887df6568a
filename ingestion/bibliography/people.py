"""The names of authors as a paper prints them, turned into the Vancouver form."""

import re

_DEGREES = re.compile(
    r"(?:,\s*|\s+)(?:MD|M\.D\.|PhD|Ph\.D\.|DPhil|MRCPI?|FRCP[A-Z]*|MBBS|MBChB|MB\s?ChB|MPH|MSc|MS|BSc|BA|MA|DSc|DrPH|"
    r"PharmD|FACC|FAHA|FESC|FMedSci|RN|DM|ScD|MBA|MHS|BM|MBBCh|DVM|MStat|MMed)\b\.?"
)
_MARKS = re.compile(r"[\d⁰¹²³⁴-⁹₀-₉*†‡§¶#|✉|]+(?:[,\s]*[\d⁰¹²³⁴-⁹*†‡§¶#|]+)*")
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "der",
        "den",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "ter",
        "ten",
        "el",
        "al",
        "bin",
        "ibn",
        "y",
        "e",
    ]
)
_TITLES = re.compile(r"\b(?:Prof|Professor|Dr|Mr|Mrs|Ms)\.?\s+")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*", re.UNICODE)
_NO_NAME = re.compile(
    r"\b(?:university|hospital|department|division|institute|school|centre|center|college|clinic|group|investigators|"
    r"committee|study|trial|received|article|journal|background|abstract|summary|université|hôpital|service|"
    r"department|editor|correspond\w*|behalf)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 6
_MOST_INITIALS = 3


def authors_in(text: str) -> tuple[str, ...]:
    """The people whom a run of names names, in the Vancouver form; what is no name is passed over."""
    flat = " ".join(text.translate(_HYPHENS).split())
    flat = re.split(r",?\s+(?:for|on behalf of)\s+the\b", flat)[0]
    flat = _DEGREES.sub("", _TITLES.sub("", _MARKS.sub(",", flat)))
    parts = re.split(r"\s*[,;]\s*(?:and\s+|et\s+|&\s*)?|\s+(?:and|et|&)\s+", flat)
    return tuple(name for part in parts if (name := vancouver_name(part)))


def vancouver_name(printed: str) -> str:
    """The name as "Cruickshank JK" where it is printed "J Kennedy Cruickshank"; empty for what is no person's name."""
    words = printed.strip(" .,;*").split()
    if not 1 < len(words) <= _MOST_WORDS or _NO_NAME.search(printed):
        return ""
    if not all(_WORD.fullmatch(word) for word in words):
        return ""
    if any(word[0].islower() and word.casefold() not in _PARTICLES for word in words):
        return ""
    if words[-1].rstrip(".").isupper() and len(words[-1]) <= _MOST_INITIALS:
        return " ".join(words)  # it stands in the Vancouver form already
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold() in _PARTICLES:
        first -= 1
    given = [piece for word in words[:first] for piece in re.split(r"[-.]", word) if piece]
    initials = "".join(
        piece if piece.isupper() and len(piece) < _MOST_INITIALS else piece[0].upper() for piece in given
    )
    return f"{' '.join(words[first:])} {initials}"


_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012", "-") | {"\u00ad": ""})
