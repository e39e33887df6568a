"""A reviewer names a deputy for a period: somebody with the same role who decides and signs in their stead, by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from assistant.audit.reasons import require_reason
from assistant.audit.trail import record
from assistant.errors import Conflict, InvalidInput, NotAllowed, NotFound
from assistant.people.accounts import find_user
from assistant.people.roles import Actor, Permission, Role, require
from assistant.review.gate import require_independent
from assistant.review.inviolable import SIGNERS
from assistant.review.model import Piece, Task
from assistant.review.shapes import Names
from assistant.store.clock import civil_date, instant
from assistant.store.database import Database
from assistant.store.ids import new_id
from assistant.store.schema import delegation as delegation_table
from assistant.store.schema import user as user_table

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class NewDelegation:
    """Whom a person names, for which of their roles, and from when until when (both days inclusive)."""

    deputy: str
    """Name or id."""
    role: str
    starts_on: date
    ends_on: date


def delegate(db: Database, actor: Actor, wanted: NewDelegation, reason: str) -> str:
    """Name a deputy; returns the delegation's id.

    Raises NotAllowed for a role that the actor does not hold, InvalidInput for a deputy without it (or an
    administrator, or oneself) and for a period that cannot be, Conflict where it stands already.
    """
    require(actor, Permission.REVIEW)
    why = require_reason(reason, "A delegation")
    if wanted.role not in SIGNERS or wanted.role not in actor.roles:
        raise NotAllowed(
            f"{actor.name} does not have the role {wanted.role} and cannot delegate it.",
            help="Delegate a role of a reviewer that you hold.",
        )
    with db.write() as tx:
        _require_period(wanted, civil_date(tx.now, ""))
        deputy = _deputy(tx.connection, actor, wanted)
        same = select(delegation_table.c.id).where(
            delegation_table.c.delegator_id == actor.id,
            delegation_table.c.deputy_id == deputy.id,
            delegation_table.c.role == wanted.role,
            delegation_table.c.ended_at.is_(None),
            delegation_table.c.starts_on <= wanted.ends_on,
            delegation_table.c.ends_on >= wanted.starts_on,
        )
        if tx.execute(same).first() is not None:
            raise Conflict(
                f"{deputy.name} is named for a part of these days already.",
                help="End that delegation first, or name other days.",
            )
        delegation_id = new_id("delegation")
        row = {
            "role": wanted.role,
            "starts_on": wanted.starts_on,
            "ends_on": wanted.ends_on,
        }
        tx.execute(
            insert(delegation_table).values(
                id=delegation_id, delegator_id=actor.id, deputy_id=deputy.id, named_at=tx.now, **row
            )
        )
        details = {
            "delegation": delegation_id,
            "deputy": deputy.id,
            "role": wanted.role,
            "starts_on": wanted.starts_on.isoformat(),
            "ends_on": wanted.ends_on.isoformat(),
        }
        record(tx, actor, "delegation.named", actor.id, details, free_text=why)
        return delegation_id


def end_delegation(db: Database, actor: Actor, delegation_id: str) -> None:
    """End it now: by whoever named the deputy, or who may reassign. Ending it again changes nothing."""
    with db.write() as tx:
        row = tx.execute(select(delegation_table).where(delegation_table.c.id == delegation_id)).first()
        if row is None or (row.delegator_id != actor.id and not actor.may(Permission.REASSIGN)):
            raise NotFound(
                "There is no such delegation of yours.", help="`ancrage delegation list` shows them."
            )
        if row.ended_at is not None:
            return
        tx.execute(
            update(delegation_table).where(delegation_table.c.id == delegation_id).values(ended_at=tx.now)
        )
        record(tx, actor, "delegation.ended", row.delegator_id, {"delegation": delegation_id})


def delegations(db: Database, actor: Actor) -> list[dict[str, Any]]:
    """Those that the actor gave or holds, and everybody's for who may reassign; the newest first, as JSON."""
    query = select(delegation_table).order_by(delegation_table.c.starts_on.desc(), delegation_table.c.id)
    if not actor.may(Permission.REASSIGN):
        query = query.where(
            or_(delegation_table.c.delegator_id == actor.id, delegation_table.c.deputy_id == actor.id)
        )
    with db.read() as connection:
        names, today = Names(connection), civil_date(db.clock.now(), "")
        return [
            {
                "id": row.id,
                "by": names.person(row.delegator_id),
                "deputy": names.person(row.deputy_id),
                "role": row.role,
                "starts_on": row.starts_on.isoformat(),
                "ends_on": row.ends_on.isoformat(),
                "status": _status(row, today),
                "ended_at": instant(row.ended_at),
            }
            for row in connection.execute(query)
        ]


