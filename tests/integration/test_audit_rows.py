"""A row that no longer says what its entry recorded is found by the trail's own check, column by column."""

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from sqlalchemy import Table, delete, insert, select, update

from assistant.audit.trail import record
from assistant.audit.verify import erase_note, verify_trail
from assistant.corpus.model import ApprovalRequest
from assistant.errors import IntegrityError
from assistant.people.roles import SYSTEM, Actor
from assistant.publishing.cascade import cascade
from assistant.publishing.conditions.certificates import Signing, certify
from assistant.publishing.conditions.permits import void_record
from assistant.publishing.confirming import confirm, list_confirmations
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.review.attestations import attest
from assistant.review.decisions import approve, request_changes
from assistant.review.policy_proposals import adopt_proposal, propose_policy
from assistant.review.policy_reading import canonical, read_policy
from assistant.review.policy_register import keep_policy, policy_in_force
from assistant.review.submission import submit
from assistant.store.database import Database, open_database
from assistant.store.migrations import migrate
from assistant.store.schema import (
    attestation,
    audit_entry,
    confirmation_signature,
    decision,
    override,
    policy_adoption,
    policy_proposal,
    publication,
    release_record,
    review_policy,
    review_round,
    signature,
    task,
)
from tests.builders.altered import other
from tests.builders.dossier import SENTENCES, add_piece, add_source, document_of
from tests.builders.policies import policy_with, put_in_force
from tests.builders.release import promotional
from tests.integration.conftest import PASSWORD, FakeClock

People = dict[str, Actor]
DOCTOR = Signing("doctor", "7012345")
VOID = {"status", "decided_by", "decided_at", "decision_entry"}
"""Of a certificate: written where it is struck out, and held as a record of the register is."""


@pytest.fixture
def source(db: Database, people: People) -> str:
    return add_source(db, people["librarian"], markets=("EU", "FR", "UK"))


@pytest.fixture
def acted(db: Database, people: People, source: str, clock: FakeClock) -> Database:
    """Two pieces were published and one of them confirmed, one was certified, one sent back, one waits, one is a draft."""
    for text in (2, 3):
        piece = add_piece(db, people["writer"], document_of(db, source, text)).id
        submit(db, people["writer"], piece)
        approve(db, people["medical"], piece, PASSWORD)
        approve(db, people["regulatory"], piece, PASSWORD)
        publish(db, people["regulatory"], piece)
        clock.advance(minutes=1)
    propose_policy(db, people["pharmacist"], policy_with(lambda data: data.update(months_valid=6)), "Shorter")
    certify(db, people["medical"], promotional(db, people, source, "UK"), DOCTOR, PASSWORD)
    add_piece(db, people["writer"], document_of(db, source, 1))
    back, waiting = (add_piece(db, people["writer"], document_of(db, source, 1)).id for _ in range(2))
    for piece in (back, waiting):
        submit(db, people["writer"], piece)
    attest(db, people["medical"], waiting, "s1", "Read against the label.")
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


NAMES: dict[Table, str] = {
    signature: "signature",
    confirmation_signature: "confirmation",
    decision: "decision",
    release_record: "certificate",
    publication: "publication",
    attestation: "attestation",
    override: "override",
}
FOLLOWED = {review_round: "round of review", policy_proposal: "proposed policy"}
BY_HAND = FOLLOWED | {release_record: "release record"}
NOT_HELD = {publication.c.id, review_round.c.id}
"""The ids are held by the rows that name them."""
COLUMNS = [
    *signature.c,
    *confirmation_signature.c,
    *decision.c,
    *publication.c,
    *release_record.c,
    *review_round.c,
    *policy_proposal.c,
    *attestation.c,
    *override.c,
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
    for column in [one for one in COLUMNS if one not in NOT_HELD]:
        table: Table = column.table  # type: ignore[assignment]  # columns of tables
        with acted.write() as tx:
            row = tx.execute(select(table).order_by(table.c.id)).mappings().all()[0]
            changed = other(tx.connection, column, row[column.name])
            assert changed != row[column.name], column
            tx.execute(update(table).where(table.c.id == row["id"]).values({column.name: changed}))
        name = (NAMES | FOLLOWED)[table]
        if table is release_record and column.name in VOID:
            name = "release record"
        assert name in held_to(verify_trail(acted)), column
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
        (attestation, {"lineage": "s9"}),
        (override, {"place": "s9"}),
        (release_record, {"status": "void"}),
        (review_round, {"status": "cancelled"}),
        (policy_proposal, {"status": "refused"}),
    ):
        with acted.write() as tx:
            row = dict(tx.execute(select(table).order_by(table.c.id)).mappings().all()[0])
            tx.execute(insert(table).values(**(row | {"id": "one_by_hand"} | own)))
        verdict = verify_trail(acted)
        assert (verdict["ok"], verdict["first_bad"]) == (False, None)
        assert (
            verdict["reason"]
            == f"the database holds a {BY_HAND.get(table) or NAMES[table]} that no entry made"
        )
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
        tx.execute(update(task).where(task.c.id == waits["id"]).values(status="approved"))
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


