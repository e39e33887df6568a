"""Numbers, units, intervals, ranges and p-values made wrong."""

import itertools
import random
import re
from collections.abc import Mapping

from eval.corruptions.material import Corrupted, Language, Material, Swap, by_language, corrupted, put, swap

_NUMBER = re.compile(
    r"(?<![\w.,/–-])\d{1,3}(?:[,\s]\d{3})+(?![\d.,]*\d)|(?<![\w.,/–-])\d+(?:[.,]\d+)?(?![\w]|[.,]\d)"
)
_REFERENCE = re.compile(
    r"(?:sections?|tables?|figures?|rubriques?|tableaux?|annex|annexe|see|voir|no\.|n°|e\.g\.|cyp|class|classe|version"
    r"|phase|type|grade|grades|item|chapter|step)\s*$",
    re.IGNORECASE,
)
_CITED_SECTION = re.compile(
    r"\((?:see|voir)[^)]*\)|\b(?:sections?|rubriques?|tables?|tableaux?)\s[\d.,\s]+(?:(?:and|et|to|à)\s[\d.]+)?",
    re.IGNORECASE,
)
_CONFIDENCE = re.compile(r"^\s?%\s?(?:CI\b|confidence)", re.IGNORECASE)
_CONFIDENCE_FR = re.compile(r"(?:IC|confiance) à\s$", re.IGNORECASE)
_SURFACE = re.compile(r"^\s?m(?:²|2)")
_RANGE = re.compile(
    r"(?<![\w.,])(\d+(?:[.,]\d+)?)(\s?(?:mg|g|kg|mL|ml|%|mmol/L)?)(\s?(?:–|-|to less than|to|à moins de|à)\s?)(\d+(?:[.,]\d+)?)(?![\w]|[.,]\d)",
)
_BOUNDS = re.compile(
    r"(?:CI|confidence interval|IC|confiance)[^\d]*(?:à\s)?95?\s?%?[^\d]{0,25}?(?P<low>\d+[.,]\d+)\s?(?:to|à|–|-|,|;)\s?(?P<high>\d+[.,]\d+)"
    r"|(?P<low2>\d+[.,]\d+)\s(?:to|à)\s(?P<high2>\d+[.,]\d+)(?=\s?\))",
    re.IGNORECASE,
)
_P_SIGN = re.compile(r"\b(p)\s?([<>≤≥])\s?(?=0?[.,]\d)", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:than|versus|vs|compared|placebo|contre|par rapport)\b", re.IGNORECASE)
_PERCENT = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?=\s?%)")
_WORDS: Mapping[Language, tuple[str, ...]] = {
    "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    "fr": ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "dix", "onze", "douze"),
}
_OPPOSITE = {"<": ">", ">": "<", "≤": ">", "≥": "<"}


def numbers_in(sentence: str) -> list[re.Match[str]]:
    """The numbers that say something: no section, table, level of confidence or body surface."""
    cited = [match.span() for match in _CITED_SECTION.finditer(sentence)]
    return [
        match
        for match in _NUMBER.finditer(sentence)
        if not any(start <= match.start() < end for start, end in cited)
        and not _REFERENCE.search(sentence[: match.start()])
        and not _CONFIDENCE.match(sentence[match.end() :])
        and not _CONFIDENCE_FR.search(sentence[: match.start()])
        and not _SURFACE.match(sentence[match.end() :])
    ]


