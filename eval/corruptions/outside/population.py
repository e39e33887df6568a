"""For whom a statement holds, lost or widened to all."""

import random
import re
from collections.abc import Iterator

from eval.corruptions.material import Corrupted, Material
from eval.corruptions.outside.writing import capital, chosen

_DUTY = re.compile(
    r"\b(?:should|must|recommended|indicated|contraindicated|not be|is increased|are increased|required|caution)\b"
)
_TOLD_OF_SOME = re.compile(
    r"\b(?:reported|observed|seen|conducted|evaluated|studied|occurred|performed|included|enrolled|compared|than|will|assess|mechanisms)\b"
)
_WHOM = re.compile(
    r" (?:in|for|among|by) (?:adult |elderly |all |those |male |female |postmenopausal |pregnant )?"
    r"(?:patients?|subjects|women|men|children|individuals|people|adults) "
    r"(?:with|who|receiving|treated|taking|aged|whose|at|previously|on)\b(?:[^,.;()]|[.,](?=\d))*(?=[.;](?!\d))"
)
_WHOM_FIRST = re.compile(
    r"(?:In|For|Among) (?:adult |elderly |male |female )?(?:patients?|subjects|women|men|children|individuals|people|adults) "
    r"(?:with|who|receiving|treated|taking|aged|whose|at|on)\b[^,.;()]*, "
)
_TOLD_OF_SOME_FR = re.compile(
    r" que | qu['’]|rapport|observ|signal|étudi|constat|mesur|évalu|établi|concern|survenu|inclu|randomis|critère"
)
_WHOM_FR = re.compile(
    r" (?:chez|de) (?:les |l['’]|la |le |des |certains )?(?:patients?|enfants|femmes?|sujets|adultes?|insuffisant rénal)(?: (?:adultes|âgés))? "
    r"(?:présentant|atteints?|dont|recevant|traités?|ayant|à|âgés?|de|en|insuffisamment|ménopausées|immunodéprimés|stabilisés|prédisposés|intolérants|non)\b"
    r"(?:[^,.;()]|[.,](?=\d))*(?=[,.;](?!\d))"
)
_WHOM_FIRST_FR = re.compile(r"Chez (?:les |l['’])(?:patients?|enfants|sujets)[^,.;()]*, ")
_LONGEST, _SHORTEST = 16, 5


def restriction_dropped(material: Material, rng: random.Random) -> Corrupted | None:
    """population: what is asked or forbidden for some is told of all."""
    told = _dropped_fr(material.sentence) if material.language == "fr" else _dropped(material.sentence)
    return chosen(material, "population", "restriction dropped", told, rng)


def share_told_as_all(material: Material, rng: random.Random) -> Corrupted | None:
    """population: a share of the patients becomes all of them."""
    pattern = (
        r"\d+(?:,\d+)?\s?% des (?=patients|sujets|participants|malades)"
        if material.language == "fr"
        else r"\d+(?:\.\d+)?\s?% of (?:the |all )?(?=patients|subjects|participants)"
    )
    every = "tous les " if material.language == "fr" else "all "
    told = (
        material.sentence[: match.start()] + every + material.sentence[match.end() :]
        for match in re.finditer(rf"(?<![\d.,–-]){pattern}", material.sentence)
        if not re.search(r"(?:\d(?: to | à |–|-)|\b(?:than|de|que) )$", material.sentence[: match.start()])
    )
    return chosen(material, "population", "share told as all", told, rng)


def _dropped(sentence: str) -> Iterator[str]:
    if not _DUTY.search(sentence) or _TOLD_OF_SOME.search(sentence):
        return
    for match in _WHOM.finditer(sentence):
        if len(match.group().split()) > _LONGEST or re.search(
            r"\b(?:should|must|is recommended|are recommended)\b", match.group()
        ):
            continue
        yield from _long_enough(sentence[: match.start()] + sentence[match.end() :])
    first = _WHOM_FIRST.match(sentence)
    if first:
        yield capital(sentence[first.end() :])


def _dropped_fr(sentence: str) -> Iterator[str]:
    if _TOLD_OF_SOME_FR.search(sentence):
        return
    for match in _WHOM_FR.finditer(sentence):
        if not sentence[: match.start()].endswith("particulier"):
            yield from _long_enough(sentence[: match.start()] + sentence[match.end() :])
    first = _WHOM_FIRST_FR.match(sentence)
    if first:
        yield capital(sentence[first.end() :])


def _long_enough(told: str) -> Iterator[str]:
    if len(told.split()) >= _SHORTEST:
        yield told
