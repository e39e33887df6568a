"""Which registered source of a product a slide's footnote names."""

from collections.abc import Iterable

from sqlalchemy import Connection

from assistant.corpus.loading import load_sources
from assistant.corpus.model import Source
from assistant.store.schema import source
from ingestion.publications import dois, names, names_label


def registered(connection: Connection, product_id: str, texts: Iterable[str]) -> dict[str, str]:
    """The source that each footnote names, by the footnote's text; one that names none is not among them.

    A withdrawn source counts as registered no longer. Of several, the one that came last.
    """
    wanted = list(dict.fromkeys(texts))
    if not wanted:
        return {}
    known = load_sources(connection, source.c.product_id == product_id, source.c.status != "withdrawn")
    found: dict[str, str] = {}
    for text in wanted:
        for candidate in known:
            if _names(text, candidate):
                found[text] = candidate.id
    return found


def _names(text: str, candidate: Source) -> bool:
    if candidate.kind in {"deck", "transcript", "claims"}:
        return False
    if candidate.kind == "label":
        return names_label(text, [candidate.product], candidate.title, candidate.reference)
    if dois(text) & dois(candidate.title):
        return True
    return names(text, candidate.title, f"{candidate.reference} {candidate.title}")
