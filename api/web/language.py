"""Which language a person reads, and the catalogue of that language.

English is the source language. `locale/<language>/LC_MESSAGES/ancrage.po` is read at start and compiled in memory,
so no compiled file is ever out of date.
"""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LANGUAGES: Mapping[str, str] = {"en": "English", "fr": "Français"}
"""Code and own name of each language of the screens."""
LOCALE_DIRECTORY = Path(__file__).parent / "locale"


def N_(message: str) -> str:  # noqa: N802  gettext's customary name, which the extractor knows
    """Mark a message for the catalogue where it is written down and not yet shown."""
    return message


@cache
def catalogue(language: str) -> NullTranslations:
    """The messages of a language; English is what the messages themselves say."""
    path = LOCALE_DIRECTORY / language / "LC_MESSAGES" / "ancrage.po"
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


def chosen_language(preferred: str | None, accept_language: str) -> str:
    """The language asked for if we have it, else the first one of an Accept-Language header that we have, else English.

    Weights (`q=`) are read as RFC 9110, 12.5.4 has them; a weight that is no number counts as 0.
    """
    if preferred in LANGUAGES:
        return str(preferred)
    wishes: list[tuple[float, str]] = []
    for part in accept_language.split(","):
        tag, _, parameter = part.strip().partition(";")
        wishes.append((_weight(parameter), tag.partition("-")[0].lower()))
    for weight, tag in sorted(wishes, key=lambda wish: -wish[0]):
        if weight > 0 and tag in LANGUAGES:
            return tag
    return "en"


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
