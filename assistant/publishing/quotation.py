"""Whether a publication quotes more of a source than its display right, as it is now, allows."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from assistant.corpus.model import Source
from assistant.corpus.rights import MOST_QUOTATIONS, SHORT_QUOTATION
from assistant.publishing.model import Publication
from assistant.store.schema import citation as citation_table


def over_quoted(
    connection: Connection, publication: Publication, sources: Mapping[str, Source]
) -> frozenset[str]:
    """The cited sources of which only the reference and short quotations may be shown, and that are quoted beyond it.

    A right may have been narrowed after the publication was signed; only such sources cost a look at the quotes.
    """
    narrow = [source.id for source in sources.values() if source.display_right == "reference_only"]
    if not narrow:
        return frozenset()
    rows = connection.execute(
        select(citation_table.c.source_id, citation_table.c.quote_sha256, citation_table.c.spans).where(
            citation_table.c.revision_id == publication.revision_id, citation_table.c.source_id.in_(narrow)
        )
    ).all()
    over = {
        row.source_id for row in rows if sum(end - start for _, start, end in row.spans) > SHORT_QUOTATION
    }
    for identity in narrow:
        if len({row.quote_sha256 for row in rows if row.source_id == identity}) > MOST_QUOTATIONS:
            over.add(identity)
    return frozenset(over)
