"""The language of a question, which is too short for a statistic."""

import re

from guardrails.model import Language
from guardrails.plain import plain
from ingestion.language import detect

_FRENCH = re.compile(
    r"[àâçéèêëîïôûùœ]|\b(?:quel(?:le)?s?|est-ce|combien|comment|quand|pourquoi|peut-on|faut-il|y a-t-il|que faire|le|la|les|des|du|une|un"
    r"|et|ou|est|sont|chez|pendant|avec|sur|dans|pour|en cas)\b|\b(?:l|d|qu|n|s)['’]",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:what|which|how|when|why|who|is|are|was|were|does|do|did|can|should|could|may|the|of|in|to|with|for|there|it|and|be|have|has)\b",
    re.IGNORECASE,
)


_FRENCH_TERMS = re.compile(
    r"\b(?:poso(?:logie)?|surdosage|oubli(?:ee?s?)?|demi[- ]vie|grossesse|allait\w+|enceinte|sujets? age|comprimes?|gelules?|prises?|repas"
    r"|conduite a tenir|effets? (?:indesirables?|secondaires?)|contre[- ]indi\w*|peremption|frigo|insuffisan\w+|renale?s?|hepatique\w*"
    r"|traitement|arret\w*|delai|duree|jours?|semaines?|mois|ans|enfants?|femmes?|hommes?|associe\w*|pamplemousse|millepertuis"
    r"|\w{4,}(?:emies?|mycine|cilline|statine|parine))\b"
)
_ENGLISH_TERMS = re.compile(
    r"\b(?:overdos\w+|missed|half[- ]life|pregnan\w+|breast[- ]?feed\w*|elderly|tablets?|pills?|capsules?|meals?|food|driving|side effects?"
    r"|contra-?indicated|shelf[- ]life|storage|fridge|impairment|kidney|liver|treatment|stopping|days?|weeks?|months?|years?|child(?:ren)?"
    r"|wom[ae]n|grapefruit|st john.?s wort|level|starting|monitoring|withdrawal|dosing|\w{4,}(?:itis|aemia|emia|mycin|cillin|statin|parin))\b"
)
"""Words of the field that are written so in one of the languages only; without accents."""


def spoken_language(question: str) -> Language | None:
    """The language of a question, which is too short for a statistic: the one whose small words prevail, then the one
    whose words of the field do ("surdosage cat"). None where neither says.
    """
    for pattern_fr, pattern_en, text in (
        (_FRENCH, _ENGLISH, question),
        (_FRENCH_TERMS, _ENGLISH_TERMS, plain(question)),
    ):
        french, english = len(pattern_fr.findall(text)), len(pattern_en.findall(text))
        if french != english:
            return "fr" if french > english else "en"
    return detect(question)
