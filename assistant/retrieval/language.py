"""The language of a question, which is too short for a statistic."""

import re

from guardrails.model import Language
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


def spoken_language(question: str) -> Language | None:
    """The language of a question, which is too short for a statistic: the one whose small words prevail."""
    french, english = len(_FRENCH.findall(question)), len(_ENGLISH.findall(question))
    if french == english:
        return detect(question)
    return "fr" if french > english else "en"
