"""Typographic spaces and apostrophes for the sample's texts, so that the data files keep plain spaces."""

import re

NO_BREAK = "\u00a0"
LANGUAGES = ("en", "fr")

_UNITS = r"(?:%|mg|mL|mmol/L|mmHg|pg/mL|kg|h)(?![\w])"
_NUMBER_AND_UNIT = re.compile(rf"(?<=\d) (?={_UNITS})")
_RELATION = re.compile(r"(?<=\b[pn]) ([=<]) (?=\d)")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_FRENCH_SIGN_BEFORE = re.compile(r" (?=[;:?!%»])")
_FRENCH_QUOTE_OPEN = re.compile(r"(?<=«) ")


def polish(text: str, language: str) -> str:
    """Return `text` with curly apostrophes and the spaces that must not break made U+00A0.

    These are the spaces between a number and its unit and inside `p = 0.001`; in French also those inside
    1 207, before ; : ? ! % and inside « ».
    """
    text = _NUMBER_AND_UNIT.sub(NO_BREAK, text.replace("'", "\u2019"))
    text = _RELATION.sub(rf"{NO_BREAK}\1{NO_BREAK}", text)
    if language == "fr":
        text = _THOUSANDS.sub(NO_BREAK, text)
        text = _FRENCH_SIGN_BEFORE.sub(NO_BREAK, text)
        text = _FRENCH_QUOTE_OPEN.sub(NO_BREAK, text)
    return text


def polish_all(value: object, language: str) -> object:
    """Return data read from YAML with every string in it polished; numbers become their text."""
    if isinstance(value, dict):
        return {key: polish_all(item, language) for key, item in value.items()}
    if isinstance(value, list):
        return [polish_all(item, language) for item in value]
    if isinstance(value, bool) or value is None:
        return value
    return polish(str(value), language)