def stands_for(
    connection: Connection, deputy: Actor, now: datetime, market: str
) -> dict[str, frozenset[str]]:
    """For whom the person may decide today on the market's date: by role, the ids of those who named them.

    Both must still be active and hold the role; an administrator stands for nobody.
    """
    if Role.ADMIN in deputy.roles:
        return {}
    today = civil_date(now, market)
    rows = connection.execute(
        select(delegation_table.c.delegator_id, delegation_table.c.role, user_table.c.roles)
        .join(user_table, user_table.c.id == delegation_table.c.delegator_id)
        .where(
            delegation_table.c.deputy_id == deputy.id,
            delegation_table.c.ended_at.is_(None),
            delegation_table.c.starts_on <= today,
            delegation_table.c.ends_on >= today,
            user_table.c.active.is_(True),
        )
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        if row.role in deputy.roles and row.role in row.roles:
            found.setdefault(row.role, set()).add(row.delegator_id)
    return {role: frozenset(people) for role, people in found.items()}


def deputies_of(
    connection: Connection, user_id: str, role: str, now: datetime, market: str
) -> frozenset[str]:
    """Who may decide for the person today."""
    today = civil_date(now, market)
    return frozenset(
        connection.scalars(
            select(delegation_table.c.deputy_id).where(
                delegation_table.c.delegator_id == user_id,
                delegation_table.c.role == role,
                delegation_table.c.ended_at.is_(None),
                delegation_table.c.starts_on <= today,
                delegation_table.c.ends_on >= today,
            )
        )
    )


def for_whom(connection: Connection, actor: Actor, task: Task, piece: Piece, now: datetime) -> str | None:
    """The holder of the task for whom the actor would take it over, if the actor is their deputy today."""
    holder = task.for_id or task.assignee_id
    if holder is None or holder == actor.id or task.role not in actor.roles:
        return None
    return holder if holder in stands_for(connection, actor, now, piece.market).get(task.role, ()) else None


def require_two_people(
    connection: Connection, actor: Actor, holder: str | None, piece: Piece, others: Iterable[Task]
) -> None:
    """Raise where the actor, or whom they would sign for, has a hand in the piece or in another task of its round.

    Nobody signs twice in a round, neither in their own name and for another, nor by a deputy.
    """
    mine = {actor.id} | ({holder} if holder else set())
    for task in others:
        if mine & {task.assignee_id, task.for_id}:
            whose = f"{actor.name}" if actor.id in {task.assignee_id, task.for_id} else "Whom you stand for"
            raise Conflict(
                f"{whose} already holds the {task.role} task of this round.",
                help="One person fills one role of a round: give that task back first, or leave this one to somebody else.",
            )
    if holder is not None:
        absent = find_user(connection, holder)
        if absent is not None:
            require_independent(connection, absent.actor(), piece, "have it reviewed by a deputy")


def require_still_deputy(
    connection: Connection, actor: Actor, task: Task, piece: Piece, now: datetime
) -> None:
    """Raise Conflict where the actor holds the task for somebody for whom they stand no longer."""
    if task.for_id is not None and for_whom(connection, actor, task, piece, now) is None:
        raise Conflict(
            "The delegation under which you hold this task has ended.",
            help="Give it back; whoever named you, or a coordinator, decides what becomes of it.",
        )


def _require_period(wanted: NewDelegation, today: date) -> None:
    if wanted.ends_on < wanted.starts_on or wanted.ends_on < today:
        raise InvalidInput(
            "The delegation would end before it begins, or is over already.",
            help="Give the first and the last day.",
            field="ends_on",
        )
    if wanted.ends_on - wanted.starts_on > LONGEST:
        raise InvalidInput(
            "A delegation lasts a year at most.", help="Name the deputy anew then.", field="ends_on"
        )


def _deputy(connection: Connection, actor: Actor, wanted: NewDelegation) -> Actor:
    found = find_user(connection, wanted.deputy)
    if found is None or not found.active:
        raise InvalidInput("There is no such active person.", help="Choose somebody else.", field="deputy")
    deputy = found.actor()
    if deputy.id == actor.id:
        raise InvalidInput("Nobody is their own deputy.", help="Choose somebody else.", field="deputy")
    if wanted.role not in deputy.roles or Role.ADMIN in deputy.roles:
        raise InvalidInput(
            f"{deputy.name} cannot sign as {wanted.role}.",
            help="A deputy has the same role and is no administrator.",
            field="deputy",
        )
    return deputy


def possible_deputies(connection: Connection, actor: Actor) -> list[tuple[str, str, frozenset[str]]]:
    """(id, name, roles in common) of those whom the actor could name, by name."""
    mine = {str(role) for role in actor.roles} & set(SIGNERS)
    rows = connection.execute(
        select(user_table.c.id, user_table.c.name, user_table.c.roles)
        .where(user_table.c.active.is_(True), user_table.c.id != actor.id)
        .order_by(user_table.c.key)
    )
    return [
        (row.id, row.name, frozenset(mine.intersection(row.roles)))
        for row in rows
        if mine.intersection(row.roles) and Role.ADMIN not in row.roles
    ]


def _status(row: Row[Any], today: date) -> str:
    if row.ended_at is not None or row.ends_on < today:
        return "over"
    return "coming" if row.starts_on > today else "now"
