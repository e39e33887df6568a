"""Until when what a revision rests on holds."""

from datetime import date

from sqlalchemy import Connection, select

from assistant.corpus.eligibility import source_facts
from assistant.store.schema import citation as citation_table


def source_ends(connection: Connection, revision_id: str, today: date) -> list[date]:
    """The last day of each cited source's approval."""
    ids = connection.scalars(
        select(citation_table.c.source_id).where(citation_table.c.revision_id == revision_id).distinct()
    ).all()
    facts = source_facts(connection, list(ids), today)
    return [fact.expires_on for fact in facts.values() if fact.expires_on is not None]
