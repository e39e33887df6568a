"""What anybody may ask of a copy: whether what has this hash is in force now. Nothing of its content is told."""

import re
from datetime import date
from typing import Any

from sqlalchemy import select

from assistant.errors import InvalidInput, NotFound
from assistant.publishing.rows import publication_of
from assistant.publishing.serving import served
from assistant.review.pieces import load_piece
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.schema import publication as publication_table
from assistant.store.schema import recall as recall_table

_PREFIX = re.compile(r"[0-9a-f]{16,64}")


def copy_status(db: Database, prefix: str) -> dict[str, Any]:
    """{"hash", "in_force", "since", "until", "checked_at"}: in force since and until, or not in force any more since.

    `prefix` is a manifest's hash, or its first 16 digits or more: too long to be found by trying. A day on which it
    ended is told where a recall or a date says it. Raises InvalidInput, NotFound.
    """
    wanted = prefix.strip().lower()
    if not _PREFIX.fullmatch(wanted):
        raise InvalidInput("That is no hash of a copy.", help="It has 16 to 64 digits of 0-9 and a-f.")
    with db.read() as connection:
        rows = connection.execute(
            select(publication_table)
            .where(publication_table.c.manifest_hash.startswith(wanted))
            .order_by(publication_table.c.published_at.desc(), publication_table.c.id)
        ).all()
        if not rows:
            raise NotFound(
                "Nothing with this hash was ever published.", help="Compare it with the copy's stamp."
            )
        publication = publication_of(rows[0])
        piece = load_piece(connection, publication.piece_id)
        now = db.clock.now()
        state = served(connection, publication.id, now)
        stopped = connection.scalar(
            select(recall_table.c.recalled_at)
            .where(recall_table.c.publication_id == publication.id)
            .order_by(recall_table.c.recalled_at.desc())
            .limit(1)
        )
    since = civil_date(publication.published_at, piece.market)
    ended = None if state.ok or stopped is None else civil_date(stopped, piece.market)
    until = publication.expires_on
    return {
        "hash": publication.manifest_hash[: len(wanted)],
        "in_force": state.ok,
        "state": "in_force" if state.ok else _told(publication.status, state.code),
        "since": _day(since if state.ok else ended),
        "until": _day(until if state.ok else None),
        "checked_at": now.isoformat(timespec="seconds"),
    }


def _told(recorded: str, code: str) -> str:
    """Recalled, replaced or expired; why a source or a product stopped it is not a stranger's business."""
    if code in {"superseded", "expired"}:
        return {"superseded": "replaced"}.get(code, code)
    return "recalled" if recorded == "recalled" else "stopped"


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
