"""A person's own notices: listed, counted, read."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Row, func, select, update

from assistant.notices.model import Kind, Notice
from assistant.notices.wording import Said, say
from assistant.people.roles import Actor
from assistant.store.database import Database
from assistant.store.keyset import next_after, page_of
from assistant.store.schema import notice as table

PAGE, MOST = 100, 200
"""Notices on a page, and in a list that has no pages."""


def notice_of(row: Row[Any]) -> Notice:
    """A row as a value."""
    return Notice(
        row.id,
        row.user_id,
        cast("Kind", row.kind),
        row.action,
        row.subject,
        row.at,
        row.read_at is not None,
        row.audit_number,
    )


def list_notices(db: Database, actor: Actor, *, unread: bool = False, most: int = MOST) -> list[Said]:
    """The actor's own, the newest first."""
    return notices_page(db, actor, unread=unread, limit=most)[0]


def notices_page(
    db: Database, actor: Actor, *, unread: bool = False, after: str = "", limit: int | None = None
) -> tuple[list[Said], str]:
    """A page of `list_notices`, and the `after` of the next one. Raises InvalidInput."""
    most = limit or PAGE
    query = select(table).where(table.c.user_id == actor.id)
    if unread:
        query = query.where(table.c.read_at.is_(None))
    with db.read() as connection:
        rows = connection.execute(page_of(query, table.c.at, table.c.audit_number, after, most)).all()
        following = next_after(rows, table.c.at, table.c.audit_number, most)
        return say(connection, actor, map(notice_of, rows[:most])), following


def count_unread(db: Database, actor: Actor) -> int:
    """How many of the actor's notices are not read."""
    with db.read() as connection:
        count = connection.scalar(
            select(func.count())
            .select_from(table)
            .where(table.c.user_id == actor.id, table.c.read_at.is_(None))
        )
    return int(count or 0)


def mark_read(db: Database, actor: Actor, ids: Sequence[str] | None = None) -> int:
    """Mark these of the actor's notices as read, or all; returns how many that changed. Others' are left alone.

    Reading is no act upon the world: it leaves no entry in the audit trail.
    """
    query = update(table).where(table.c.user_id == actor.id, table.c.read_at.is_(None))
    if ids is not None:
        query = query.where(table.c.id.in_(ids))
    with db.write() as tx:
        return tx.execute(query.values(read_at=tx.now)).rowcount


def notice_json(said: Said) -> dict[str, Any]:
    """As the command line shows it."""
    one = said.notice
    return {
        "id": one.id,
        "kind": one.kind,
        "text": said.text,
        "title": said.title,
        "link": said.link,
        "at": one.at.isoformat(timespec="seconds"),
        "read": one.read,
    }
