"""The lines that the law wants on promotional pieces, taken from the product sheet as approved fragments."""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

from assistant.content.builder import DocumentBuilder
from assistant.content.material import Material, written_date


def add_mentions(builder: DocumentBuilder, material: Material) -> None:
    """The sheet's mandatory mentions for the market, in the piece's language where it has them, and the date.

    A line that the sheet lacks is not made up: the rules of the market say what is missing (FR1 to FR10).
    Source of the date: Code de la santé publique, R.5122-8.
    """
    version = hashlib.sha256(rfc8785.dumps(dict(material.sheet))).hexdigest()[:8]
    for mention in _mentions(material):
        builder.fragment("mention", mention["text"], f"mention:{mention['key']}@{version}")
    builder.structure("footer", material.say("revised", date=written_date(material.today, material.language)))


def _mentions(material: Material) -> list[Mapping[str, str]]:
    by_language: Mapping[str, Any] = material.sheet.get("mentions", {}).get(material.market, {})
    # A legal text stands in the language in which it was approved rather than not at all.
    listed: list[Mapping[str, str]] = by_language.get(material.language) or next(
        iter(by_language.values()), []
    )
    return listed