def number_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: a number becomes another one of the same size."""
    found = numbers_in(material.sentence)
    if not found:
        return None
    match = rng.choice(found)
    return _with(material, match, "number changed", _near(match.group(), rng))


def decimal_shifted(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: ten times too much or too little."""
    found = [
        match
        for match in numbers_in(material.sentence)
        if re.fullmatch(r"\d+(?:[.,]\d{1,2})?", match.group())
    ]
    found = [match for match in found if float(match.group().replace(",", ".")) != 0]
    if not found:
        return None
    match = rng.choice(found)
    text = match.group()
    mark = "," if material.language == "fr" else "."
    whole, _, part = text.replace(",", ".").partition(".")
    larger = f"{whole}{part[:1] or '0'}" + (f"{mark}{part[1:]}" if part[1:] else "")
    smaller = f"{whole[:-1] or '0'}{mark}{whole[-1]}{part}".removesuffix(f"{mark}0")
    percent = re.match(r"\s?%", material.sentence[match.end() :])
    tall = float(larger.replace(",", ".")) > 100  # noqa: PLR2004 (no share is above a hundred per cent)
    new = smaller if percent and tall else rng.choice((larger.lstrip("0") or "0", smaller))
    return _with(material, match, "decimal shifted", new)


def digits_turned(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: two neighbouring digits change places, as in a slip of the hand."""
    turns = []
    for match in numbers_in(material.sentence):
        digits = [at for at, sign in enumerate(match.group()) if sign.isdigit()]
        for left, right in itertools.pairwise(digits):
            text = list(match.group())
            if text[left] != text[right] and not (left == 0 and text[right] == "0"):
                text[left], text[right] = text[right], text[left]
                turns.append((match, "".join(text)))
    if not turns:
        return None
    match, new = rng.choice(turns)
    return _with(material, match, "digits turned", new)


def values_exchanged(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: two percentages of a comparison change places."""
    found = list(_PERCENT.finditer(material.sentence))
    found = [
        match
        for match in found
        if match.start() in {number.start() for number in numbers_in(material.sentence)}
    ]
    pairs = [(a, b) for a, b in itertools.pairwise(found) if a.group() != b.group()]
    if not pairs or not _COMPARED.search(material.sentence):
        return None
    first, second = rng.choice(pairs)
    text = material.sentence
    changed = (
        text[: first.start()]
        + second.group()
        + text[first.end() : second.start()]
        + first.group()
        + text[second.end() :]
    )
    return corrupted(material, "numbers", "values exchanged", changed)


def word_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: a number in words becomes another."""
    words = _WORDS[material.language]
    found = list(re.finditer(rf"\b(?:{'|'.join(words)})\b", material.sentence, re.IGNORECASE))
    if not found:
        return None
    match = rng.choice(found)
    other = rng.choice([word for word in words if word != match.group().lower()])
    return _with(material, match, "number word changed", other)


def interval_bound(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: one bound of a confidence interval moves."""
    spans = [
        (match.span(name), name.startswith("high"))
        for match in _BOUNDS.finditer(material.sentence)
        for name in ("low", "high", "low2", "high2")
        if match.group(name)
    ]
    if not spans:
        return None
    (start, end), upper = rng.choice(spans)
    old = material.sentence[start:end]
    step = rng.choice((0.07, 0.12, 0.2, 0.3))
    value = float(old.replace(",", "."))
    new = _like(old, value * (1 + step) + 0.02 if upper else value * (1 - step) - 0.01)
    return (
        corrupted(material, "numbers", "interval bound", put(material.sentence, start, end, new))
        if new != old
        else None
    )


def range_end(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: one end of a range moves outwards."""
    known = {match.start() for match in numbers_in(material.sentence)}
    found = [match for match in _RANGE.finditer(material.sentence) if match.start(1) in known]
    if not found:
        return None
    match = rng.choice(found)
    group = rng.choice((1, 4))
    old = match.group(group)
    value = float(old.replace(",", "."))
    new = _like(old, value * 1.5 + 1 if group == 4 else value * 0.5)  # noqa: PLR2004 (the group of the upper end)
    if new == old:
        return None
    return corrupted(
        material, "numbers", "range end", put(material.sentence, match.start(group), match.end(group), new)
    )


def p_value_sign(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: the sign of a p-value turns."""
    found = list(_P_SIGN.finditer(material.sentence))
    if not found:
        return None
    match = rng.choice(found)
    return corrupted(
        material,
        "numbers",
        "p-value sign",
        put(material.sentence, match.start(2), match.end(2), _OPPOSITE[match.group(2)]),
    )


_AFTER_NUMBER = r"(?<=\d)(\s?)"
_UNITS: Mapping[Language, tuple[Swap, ...]] = {
    "en": (
        swap(_AFTER_NUMBER + r"mg(?![\w/])", r"\1g"),
        swap(_AFTER_NUMBER + r"mg(?=/)", r"\1g"),
        swap(_AFTER_NUMBER + r"g(?![\w²])", r"\1mg"),
        swap(_AFTER_NUMBER + r"kg\b", r"\1g"),
        swap(_AFTER_NUMBER + r"ml\b(?!/min)", r"\1L"),
        swap(_AFTER_NUMBER + r"mmol/L", r"\1mg/L"),
        swap(_AFTER_NUMBER + r"pg/mL", r"\1ng/mL"),
        swap(_AFTER_NUMBER + r"minutes\b", r"\1hours"),
        swap(_AFTER_NUMBER + r"hours\b", r"\1days"),
        swap(_AFTER_NUMBER + r"days\b", r"\1weeks"),
        swap(_AFTER_NUMBER + r"weeks\b", r"\1days"),
        swap(_AFTER_NUMBER + r"months\b", r"\1weeks"),
        swap(_AFTER_NUMBER + r"years\b", r"\1months"),
        swap(_AFTER_NUMBER + r"percentage points", r"\1%"),
    ),
    "fr": (
        swap(_AFTER_NUMBER + r"mg(?![\w/])", r"\1g"),
        swap(_AFTER_NUMBER + r"mg(?=/)", r"\1g"),
        swap(_AFTER_NUMBER + r"g(?![\w²])", r"\1mg"),
        swap(_AFTER_NUMBER + r"kg\b", r"\1g"),
        swap(_AFTER_NUMBER + r"ml\b(?!/min)", r"\1L"),
        swap(_AFTER_NUMBER + r"mmol/L", r"\1mg/L"),
        swap(_AFTER_NUMBER + r"pg/mL", r"\1ng/mL"),
        swap(_AFTER_NUMBER + r"minutes\b", r"\1heures"),
        swap(_AFTER_NUMBER + r"heures\b", r"\1jours"),
        swap(_AFTER_NUMBER + r"jours\b", r"\1semaines"),
        swap(_AFTER_NUMBER + r"semaines\b", r"\1jours"),
        swap(_AFTER_NUMBER + r"mois\b", r"\1semaines"),
        swap(_AFTER_NUMBER + r"ans\b", r"\1mois"),
        swap(_AFTER_NUMBER + r"points de pourcentage", r"\1 %"),
    ),
}


def unit_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """units: the figure stays, its unit becomes another."""
    return by_language(material, _UNITS, rng, "units", "unit changed")


def _with(material: Material, match: re.Match[str], way: str, new: str) -> Corrupted | None:
    return corrupted(material, "numbers", way, put(material.sentence, match.start(), match.end(), new))


def _near(text: str, rng: random.Random) -> str:
    """A number of the same shape and size that is another one."""
    digits = re.sub(r"\D", "", text)
    first = int(digits[0])
    others = [value for value in range(1, 10) if value != first]
    if len(digits) == 1:
        return str(rng.choice(others))
    at = rng.randrange(len(digits))
    options = [value for value in range(1 if at == 0 else 0, 10) if value != int(digits[at])]
    if at == 0 and digits[0] == "0":
        at, options = len(digits) - 1, [value for value in range(10) if value != int(digits[-1])]
    new = iter(digits[:at] + str(rng.choice(options)) + digits[at + 1 :])
    return "".join(next(new) if sign.isdigit() else sign for sign in text)


def _like(text: str, value: float) -> str:
    places = len(re.split(r"[.,]", text)[1]) if re.search(r"[.,]", text) else 0
    new = f"{max(value, 0):.{places}f}"
    return new.replace(".", ",") if "," in text else new
