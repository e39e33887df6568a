"""The register of permits and what a publication says of its release are held to the trail, and nothing is built on a
record that was changed by hand.
"""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from assistant.audit.followed import require_as_entered
from assistant.audit.trail import record
from assistant.audit.verify import verify_trail
from assistant.corpus.model import ApprovalRequest
from assistant.errors import IntegrityError
from assistant.people.roles import SYSTEM
from assistant.publishing.cascade import cascade
from assistant.publishing.conditions.keeping_up import keep_up
from assistant.publishing.conditions.permits import Grant, grant_permit, request_permit, void_record
from assistant.publishing.conditions.records import load_record
from assistant.publishing.conditions.submissions import record_submission
from assistant.publishing.confirming import confirm, list_confirmations
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.publishing.rows import load_publication
from assistant.store.database import Database
from assistant.store.schema import audit_entry, release_record
from assistant.store.schema import publication as publication_table
from tests.builders.dossier import SENTENCES, add_piece, add_source, document_of
from tests.builders.publications import sign
from tests.builders.release import NUMBER, OTHER, People, promotional
from tests.builders.statements import counted
from tests.integration.conftest import PASSWORD

RECORD = "the row of the release record does not say what was entered"
PUBLICATION = "the row of the publication does not say what was entered"
FORGED = {"status": "granted", "decided_on": date(2026, 9, 1), "expires_on": date(2031, 3, 1)}


def reason(db: Database) -> str:
    verdict = verify_trail(db)
    return "" if verdict["ok"] else str(verdict["reason"])


def edit_record(db: Database, piece_id: str, **values: Any) -> None:
    with db.write() as tx:
        tx.execute(update(release_record).where(release_record.c.piece_id == piece_id).values(**values))


def edit_release(db: Database, published: Publication, **values: Any) -> None:
    with db.write() as tx:
        release = {**load_publication(tx.connection, published.id).release, **values}
        held = publication_table.c.id == published.id
        tx.execute(update(publication_table).where(held).values(release=release))


def last_move(db: Database) -> dict[str, Any]:
    query = select(audit_entry.c.canonical).where(audit_entry.c.action.startswith("publication."))
    with db.read() as connection:
        newest = connection.scalars(query.order_by(audit_entry.c.number.desc())).first()
    return dict(json.loads(str(newest))["details"])


def test_a_visa_that_was_changed_by_hand_is_found(db: Database, by_silence: Publication) -> None:
    assert reason(db) == ""
    edit_record(db, by_silence.piece_id, status="refused")
    assert reason(db) == RECORD


def test_an_end_that_nobody_entered_is_found(db: Database, by_silence: Publication) -> None:
    """The request has none, so that its entry spells none out."""
    edit_record(db, by_silence.piece_id, expires_on=date(2031, 3, 1))
    assert reason(db) == RECORD


def test_a_visa_that_was_put_in_by_hand_is_found_and_nothing_is_published_on_it(
    db: Database, people: People, french: str
) -> None:
    request_permit(db, people["pharmacist"], french, NUMBER, date(2026, 7, 10))
    with db.write() as tx:
        row = dict(tx.execute(select(release_record)).mappings().one())
        tx.execute(insert(release_record).values(**(row | FORGED | {"id": "release_x", "number": OTHER})))
    assert reason(db) == "the database holds a release record that no entry made"
    with pytest.raises(IntegrityError, match="is not what was entered"):
        publish(db, people["pharmacist"], french)


UNSPELLED = {"reference": "Seq 0043", "printed_name": "Ann", "registration": "123456", "meaning": "x"}


def test_the_reference_of_a_submission_is_held_though_no_entry_spells_it_out(
    db: Database, people: People, source: str
) -> None:
    piece = promotional(db, people, source, "US")
    kept = record_submission(db, people["regulatory"], piece, "Seq 0042", date(2026, 6, 15))
    with db.read() as connection:
        entries = "".join(connection.scalars(select(audit_entry.c.canonical)))
        salt = connection.scalars(select(release_record.c.salt)).one()
    assert "Seq 0042" not in entries
    for name, value in (UNSPELLED | {"salt": "0" * 32}).items():
        edit_record(db, piece, **{name: value})
        assert reason(db) == RECORD, name
        with pytest.raises(IntegrityError, match="is not what was entered"):
            publish(db, people["regulatory"], piece)
        edit_record(db, piece, **{name: salt if name == "salt" else getattr(kept, name)})
    assert reason(db) == ""
    publish(db, people["regulatory"], piece)


def test_the_reason_for_a_day_outside_the_windows_and_the_letter_of_a_grant_are_held(
    db: Database, people: People, french: str
) -> None:
    request_permit(db, people["pharmacist"], french, NUMBER, date(2026, 7, 10), "Asked to by the authority")
    for name, value in UNSPELLED.items():
        edit_record(db, french, **{name: value})
        assert reason(db) == RECORD, name
        edit_record(db, french, **{name: "Asked to by the authority" if name == "reference" else None})
    edit_record(db, french, reference="Another reason")
    with pytest.raises(IntegrityError, match="is not what was entered"):
        grant_permit(db, people["pharmacist"], french, Grant(date(2026, 7, 10), NUMBER))
    edit_record(db, french, reference="Asked to by the authority")
    grant_permit(db, people["pharmacist"], french, Grant(date(2026, 7, 10), NUMBER, reference="Letter 7"))
    assert reason(db) == ""
    edit_record(db, french, reference="Letter 8")
    assert reason(db) == RECORD


