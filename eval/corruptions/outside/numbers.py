"""Figures made wrong: digits, decimals, words for numbers, years, two figures exchanged."""

import itertools
import random
import re
from collections.abc import Iterator, Mapping

from eval.corruptions.figures import numbers_in
from eval.corruptions.material import Corrupted, Language, Material
from eval.corruptions.outside.writing import chosen, put_in

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine", "10": "ten",
        "12": "twelve",
    },
    "fr": {
        "2": "deux", "3": "trois", "4": "quatre", "5": "cinq", "6": "six", "7": "sept", "8": "huit", "9": "neuf", "10": "dix",
        "12": "douze",
    },
}  # fmt: skip
_REFERENCE = re.compile(r"\[(?:\d+,\s?)*$")
_ORDINAL = re.compile(
    r"(?:day|week|month|cycle|jour|semaine|mois|step|étape|stage|stade|item|version|appendix)\s$",
    re.IGNORECASE,
)
_POWER = re.compile(r"\s?[x×]\s?10|\]|[:/]\d|-\w|(?:st|nd|rd|th|e|ère|er)\b")
_UNIT = re.compile(
    r"\s?(%|mg|mmHg|mL|kg|g\b|months?|weeks?|days?|hours?|years?|patients?|participants?|points?|mois|jours?|semaines?|heures?|ans)"
)
_YEAR = re.compile(r"(?<![\w/.,-])(?:19[89]\d|20[0-2]\d)(?![\w/-])")
_LONG_ENOUGH = 10


def told_numbers(sentence: str) -> list[re.Match[str]]:
    """The numbers that say something: no reference, no ordinal, no power of ten, no year."""
    return [
        match
        for match in numbers_in(sentence)
        if not _REFERENCE.search(sentence[: match.start()])
        and not _POWER.match(sentence[match.end() :])
        and not _YEAR.fullmatch(match.group())
        and not re.match(r"\s\d{3}\b", sentence[match.end() :])
        and not re.search(r"[:/’']$|\d\s$", sentence[: match.start()])
    ]


def digit_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: one digit becomes another."""
    return chosen(material, "numbers", "digit changed", _digits(material.sentence, rng), rng)


def digits_transposed(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: two neighbouring digits change places."""
    return chosen(material, "numbers", "digits transposed", _transposed(material.sentence), rng)


def decimal_moved(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: the decimal mark is lost or moves by a place."""
    return chosen(material, "numbers", "decimal moved", _moved(material, rng), rng)


def zero_added_or_lost(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: a nought at the end is lost or comes."""
    return chosen(material, "numbers", "zero added or lost", _noughts(material.sentence), rng)


def number_word_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: a number in words becomes another."""
    words = tuple(_WORDS[material.language].values())
    told = (
        put_in(
            material.sentence, match, rng.choice([word for word in words if word != match.group().lower()])
        )
        for match in re.finditer(
            rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", material.sentence, re.IGNORECASE
        )
    )
    return chosen(material, "numbers", "number word changed", told, rng)


def digits_told_as_another_word(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: a small figure is told as the word for another."""
    return chosen(material, "numbers", "digits told as another word", _as_word(material, rng), rng)


def numbers_exchanged(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: two figures of the same unit change places."""
    return chosen(material, "numbers", "numbers exchanged", _exchanged(material.sentence), rng)


def year_changed(material: Material, rng: random.Random) -> Corrupted | None:
    """numbers: a year becomes another."""
    told = (
        put_in(material.sentence, match, str(int(match.group()) + rng.choice((-2, -1, 1, 2, 3))))
        for match in _YEAR.finditer(material.sentence)
    )
    return chosen(material, "numbers", "year changed", told, rng)


def _digits(sentence: str, rng: random.Random) -> Iterator[str]:
    for match in told_numbers(sentence):
        text = match.group()
        at = rng.choice([index for index, sign in enumerate(text) if sign.isdigit()])
        other = rng.choice([digit for digit in "123456789" if digit != text[at]])
        yield put_in(sentence, match, text[:at] + other + text[at + 1 :])


def _transposed(sentence: str) -> Iterator[str]:
    for match in told_numbers(sentence):
        text = match.group()
        for at, (one, two) in enumerate(itertools.pairwise(text)):
            if (one + two).isdigit() and one != two and not (at == 0 and two == "0"):
                yield put_in(sentence, match, text[:at] + two + one + text[at + 2 :])
                break


def _moved(material: Material, rng: random.Random) -> Iterator[str]:
    mark = "," if material.language == "fr" else "."
    for match in told_numbers(material.sentence):
        whole, found, part = match.group().partition(mark)
        if not found or not int(whole + part):
            continue
        if whole == "0":
            new = rng.choice((f"0{mark}0{part}", part.lstrip("0")))
        else:
            new = rng.choice((whole + part, f"{whole[:-1] or '0'}{mark}{whole[-1]}{part}"))
        yield put_in(material.sentence, match, new)


def _noughts(sentence: str) -> Iterator[str]:
    for match in told_numbers(sentence):
        text = match.group()
        if not text.isdigit() or not int(text):
            continue
        if text.endswith("0"):
            yield put_in(sentence, match, text[:-1])
        elif len(text) < 3:  # noqa: PLR2004  ten times more is still a figure that one might read
            yield put_in(sentence, match, f"{text}0")


def _as_word(material: Material, rng: random.Random) -> Iterator[str]:
    words, sentence = _WORDS[material.language], material.sentence
    for match in told_numbers(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        if (
            match.group() in words
            and re.match(r"\s(?!(?:to|and|or|à|et|ou|x)\s)[a-zé]", after)
            and not re.search(r"\b(?:to|or|and|à|et|ou)\s$", before)
            and not _ORDINAL.search(before)
        ):
            yield put_in(
                sentence,
                match,
                rng.choice([word for figure, word in words.items() if figure != match.group()]),
            )


def _exchanged(sentence: str) -> Iterator[str]:
    told = [
        (match, found.group(1))
        for match in told_numbers(sentence)
        if (found := _UNIT.match(sentence[match.end() :])) is not None
    ]
    for (one, unit), (two, other) in itertools.combinations(told, 2):
        between = sentence[one.end() : two.start()]
        if (
            unit == other
            and one.group() != two.group()
            and len(between) >= _LONG_ENOUGH
            and re.search(r"[a-zé]{4}", between)
        ):
            yield sentence[: one.start()] + two.group() + between + one.group() + sentence[two.end() :]
