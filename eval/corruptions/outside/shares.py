"""Ranges, intervals, p-values and shares made wrong."""

import random
import re
from collections.abc import Iterator

from eval.corruptions.material import Corrupted, Language, Material
from eval.corruptions.outside.writing import chosen, put_in

_RANGE = re.compile(
    r"(?<![\w.,/−-])(\d+(?:[.,]\d+)?)(\s?%)?(\sto\s|–|-|\sand\s|\sà\s|\set\s|,\s)(\d+(?:[.,]\d+)?)(?![\w/]|[.,]\d|\s\d)"
)
_LIST = {"and", "et", ","}
_OPENS = re.compile(r"(?:\b(?:between|entre|range:?|CI:?|IC:?)|\()\s?$", re.IGNORECASE)
_PLACE = re.compile(r"(?:\[|\bsections?|rubriques?|parts?|cfr|\bof|week|day|semaine|jour)\s?$", re.IGNORECASE)
_INTERVAL = re.compile(
    r"(?:\bCI|\bIC)[^0-9]{0,12}(?:95\s?%[^0-9]{0,4})?([-−]?\d+[.,]\d+)(\sto\s|–|-|,\s?|;\s?|\sà\s)([-−]?\d+[.,]\d+)"
)
_P_VALUE = re.compile(r"\b([pP]\s?)([<>=≤])\s?(0[.,]\d+)")
_MINUS = re.compile(r"(?<=[\s(])[-−–](?=\d)")
_OF_ALL = re.compile(
    r"(?<![\w.,/-])(\d[\d ,]*?)(\sof\s(?:the\s)?|\sout\sof\s|\spatients\ssur\s|\ssur\s)(\d[\d ,]*\d)(?![\w/-]|\s?(?:mg|mL|kg))"
)
_RELATIVE = {
    "en": (
        re.compile(
            r"(?<![\w.])\d+(?:\.\d+)?(\s?%)(?= (?:reduction|increase|decrease|lower|higher|relative|improvement)\b)"
        ),
        re.compile(
            r"\b(?:reduced|decreased|increased|lowered|fell|rose|reduction|increase|decrease|reduces|increases|decreases)"
            r"(?: \w+){0,8}? (?:by|of)(?: \w+){0,2} \d+(?:\.\d+)?(\s?%)"
        ),
    ),
    "fr": (
        re.compile(
            r"\b(?:réduit\w*|diminu\w*|augment\w*|réduction\w*|baiss\w*)(?: [^ ]+){0,9}? de (?:près de )?\d+(?:,\d+)?(\s?%)"
        ),
    ),
}
_POINTS = {"en": " percentage points", "fr": " points de pourcentage"}
_SHARE = {
    "en": re.compile(
        r"(?<![\w.,/–-])(\d+(?:\.\d+)?)\s?% of (?=(?:the |all )?(?:patients|subjects|participants|cases|women|men)\b)"
    ),
    "fr": re.compile(r"(?<![\w.,/–-])(\d+(?:,\d+)?)\s?% des (?=\w)"),
}
_FRACTIONS = {
    "en": ("a quarter of ", "half of ", "three quarters of "),
    "fr": ("un quart des ", "la moitié des ", "les trois quarts des "),
}
_EVEN = 0.05


