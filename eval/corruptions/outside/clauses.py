"""What two sentences give each other at their joints: a predicate, a circumstance, what is compared with, an object."""

import random
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from eval.corruptions.material import Language, Material
from eval.corruptions.outside.citing import contained, words_in
from eval.corruptions.outside.names import medicines_in, studies_in

_LEANING = re.compile(
    r"^(?:This|These|Those|Such|It|They|He|She|There|However|In addition|Therefore|Thus|Furthermore|Moreover|Both|If|When|Although|While|No|Overall"
    r"|Also|Additionally|You|We|Your|Finally|Second|First|Third|Ce|Ces|Cette|Il|Ils|Elle|Elles|On|Si|Lorsque|Aucune?|En outre|De plus|C['’]est)\b"
)
_VERBS: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(was|were|is|are|has been|have been|should be|may be|must be|can be|should|may|must|showed|had|contains?|inhibits)\b"
    ),
    "fr": re.compile(
        r"(?<!['’])\b(est|sont|était|étaient|a été|ont été|doit être|doivent être|peut|peuvent|a|ont|avait|augmente|diminue"
        r"|n['’]a pas été|n['’]est pas|ne doit pas|n['’]ont pas été)\b"
    ),
}
_NO_SUBJECT = re.compile(
    r"[,(:]|\b(?:that|which|who|if|when|whether|what|how|qui|que|si|dont|because|since)\b"
)
_CIRCUMSTANCE = re.compile(
    r"(?:In|At|For|On|By|After|During|Among|From|With|To|As|Of|Chez|Dans|À|En|Après|Lors|Au|Aucune?|No|None|Neither|Pour|Par|Avant|Pendant)\b"
)
_OWN = re.compile(r"\b(?:its|their|son|sa|ses|leurs?|this|these|such|ce|cette|ces|those)\b")
_LEADING = re.compile(
    r"\A(?:In|At|After|During|Among|For|With|On|Following|Chez|Dans|À|Après|En|Lors|Pendant|Au)\b[^,()]{6,90}, "
)
_NO_CIRCUMSTANCE = re.compile(
    r"\b(?:addition|contrast|general|fact|case|conclusion|summary|turn|contrary|total|particular|other|example|instance|revanche|effet|outre"
    r"|this|these|that|such|both|order|ce|cette|ces|autre)\b"
)
_STUDY_ITSELF = re.compile(r"\b(?:study|trial|étude|essai)\b", re.IGNORECASE)
_NO_HEADLESS = re.compile(rf"{_CIRCUMSTANCE.pattern}|[A-Z]{{2,}}|(?:Please|Do|Tell|Keep|Ask|Use)\b")
_DUTY = re.compile(r"\b(?:should|must|doi(?:t|vent)|recommended|recommandée?s?|indicated|indiquée?s?)\b")
_TRAILING = re.compile(
    r" (in (?:patients|subjects|women|men|healthy|rats|animals|children)[^,.;()]*|during [^,.;()]*|at (?:week|month|baseline)[^,.;()]*"
    r"|for \w+ (?:weeks|months|years|days)[^,.;()]*|with placebo|chez (?:les |l['’]|des |la )[^,.;()]*|pendant [^,.;()]*"
    r"|dans le (?:groupe|bras) [^,.;()]*|sous \w+|après [^,.;()]*)\.$"
)
_CLAUSE = re.compile(
    r"\b(?:humain|homme|humans|is|are|was|were|has|have|had|may|should|could|can|will|est|sont|a|ont|était|étaient|peut|peuvent|ne|et de|que|qui)\b|\bn['’]"
)
_ANYWHERE = re.compile(r"(?:dans|at|sous|with)\b")
_COMPARISON = re.compile(
    r" (?:compared (?:with|to)|versus|than in|than with|contre|que dans|qu['’]avec|que chez) "
)
_OBJECT: Mapping[Language, tuple[re.Pattern[str], ...]] = {
    "en": (
        re.compile(r"\b(?:is|are) indicated (?:for|in) "),
        re.compile(
            r"\b(?:is|are|was|were) (?:associated with|metaboli[sz]ed by|reported in|observed in|excreted in|recommended in|recommended for"
            r"|contraindicated in|due to|caused by|based on|required in|expected to|related to) "
        ),
        re.compile(
            r"(?<!which )(?<!that )(?<!who )(?<!, )\b(?:increases|reduces|inhibits|received|showed|caused|causes|requires|provides) "
            r"(?!in |of |that |no |prior )"
        ),
    ),
    "fr": (
        re.compile(
            r"\b(?:indiquée?s?|contre-indiquée?s?|recommandée?s?|rapportée?s?|observée?s?|administrée?s?|poursuivie?s?|diminuée?s?) "
            r"(?:dans|en|chez|par|de|pendant) "
        ),
        re.compile(r"\b(?:augmenter|diminuer|augmente|diminue|inhibe|modifie|entraîner|provoquer|reçu) "),
    ),
}
_SUBJECT_LONGEST, _PREDICATE_SHORTEST = 12, 4


class Clause(NamedTuple):
    """A sentence cut at its first verb."""

    subject: str
    verb: str
    rest: str


