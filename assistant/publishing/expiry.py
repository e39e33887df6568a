"""Expired publications, marked. That they are not served any more is computed at every read and needs no mark."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from assistant.audit.trail import record
from assistant.people.roles import SYSTEM, Actor
from assistant.publishing.confirmation import cancel_confirmations
from assistant.publishing.model import LIVE, Recalled
from assistant.publishing.recalls import stop_publication
from assistant.publishing.rows import live_publication, save_recall
from assistant.review.pieces import lock_piece
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.schema import publication as publication_table


def mark_expired(db: Database, actor: Actor = SYSTEM) -> list[dict[str, Any]]:
    """Mark the publications whose time of use is over as expired, each once; returns them as JSON."""
    with db.read() as connection:
        candidates = connection.execute(
            select(publication_table.c.id, publication_table.c.piece_id)
            .where(
                publication_table.c.status.in_(LIVE),
                publication_table.c.expires_on <= db.clock.now().date() + timedelta(days=1),
            )
            .order_by(publication_table.c.expires_on, publication_table.c.id)
        ).all()
    expired: list[dict[str, Any]] = []
    for candidate in candidates:
        with db.write() as tx:
            piece = lock_piece(tx, candidate.piece_id)
            publication = live_publication(tx.connection, piece.id)
            today = civil_date(tx.now, piece.market)
            if publication is None or publication.expires_on is None or publication.expires_on >= today:
                continue
            recalled = Recalled(
                piece.id, publication.id, "expired", f"Its time of use ended on {publication.expires_on}."
            )
            stop_publication(tx, piece, publication, "expired")
            cancel_confirmations(tx, actor, publication, "expired")
            save_recall(tx, actor, recalled)
            record(tx, actor, "piece.expired", piece.id, {"publication": publication.id})
            expired.append(recalled.as_json())
    return expired
