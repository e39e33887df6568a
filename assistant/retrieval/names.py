"""What a product is called."""

from collections.abc import Mapping
from typing import Any


def names_of(name: str, sheet: Mapping[str, Any]) -> tuple[str, ...]:
    """Every name: as registered, brand, INN in each language, synonyms; each once."""
    inn = sheet.get("inn", {})
    listed = [
        name,
        sheet.get("brand"),
        *(inn.values() if isinstance(inn, Mapping) else [inn]),
        *sheet.get("synonyms", []),
    ]
    return tuple(dict.fromkeys(str(text) for text in listed if text))
