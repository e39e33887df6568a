"""Who is told of which act: one table."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from assistant.cases.model import permission_for
from assistant.notices.model import Kind
from assistant.people.roles import PERMISSIONS, Permission, Role
from assistant.review.delegation import deputies_of
from assistant.review.model import Task
from assistant.review.pieces import load_piece
from assistant.review.policy_register import policy_of_revision, policy_of_task
from assistant.review.rounds import UNDECIDED, last_round, load_task, tasks_of_round
from assistant.store.schema import (
    audit_entry,
    case,
    comment,
    confirmation,
    delegation,
    identity,
    publication,
    signature,
    source,
    user,
)


@dataclass(frozen=True, slots=True)
class Told:
    """The people concerned, by id and by role, and what it is about."""

    subject: str
    people: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    author: str = ""
    """Whom a role does not call upon: nobody reviews what they wrote."""


Find = Callable[[Connection, str], Told]
"""From an act's subject to those concerned."""


def _waiting_roles(connection: Connection, piece_id: str) -> Told:
    found = last_round(connection, piece_id)
    tasks = tasks_of_round(connection, found.id) if found is not None else []
    roles = frozenset(Role(task.role) for task in tasks if task.status in UNDECIDED)
    return Told(piece_id, roles=roles, author=load_piece(connection, piece_id).author_id)


def _new_holder(connection: Connection, piece_id: str) -> Told:
    """Whom the newest reassignment names; nobody where it gave the task back to all."""
    canonical = connection.execute(
        select(audit_entry.c.canonical)
        .where(audit_entry.c.action == "task.reassigned", audit_entry.c.subject == piece_id)
        .order_by(audit_entry.c.number.desc())
        .limit(1)
    ).scalar_one()
    details = json.loads(canonical)["details"]
    return Told(
        piece_id, _ids([details["to"]]) | _deputies(connection, load_task(connection, details["task"]))
    )


def _deputies(connection: Connection, task: Task) -> frozenset[str]:
    """Who stands for the task's holder at this moment: the act that is told of is the newest of the trail."""
    newest = connection.execute(
        select(audit_entry.c.at).order_by(audit_entry.c.number.desc()).limit(1)
    ).scalar_one()
    market = load_piece(connection, task.piece_id).market
    return deputies_of(connection, task.assignee_id or "", task.role, newest, market)


def _task_holder(connection: Connection, task_id: str) -> Told:
    task = load_task(connection, task_id)
    if task.assignee_id is not None:
        return Told(task.piece_id, frozenset({task.assignee_id}) | _deputies(connection, task))
    author = load_piece(connection, task.piece_id).author_id
    return Told(task.piece_id, roles=frozenset({Role(task.role)}), author=author)


def _escalation(connection: Connection, task_id: str) -> Told:
    to = policy_of_task(connection, task_id).escalation.to
    return Told(load_task(connection, task_id).piece_id, roles=frozenset(to))


def _writer(connection: Connection, piece_id: str) -> Told:
    return Told(piece_id, frozenset({load_piece(connection, piece_id).author_id}))


def _writer_and_publishers(connection: Connection, piece_id: str) -> Told:
    piece = load_piece(connection, piece_id)
    publishers = policy_of_revision(connection, piece.revision_id).publishers(piece)
    return Told(piece_id, frozenset({piece.author_id}), frozenset(publishers))


def _talkers(connection: Connection, piece_id: str) -> Told:
    """The writer, and everybody in the thread of the newest comment."""
    newest = connection.execute(
        select(comment.c.id, comment.c.parent_id)
        .where(comment.c.piece_id == piece_id)
        .order_by(comment.c.created_at.desc(), comment.c.id.desc())
        .limit(1)
    ).first()
    told = {load_piece(connection, piece_id).author_id}
    if newest is not None and newest.parent_id is not None:
        thread = (comment.c.id == newest.parent_id) | (comment.c.parent_id == newest.parent_id)
        told |= set(connection.execute(select(comment.c.author_id).where(thread)).scalars())
    return Told(piece_id, frozenset(told))


def _everybody_who_used_it(connection: Connection, piece_id: str) -> Told:
    """Its writer, who signed, who published, who may recall, and those who show published content to others."""
    signed = connection.execute(select(signature.c.user_id).where(signature.c.piece_id == piece_id)).scalars()
    published = connection.execute(
        select(publication.c.published_by).where(publication.c.piece_id == piece_id)
    ).scalars()
    people = {load_piece(connection, piece_id).author_id, *signed, *published}
    return Told(piece_id, frozenset(people), PERMISSIONS[Permission.RECALL] | {Role.REP, Role.MEDINFO})


def _confirmers(connection: Connection, piece_id: str) -> Told:
    rows = connection.execute(
        select(confirmation.c.roles).where(
            confirmation.c.piece_id == piece_id, confirmation.c.status == "open"
        )
    ).scalars()
    return Told(piece_id, roles=frozenset(Role(role) for roles in rows for role in roles))


