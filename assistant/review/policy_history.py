"""Every proposal and adoption of a policy, as it is shown."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from assistant.people.roles import Actor, Permission
from assistant.review.notes import note_text
from assistant.review.second_person import made_both
from assistant.review.shapes import Names
from assistant.store.clock import instant
from assistant.store.schema import audit_entry
from assistant.store.schema import policy_adoption as adoption_table
from assistant.store.schema import policy_proposal as proposal_table


@dataclass(frozen=True, slots=True)
class Adoption:
    """A policy that was put in force."""

    policy_hash: str
    adopted_by: str
    adopted_at: datetime
    note_id: str | None
    proposal_id: str | None
    proposed_by: str | None
    accounts_by: list[str] | None
    """Who made both accounts, the proposer's and the adopter's; None where an older version did not write it down."""


def adoptions(connection: Connection) -> list[Adoption]:
    """Every one, the newest first."""
    rows = connection.execute(
        select(adoption_table, proposal_table.c.proposed_by, audit_entry.c.canonical)
        .join(audit_entry, audit_entry.c.number == adoption_table.c.audit_number)
        .outerjoin(proposal_table, proposal_table.c.id == adoption_table.c.proposal_id)
        .order_by(adoption_table.c.audit_number.desc())
    )
    return [
        Adoption(
            row.policy_hash,
            row.adopted_by,
            row.adopted_at,
            row.note_id,
            row.proposal_id,
            row.proposed_by,
            json.loads(row.canonical)["details"].get("accounts_by"),
        )
        for row in rows
    ]


def persons(names: Names, ids: list[str] | None) -> list[dict[str, str] | None] | None:
    """As JSON; None stays None."""
    return None if ids is None else [names.person(one) for one in ids]


def proposals_json(connection: Connection, names: Names, actor: Actor) -> list[dict[str, Any]]:
    """Every proposal, the newest first."""
    rows = connection.execute(select(proposal_table).order_by(proposal_table.c.audit_number.desc())).all()
    made = {row.proposal_id: row.accounts_by for row in adoptions(connection)}

    def of_me(row: Row[Any]) -> bool:
        return row.status == "open" and row.proposed_by != actor.id and actor.may(Permission.SET_POLICY)

    def accounts_by(row: Row[Any]) -> list[str] | None:
        return made_both(connection, actor.id, row.proposed_by) if of_me(row) else made.get(row.id)

    return [
        {
            "id": row.id,
            "hash": row.policy_hash,
            "status": row.status,
            "by": names.person(row.proposed_by),
            "at": instant(row.proposed_at),
            "reason": note_text(connection, row.note_id),
            "closed_by": None if row.closed_by is None else names.person(row.closed_by),
            "closed_at": instant(row.closed_at),
            "closing_reason": note_text(connection, row.closing_note_id),
            "expected_of_me": of_me(row),
            "accounts_by": persons(names, accounts_by(row)),
        }
        for row in rows
    ]
