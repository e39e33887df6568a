"""What may be told as what is."""

import random
import re
from collections.abc import Iterator

from eval.corruptions.material import Corrupted, Material
from eval.corruptions.outside.writing import chosen, put_in

_MAY = re.compile(
    r"\b(?:may|might|could) (be|have|result|lead|occur|increase|cause|affect|reduce|decrease|include|require|need|contribute|explain"
    r"|provide|lower|enhance|experience|impair|develop|represent|improve|alter)\b(?! not\b)"
)
_MANY = re.compile(r"(?:\w[^s\W]s|people|and \w+|women|men|data|they|you|we) $", re.IGNORECASE)
_ONE = re.compile(r"(?:sis|is|us) $")
_ASKED = re.compile(r"\bif\b|\bwhether\b|\bwho (?:are or )?may\b|\bas may\b|\bno longer\b")
_FORMS = {"be": ("are", "is"), "have": ("have", "has")}


def may_told_as_fact(material: Material, rng: random.Random) -> Corrupted | None:
    """hedging: what may be or may happen is or happens."""
    return chosen(material, "hedging", "may told as fact (verb)", _facts(material), rng)


def _facts(material: Material) -> Iterator[str]:
    sentence = material.sentence
    if material.language != "en" or _ASKED.search(sentence):
        return
    for match in _MAY.finditer(sentence):
        before, verb = sentence[: match.start()], match.group(1)
        many = bool(_MANY.search(before)) and not _ONE.search(before)
        forms = _FORMS.get(verb, (verb, verb + ("es" if verb.endswith(("s", "ch")) else "s")))
        yield put_in(sentence, match, forms[0] if many else forms[1])
