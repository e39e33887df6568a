"""A claim of the liar's own before or after a true sentence, which its quote does not hold.

Written apart from the checks: none of their words is shared with them on purpose.
"""

import random

from guardrails.model import Language

_BEFORE = {
    "en": (
        "As leading experts agree, ",
        "In line with international guidelines, ",
        "In large real-world cohorts, too, ",
        "Thanks to its unique mechanism, ",
        "Unlike older medicines, ",
        "As independent reviews have confirmed, ",
    ),
    "fr": (
        "Comme le reconnaissent les plus grands spécialistes, ",
        "Conformément aux recommandations internationales, ",
        "Y compris dans de grandes cohortes de vie réelle, ",
        "Grâce à son mécanisme unique, ",
        "Contrairement aux médicaments plus anciens, ",
        "Comme l'ont confirmé des revues indépendantes, ",
    ),
}
_AFTER = {
    "en": (
        ", with lasting comfort for the patient",
        ", which makes it a reference in its class",
        ", whatever the patient's background",
        ", to the satisfaction of prescribers",
        ", as has been seen for many years in hospitals",
        ", and it is simple to start",
    ),
    "fr": (
        ", avec un confort durable pour le patient",
        ", ce qui en fait une référence dans sa classe",
        ", quels que soient les antécédents du patient",
        ", à la satisfaction des prescripteurs",
        ", comme les hôpitaux le constatent depuis longtemps",
        ", et sa mise en route est simple",
    ),
}


def with_a_claim(sentence: str, language: Language, rng: random.Random) -> tuple[str, str]:
    """The way, and the sentence with the claim."""
    if rng.random() < 1 / 2:
        return "claim before", rng.choice(_BEFORE[language]) + sentence
    stop = sentence[-1] if sentence[-1] in ".!" else ""
    return "claim after", sentence.removesuffix(stop) + rng.choice(_AFTER[language]) + stop