def predicate(one: str, two: str, material: Material, _: random.Random) -> str | None:
    """The subject of one with the predicate of the other."""
    a, b = _clause(one, material.language), _clause(two, material.language)
    if (
        not a
        or not b
        or a.verb != b.verb
        or words_in(a.subject) & words_in(b.subject)
        or contained(a.subject, two) >= 0.5  # noqa: PLR2004  hardly told there
        or contained(b.subject, one) >= 0.6  # noqa: PLR2004
        or len(b.rest.split()) < _PREDICATE_SHORTEST
        or _OWN.search(b.rest)
        or all(_is_name(clause.subject, material) for clause in (a, b))
    ):
        return None
    if material.language == "fr" and _feminine(a.subject) != _feminine(b.subject):
        return None
    return f"{a.subject} {a.verb}{b.rest}"


def before(one: str, two: str, material: Material, _: random.Random) -> str | None:
    """The circumstance at the head of one before the other."""
    head, own = _found(_LEADING, one), _found(_LEADING, two)
    if not head or not _of_one_thing(head.group(), material) or _STUDY_ITSELF.search(two):
        return None
    if own:
        near = contained(head.group(), own.group()) >= 0.5 or contained(head.group(), two) >= 0.6  # noqa: PLR2004
        return None if near else head.group() + two[own.end() :]
    if _LEANING.match(two) or _NO_HEADLESS.match(two) or _DUTY.search(two):
        return None
    if contained(head.group(), two) >= 0.4:  # noqa: PLR2004
        return None
    named = any(match.start() == 0 and match.group()[0].isupper() for match in medicines_in(two, material))
    known = {name for names in material.medicines for name in names}
    keep = named and two.split(maxsplit=1)[0] in known
    return head.group() + (two if keep else two[0].lower() + two[1:])


def behind(one: str, two: str, material: Material, _: random.Random) -> str | None:
    """The circumstance at the end of the other behind the one."""
    del material
    own, tail = _found(_TRAILING, one), _found(_TRAILING, two)
    if not own or not tail or _CLAUSE.search(own.group(1)) or _CLAUSE.search(tail.group(1)):
        return None
    if (
        _OWN.search(tail.group(1))
        or _STUDY_ITSELF.search(tail.group(1))
        or words_in(tail.group(1)) <= words_in(own.group(1))
    ):
        return None
    alike = own.group(1).split()[0] == tail.group(1).split()[0]
    far = contained(tail.group(1), one)
    if (alike and far < 0.6) or (not _ANYWHERE.match(tail.group(1)) and far < 0.4):  # noqa: PLR2004
        return one[: own.start()] + tail.group()
    return None


def comparison(one: str, two: str, material: Material, _: random.Random) -> str | None:
    """One up to what it compares with, and what the other does."""
    del material
    mine, theirs = _found(_COMPARISON, one), _found(_COMPARISON, two)
    if mine and theirs and mine.group() == theirs.group() and contained(two[theirs.end() :], one) < 0.6:  # noqa: PLR2004
        return one[: mine.end()] + two[theirs.end() :]
    return None


def behind_verb(one: str, two: str, material: Material, _: random.Random) -> str | None:
    """One up to its verb, and what the other has behind the same."""
    for verb in _OBJECT[material.language]:
        mine, theirs = _found(verb, one), _found(verb, two)
        if (
            mine
            and theirs
            and mine.group() == theirs.group()
            and contained(two[theirs.end() :], one) < 0.5  # noqa: PLR2004
            and not words_in(one[: mine.start()]) & words_in(two[: theirs.start()])
        ):
            return one[: mine.end()] + two[theirs.end() :]
    return None


@lru_cache(maxsize=20_000)
def _clause(sentence: str, language: Language) -> Clause | None:
    match = _VERBS[language].search(sentence)
    if not match or _LEANING.match(sentence):
        return None
    subject, rest = sentence[: match.start()].strip(), sentence[match.end() :]
    if (
        not 1 <= len(subject.split()) <= _SUBJECT_LONGEST
        or rest.startswith(" no ")
        or _NO_SUBJECT.search(subject)
        or _CIRCUMSTANCE.match(subject)
    ):
        return None
    return Clause(subject, match.group(1), rest)


@lru_cache(maxsize=50_000)
def _found(pattern: re.Pattern[str], sentence: str) -> re.Match[str] | None:
    """The first place; each sentence is asked many times, once for every other."""
    return pattern.search(sentence)


def _is_name(subject: str, material: Material) -> bool:
    """Whether it is nothing but a medicine's name, which may be another name of the same."""
    return any(match.group() == subject for match in medicines_in(subject, material))


def _of_one_thing(circumstance: str, material: Material) -> bool:
    """Whether it is the circumstance of one result, not of a whole study or document."""
    return not (
        _NO_CIRCUMSTANCE.search(circumstance)
        or _STUDY_ITSELF.search(circumstance)
        or studies_in(circumstance, material)
    )


def _feminine(subject: str) -> bool:
    return re.match(r"(?:La|Une|L['’]\w+(?:ion|ité|ance))\b", subject) is not None
