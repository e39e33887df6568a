"""A finding that a reviewer holds to be wrong: it stands as it stood, and becomes an example for the evaluation.

The dispute lives in the audit trail alone, with its reason as an erasable note. What is exported holds neither names
nor reasons: a statement, its quotes, the rule, what the checks said and what people said.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from assistant.audit.reasons import require_reason
from assistant.audit.trail import record
from assistant.errors import NotFound
from assistant.people.roles import Actor, Permission, require
from assistant.review.checking import report_on
from assistant.review.gate import overridden, require_independent
from assistant.review.model import Piece, Revision
from assistant.review.pieces import load_piece, load_revision, lock_piece, newest_revision
from assistant.store.database import Database, Transaction
from assistant.store.schema import audit_entry, note
from assistant.store.schema import finding as finding_table
from assistant.store.schema import override as override_table
from assistant.store.schema import revision as revision_table

DISPUTED = "finding.disputed"


def dispute(db: Database, actor: Actor, piece_id: str, rule: str, place: str, reason: str) -> int:
    """Say that the finding on the newest revision is wrong; returns the audit entry's number.

    It lifts nothing: a rule that is never overridden can be disputed, too. The same person saying it again changes
    nothing. Raises NotFound where the checks find no such thing, NotAllowed, InvalidInput without a reason.
    """
    require(actor, Permission.OVERRIDE)
    text = require_reason(reason, "A dispute")
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        require_independent(tx.connection, actor, piece, "dispute a finding on it")
        revision = newest_revision(tx.connection, piece)
        severity, pack = _found(tx, piece, revision, rule, place)
        details = {
            "revision": revision.id,
            "rule": rule,
            "place": place,
            "verdict": severity,
            "pack_version": pack,
        }
        for row, said in disputes_of(tx.connection, piece.id):
            if row.actor_id == actor.id and _key(said) == _key(details):
                return int(row.number)
        return record(tx, actor, DISPUTED, piece.id, details, free_text=text)


def disputed(db: Database, actor: Actor) -> list[dict[str, Any]]:
    """Every finding on a statement that people disputed, or that two of them overrode, as an evaluation example."""
    require(actor, Permission.OVERRIDE)
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    with db.read() as connection:
        disputes = (("disputed", said) for _, said in disputes_of(connection))
        for decision, details in (*_overrides(connection), *disputes):
            key = _key(details)
            if key not in found:
                example = _example(connection, decision, details)
                if example is not None:
                    found[key] = example
    return list(found.values())


def examples_text(examples: list[dict[str, Any]]) -> str:
    """As JSON lines."""
    return "".join(json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n" for one in examples)


def _found(tx: Transaction, piece: Piece, revision: Revision, rule: str, place: str) -> tuple[str, str]:
    """What the checks say of it now, or said at its submission, with the version of their rules."""
    report = report_on(tx.connection, tx.now, piece, revision, "approve")
    for now in report.findings:
        if (now.rule, now.where) == (rule, place) and now.severity != "info":
            return now.severity, report.pack_version
    kept = _kept(tx.connection, revision.id, rule, place)
    if kept is None:
        raise NotFound(
            f"The checks find nothing by {rule} at {place}.", help="`ancrage review show` lists the findings."
        )
    return kept


def _kept(connection: Connection, revision_id: str, rule: str, place: str) -> tuple[str, str] | None:
    row = connection.execute(
        select(finding_table.c.severity, finding_table.c.pack_version)
        .where(
            finding_table.c.revision_id == revision_id,
            finding_table.c.rule == rule,
            finding_table.c.place == place,
            finding_table.c.severity != "info",
        )
        .order_by(finding_table.c.created_at.desc())
        .limit(1)
    ).first()
    return None if row is None else (row.severity, row.pack_version)


def _key(details: Mapping[str, Any]) -> tuple[str, ...]:
    return details["revision"], details["rule"], details["place"]


def disputes_of(
    connection: Connection, piece_id: str | None = None
) -> Iterator[tuple[Row[Any], dict[str, Any]]]:
    """Every dispute of the piece, or of all pieces, oldest first: `number`, `actor_id`, `at` and `reason` of its entry (no
    reason once it is erased), and what it says.
    """
    told: list[ColumnElement[Any]] = [
        audit_entry.c.number,
        audit_entry.c.actor_id,
        audit_entry.c.at,
        audit_entry.c.canonical,
        note.c.text.label("reason"),
    ]
    query = (
        select(*told)
        .outerjoin(note, note.c.audit_number == audit_entry.c.number)
        .where(audit_entry.c.action == DISPUTED)
        .order_by(audit_entry.c.number)
    )
    if piece_id is not None:
        query = query.where(audit_entry.c.subject == piece_id)
    for row in connection.execute(query):
        yield row, json.loads(row.canonical)["details"]


def _overrides(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Those that count: by enough people who did not write the piece."""
    rows = connection.execute(
        select(override_table.c.revision_id, revision_table.c.piece_id)
        .join(revision_table, revision_table.c.id == override_table.c.revision_id)
        .distinct()
        .order_by(override_table.c.revision_id)
    ).all()
    for row in rows:
        for rule, place in sorted(
            overridden(connection, load_piece(connection, row.piece_id), row.revision_id)
        ):
            kept = _kept(connection, row.revision_id, rule, place)
            if kept is not None:
                yield (
                    "overridden",
                    {
                        "revision": row.revision_id,
                        "rule": rule,
                        "place": place,
                        "verdict": kept[0],
                        "pack_version": kept[1],
                    },
                )


def _example(connection: Connection, decision: str, details: Mapping[str, Any]) -> dict[str, Any] | None:
    """None of a finding on the whole piece: there is no statement to judge."""
    segments = load_revision(connection, details["revision"]).document.segments
    segment = next((one for one in segments if one.id == details["place"]), None)
    if segment is None:
        return None
    return {
        "statement": segment.text,
        "language": segment.language,
        "quotes": [{"text": one.quote, "language": one.quote_language} for one in segment.citations],
        "rule": details["rule"],
        "verdict": details["verdict"],
        "decision": decision,
        "pack_version": details["pack_version"],
    }