def range_end(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: the upper end of a range moves."""
    return chosen(material, "numbers", "range end", _ranges(material.sentence, rng), rng)


def interval_across_one(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: an interval comes to hold what says that there is no effect, or not to."""
    return chosen(material, "numbers", "interval across one", _intervals(material.sentence), rng)


def p_value_or_sign(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: a p-value or its sign turns, or a minus is lost."""
    return chosen(material, "numbers", "p-value or sign", _signs(material.sentence, rng), rng)


def count_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: so many of so many becomes another count."""
    return chosen(material, "numbers", "count changed", _counts(material.sentence, rng), rng)


def per_cent_told_as_points(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: a relative change is told in percentage points."""
    sentence = material.sentence
    told = (
        put_in(sentence, match, _POINTS[material.language], 1)
        for pattern in _RELATIVE[material.language]
        for match in pattern.finditer(sentence)
        if "HbA1c" not in sentence
    )
    return chosen(material, "numbers", "per cent told as points", told, rng)


def share_told_as_fraction(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: a share is told as a fraction that it is far from."""
    told = _fractions(material.sentence, material.language)
    return chosen(material, "numbers", "share told as fraction", told, rng)


def _value(text: str) -> float:
    return float(text.replace(",", ".").replace("−", "-"))


def _ranges(sentence: str, rng: random.Random) -> Iterator[str]:
    for match in _RANGE.finditer(sentence):
        before, mark, upper = sentence[: match.start()], match.group(3).strip(), match.group(4)
        if _value(match.group(1)) >= _value(upper) or _value(upper) > 1800 or _PLACE.search(before):  # noqa: PLR2004  years
            continue
        if mark in _LIST and not _OPENS.search(before):
            continue
        whole, decimal, part = re.fullmatch(r"(\d+)([.,]?)(\d*)", upper).groups()  # type: ignore[union-attr]
        step = rng.choice((1, 2, 3)) if decimal else rng.choice((2, 3, 5, 7))
        yield put_in(sentence, match, f"{int(whole) + step}{decimal}{part}", 4)


def _intervals(sentence: str) -> Iterator[str]:
    for match in _INTERVAL.finditer(sentence):
        low, high = match.group(1), match.group(3)
        mark = "," if "," in high else "."
        if 0 < _value(high) < 1:
            yield put_in(sentence, match, f"1{mark}{high[-2:]}", 3)
        elif _value(low) < 1 < _value(high):
            yield put_in(sentence, match, f"0{mark}9{high[-1]}", 3)
        elif _value(high) < 0:
            yield put_in(sentence, match, high.lstrip("-−"), 3)


def _signs(sentence: str, rng: random.Random) -> Iterator[str]:
    for match in _P_VALUE.finditer(sentence):
        sign, text = match.group(2), match.group(3)
        mark = text[1]
        if sign == "=":
            group, new = (
                3,
                f"0{mark}03" if _value(text) > _EVEN else f"0{mark}{rng.choice(('12', '20', '41'))}",
            )
        elif sign == ">":
            group, new = 2, "<"
        else:
            group, new = rng.choice(((2, ">"), (3, f"0{mark}0{text[2:]}")))  # a smaller bound says more
        yield put_in(sentence, match, new, group)
    for match in _MINUS.finditer(sentence):
        if not re.search(r"\d\s?$", sentence[: match.start()]):
            yield put_in(sentence, match, rng.choice(("+", "")))


def _counts(sentence: str, rng: random.Random) -> Iterator[str]:
    for match in _OF_ALL.finditer(sentence):
        some, every = (re.sub(r"[ ,]", "", match.group(group)) for group in (1, 3))
        if not some.isdigit() or not every.isdigit() or int(some) > int(every):
            continue
        if rng.random() < 0.5:  # noqa: PLR2004  one or the other
            yield put_in(sentence, match, str(int(some) + rng.choice((1, 2, 4, 9))), 1)
        else:
            last = match.group(3)
            yield put_in(sentence, match, f"{last[:-1]}{(int(last[-1]) + rng.choice((1, 3, 5))) % 10}", 3)


def _fractions(sentence: str, language: Language) -> Iterator[str]:
    quarter, half, most = _FRACTIONS[language]
    for match in _SHARE[language].finditer(sentence):
        if re.search(r"\d(?:\sto\s|–|-|\sà\s|,)$|(?:than|from|de|que)\s$", sentence[: match.start()]):
            continue
        share = _value(match.group(1))
        new = quarter if share > 55 else half if share < 30 else most  # noqa: PLR2004  far from what is told
        yield sentence[: match.start()] + new + sentence[match.end() :]
