"""Negations dropped or added, and directions turned."""

import random
import re
from collections.abc import Mapping

from eval.corruptions.material import Corrupted, Language, Material, Swap, by_language, corrupted, put, swap

_DROPPED: Mapping[Language, tuple[Swap, ...]] = {
    "en": (
        swap(
            r"\b(must|should|is|are|was|were|do|does|did|has|have|had|will|could|would) not (?!only\b|limited\b|or\b|yet\b|applicable\b)",
            r"\1 ",
            r"\b(?:neither|nor|cannot|n't|whether or)\b",
        ),
        swap(r"\bcannot be\b", "can be"),
        swap(
            r"(?<=\A)no (?=(?:dose|dosage|clinically|data|specific|effect|relevant|evidence|difference)[\s\w]* (?:is|are|was|were)\b)",
            "",
        ),
        swap(r"\bhad no (?=clinically relevant|significant)", "had a "),
        swap(r"\bhas no (?=clinically relevant|significant)", "has a "),
        swap(r"\bcontraindicated\b", "indicated", r"\bnot contraindicated"),
        swap(r"(?<!or )\bwithout (?!regard\b|food\b)", "with ", r"\bwith\b"),
    ),
    "fr": (
        swap(
            r"\bne (doit|doivent|peut|peuvent|sont|devrait|devraient) pas\b",
            r"\1",
            r"\b(?:ni|aucun|aucune)\b",
        ),
        swap(
            r"\bn'(est|a|ont|était|étaient|avait|avaient) pas (?!(?:\w+ )?(?:d'|de\b)|encore\b)",
            r"\1 ",
            r"\b(?:ni|aucun|aucune)\b",
        ),
        swap(r"\bne peut être\b", "peut être"),
        swap(r"\baucune ([\w\s-]{3,60}?) n'(est|a été)\b", r"une \1 \2"),
        swap(r"\baucun ([\w\s-]{3,60}?) n'(est|a été)\b", r"un \1 \2"),
        swap(r"\bcontre-indiqué", "indiqué", r"\b(?:pas|non) contre-indiqué"),
        swap(r"\bsans (?=effet indésirable|adaptation|arrêt)", "avec "),
    ),
}
_NEGATIVE = re.compile(
    r"\b(?:not|no|never|neither|nor|none|cannot|without|unless|ne|n['’]|pas|ni|non|aucune?|jamais|sans|sauf|that|qui|which)\b|\bn['’]",
    re.IGNORECASE,
)
_ADDED: Mapping[Language, tuple[Swap, ...]] = {
    "en": (
        swap(r"\b(should|must) be\b", r"\1 not be"),
        swap(
            r"\b(is|are) (recommended|required|indicated|contraindicated|necessary|advised|metabolised|excreted)\b",
            r"\1 not \2",
        ),
        swap(r"\b(was|were) (observed|reported|seen|reached|increased|reduced|significant)\b", r"\1 not \2"),
        swap(r"\bcan be\b", "cannot be"),
    ),
    "fr": (
        swap(r"\b(doit|doivent) (être|utiliser|éviter)\b", r"ne \1 pas \2"),
        swap(
            r"\best (recommandée?|indiquée?|contre-indiquée?|nécessaire|métabolisée|excrétée|atteinte?)\b",
            r"n'est pas \1",
        ),
        swap(r"\ba été (observée?|rapportée?|significative)\b", r"n'a pas été \1"),
    ),
}
_JOINED = r"\b(?:increas\w+|higher|more|above) (?:or|and) (?:decreas\w+|lower|less|fewer|below)\b"
_VALUE = r"(?=(?:[≥≤<>]?\s?\d|the upper|la limite))"
_TURNED: Mapping[Language, tuple[Swap, ...]] = {
    "en": tuple(
        swap(old, new, _JOINED)
        for old, new in (
            (r"\bincreases\b", "decreases"),
            (r"\bincreased\b", "decreased"),
            (r"\bincreasing\b", "decreasing"),
            (r"\bincrease\b", "decrease"),
            (r"\bdecreases\b", "increases"),
            (r"\bdecreased\b", "increased"),
            (r"\bdecrease\b", "increase"),
            (r"\breduces\b", "increases"),
            (r"\breduced\b(?! ejection)", "increased"),
            (r"\breduce\b", "increase"),
            (r"\breduction\b", "increase"),
            (r"\bhigher\b", "lower"),
            (r"\blower\b(?! limit)", "higher"),
            (r"\blowered\b", "raised"),
            (r"\bgreater\b", "smaller"),
            (r"\bmore (?=often|frequent|severe|common)", "less "),
            (r"\bless (?=often|frequent|severe|common)", "more "),
            (r"\bmore than " + _VALUE, "less than "),
            (r"\bless than " + _VALUE, "more than "),
            (r"(?<=\d )or more\b", "or less"),
            (r"(?<=% )or less\b", "or more"),
            (r"\babove " + _VALUE, "below "),
            (r"\bbelow " + _VALUE, "above "),
            (r"\bat least " + _VALUE, "at most "),
            (r"\bup to " + _VALUE, "at least "),
            (r"\bimproved\b", "worsened"),
            (r"\bimprovement\b", "worsening"),
            (r"\bprolonged\b", "shortened"),
            (r"\blonger\b(?! be)", "shorter"),
            (r"\bshorter\b", "longer"),
            (r"\braise\b", "lower"),
            (r"\bmaximum\b", "minimum"),
            (r"≥", "<"),
            (r"≤", ">"),
            (r"(?<!p )(?<!p)> (?=\d)", "< "),
            (r"(?<!p )(?<!p)< (?=\d)", "> "),
        )
    ),
    "fr": tuple(
        swap(old, new)
        for old, new in (
            (r"\baugmente\b", "diminue"),
            (r"\baugmentent\b", "diminuent"),
            (r"\baugmenter\b", "diminuer"),
            (r"\baugmenté(e?s?)\b", r"diminué\1"),
            (r"\baugmentation\b", "diminution"),
            (r"\bdiminution\b", "augmentation"),
            (r"\bdiminué(e?s?)\b", r"augmenté\1"),
            (r"\bréduction\b", "augmentation"),
            (r"(?<!éjection )\bréduit(e?s?)\b", r"augmenté\1"),
            (r"\babaissent\b", "augmentent"),
            (r"\bplus (élevée?s?|fréquente?s?|faibles?|souvent)\b", r"moins \1"),
            (r"\bmoins (élevée?s?|fréquente?s?|faibles?|souvent)\b", r"plus \1"),
            (r"(?<!limite )\bsupérieur(e?s?)(?= (?:ou égale?s? )?à \d)", r"inférieur\1"),
            (r"\binférieur(e?s?)(?= (?:ou égale?s? )?à \d)", r"supérieur\1"),
            (r"\bau moins (?=\d)", "au plus "),
            (r"\bd'au moins (?=\d)", "d'au plus "),
            (r"\bjusqu'à (?=\d)", "au moins "),
            (r"\bplus de (?=\d)", "moins de "),
            (r"\bmoins de (?=\d)", "plus de "),
            (r"\bamélioré\b", "aggravé"),
            (r"\bmaximale\b", "minimale"),
            (r"≥", "<"),
            (r"≤", ">"),
        )
    ),
}
_GROUPS = re.compile(
    r"\b(?P<word>with|in|on|for|sous|avec|chez) (?P<one>\w+) (?:than|que) (?P=word) (?P<other>\w+)\b",
    re.IGNORECASE,
)


def negation_dropped(material: Material, rng: random.Random) -> Corrupted | None:
    """negation: what is not, must not or cannot be becomes what is, must or can be."""
    return by_language(material, _DROPPED, rng, "negation", "negation dropped")


def negation_added(material: Material, rng: random.Random) -> Corrupted | None:
    """negation: a plain sentence is denied. Sentences that hold a negation or a clause are left alone."""
    if _NEGATIVE.search(material.sentence):
        return None
    return by_language(material, _ADDED, rng, "negation", "negation added")


def direction_turned(material: Material, rng: random.Random) -> Corrupted | None:
    """direction: more becomes less, above becomes below, at least becomes at most."""
    return by_language(material, _TURNED, rng, "direction", "direction turned")


def groups_exchanged(material: Material, rng: random.Random) -> Corrupted | None:
    """direction: more with A than with B becomes more with B than with A."""
    found = [
        match for match in _GROUPS.finditer(material.sentence) if match.group("one") != match.group("other")
    ]
    if not found:
        return None
    match = rng.choice(found)
    text = put(material.sentence, match.start("other"), match.end("other"), match.group("one"))
    return corrupted(
        material,
        "direction",
        "groups exchanged",
        put(text, match.start("one"), match.end("one"), match.group("other")),
    )