def test_what_an_act_rests_on_is_replayed_from_the_piece_s_own_entries_alone_in_as_many_statements_however_many(
    db: Database, people: People, source: str
) -> None:
    here, elsewhere = (promotional(db, people, source, "US") for _ in range(2))

    def recorded(piece: str, times: int) -> None:
        for _ in range(times):
            kept = record_submission(db, people["regulatory"], piece, "Seq 0042", date(2026, 6, 15))
            void_record(db, people["regulatory"], kept.id, "Entered twice.")

    def asked(piece: str) -> int:
        with db.read() as connection, counted(db) as sent:
            require_as_entered(connection, piece)
        return len(sent)

    recorded(here, 1)
    few = asked(here)
    recorded(here, 20)
    assert asked(here) == few
    recorded(elsewhere, 1)
    edit_record(db, elsewhere, reference="Seq 0043")
    assert asked(here) == few
    with pytest.raises(IntegrityError):
        asked(elsewhere)


def test_a_submission_that_an_older_version_entered_holds(db: Database, people: People, source: str) -> None:
    """Without a salt, and with an entry that holds no digest of its reference."""
    piece = promotional(db, people, source, "US")
    record_submission(db, people["regulatory"], piece, "Seq 0042", date(2026, 6, 15))
    with db.write() as tx:
        row = dict(tx.execute(select(release_record)).mappings().one())
        newest = select(audit_entry.c.canonical).where(audit_entry.c.action == "release.submitted")
        told = json.loads(tx.execute(newest).scalar_one())["details"]
        old = row | {"id": "release_old", "salt": None, "recorded_at": tx.now}
        tx.execute(insert(release_record).values(**old))
        details = {name: told[name] for name in told if name != "unspelled_sha256"}
        record(tx, people["regulatory"], "release.submitted", piece, details | {"record": "release_old"})
    assert reason(db) == ""
    with db.write() as tx:
        held = release_record.c.id == "release_old"
        tx.execute(update(release_record).where(held).values(decided_on=date(2026, 6, 14)))
    assert reason(db) == RECORD


def test_a_forged_visa_lengthens_nothing_and_stays_found(
    db: Database, people: People, by_silence: Publication
) -> None:
    grant_permit(
        db, people["pharmacist"], by_silence.piece_id, Grant(date(2026, 9, 1), NUMBER, date(2027, 3, 1))
    )
    assert reason(db) == ""
    edit_record(db, by_silence.piece_id, **FORGED)
    assert keep_up(db) == []
    with pytest.raises(IntegrityError, match="is not what was entered"):
        keep_up(db, every=True)
    with db.read() as connection:
        assert load_publication(connection, by_silence.id).expires_on == date(2027, 3, 1)
    assert reason(db) == RECORD


@pytest.mark.parametrize(
    "forged",
    [{"visa_number": "26/07/69999991/PM/009"}, {"visa_expires_on": "2031-03-01"}, {"standing": {"a": "b"}}],
)
def test_what_a_publication_says_of_its_release_is_held(
    db: Database, people: People, by_silence: Publication, forged: dict[str, Any]
) -> None:
    """As it was published, and after its visa has moved its end."""
    edit_release(db, by_silence, **forged)
    assert reason(db) == PUBLICATION
    with db.write() as tx:
        held = publication_table.c.id == by_silence.id
        tx.execute(update(publication_table).where(held).values(release=dict(by_silence.release)))
    grant_permit(
        db, people["pharmacist"], by_silence.piece_id, Grant(date(2026, 9, 1), NUMBER, date(2027, 3, 1))
    )
    assert reason(db) == ""
    edit_release(db, by_silence, **forged)
    assert reason(db) == PUBLICATION


def test_an_end_that_an_older_version_moved_is_held_to_the_number_and_the_end_of_its_visa(
    db: Database, people: People, by_silence: Publication
) -> None:
    """Its entry names the record and the days, and no digest of what the publication says."""
    grant_permit(
        db, people["pharmacist"], by_silence.piece_id, Grant(date(2026, 9, 1), NUMBER, date(2027, 3, 1))
    )
    details = {name: value for name, value in last_move(db).items() if name != "release_sha256"}
    with db.write() as tx:
        assert load_record(tx.connection, details["record"]).number == NUMBER
        record(tx, SYSTEM, "publication.shortened", by_silence.piece_id, details)
    assert reason(db) == ""
    edit_release(db, by_silence, visa_expires_on="2031-03-01")
    assert reason(db) == PUBLICATION
    edit_release(db, by_silence, visa_expires_on="2027-03-01", visa_number=OTHER)
    assert reason(db) == PUBLICATION


def test_the_version_on_which_a_publication_stands_is_held_from_the_comparison_to_the_confirmation(
    db: Database, people: People, source: str
) -> None:
    piece = sign(db, people, add_piece(db, people["writer"], document_of(db, source)).id)
    published = publish(db, people["regulatory"], piece)
    approval = ApprovalRequest("REF-2", date(2026, 6, 1), date(2028, 1, 1))
    markets = ("EU", "FR", "UK", "US")
    longer = (*SENTENCES, "More.")
    add_source(db, people["librarian"], longer, markets=markets, replaces=source, approval=approval)
    cascade(db, people["librarian"], "source_superseded", [source])
    for steps in range(2):
        assert reason(db) == "", steps
        with db.read() as connection:
            honest = dict(load_publication(connection, published.id).release)
        for forged in ({"standing": {source: "source_other"}}, {"confirm_by": {source: "2031-01-01"}}):
            edit_release(db, published, **forged)
            assert reason(db) == PUBLICATION, (steps, forged)
            edit_release(db, published, **honest)
        for one in list_confirmations(db, people["auditor"]):
            for role in one["roles"]:
                confirm(db, people[role], one["id"], PASSWORD, one["hash"])
    with db.read() as connection:
        assert load_publication(connection, published.id).release["confirm_by"] == {}
