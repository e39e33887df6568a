"""Whether a publication quotes more of a source than its display right, as it is now, allows."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from assistant.corpus.model import Source
from assistant.corpus.rights import MOST_QUOTATIONS, SHORT_QUOTATION
from assistant.publishing.model import Publication
from assistant.store.batches import batches
from assistant.store.schema import citation as citation_table


def over_quoted(
    connection: Connection, publication: Publication, sources: Mapping[str, Source]
) -> frozenset[str]:
    """The cited sources of which only the reference and short quotations may be shown, and that are quoted beyond it.

    A right may have been narrowed after the publication was signed; only such sources cost a look at the quotes.
    """
    return all_over_quoted(connection, [publication], {publication.id: sources})[publication.id]


def all_over_quoted(
    connection: Connection,
    publications: Collection[Publication],
    sources: Mapping[str, Mapping[str, Source]],
) -> dict[str, frozenset[str]]:
    """The same of many, by publication; `sources` is what `cited_sources` gave."""
    narrow = {
        one.id: [s.id for s in sources[one.id].values() if s.display_right == "reference_only"]
        for one in publications
    }
    quoted: dict[str, list[Any]] = {}
    for some in batches([one.revision_id for one in publications if narrow[one.id]]):
        rows = connection.execute(
            select(
                citation_table.c.revision_id,
                citation_table.c.source_id,
                citation_table.c.quote_sha256,
                citation_table.c.spans,
            ).where(citation_table.c.revision_id.in_(some))
        )
        for row in rows:
            quoted.setdefault(row.revision_id, []).append(row)
    return {one.id: _over(narrow[one.id], quoted.get(one.revision_id, ())) for one in publications}


def _over(narrow: Sequence[str], quoted: Sequence[Any]) -> frozenset[str]:
    rows = [row for row in quoted if row.source_id in narrow]
    over = {
        row.source_id for row in rows if sum(end - start for _, start, end in row.spans) > SHORT_QUOTATION
    }
    for identity in narrow:
        if len({row.quote_sha256 for row in rows if row.source_id == identity}) > MOST_QUOTATIONS:
            over.add(identity)
    return frozenset(over)
