"""Signs turned, and the arms of a comparison exchanged."""

import random
import re
from collections.abc import Iterator

from eval.corruptions.material import Corrupted, Material
from eval.corruptions.outside.names import medicines_in
from eval.corruptions.outside.writing import capital, chosen, put_in

_SIGN = re.compile(r"(?<![pP] )(?<![pP])[<>≥≤](?=\s?\d)")
_OPPOSITE = {"<": ">", ">": "<", "≥": "<", "≤": ">"}
_COMPARED = re.compile(
    r"\bthan\b|\bcompared\b|\bversus\b|\bvs\b|\bcontre\b|\bpar rapport\b|\brespective\w*\b|\d.*\d|\bque\b|\bqu['’]"
)
_ALIKE = re.compile(
    r"no (?:\w+ )?differences?|similar|comparable|(?:did|do|does) not differ|not (?:be )?different|bioequival|aucune différence"
    r"|comparant|compared the|\beither\b|placebo-controlled|assigned to|randomi[sz]ed|randomisés|\b(?:between|entre)\b",
    re.IGNORECASE,
)
_OTHER_ARMS = re.compile(r"\b(?:placebo|usual care|women|men|femmes|hommes)\b", re.IGNORECASE)
_UNEQUAL = re.compile(
    r"\bthan\b| que | qu['’]|\b(?:higher|lower|greater|increase|reduc|decreas|superior|improv)\w* .*(?:compared|versus|vs)\b"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_TWO = 2


def sign_turned(material: Material, rng: random.Random) -> Corrupted | None:
    """direction: smaller than becomes larger than."""
    told = (
        put_in(material.sentence, match, _OPPOSITE[match.group()])
        for match in _SIGN.finditer(material.sentence)
    )
    return chosen(material, "direction", "sign", told, rng)


def arms_exchanged(material: Material, rng: random.Random) -> Corrupted | None:
    """direction: each of two arms takes the other's place."""
    return chosen(material, "direction", "arms exchanged", _exchanged(material), rng)


def _exchanged(material: Material) -> Iterator[str]:
    sentence = material.sentence
    if not _COMPARED.search(sentence) or _ALIKE.search(sentence):
        return
    arms = sorted(
        [*medicines_in(sentence, material), *_OTHER_ARMS.finditer(sentence)], key=lambda arm: arm.start()
    )
    names = list(dict.fromkeys(arm.group().lower() for arm in arms))
    if len(names) != _TWO or not _asymmetrical(sentence, names):
        return
    written = {name: next(arm.group() for arm in arms if arm.group().lower() == name) for name in names}
    if arms[0].start() == 0 and written[names[0]].lower() in {"placebo", "women", "men"}:
        written[names[0]] = written[names[0]].lower()
    told, at = "", 0
    for arm in arms:
        other = written[names[1] if arm.group().lower() == names[0] else names[0]]
        told += sentence[at : arm.start()] + (other if arm.start() else capital(other))
        at = arm.end()
    yield told + sentence[at:]


def _asymmetrical(sentence: str, names: list[str]) -> bool:
    """Whether it matters which arm stands where: a figure for each, or a comparison; and they are not told side by side."""
    one, two = map(re.escape, names)
    together = re.search(
        rf"{one}(?: and | et | or | ou |/|, )(?:the |la |le |l['’])?{two}", sentence, re.IGNORECASE
    )
    told = len(_NUMBER.findall(sentence)) >= _TWO or _UNEQUAL.search(sentence)
    return bool(told) and (not together or "respect" in sentence)
