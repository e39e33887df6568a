"""Expired publications, marked. That they are not served any more is computed at every read and needs no mark."""

import logging
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from assistant.audit.trail import record
from assistant.people.roles import SYSTEM, Actor
from assistant.publishing.confirmation import cancel_confirmations
from assistant.publishing.errors import UNJUDGED
from assistant.publishing.model import LIVE, Recalled
from assistant.publishing.recalls import stop_publication
from assistant.publishing.rows import live_publication, save_recall
from assistant.review.pieces import lock_piece
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.schema import publication as publication_table

_log = logging.getLogger(__name__)


def mark_expired(db: Database, actor: Actor = SYSTEM) -> list[dict[str, Any]]:
    """Mark the publications whose time of use is over as expired, each once; returns them as JSON.

    One that cannot be marked is logged and stops no other.
    """
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
        try:
            expired += _mark(db, actor, candidate.piece_id)
        except UNJUDGED:
            _log.exception(
                "The publication %s could not be marked as expired; it is tried again", candidate.id
            )
    return expired


def _mark(db: Database, actor: Actor, piece_id: str) -> list[dict[str, Any]]:
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        publication = live_publication(tx.connection, piece.id)
        today = civil_date(tx.now, piece.market)
        if publication is None or publication.expires_on is None or publication.expires_on >= today:
            return []
        recalled = Recalled(
            piece.id, publication.id, "expired", f"Its time of use ended on {publication.expires_on}."
        )
        stop_publication(tx, piece, publication, "expired")
        cancel_confirmations(tx, actor, publication, "expired")
        save_recall(tx, actor, recalled)
        record(tx, actor, "piece.expired", piece.id, {"publication": publication.id})
        return [recalled.as_json()]
