"""What a reader would see of a model's text: signs that show nothing are taken out, what a page or a mail would run or link is refused.

The checks read words and fold typography. A text may still show something else than they read, or nothing at all.
"""

import re
import unicodedata
from collections.abc import Sequence

from ingestion.text import UNSEEN

Problem = tuple[str, str]
"""In English and in French."""

EMPTY: Problem = ("a text that shows nothing", "un texte qui ne montre rien")
MARKUP: Problem = (
    "markup or an address that the quotes do not hold",
    "du code ou une adresse absents des citations",
)
FOREIGN: Problem = (
    "a sign of no French or English text that the quotes do not hold",
    "un signe étranger au français et à l’anglais, absent des citations",
)

_EMPHASIS = re.compile(r"(?P<mark>\*\*|__)(?=\S)(?P<words>.+?)(?<=\S)(?P=mark)")
_MARKUP = re.compile(
    r"<[a-z!/?][^<>]*>|\]\([^)]*\)|\bhttps?:\S*|\bwww\.\S+|\b(?:javascript|mailto|data):\S+|[\w.+-]+@[\w-]+\.\w+"
    r"|\{[{%#].*?[}%#]\}|&(?:#\w+|[a-z]+);|```",
    re.IGNORECASE,
)
_ALPHABETS = (
    "LATIN ", "GREEK ", "DIGIT ", "SUPERSCRIPT TWO", "SUPERSCRIPT THREE", "SUBSCRIPT ", "MICRO ", "FEMININE ", "MASCULINE ", "VULGAR ", "OHM ",
    "MODIFIER LETTER APOSTROPHE",
)  # fmt: skip


def seen(text: str, quotes: Sequence[str]) -> str:
    """The text without what shows nothing, and without the stars that a model sets around words, unless its quotes have such."""
    plain = "".join(sign for sign in text if sign not in UNSEEN).strip()
    return plain if any("**" in q or "__" in q for q in quotes) else _EMPHASIS.sub(r"\g<words>", plain)


def unfit(text: str, quotes: Sequence[str]) -> Problem | None:
    """Why a text may not stand, whatever it says: what its quotes hold, it may hold, too."""
    held = unicodedata.normalize("NFC", "\n".join(quotes))
    if not any(sign.isalnum() for sign in text):
        return EMPTY
    if any(hit[0].rstrip(".,;)").casefold() not in held.casefold() for hit in _MARKUP.finditer(text)):
        return MARKUP
    if any(_foreign(sign) and sign not in held for sign in unicodedata.normalize("NFC", text)):
        return FOREIGN
    return None


def _foreign(sign: str) -> bool:
    """A letter or figure of another alphabet or shape, a mark that is laid over another sign, a sign that turns the line."""
    if sign.isascii() or sign.isspace():
        return False
    category = unicodedata.category(sign)
    if category[0] in "LN":
        return not unicodedata.name(sign, "").startswith(_ALPHABETS)
    return category[0] in "MC"
