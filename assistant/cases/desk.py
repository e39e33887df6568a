"""What the safety and medical-information desk sees: the cases by clock, and one case with all that was done about it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, literal, select, tuple_

from assistant.cases.model import (
    STATUSES,
    clock,
    is_overdue,
    no_case,
    outcomes_of,
    permission_for,
    report_by,
)
from assistant.cases.running import handled_by, unreported
from assistant.errors import InvalidInput
from assistant.people.roles import SYSTEM, Actor, Permission, require
from assistant.store.clock import instant
from assistant.store.database import Database
from assistant.store.keyset import no_place
from assistant.store.schema import audit_entry, case, conversation, note, product, turn, user

PAGE, MOST = 100, 1000
"""Cases on a page that asks for no number, and on any page."""


def cases_page(
    db: Database, actor: Actor, status: str | None = None, *, after: str = "", limit: int = PAGE
) -> tuple[list[dict[str, Any]], str | None]:
    """Cases with the words that opened them, open ones first, the soonest due first, then those that were acknowledged,
    then closed ones, the newest first; with the `after` of the page that follows. Raises NotAllowed, InvalidInput.
    """
    require(actor, Permission.READ_CASES)
    if status not in {None, *STATUSES}:
        raise InvalidInput(f"A case is never {str(status)[:40]}.", help=f"One of: {', '.join(STATUSES)}.")
    with db.read() as connection:
        begun, place = _place(connection, after) if after else ("", None)
        lanes: tuple[str, ...] = STATUSES if status is None else (status,)
        if begun:
            lanes = lanes[lanes.index(begun) :] if begun in lanes else ()
        found: list[RowMapping] = []
        for lane in lanes:
            behind = _behind(place, lane) if place is not None and begun == lane else []
            query = _query().where(case.c.status == lane, *behind).order_by(*_order(lane))
            found += connection.execute(query.limit(limit + 1 - len(found))).mappings().all()
            if len(found) > limit:
                break
        shown, now = found[:limit], db.clock.now()
        names = _names(connection, shown)
        following = f"{shown[-1]['status']}~{shown[-1]['id']}" if len(found) > limit else None
        return [_shown(row, now, names) for row in shown], following


def running_cases(db: Database, actor: Actor, most: int) -> list[dict[str, Any]]:
    """The cases that the actor handles and whose clock runs, the soonest due first. Raises NotAllowed."""
    require(actor, Permission.READ_CASES)
    clocks = (
        ((case.c.status == "open",), case.c.due_at),
        (unreported(serious=True), case.c.opened_at),
        (unreported(serious=False), case.c.opened_at),
    )
    with db.read() as connection:
        found: list[RowMapping] = []
        for running, begun in clocks:
            query = _query().where(handled_by(actor), *running).order_by(begun, case.c.id).limit(most)
            found += connection.execute(query).mappings()
        first = sorted(found, key=lambda row: (clock(row), row["id"]))[:most]
        now, names = db.clock.now(), _names(connection, first)
        return [_shown(row, now, names) for row in first]


def case_json(db: Database, actor: Actor, case_id: str) -> dict[str, Any]:
    """A case with its conversation, its history and what the actor may do about it.

    Raises NotAllowed, NotFound.
    """
    require(actor, Permission.READ_CASES)
    with db.read() as connection:
        row = _load(connection, case_id)
        names = _names(connection, [row])
        return {
            **_shown(row, db.clock.now(), names),
            "turns": _turns(connection, row["conversation_id"]),
            "history": _history(connection, case_id),
            "duplicates": [
                found
                for (found,) in connection.execute(
                    select(case.c.id).where(case.c.duplicate_of == case_id).order_by(case.c.id)
                )
            ],
            "outcomes": list(outcomes_of(row["kind"])),
            "may_handle": actor.may(permission_for(row["kind"])),
        }


def _query() -> Select[Any]:
    return (
        select(case, turn.c.question, turn.c.conversation_id, product.c.name, conversation.c.market)
        .join(turn, turn.c.id == case.c.turn_id)
        .join(conversation, conversation.c.id == turn.c.conversation_id)
        .join(product, product.c.id == case.c.product_id)
    )


def _load(connection: Connection, case_id: str) -> RowMapping:
    found = connection.execute(_query().where(case.c.id == case_id)).mappings().first()
    if found is None:
        raise no_case(case_id)
    return found


def _place(connection: Connection, after: str) -> tuple[str, RowMapping]:
    """Where the page before ended: with the status of then, since whoever works through a page moves its cases on."""
    status, _, case_id = after.rpartition("~")
    place = _load(connection, case_id)
    if status not in {"", *STATUSES}:
        raise no_place()
    return status or place["status"], place


def _order(lane: str) -> tuple[ColumnElement[Any], ...]:
    return (case.c.due_at.desc(), case.c.id.desc()) if lane == "closed" else (case.c.due_at, case.c.id)


def _behind(place: RowMapping, lane: str) -> list[ColumnElement[bool]]:
    here = tuple_(case.c.due_at, case.c.id)
    there = tuple_(literal(place["due_at"], case.c.due_at.type), place["id"])
    return [here < there if lane == "closed" else here > there]


def _shown(row: RowMapping, now: datetime, names: Mapping[str, str]) -> dict[str, Any]:
    def person(user_id: str | None) -> dict[str, str] | None:
        return None if user_id is None else {"id": user_id, "name": names.get(user_id, user_id)}

    return {
        "id": row["id"],
        "kind": row["kind"],
        "status": row["status"],
        "product": row["name"],
        "market": row["market"],
        "conversation": row["conversation_id"],
        "turn": row["turn_id"],
        "question": row["question"],
        "triggers": [list(span) for span in row["triggers"]],
        "opened_at": instant(row["opened_at"]),
        "due_at": instant(row["due_at"]),
        "said_question_at": instant(row["said_question_at"]),
        "clock": instant(clock(row)),
        "overdue": is_overdue(row, now),
        "serious": row["serious"],
        "report_by": instant(report_by(row)),
        "acknowledged_at": instant(row["acknowledged_at"]),
        "acknowledged_by": person(row["acknowledged_by"]),
        "reference": row["reference"],
        "outcome": row["outcome"],
        "duplicate_of": row["duplicate_of"],
        "closed_at": instant(row["closed_at"]),
        "closed_by": person(row["closed_by"]),
    }


def _turns(connection: Connection, conversation_id: str) -> list[dict[str, Any]]:
    query = select(turn).where(turn.c.conversation_id == conversation_id).order_by(turn.c.number)
    return [
        {
            "id": row.id,
            "question": row.question,
            "asked_at": instant(row.asked_at),
            "message": row.answer.get("message"),
            "statements": [one["text"] for one in row.answer.get("statements", ())],
        }
        for row in connection.execute(query)
    ]


def _history(connection: Connection, case_id: str) -> list[dict[str, Any]]:
    """What the trail says of it, oldest first; a text that was erased is None and said to be."""
    query = (
        select(audit_entry, user.c.name, note.c.text, note.c.id.label("note_id"))
        .outerjoin(user, user.c.id == audit_entry.c.actor_id)
        .outerjoin(note, note.c.audit_number == audit_entry.c.number)
        .where(audit_entry.c.subject == case_id)
        .order_by(audit_entry.c.number)
    )
    return [
        {
            "entry": row.number,
            "action": row.action,
            "at": instant(row.at),
            "by": row.name or (SYSTEM.name if row.actor_id == SYSTEM.id else row.actor_id),
            "details": json.loads(row.canonical)["details"],
            "text": row.text,
            "erased": row.note_id is not None and row.text is None,
        }
        for row in connection.execute(query)
    ]


def _names(connection: Connection, rows: Sequence[RowMapping]) -> dict[str, str]:
    ids = {row[name] for row in rows for name in ("acknowledged_by", "closed_by") if row[name]}
    found = connection.execute(select(user.c.id, user.c.name).where(user.c.id.in_(sorted(ids))))
    return {row.id: row.name for row in found}
