"""An effect told in some of those who took part, without the word "subgroup" (FR28). Patterns are data: `endpoints.yaml`."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from guardrails.endpoints import compares, names_subgroup
from guardrails.facts import claims
from guardrails.model import Language, PassageText
from guardrails.overlap import contents
from guardrails.tables import table
from ingestion.sentences import split

_SHARE = re.compile(r"\d\s?%")
_BRACKETS = re.compile(r"\([^()]*\)")
_LIMITS = re.compile(
    r"(?:[<>≤≥]|\b(?:aged?|below|above|under|over|at least|less than|more than|moins de|plus de|inférieur\w* à|supérieur\w* à))\s?\d[\d.,]*\s?%?(?:\s(?:years|ans)\b)?|\b\d+ (?:years|ans)\b|\b\d+ (?:and over|or older|et plus)\b",
    re.IGNORECASE,
)
"""Where a stratum begins or ends."""
_DRAWN = re.compile(r"\brandomi[sz]|\b(?:tirage|répartition)", re.IGNORECASE)
"""Who took part is drawn by strata, too: that is no result of one."""
_FIGURE = re.compile(r"(?<![A-Za-z])\d")
_DESIGNED = re.compile(
    r"\b(?:was|were|be|been|being|is|are|also|été|sera|seront|est|sont|étaient|était)\s+(?:\w+(?:ly|ment)\s+|also\s+|to be\s+)?$",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"\b(?:effects?|benefits?|reductions?|responses?|differences?|improvements?|fewer|less|more|rare[rs]?|higher|lower|greater|larger|confined|limited|consistent|"
    r"effets?|bénéfices?|réductions?|réponses?|différences?|améliorations?|moins|plus|moindres?|rares?|limitée?s?)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\W*(?:(?:when|if|once|lorsque?)\W+)?", re.IGNORECASE)
_ASSIGNED = re.compile(
    r"\b(?:patients|participants|subjects|sujets)\b[^.;]{0,40}\b(?:received|assigned|allocated|randomi[sz]ed|reçu|répartis?|randomisés?)\b",
    re.IGNORECASE,
)
_OF_SOME = re.compile(
    r"\b(?:women|men|males|females|girls|boys|elderly|older|younger|child(?:ren)?|adolescents?|infants?|diabet\w+|smokers?|aged|obes\w+|asian|black|white|hispanic|japanese|chinese|european|"
    r"severe|moderate|mild|prior|previous\w*|history|naive|naïve|refractory|baseline|impairment|low|high|reduced|positive|negative|carriers?|"
    r"femmes?|hommes?|enfants?|adolescents?|âgée?s?|diabét\w+|fumeu\w+|obèses?|asiatiques?|japonais\w*|sévères?|modérée?s?|légère?s?|antérieur\w*|antécédents?|naïfs?|réfractaires?|"
    r"insuffisan\w+ rén\w+|faible|élevée?s?|positi\w+|négati\w+|porteu\w+|(?:plus|moins) de \d+|(?:above|below|over|under|at least) \d+|albumin\w+)\b|[<>≤≥]",
    re.IGNORECASE,
)
"""What sets some apart where the source does not say who took part."""
_END = re.compile(
    r"[,;:.](?=\s|$)|\b(?:the|an?|la|les?|une?)?\s*(?:(?:greater|larger|mean|median|more|relative|absolute)\s+)?(?:effects?|benefits?|reductions?|responses?|efficacy|differences?|gains?|improvements?|effets?|bénéfices?|réductions?|réponses?|efficacité|différences?|améliorations?)\b"
    r"|\b(?:was|were|had|has|showed|gave|than|with (?:placebo|\w+ than)|a été|ont|avait|avaient|que)\b",
    re.IGNORECASE,
)
_TOOK_PART = re.compile(
    r"\b(?:eligib\w+|enrol\w+|includ(?:ed|ing)|inclusion|recruit\w*|randomi[sz]ed|(?:study|trial) (?:of|in)|inclus\w*|inclure|éligib\w+|recrut\w+|randomisée?s?|tirée?s? au sort|(?:étude|essai) (?:chez|mené))\b",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(
    r"\b(?:exclu\w+|stratif\w+|of whom|dont|some|certains?)\b|\d\s?%\s(?:of|had|were|des|avaient|étaient)",
    re.IGNORECASE,
)
_EITHER = re.compile(
    r"\b(?:with or without|with and without|regardless of|irrespective of|whether or not|avec ou sans|quel(?:le)? que soit)\b[^,.;]*",
    re.IGNORECASE,
)
_ANYBODY = "among parmi chez enrolled included recruited eligible randomised randomized inclus incluses éligibles recrutés randomisés patients people participants subjects men adults adult others treated study trial those all malades personnes sujets adultes adulte ceux celles tous with"


@dataclass(frozen=True, slots=True)
class TookPart:
    """The words by which a source says who took part."""

    named: frozenset[str]
    """Of its title and of the sentences that say whom it included."""
    told: bool
    """Whether it has such a sentence."""


def tells_a_part(text: str, language: Language, who: TookPart | None) -> bool:
    """Whether it tells an effect in some of those who took part, or one that was looked for afterwards, without the word.

    `who` took part by its source, None where that is in another language.
    """
    part = _common("part").search(text)
    if part is None:
        return False
    if part["strata"] is not None:
        return _tells_strata(text, part.start("strata"), language)
    if part["effect"] is None:
        return True
    people = [_who(text, found) for found in _common("people").finditer(text)]
    return bool(people) and not (
        _common("between_arms").search(text) and all(_are_all(words, who) for words in people)
    )


def weighs_people(text: str) -> bool:
    """Whether it tells of the effect in people that it names: they are judged where the source is read."""
    return _common("part").search(text) is not None and _common("people").search(text) is not None


@lru_cache(maxsize=64)
def who_took_part(title: str, passages: tuple[PassageText, ...], language: Language) -> TookPart:
    """Who took part by the title and the sentences of a source; those with or without something are no part of it."""
    told = [
        _EITHER.sub(" ", text)
        for passage in passages
        if _TOOK_PART.search(passage.text)
        for text in (passage.text[start:end] for start, end in split(passage.text, language))
        if _TOOK_PART.search(text) and not (_NOT_ALL.search(text) or names_subgroup(text) or compares(text))
    ]
    return TookPart(contents(" ".join([title, *told])), bool(told))


def _who(text: str, people: re.Match[str]) -> str:
    end = _END.search(text, people.end())
    return text[people.start() : end.start() if end else len(text)]


def _are_all(people: str, who: TookPart | None) -> bool:
    """Whether these are all that took part: their source says so, or says of none, and nothing sets them apart."""
    named = contents(people) - contents(_ANYBODY)
    if who is not None and named <= who.named:
        return True
    return not (who is not None and who.told) and not _OF_SOME.search(people)


def _tells_strata(text: str, at: int, language: Language) -> bool:
    """Whether it tells a result by sex or age, and not only that it was looked at so, or that who took part was drawn so."""
    before, after = text[:at], text[at:]
    designed = _DESIGNED.search(before) is not None
    bare = _LIMITS.sub(" ", _BRACKETS.sub(" ", text) if designed else text)
    if after.lower().startswith("strat"):
        told = after.partition(",")[2]
        opens = _OPENING.fullmatch(before) is not None and _EFFECT.search(told) is not None
        if _ASSIGNED.search(text) and not _SHARE.search(bare):
            return False
        return compares(text) or opens or bool(_FIGURE.search(bare) and not _DRAWN.search(text))
    if compares(text) or _SHARE.search(bare):
        return True
    result = _FIGURE.search(bare) or _EFFECT.search(after) or next(claims(after, language), None)
    return not designed and result is not None


@cache
def _common(name: str) -> re.Pattern[str]:
    return re.compile(cast("str", table("endpoints.yaml")[name]), re.IGNORECASE)
