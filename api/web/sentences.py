"""Sentences that the program says in English with values in them, as a reader reads them: translated, dates written out."""

import re
from datetime import date

from api.web.formats import date_text
from api.web.refusals import translated, without_ids

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def written(text: str, language: str) -> str:
    """Every date such as 2026-11-03 written out; what looks like one and is none stays."""
    return _DAY.sub(lambda found: _written(found[0], language), text)


def sentence(text: str, language: str) -> str:
    """In the language, with its dates written out."""
    return written(translated(text, language)[0], language)


def told(text: str, language: str) -> str:
    """A sentence on its own on a page: in the language, beginning with a capital, without the ids that no reader knows."""
    said = without_ids(sentence(text, language))
    return said[:1].upper() + said[1:]


def _written(text: str, language: str) -> str:
    try:
        return date_text(date.fromisoformat(text), language)
    except ValueError:
        return text
