"""The title of a cited source, in quotation marks, names a document and claims nothing."""

import re

from guardrails.model import CheckContext, Document

_OPEN, _CLOSE = '[“«"]', '[”»"]'


def without_cited_titles(text: str, document: Document, context: CheckContext) -> str:
    """The text with the quoted titles of the document's cited sources blanked out; every place in it stays.

    Only a whole title between quotation marks is blanked: a source that is called "20 mg" hides no dose.
    """
    cited = {citation.source for segment in document.segments for citation in segment.citations}
    titles = {source.title for name in cited if (source := context.sources.get(name)) and source.title}
    for title in sorted(titles, key=len, reverse=True):
        words = r"\s+".join(re.escape(word) for word in title.split())
        text = re.sub(rf"{_OPEN}\s*{words}\s*{_CLOSE}", lambda found: " " * len(found[0]), text)
    return text
