"""A document as canonical JSON, and back. The text that is stored is the text that is hashed."""

import hashlib
import unicodedata
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import rfc8785

from assistant.errors import InvalidInput
from guardrails.model import Document

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> "TypeAdapter[Document]":
    from pydantic import TypeAdapter

    return TypeAdapter(Document)


def document_to_json(document: Document) -> str:
    """Canonical JSON (RFC 8785) of the document; texts in NFC, quotes as they stand in the source.

    Fields at their default are left out, so that a field added later does not change old hashes.
    Raises InvalidInput for a lone surrogate, which no UTF-8 file can hold.
    """
    segments = tuple(replace(s, text=unicodedata.normalize("NFC", s.text)) for s in document.segments)
    composed = replace(document, title=unicodedata.normalize("NFC", document.title), segments=segments)
    plain = _adapter().dump_python(composed, mode="python", exclude_defaults=True)
    try:
        return rfc8785.dumps(plain).decode()
    except (UnicodeEncodeError, rfc8785.CanonicalizationError) as error:
        raise InvalidInput(
            "The text holds characters that cannot be stored.",
            help="Remove damaged characters from the text and save it again.",
        ) from error


def document_from_json(text: str) -> Document:
    """The document that `document_to_json` wrote."""
    return _adapter().validate_json(text)


def document_hash(text: str) -> str:
    """SHA-256, in hexadecimal, of a document's canonical JSON."""
    return hashlib.sha256(text.encode()).hexdigest()
