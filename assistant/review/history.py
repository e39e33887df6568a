"""What became of a piece: its rounds of review with what was decided and why, and its revisions with who saved them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, select

from assistant.review.disputes import disputes_of
from assistant.review.shapes import Names
from assistant.store.clock import instant
from assistant.store.schema import attestation as attestation_table
from assistant.store.schema import decision as decision_table
from assistant.store.schema import note as note_table
from assistant.store.schema import override as override_table
from assistant.store.schema import review_round as round_table
from assistant.store.schema import revision as revision_table
from assistant.store.schema import task as task_table

Shown = dict[str, Any]


OfRevisions = Sequence[tuple[str, Shown]]
"""What people said of findings, each with the revision whose finding it is."""


def history_json(
    connection: Connection, piece_id: str, names: Names, overrides: OfRevisions, disputes: OfRevisions
) -> Shown:
    """{"rounds", "revisions"} of the piece, newest first; a reason while it has not been erased."""
    revisions = revision_heads(connection, piece_id)
    names.know(row.created_by for row in revisions)
    numbers = {row.id: row.number for row in revisions}
    return {
        "rounds": _rounds(connection, piece_id, numbers, names, overrides, disputes),
        "revisions": [
            {"number": row.number, "by": names.person(row.created_by), "at": instant(row.created_at)}
            for row in revisions
        ],
    }


def revision_heads(connection: Connection, piece_id: str) -> Sequence[Row[Any]]:
    """Of every revision its id, number, `created_by` and `created_at`, without its text, the newest first."""
    columns: list[Column[Any]] = [
        revision_table.c.id,
        revision_table.c.number,
        revision_table.c.created_by,
        revision_table.c.created_at,
    ]
    query = select(*columns).where(revision_table.c.piece_id == piece_id)
    return connection.execute(query.order_by(revision_table.c.number.desc())).all()


def attestations_json(connection: Connection, piece_id: str, names: Names) -> list[Shown]:
    """Every attestation of the piece, oldest first, with the fingerprint of the words that it is about."""
    rows = connection.execute(
        select(attestation_table)
        .where(attestation_table.c.piece_id == piece_id)
        .order_by(attestation_table.c.attested_at, attestation_table.c.id)
    ).all()
    names.know(row.user_id for row in rows)
    return [
        {
            "statement": row.lineage,
            "fingerprint": row.fingerprint,
            "by": names.person(row.user_id),
            "at": instant(row.attested_at),
            "reason": row.reason,
        }
        for row in rows
    ]


def overrides_json(connection: Connection, piece_id: str, names: Names) -> list[tuple[str, Shown]]:
    """The revision, and who set aside which finding of it and why, oldest first."""
    revisions = select(revision_table.c.id).where(revision_table.c.piece_id == piece_id)
    rows = connection.execute(
        select(override_table)
        .where(override_table.c.revision_id.in_(revisions))
        .order_by(override_table.c.given_at, override_table.c.id)
    ).all()
    names.know(row.user_id for row in rows)
    return [
        (
            row.revision_id,
            _of_finding(row.rule, row.place, names.person(row.user_id), row.given_at, row.reason),
        )
        for row in rows
    ]


def disputes_json(connection: Connection, piece_id: str, names: Names) -> list[tuple[str, Shown]]:
    """The revision, and who holds which finding of it to be wrong and why, oldest first."""
    found = list(disputes_of(connection, piece_id))
    names.know(row.actor_id for row, _ in found)
    return [
        (
            said["revision"],
            _of_finding(said["rule"], said["place"], names.person(row.actor_id), row.at, row.reason),
        )
        for row, said in found
    ]


def _of_finding(rule: str, place: str, by: Shown | None, at: datetime, reason: str | None) -> Shown:
    return {"rule": rule, "where": place, "by": by, "at": instant(at), "reason": reason}


def _rounds(
    connection: Connection,
    piece_id: str,
    numbers: Mapping[str, int],
    names: Names,
    overrides: OfRevisions,
    disputes: OfRevisions,
) -> list[Shown]:
    rounds = connection.execute(
        select(round_table).where(round_table.c.piece_id == piece_id).order_by(round_table.c.number.desc())
    ).all()
    decisions = _decisions(connection, piece_id, names)
    names.know(row.submitted_by for row in rounds)
    return [
        {
            "number": row.number,
            "status": row.status,
            "revision": numbers.get(row.revision_id),
            "submitted_by": names.person(row.submitted_by),
            "submitted_at": instant(row.submitted_at),
            "closed_at": instant(row.closed_at),
            "override_request": row.override_request,
            "decisions": decisions.get(row.id, []),
            "overrides": [one for revision, one in overrides if revision == row.revision_id],
            "disputes": [one for revision, one in disputes if revision == row.revision_id],
        }
        for row in rounds
    ]


def _decisions(connection: Connection, piece_id: str, names: Names) -> dict[str, list[Shown]]:
    rows = connection.execute(
        select(
            decision_table,
            task_table.c.round_id,
            task_table.c.role,
            task_table.c.for_id,
            note_table.c.text.label("reason"),
        )
        .join(task_table, task_table.c.id == decision_table.c.task_id)
        .outerjoin(note_table, note_table.c.id == decision_table.c.note_id)
        .where(task_table.c.piece_id == piece_id)
        .order_by(decision_table.c.decided_at, decision_table.c.id)
    ).all()
    names.know(person for row in rows for person in (row.decided_by, row.for_id))
    found: dict[str, list[Shown]] = {}
    for row in rows:
        found.setdefault(row.round_id, []).append(
            {
                "role": row.role,
                "outcome": row.outcome,
                "by": names.person(row.decided_by),
                "for": names.person(row.for_id),
                "at": instant(row.decided_at),
                "reason": row.reason,
            }
        )
    return found
