"""A result told as more than it was: significance added, the circumstance at its head lost."""

import random
import re
from collections.abc import Iterator

from eval.corruptions.material import Corrupted, Material
from eval.corruptions.outside.writing import capital, chosen, put_in

_NOT_SIGNIFICANT = (
    (re.compile(r"\b(?:non-?significant|not (?:statistically )?significant)\b"), "statistically significant"),
    (re.compile(r"\bnot reach(?:ing)? (?:statistical )?significance\b"), "reach statistical significance"),
    (re.compile(r"\bno (?:statistically )?significant\b"), "a statistically significant"),
    (
        re.compile(r"n['’]était pas (?:statistiquement )?significati(?=ve|f)"),
        "était statistiquement significati",
    ),
    (re.compile(r"ne différai(en)?t pas de façon"), r"différaient de façon"),
    (re.compile(r"\bnon significati(?=ve|f)"), "statistiquement significati"),
    (re.compile(r"\baucune différence significative n['’]"), "une différence significative "),
    (
        re.compile(r"\bil n['’]y avait pas de différence(?: significative)?"),
        "il y avait une différence significative",
    ),
)
_SETTLED = re.compile(
    r"signific|\bp\s?[<=]|equivalen|should|must|recommend|\bmay\b|no difference|\bif\b|non inférieur|comparable|recommand|n['’]|\bne\b|\baucune?\b",
    re.IGNORECASE,
)
_RESULT = (
    re.compile(
        r"\b(?:was|were) ()(?=higher|lower|greater|longer|shorter|reduced|increased|decreased|improved)"
    ),
    re.compile(r"\b()(?=more (?:frequent|common)(?:ly)?\b)"),
    re.compile(r"\b(?:était|étaient) ()(?=(?:plus|moins) \w)"),
)
_CHANGE = re.compile(
    r"\b(an?|the) (?=(?:reduction|increase|decrease|improvement|difference) )", re.IGNORECASE
)
_CHANGE_FR = re.compile(
    r"\b(?:différence|réduction|amélioration|diminution|augmentation)()(?= (?:moyenne |absolue )?de (?!la (?:dose|posologie)))"
)
_HEAD = re.compile(
    r"(In (?:the|a|this) (?:sub-?group|subset|post hoc|sensitivity|exploratory)|In patients|Among patients|In women|In men|In vitro"
    r"|In animals?|In rats|In mice|In dogs)[^,]{0,90}, "
)
_HEAD_TIME = re.compile(r"(?:At week|At month|At \d+ (?:weeks|months)|After (?:a )?single)[^,]{0,60}, ")
_GOES_ON = re.compile(r"(?:the|an?|no|there|patients|treatment|plasma|mean|median)\b")
_SEEN = re.compile(
    r"\b(?:was|were) (?:observed|seen|reported|noted|found)\b|\bthere (?:was|were)\b|^(?:these|this)\b"
)


def significance_added(material: Material, rng: random.Random) -> Corrupted | None:
    """limits: a result becomes significant, or what was not significant does."""
    return chosen(material, "limits", "significance added", _significant(material), rng)


def circumstance_dropped(material: Material, rng: random.Random) -> Corrupted | None:
    """limits: the subgroup or the setting at the head is lost, or the week becomes the whole follow-up."""
    told = _headless(material.sentence) if material.language == "en" else ()
    return chosen(material, "limits", "circumstance dropped", told, rng)


def _significant(material: Material) -> Iterator[str]:
    sentence = material.sentence
    for pattern, new in _NOT_SIGNIFICANT:
        for match in re.finditer(pattern, sentence):
            yield put_in(sentence, match, new)
    if _SETTLED.search(sentence):
        return
    adverb = "significativement " if material.language == "fr" else "statistically significantly "
    for pattern in _RESULT:
        for match in pattern.finditer(sentence):
            yield put_in(sentence, match, adverb, 1)
    for match in _CHANGE.finditer(sentence):
        article = "the" if match.group(1).lower() == "the" else "a"
        yield put_in(sentence, match, f"{article} statistically significant", 1)
    for match in _CHANGE_FR.finditer(sentence) if material.language == "fr" else ():
        yield put_in(sentence, match, " statistiquement significative", 1)


def _headless(sentence: str) -> Iterator[str]:
    for pattern, new in ((_HEAD, ""), (_HEAD_TIME, "Over the whole follow-up, ")):
        match = pattern.match(sentence)
        if match and _GOES_ON.match(sentence[match.end() :]) and not _SEEN.search(sentence[match.end() :]):
            yield new + (sentence[match.end() :] if new else capital(sentence[match.end() :]))
