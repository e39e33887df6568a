"""Does a statement say its quote word for word?"""

from functools import lru_cache

from guardrails.citations import bare
from guardrails.model import Citation, Language, Segment
from guardrails.typesetting import pointers, typeset, unpointed
from ingestion.sentences import split


def is_verbatim(segment: Segment) -> bool:
    """Whether the text is one or several whole sentences of one quote, or of quotes of one source, in order.

    Code decides this from the text; what the segment's `wording` claims plays no part. Typesetting is no word, nor is
    what only points elsewhere in the document (`typesetting.py`).
    """
    citations = segment.citations
    text = _words(segment.text, segment.language)
    if not text or not citations or not _points_alike(segment):
        return False
    if any(c.quote_language == segment.language and _holds_whole(c, text) for c in citations):
        return True
    one_source = len({c.source for c in citations}) == 1
    return one_source and text == _words(" ".join(c.quote for c in citations), segment.language)


def _points_alike(segment: Segment) -> bool:
    """Whether what it points to is what its quotes point to: "(see section 4.5)" leads elsewhere than "(see section 4.4)"."""
    kept = pointers(bare(segment.text))
    return kept <= frozenset[str]().union(*(pointers(bare(c.quote)) for c in segment.citations))


def _holds_whole(citation: Citation, text: str) -> bool:
    quote, language = citation.quote, citation.quote_language
    whole = _words(quote, language)
    if whole == text:
        return True
    if text not in whole:
        return False
    spans = split(quote, language)
    return any(
        _words(quote[first[0] : last[1]], language) == text
        for at, first in enumerate(spans)
        for last in spans[at:]
    )


@lru_cache(maxsize=4096)
def _words(text: str, language: Language) -> str:
    return bare(typeset(unpointed(bare(text)), language))
