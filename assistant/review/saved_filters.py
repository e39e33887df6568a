"""A person's saved filters of the queue: a preference, which changes nothing for anybody else and leaves no audit entry."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import delete, func, insert, select

from assistant.errors import InvalidInput, NotFound
from assistant.people.roles import Actor
from assistant.store.database import Database
from assistant.store.ids import new_id
from assistant.store.schema import saved_filter

KEPT = ("view", "product", "market", "kind", "risk", "due", "words", "order")
_LONGEST_NAME, _LONGEST_VALUE, _MOST = 60, 200, 30


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A name, and what stands behind the question mark of the queue's address."""

    id: str
    name: str
    query: str


def saved_filters(db: Database, actor: Actor) -> list[SavedFilter]:
    """The actor's own, by name."""
    with db.read() as connection:
        rows = connection.execute(
            select(saved_filter).where(saved_filter.c.user_id == actor.id).order_by(saved_filter.c.name)
        )
        return [SavedFilter(row.id, row.name, row.query) for row in rows]


def save_filter(db: Database, actor: Actor, name: str, query: str) -> str:
    """Keep the filters of an address under a name, in place of what the actor had under it; returns its id.

    Raises InvalidInput for no name, and beyond 30 filters.
    """
    clean = " ".join(name.split())
    if not clean or len(clean) > _LONGEST_NAME:
        raise InvalidInput("A filter has a name of 1 to 60 characters.", help="Give it a name.", field="name")
    kept = [
        (key, value[:_LONGEST_VALUE]) for key, value in parse_qsl(query, max_num_fields=50) if key in KEPT
    ]
    with db.write() as tx:
        tx.execute(
            delete(saved_filter).where(saved_filter.c.user_id == actor.id, saved_filter.c.name == clean)
        )
        count = tx.execute(
            select(func.count()).select_from(saved_filter).where(saved_filter.c.user_id == actor.id)
        ).scalar_one()
        if count >= _MOST:
            raise InvalidInput("You have saved 30 filters already.", help="Delete one first.")
        identity = new_id("filter")
        tx.execute(
            insert(saved_filter).values(
                id=identity, user_id=actor.id, name=clean, query=urlencode(kept), created_at=tx.now
            )
        )
        return identity


def delete_filter(db: Database, actor: Actor, filter_id: str) -> None:
    """Forget a filter of the actor's own. Raises NotFound."""
    with db.write() as tx:
        gone = tx.execute(
            delete(saved_filter).where(saved_filter.c.id == filter_id, saved_filter.c.user_id == actor.id)
        )
        if not gone.rowcount:
            raise NotFound("You have no such filter.", help="The queue lists your filters.")
