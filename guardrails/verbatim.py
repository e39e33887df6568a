"""Does a statement say its quote word for word?"""

from collections.abc import Iterator
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
    return text in whole and any(_words(run, language) == text for run in runs_of_sentences(quote, language))


def runs_of_sentences(quote: str, language: Language) -> Iterator[str]:
    """Each sentence of the quote, and each with those that follow it."""
    spans = split(quote, language)
    for at, (start, _) in enumerate(spans):
        for _, end in spans[at:]:
            yield quote[start:end]


@lru_cache(maxsize=4096)
def _words(text: str, language: Language) -> str:
    return bare(typeset(unpointed(bare(text)), language))