def test_a_request_for_an_override_is_held_to_its_note_until_that_is_erased(
    db: Database, people: People, source: str
) -> None:
    """Erased is the round's copy, too: data protection asks for the words, wherever they stand."""
    promotional(db, people, source, "UK")
    with db.read() as connection:
        asked = connection.scalars(select(review_round.c.override_request)).one()
        entry = connection.scalars(
            select(audit_entry.c.number).where(audit_entry.c.action == "piece.submitted")
        ).one()
    assert asked
    for forged in ("Agreed with the agency", None):
        with db.write() as tx:
            tx.execute(update(review_round).values(override_request=forged))
        assert held_to(verify_trail(db)) == "the row of the round of review does not say what was entered"
        with db.write() as tx:
            tx.execute(update(review_round).values(override_request=asked))
    assert held_to(verify_trail(db)) == ""
    erase_note(db, people["admin"], entry)
    assert held_to(verify_trail(db)) == ""
    with db.read() as connection:
        assert connection.scalars(select(review_round.c.override_request)).one() is None
    with db.write() as tx:
        tx.execute(update(review_round).values(override_request=asked))
    assert held_to(verify_trail(db)) == "", "erased by a version that left the round's copy"
    with db.write() as tx:
        tx.execute(update(review_round).values(override_request="Agreed with the agency"))
    assert held_to(verify_trail(db)) == "the row of the round of review does not say what was entered"


def test_the_reasons_of_attestations_and_overrides_are_held_until_they_are_erased(
    acted: Database, people: People
) -> None:
    for table, action in ((attestation, "statement.attested"), (override, "finding.overridden")):
        with acted.read() as connection:
            row = dict(connection.execute(select(table).order_by(table.c.id)).mappings().all()[0])
            entry = connection.scalars(
                select(audit_entry.c.number).where(
                    audit_entry.c.action == action, audit_entry.c.canonical.contains(row["id"])
                )
            ).one()
        for forged in ("Agreed with the agency", ""):
            with acted.write() as tx:
                tx.execute(update(table).where(table.c.id == row["id"]).values(reason=forged))
            assert held_to(verify_trail(acted)) == f"the row of the {NAMES[table]} gives another reason"
        with acted.write() as tx:
            tx.execute(update(table).where(table.c.id == row["id"]).values(reason=row["reason"]))
        erase_note(acted, people["admin"], entry)
        assert held_to(verify_trail(acted)) == ""
        with acted.read() as connection:
            assert connection.scalar(select(table.c.reason).where(table.c.id == row["id"])) == ""


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


def test_the_text_of_a_policy_is_held_to_its_hash(db: Database, people: People) -> None:
    """Entries and rounds name it by its hash: another text under that hash is found, and nothing is done under it."""
    text = policy_with(lambda data: data.update(months_valid=3))
    adopted = put_in_force(db, text, people["pharmacist"], people["regulatory"])
    longer = canonical(read_policy(policy_with(lambda data: data.update(months_valid=24))))
    with db.write() as tx:
        tx.execute(update(review_policy).where(review_policy.c.hash == adopted.hash).values(canonical=longer))
    reason = f"the text of the policy {adopted.hash[:16]}… is not the one that has this hash"
    assert held_to(verify_trail(db)) == reason
    with db.read() as connection, pytest.raises(IntegrityError, match="was changed since it was kept"):
        policy_in_force(connection)
    source = add_source(db, people["librarian"])
    piece = add_piece(db, people["writer"], document_of(db, source, 2)).id
    with pytest.raises(IntegrityError, match="was changed since it was kept"):
        submit(db, people["writer"], piece)


def test_a_proposal_that_was_put_in_another_s_name_is_found(db: Database, people: People) -> None:
    """Else whoever proposed a policy could adopt it alone."""
    text = policy_with(lambda data: data.update(months_valid=3))
    proposal = propose_policy(db, people["regulatory"], text, "A new procedure")
    with db.write() as tx:
        tx.execute(update(policy_proposal).values(proposed_by=people["pharmacist"].id))
    assert held_to(verify_trail(db)) == "the row of the proposed policy does not say what was entered"
    adopt_proposal(db, people["regulatory"], proposal, "A new procedure", PASSWORD)
    assert held_to(verify_trail(db)) == "the row of the proposed policy does not say what was entered"


def test_an_adoption_that_the_first_versions_entered_holds(tmp_path: Path, clock: FakeClock) -> None:
    """Its subject was the hash, which SQLite alone took, and its details did not name the policy."""
    db = open_database(f"sqlite:///{tmp_path / 'old.db'}", clock)
    migrate(db)
    policy = read_policy(policy_with(lambda data: data.update(months_valid=3)))
    with db.write() as tx:
        keep_policy(tx, policy)
        number = record(tx, SYSTEM, "policy.adopted", "policy", {"before": "0" * 64})
        entry = tx.execute(select(audit_entry).where(audit_entry.c.number == number)).mappings().one()
        body = json.loads(entry["canonical"]) | {"subject": policy.hash}
        told = rfc8785.dumps(body).decode()
        digest = hashlib.sha256(told.encode()).hexdigest()
        tx.execute(update(audit_entry).values(subject=policy.hash, canonical=told, hash=digest))
        adopted = {"adopted_by": SYSTEM.id, "adopted_at": tx.now}
        tx.execute(insert(policy_adoption).values(audit_number=number, policy_hash=policy.hash, **adopted))
    assert held_to(verify_trail(db)) == ""
    with db.write() as tx:
        tx.execute(update(policy_adoption).values(adopted_by="user_somebody"))
    assert held_to(verify_trail(db)) == "the row of the policy's adoption does not say what was entered"
    db.engine.dispose()
