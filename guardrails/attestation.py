"""What a reviewer attested, a comment hangs on, or a revision carries over: one text with its quotes."""

import hashlib

from guardrails.model import Segment
from ingestion.text import fold


def fingerprint(segment: Segment) -> str:
    """SHA-256, in hexadecimal, of the folded text and its citations in order: source, reading and the quote's hash.

    Typography does not change it; a word, a number, another quote, or the same quote in another document does.
    """
    parts = [fold(segment.text).text.strip()]
    for cited in segment.citations:
        parts += (cited.source, cited.reading, cited.quote_sha256)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
