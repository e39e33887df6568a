"""Publications and recalls, to and from their rows."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from assistant.people.roles import Actor
from assistant.publishing.errors import UnknownPublication
from assistant.publishing.model import LIVE, Cause, Publication, Recalled
from assistant.store.batches import batches
from assistant.store.clock import instant
from assistant.store.database import Transaction
from assistant.store.ids import new_id
from assistant.store.schema import publication as publication_table
from assistant.store.schema import recall as recall_table
from assistant.store.schema import user as user_table


def publication_of(row: Row[Any]) -> Publication:
    """A row of `publication` as a value."""
    return Publication(
        row.id,
        row.piece_id,
        row.revision_id,
        row.manifest_hash,
        row.status,
        row.release,
        row.published_by,
        row.published_at,
        row.expires_on,
    )


def load_publication(connection: Connection, publication_id: str) -> Publication:
    """The publication with that id. Raises UnknownPublication."""
    row = connection.execute(
        select(publication_table).where(publication_table.c.id == publication_id)
    ).first()
    if row is None:
        raise UnknownPublication(
            f"There is no publication {publication_id}.", help="The published list shows what there is."
        )
    return publication_of(row)


def live_publication(connection: Connection, piece_id: str) -> Publication | None:
    """The publication of the piece that is published or suspended; there is at most one."""
    row = connection.execute(
        select(publication_table).where(
            publication_table.c.piece_id == piece_id, publication_table.c.status.in_(LIVE)
        )
    ).first()
    return None if row is None else publication_of(row)


def last_publication(connection: Connection, piece_id: str) -> Publication | None:
    """The newest publication of the piece, whatever became of it."""
    row = connection.execute(
        select(publication_table)
        .where(publication_table.c.piece_id == piece_id)
        .order_by(publication_table.c.published_at.desc(), publication_table.c.id.desc())
        .limit(1)
    ).first()
    return None if row is None else publication_of(row)


def find_recall(connection: Connection, wanted: Recalled) -> bool:
    """Whether that recall is recorded; of an unpublished piece the reason tells one recall from another."""
    conditions = [recall_table.c.piece_id == wanted.piece_id, recall_table.c.cause == wanted.cause]
    if wanted.publication_id is None:
        conditions += [recall_table.c.publication_id.is_(None), recall_table.c.reason == wanted.reason]
    else:
        conditions.append(recall_table.c.publication_id == wanted.publication_id)
    return connection.execute(select(recall_table.c.id).where(*conditions)).first() is not None


def save_recall(tx: Transaction, actor: Actor, recalled: Recalled) -> None:
    """Write the recall; the caller has made sure that it is the first."""
    tx.execute(
        insert(recall_table).values(
            id=new_id("recall"),
            piece_id=recalled.piece_id,
            publication_id=recalled.publication_id,
            cause=recalled.cause,
            reason=recalled.reason,
            recalled_by=actor.id,
            recalled_at=tx.now,
        )
    )
    tx.failpoint("recall:row")


def recalls_for(connection: Connection, cause: Cause, reason: str) -> list[Recalled]:
    """Everything that was stopped for that very reason, in order."""
    rows = connection.execute(
        select(recall_table)
        .where(recall_table.c.cause == cause, recall_table.c.reason == reason)
        .order_by(recall_table.c.recalled_at, recall_table.c.piece_id, recall_table.c.id)
    )
    return [Recalled(row.piece_id, row.publication_id, row.cause, row.reason) for row in rows]


def recalls_of_publication(connection: Connection, publication_id: str) -> list[Recalled]:
    """Why a publication was stopped, newest first."""
    rows = connection.execute(
        select(recall_table)
        .where(recall_table.c.publication_id == publication_id)
        .order_by(recall_table.c.recalled_at.desc(), recall_table.c.id)
    )
    return [Recalled(row.piece_id, row.publication_id, row.cause, row.reason) for row in rows]


def stops_of_piece(connection: Connection, piece_id: str) -> list[dict[str, Any]]:
    """Every time that the piece was stopped or went back to its writer, newest first: reason, at (UTC), by (a name; empty
    where nobody did it), and whether it was published.
    """
    rows = connection.execute(
        select(recall_table, user_table.c.name)
        .outerjoin(user_table, user_table.c.id == recall_table.c.recalled_by)
        .where(recall_table.c.piece_id == piece_id)
        .order_by(recall_table.c.recalled_at.desc(), recall_table.c.id)
    )
    return [
        {
            "reason": row.reason,
            "at": instant(row.recalled_at),
            "by": row.name or "",
            "published": row.publication_id is not None,
        }
        for row in rows
    ]


def last_reasons(connection: Connection, publications: Collection[str]) -> dict[str, str]:
    """By publication that was stopped: why, the last time."""
    found: dict[str, str] = {}
    for some in batches(publications):
        rows = connection.execute(
            select(recall_table.c.publication_id, recall_table.c.reason)
            .where(recall_table.c.publication_id.in_(some))
            .order_by(recall_table.c.recalled_at.desc(), recall_table.c.id)
        )
        for row in rows:
            found.setdefault(row.publication_id, row.reason)
    return found
