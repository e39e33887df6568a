"""What a reviewer attested, a comment hangs on, or a revision carries over: one text with its quotes."""

import hashlib

from guardrails.model import Segment
from ingestion.text import fold


def fingerprint(segment: Segment) -> str:
    """SHA-256, in hexadecimal, of the folded text and the hashes of its citations' quotes, in order.

    Typography does not change it; a word, a number or another quote does.
    """
    parts = [fold(segment.text).text.strip(), *(citation.quote_sha256 for citation in segment.citations)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
