"""A row that no longer says what its entry recorded is found by the trail's own check, column by column."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Table, delete, insert, select, update

from assistant.audit.trail import record
from assistant.audit.verify import verify_trail
from assistant.corpus.model import ApprovalRequest
from assistant.people.roles import Actor
from assistant.publishing.cascade import cascade
from assistant.publishing.conditions.certificates import Signing, certify
from assistant.publishing.conditions.permits import void_record
from assistant.publishing.confirming import confirm, list_confirmations
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.review.decisions import approve, request_changes
from assistant.review.submission import submit
from assistant.store.database import Database
from assistant.store.schema import (
    audit_entry,
    confirmation_signature,
    decision,
    policy_adoption,
    publication,
    release_record,
    signature,
    task,
)
from tests.builders.dossier import SENTENCES, add_piece, add_source, document_of
from tests.builders.policies import policy_with, put_in_force
from tests.builders.release import promotional
from tests.integration.conftest import PASSWORD, FakeClock

People = dict[str, Actor]
DOCTOR = Signing("doctor", "7012345")
VOID = {"status", "decided_by", "decided_at", "decision_entry"}
"""Of a certificate: written where it is struck out."""


@pytest.fixture
def source(db: Database, people: People) -> str:
    return add_source(db, people["librarian"], markets=("EU", "FR", "UK"))


@pytest.fixture
def acted(db: Database, people: People, source: str, clock: FakeClock) -> Database:
    """Two pieces were published and one of them confirmed, one was certified, one sent back, one waits."""
    for text in (2, 3):
        piece = add_piece(db, people["writer"], document_of(db, source, text)).id
        submit(db, people["writer"], piece)
        approve(db, people["medical"], piece, PASSWORD)
        approve(db, people["regulatory"], piece, PASSWORD)
        publish(db, people["regulatory"], piece)
        clock.advance(minutes=1)
    certify(db, people["medical"], promotional(db, people, source, "UK"), DOCTOR, PASSWORD)
    back, waiting = (add_piece(db, people["writer"], document_of(db, source, 1)).id for _ in range(2))
    for piece in (back, waiting):
        submit(db, people["writer"], piece)
    request_changes(db, people["medical"], back, "Say how often.")
    add_source(
        db,
        people["librarian"],
        (*SENTENCES, "More."),
        markets=("EU", "FR", "UK"),
        replaces=source,
        approval=ApprovalRequest("REF-2", date(2026, 6, 1), date(2028, 1, 1)),
    )
    cascade(db, people["librarian"], "source_superseded", [source])
    first = list_confirmations(db, people["auditor"])[0]
    confirm(db, people["medical"], first["id"], PASSWORD, first["hash"])
    return db


def other(connection: Connection, column: Column[Any], value: Any) -> Any:
    """Another value that the column takes."""
    for key in column.foreign_keys:
        query = select(key.column).where(key.column != value, key.column.not_in(select(column)))
        return connection.scalars(query.order_by(key.column)).first()
    if value is None:
        return EMPTY.get(column.name, 1 if column.type.python_type is int else "x")
    if isinstance(value, dict | list):
        return [value]
    return (
        f"x{value[1:]}"
        if isinstance(value, str)
        else value + (1 if isinstance(value, int) else timedelta(days=1))
    )


DAY = date(2026, 6, 15)
EMPTY = {
    "proof_at": datetime(2026, 6, 15, 10, 0, tzinfo=UTC),
    "requested_on": DAY,
    "window_closes_on": DAY,
    "answer_by": DAY,
    "seen": [],
}
"""What is put where nothing stands, by column, where a text is none of its values."""
NAMES: dict[Table, str] = {
    signature: "signature",
    confirmation_signature: "confirmation",
    decision: "decision",
    release_record: "certificate",
    publication: "publication",
}
MUTABLE = {publication.c.release, publication.c.id}
"""What is given at release is not held by an entry; the id is held by the confirmations that name it."""
COLUMNS = [
    *signature.c,
    *confirmation_signature.c,
    *decision.c,
    *(column for column in publication.c if column not in MUTABLE),
    *(column for column in release_record.c if column.name not in VOID),
]


def test_what_was_done_as_it_should_be_holds(acted: Database, people: People) -> None:
    verdict = verify_trail(acted)
    assert verdict["ok"], verdict
    with acted.read() as connection:
        record = connection.scalar(select(release_record.c.id))
        piece = connection.scalar(select(publication.c.piece_id).where(publication.c.status == "published"))
    void_record(acted, people["regulatory"], str(record), "Entered twice.")
    recall_piece(acted, people["safety"], str(piece), "Wrong dose.")
    verdict = verify_trail(acted)
    assert verdict["ok"], verdict


def held_to(verdict: dict[str, Any]) -> str:
    return "" if verdict["ok"] else str(verdict["reason"])


def test_any_changed_value_of_any_column_is_found(acted: Database) -> None:
    """Each is put back before the next: nothing else may be what is found."""
    for column in COLUMNS:
        table: Table = column.table  # type: ignore[assignment]  # columns of tables
        with acted.write() as tx:
            row = tx.execute(select(table).order_by(table.c.id)).mappings().all()[0]
            changed = other(tx.connection, column, row[column.name])
            assert changed != row[column.name], column
            tx.execute(update(table).where(table.c.id == row["id"]).values({column.name: changed}))
        assert NAMES[table] in held_to(verify_trail(acted)), column
        put_back = changed if column.primary_key else row["id"]
        with acted.write() as tx:
            tx.execute(update(table).where(table.c.id == put_back).values({column.name: row[column.name]}))
    assert held_to(verify_trail(acted)) == ""


def test_a_row_that_was_taken_away_or_put_in_by_hand_is_found(acted: Database) -> None:
    for table in NAMES.keys() - {publication}:
        with acted.write() as tx:
            row = dict(tx.execute(select(table).order_by(table.c.id)).mappings().all()[0])
            tx.execute(delete(table).where(table.c.id == row["id"]))
        verdict = verify_trail(acted)
        assert verdict["reason"] == f"the row of the {NAMES[table]} is gone"
        with acted.write() as tx:
            entries = audit_entry.c.number.in_([verdict["first_bad"] - 1, verdict["first_bad"]])
            before, told = tx.execute(select(audit_entry).where(entries).order_by(audit_entry.c.number)).all()
            tx.execute(insert(table).values(**row))
        assert row["id"] in told.canonical
        assert verdict["head"] == before.hash
    for table, own in (
        (signature, {}),
        (confirmation_signature, {"role": "legal", "user_id": "user_somebody"}),
        (publication, {"status": "superseded"}),
    ):
        with acted.write() as tx:
            row = dict(tx.execute(select(table).order_by(table.c.id)).mappings().all()[0])
            tx.execute(insert(table).values(**(row | {"id": "one_by_hand"} | own)))
        verdict = verify_trail(acted)
        assert (verdict["ok"], verdict["first_bad"]) == (False, None)
        assert verdict["reason"] == f"the database holds a {NAMES[table]} that no entry made"
        with acted.write() as tx:
            tx.execute(delete(table).where(table.c.id == "one_by_hand"))
    assert held_to(verify_trail(acted)) == ""


def test_a_signature_from_before_there_were_digests_is_held_to_what_its_entry_spells_out(
    acted: Database, people: People
) -> None:
    """Written as an older version wrote it: no salt, and an entry that names no digest and no decision."""
    with acted.write() as tx:
        row = dict(tx.execute(select(signature).order_by(signature.c.id)).mappings().all()[0])
        waits = (
            tx.execute(select(task).where(task.c.id.not_in(select(decision.c.task_id)))).mappings().all()[0]
        )
        decided = dict(
            tx.execute(select(decision).where(decision.c.id == row["decision_id"])).mappings().one()
        )
        made = {"decided_at": tx.now, "decided_by": row["user_id"], "task_id": waits["id"]}
        tx.execute(insert(decision).values(**(decided | made | {"id": "decision_old"})))
        old = {"id": "signature_old", "decision_id": "decision_old", "signed_at": tx.now, "salt": None}
        tx.execute(insert(signature).values(**(row | old)))
        details = {
            "task": waits["id"],
            "role": row["role"],
            "revision": row["revision_id"],
            "manifest": row["manifest_hash"],
            "signature": "signature_old",
            "meaning": row["meaning"],
        }
        record(tx, people[row["role"]], "piece.signed", row["piece_id"], details)
    assert verify_trail(acted)["ok"], verify_trail(acted)
    for name in ("piece_id", "manifest_hash", "user_id", "role", "meaning", "signed_at", "revision_id"):
        held = signature.c.id == "signature_old"
        with acted.write() as tx:
            kept = tx.execute(select(signature.c[name]).where(held)).scalar_one()
            tx.execute(
                update(signature).where(held).values({name: other(tx.connection, signature.c[name], kept)})
            )
        assert not verify_trail(acted)["ok"], name
        with acted.write() as tx:
            tx.execute(update(signature).where(held).values({name: kept}))


def test_a_policy_that_nobody_adopted_or_another_than_was_adopted_is_found(
    db: Database, people: People
) -> None:
    """Whoever could write into the database could say who has to sign."""
    for months in (3, 6):
        text = policy_with(lambda data, months=months: data.update(months_valid=months))
        put_in_force(db, text, people["pharmacist"], people["regulatory"])
    assert held_to(verify_trail(db)) == ""
    newest = select(policy_adoption).order_by(policy_adoption.c.audit_number.desc())
    with db.read() as connection:
        last, first = (dict(row) for row in connection.execute(newest).mappings())
    held = policy_adoption.c.audit_number == last["audit_number"]
    changed = {
        "policy_hash": first["policy_hash"],
        "adopted_by": people["admin"].id,
        "adopted_at": first["adopted_at"] + timedelta(days=1),
        "note_id": first["note_id"],
        "proposal_id": first["proposal_id"],
    }
    assert changed.keys() == last.keys() - {"audit_number"}
    for name, value in changed.items():
        with db.write() as tx:
            tx.execute(update(policy_adoption).where(held).values({name: value}))
        assert "policy's adoption" in held_to(verify_trail(db)), name
        with db.write() as tx:
            tx.execute(update(policy_adoption).where(held).values({name: last[name]}))
    with db.write() as tx:
        tx.execute(insert(policy_adoption).values(**(last | {"audit_number": 999})))
    assert held_to(verify_trail(db)) == "the database holds a policy's adoption that no entry made"
    with db.write() as tx:
        tx.execute(delete(policy_adoption).where(policy_adoption.c.audit_number > first["audit_number"]))
    assert held_to(verify_trail(db)) == "the row of the policy's adoption is gone"
