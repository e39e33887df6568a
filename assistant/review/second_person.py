"""Who may be the other of two: not the same person again by an account made for it."""

from datetime import datetime

from sqlalchemy import Connection, exists, select

from assistant.errors import NotAllowed
from assistant.people.oidc.identities import SETTLES
from assistant.people.roles import Actor
from assistant.store.schema import audit_entry, user


def require_second_person(connection: Connection, actor: Actor, proposed_by: str, now: datetime) -> None:
    """Raise NotAllowed for the proposer, for an account that the proposer has added, and for one younger than a day."""
    if proposed_by == actor.id:
        raise NotAllowed(
            "Whoever proposed a policy does not adopt it.",
            help="Another person of regulatory, or a pharmacist, does.",
        )
    added = exists().where(
        audit_entry.c.action == "user.added",
        audit_entry.c.subject == actor.id,
        audit_entry.c.actor_id == proposed_by,
    )
    if connection.scalar(select(added)):
        raise NotAllowed(
            "An account that the proposer has added does not adopt the proposal.",
            help="A person whose account somebody else has added does.",
        )
    since = connection.scalar(select(user.c.created_at).where(user.c.id == actor.id))
    if since is None or now < since + SETTLES:
        raise NotAllowed(
            "An account that is younger than a day adopts no policy.",
            help="Another person does it, or the same one after 24 hours.",
        )
