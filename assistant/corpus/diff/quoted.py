"""Which changes between two readings lie under a quote of the older one."""

from assistant.corpus.diff.model import Change, Diff
from assistant.corpus.model import Source
from guardrails.model import Citation, QuoteSpan
from ingestion.model import PageSpan
from ingestion.text import find_quote


def changes_under(cited: Citation, diff: Diff, old: Source) -> list[Change]:
    """The changes of the sentences that the quote is made of: by place, or by its words where it was read elsewhere."""
    if cited.reading == old.reading_id:
        under = [
            s for s in diff.old if any(_overlaps(span, part) for span in cited.spans for part in s.parts)
        ]
    else:
        whole = [s for s in diff.old if find_quote(cited.quote, s.text) is not None]
        under = whole[:1] or [s for s in diff.old if find_quote(s.text, cited.quote) is not None]
    return list(dict.fromkeys(diff.by_old[s.ordinal] for s in under if s.ordinal in diff.by_old))


def _overlaps(span: QuoteSpan, part: PageSpan) -> bool:
    return span.page == part.page and span.start < part.end and part.start < span.end