def _keepers(connection: Connection, item_id: str) -> Told:
    """Of something that runs out: the librarians of a source; the writer and the publishers of a publication."""
    if connection.execute(select(source.c.id).where(source.c.id == item_id)).first():
        return Told(item_id, roles=frozenset({Role.LIBRARIAN}))
    piece_id = connection.execute(
        select(publication.c.piece_id).where(publication.c.id == item_id)
    ).scalar_one()
    return _writer_and_publishers(connection, piece_id)


def _administrators(_connection: Connection, user_id: str) -> Told:
    return Told(user_id, roles=PERMISSIONS[Permission.MANAGE_USERS])


def _adopters(_connection: Connection, subject: str) -> Told:
    return Told(subject, roles=PERMISSIONS[Permission.SET_POLICY])


def _holder(_connection: Connection, user_id: str) -> Told:
    return Told(user_id, frozenset({user_id}))


def _holder_and_administrators(_connection: Connection, user_id: str) -> Told:
    return Told(user_id, frozenset({user_id}), PERMISSIONS[Permission.MANAGE_USERS])


def _holder_and_second(connection: Connection, user_id: str) -> Told:
    """The holder, and where somebody else linked the login, the administrators who did not: they may confirm it."""
    by = connection.scalar(
        select(identity.c.linked_by)
        .where(identity.c.user_id == user_id, identity.c.subject.is_not(None))
        .order_by(identity.c.created_at.desc(), identity.c.id.desc())
        .limit(1)
    )
    if by is None or by == user_id:
        return _holder(connection, user_id)
    return Told(user_id, frozenset({user_id}), PERMISSIONS[Permission.MANAGE_USERS], author=by)


def _handlers(connection: Connection, case_id: str) -> Told:
    """Safety of what reports something, medical information and safety of a question."""
    kind = connection.execute(select(case.c.kind).where(case.c.id == case_id)).scalar_one()
    return Told(case_id, roles=PERMISSIONS[permission_for(kind)])


def _deputy(action: str) -> Find:
    """The deputy whom the newest act of that name names, or ends the standing of."""

    def find(connection: Connection, user_id: str) -> Told:
        canonical = connection.execute(
            select(audit_entry.c.canonical)
            .where(audit_entry.c.action == action, audit_entry.c.subject == user_id)
            .order_by(audit_entry.c.number.desc())
            .limit(1)
        ).scalar_one()
        named = json.loads(canonical)["details"]["delegation"]
        deputy = select(delegation.c.deputy_id).where(delegation.c.id == named)
        return Told(user_id, _ids([connection.execute(deputy).scalar_one()]))

    return find


EVENTS: Mapping[str, tuple[Kind, Find]] = {
    "piece.submitted": ("assigned", _waiting_roles),
    "review.step_opened": ("assigned", _waiting_roles),
    "task.reassigned": ("assigned", _new_holder),
    "delegation.named": ("assigned", _deputy("delegation.named")),
    "delegation.ended": ("assigned", _deputy("delegation.ended")),
    "confirmation.opened": ("assigned", _confirmers),
    "task.overdue": ("overdue", _task_holder),
    "task.escalated": ("overdue", _escalation),
    "case.opened": ("assigned", _handlers),
    "case.reopened": ("assigned", _handlers),
    "case.overdue": ("overdue", _handlers),
    "case.report_overdue": ("overdue", _handlers),
    "piece.commented": ("answered", _talkers),
    "piece.changes_requested": ("answered", _writer),
    "piece.approved_with_changes": ("answered", _writer),
    "piece.rejected": ("answered", _writer),
    "piece.returned": ("answered", _writer),
    "piece.approved": ("approved", _writer_and_publishers),
    "piece.published": ("approved", _writer),
    "piece.recalled": ("recalled", _everybody_who_used_it),
    "piece.suspended": ("recalled", _everybody_who_used_it),
    "piece.expired": ("recalled", _everybody_who_used_it),
    "policy.proposed": ("assigned", _adopters),
    "policy.adopted": ("answered", _adopters),
    "policy.proposal_refused": ("answered", _adopters),
    "identity.linked": ("account", _holder_and_second),
    "identity.invited": ("account", _holder),
    "identity.unlinked": ("account", _holder),
    "identity.confirmed": ("account", _holder),
    "identity.rejected": ("account", _administrators),
    "user.password_reset": ("account", _holder_and_administrators),
    "user.password_changed": ("account", _holder),
    "reminder.made": ("expiring", _keepers),
}
"""By audited action: the kind of notice, and whom it concerns."""


def people_of(connection: Connection, told: Told, but: str) -> list[str]:
    """The ids of the active people concerned, without the one who did it, who knows."""
    rows = connection.execute(select(user.c.id, user.c.roles).where(user.c.active.is_(True)))
    return sorted(
        row.id
        for row in rows
        if row.id != but
        and (row.id in told.people or (row.id != told.author and not told.roles.isdisjoint(row.roles)))
    )


def _ids(given: Iterable[str | None]) -> frozenset[str]:
    return frozenset(one for one in given if one is not None)
