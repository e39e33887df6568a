"""Does a statement say its quote word for word?"""

from guardrails.citations import bare
from guardrails.model import Citation, Segment
from ingestion.sentences import split
from ingestion.text import find_quote


def is_verbatim(segment: Segment) -> bool:
    """Whether the text is one or several whole sentences of one quote, or of quotes of one source, in order.

    Code decides this from the text; what the segment's `wording` claims plays no part.
    """
    citations = segment.citations
    text = bare(segment.text)
    if not text or not citations:
        return False
    if any(c.quote_language == segment.language and _holds_whole(c, text) for c in citations):
        return True
    one_source = len({c.source for c in citations}) == 1
    return one_source and text == bare(" ".join(c.quote for c in citations))


def _holds_whole(citation: Citation, text: str) -> bool:
    if bare(citation.quote) == text:
        return True
    if not find_quote(text, citation.quote):
        return False
    spans = split(citation.quote, citation.quote_language)
    return any(
        bare(citation.quote[first[0] : last[1]]) == text
        for at, first in enumerate(spans)
        for last in spans[at:]
    )
