"""Who may be the other of two: not the same person again by an account made for it."""

from datetime import datetime

from sqlalchemy import Connection, select, union

from assistant.errors import NotAllowed
from assistant.people.oidc.identities import SETTLES
from assistant.people.roles import Actor
from assistant.store.schema import audit_entry, identity, user


def require_second_person(connection: Connection, actor: Actor, proposed_by: str, now: datetime) -> None:
    """Raise NotAllowed for the proposer, for an account younger than a day, and where one of the two made the other's."""
    if proposed_by == actor.id:
        raise NotAllowed(
            "Whoever proposed a policy does not adopt it.",
            help="Another person of regulatory, or a pharmacist, does.",
        )
    if proposed_by in _made_by(connection, actor.id):
        raise NotAllowed(
            "An account that the proposer has added does not adopt the proposal.",
            help="A person whose account and login somebody else has added does.",
        )
    if actor.id in _made_by(connection, proposed_by):
        raise NotAllowed(
            "Whoever has added the proposer's account does not adopt the proposal.",
            help="A person who has added neither the proposer's account nor their login does.",
        )
    since = connection.scalar(select(user.c.created_at).where(user.c.id == actor.id))
    if since is None or now < since + SETTLES:
        raise NotAllowed(
            "An account that is younger than a day adopts no policy.",
            help="Another person does it, or the same one after 24 hours.",
        )


def made_both(connection: Connection, one: str, other: str) -> list[str]:
    """The ids of who made both accounts, or a login to either that nobody confirmed: they could be both people.

    Not refused, since in a house with one administrator everybody is such a pair; it is said where it is decided.
    """
    return sorted(_made_by(connection, one) & _made_by(connection, other))


def _made_by(connection: Connection, user_id: str) -> set[str]:
    """Who has added the account, or linked a login to it that nobody confirmed; not its holder."""
    added = select(audit_entry.c.actor_id).where(
        audit_entry.c.action == "user.added", audit_entry.c.subject == user_id
    )
    linked = select(identity.c.linked_by).where(
        identity.c.user_id == user_id, identity.c.confirmed_by.is_(None)
    )
    return set(connection.scalars(union(added, linked))) - {user_id}
