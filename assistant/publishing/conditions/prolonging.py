"""A renewed permit or certificate lets what is published of the very same bytes be used longer."""

from sqlalchemy import update

from assistant.audit.trail import record
from assistant.people.roles import Actor
from assistant.publishing.conditions.data import Condition
from assistant.publishing.conditions.facts import facts_of
from assistant.publishing.conditions.records import ReleaseRecord
from assistant.publishing.ends import source_ends
from assistant.publishing.release import end_of_use, stored_release
from assistant.publishing.rows import live_publication
from assistant.review.model import Piece
from assistant.review.policy_register import policy_in_force
from assistant.store.clock import civil_date
from assistant.store.database import Transaction
from assistant.store.schema import publication as publication_table


def prolong(tx: Transaction, actor: Actor, piece: Piece, condition: Condition, found: ReleaseRecord) -> None:
    """Where its bytes are published and their end comes later through it, write the new end, with its audit entry."""
    live = live_publication(tx.connection, piece.id)
    if live is None or live.manifest_hash != found.manifest_hash:
        return
    today = civil_date(tx.now, piece.market)
    release = {**live.release, **facts_of(condition, found)}
    months = policy_in_force(tx.connection).months_valid
    ends = end_of_use(
        today, months, stored_release(release), source_ends(tx.connection, live.revision_id, today)
    )
    if live.expires_on is not None and ends <= live.expires_on:
        return
    tx.execute(
        update(publication_table)
        .where(publication_table.c.id == live.id)
        .values(release=release, expires_on=ends)
    )
    details = {
        "publication": live.id,
        "record": found.id,
        "from": live.expires_on.isoformat() if live.expires_on else None,
        "expires_on": ends.isoformat(),
    }
    record(tx, actor, "publication.prolonged", piece.id, details)
