"""How long a French publication may be used: no longer than a visa covers it, whenever that visa was recorded."""

from datetime import UTC, date, datetime

import pytest

from assistant.audit.verify import verify_trail
from assistant.corpus.model import ApprovalRequest
from assistant.errors import WrongState
from assistant.publishing.calendar import calendar
from assistant.publishing.conditions.keeping_up import keep_up
from assistant.publishing.conditions.permits import (
    Grant,
    grant_permit,
    refuse_permit,
    request_permit,
    void_record,
)
from assistant.publishing.errors import Gone
from assistant.publishing.expiry import mark_expired
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.publishing.rows import load_publication
from assistant.publishing.serving import published_bytes
from assistant.store.database import Database
from tests.builders.dossier import add_source
from tests.builders.policies import policy_with, put_in_force
from tests.builders.reading import actions
from tests.builders.release import (
    JULY,
    LONG,
    NUMBER,
    OTHER,
    People,
    panel,
    promotional,
)
from tests.integration.conftest import FakeClock


def test_a_renewed_visa_lets_the_published_piece_be_used_longer(
    db: Database, people: People, clock: FakeClock
) -> None:
    source = add_source(db, people["librarian"], approval=LONG)
    piece = promotional(db, people, source, "FR")
    clock.instant = JULY
    published = publish(
        db,
        people["pharmacist"],
        piece,
        {"visa_number": NUMBER, "visa_granted_on": "2026-07-09", "visa_expires_on": "2026-12-31"},
    )
    assert published.expires_on == date(2026, 12, 31)
    request_permit(db, people["pharmacist"], piece, OTHER, date(2026, 7, 10))
    grant_permit(db, people["pharmacist"], piece, Grant(date(2026, 7, 10)))
    with db.read() as connection:
        now = load_publication(connection, published.id)
    assert (now.expires_on, now.release["visa_number"]) == (date(2028, 7, 10), OTHER)
    assert "publication.prolonged" in actions(db)


@pytest.mark.parametrize("entered", [date(2026, 9, 20), date(2027, 7, 1)])
def test_no_visa_lets_a_publication_be_used_longer_than_24_months(
    db: Database, people: People, clock: FakeClock, entered: date
) -> None:
    source = add_source(db, people["librarian"], approval=LONG)
    piece = promotional(db, people, source, "FR")
    clock.instant = JULY
    first = {"visa_number": NUMBER, "visa_granted_on": "2026-07-09", "visa_expires_on": "2027-12-31"}
    published = publish(db, people["pharmacist"], piece, first)
    clock.instant = datetime(entered.year, entered.month, entered.day, 9, 0, tzinfo=UTC)
    grant_permit(db, people["pharmacist"], piece, Grant(entered, OTHER))
    with db.read() as connection:
        now = load_publication(connection, published.id)
    assert now.expires_on == date(2028, 7, 10)
    assert now.release["visa_number"] == OTHER


def test_a_visa_that_comes_later_is_measured_by_the_policy_under_which_the_piece_was_signed(
    db: Database, people: People, clock: FakeClock
) -> None:
    put_in_force(
        db, policy_with(lambda data: data.update(months_valid=6)), people["pharmacist"], people["regulatory"]
    )
    source = add_source(db, people["librarian"], approval=LONG)
    piece = promotional(db, people, source, "FR")
    put_in_force(
        db, policy_with(lambda data: data.update(months_valid=24)), people["pharmacist"], people["regulatory"]
    )
    clock.instant = JULY
    first = {"visa_number": NUMBER, "visa_granted_on": "2026-07-09", "visa_expires_on": "2026-08-31"}
    published = publish(db, people["pharmacist"], piece, first)
    grant_permit(db, people["pharmacist"], piece, Grant(date(2026, 7, 10), OTHER))
    with db.read() as connection:
        assert load_publication(connection, published.id).expires_on == date(2027, 1, 10)


@pytest.mark.parametrize(
    ("grant", "ends", "action"),
    [
        (Grant(date(2026, 9, 1), expires_on=date(2027, 3, 1)), date(2027, 3, 1), "publication.shortened"),
        (Grant(date(2026, 9, 1)), date(2028, 9, 1), "publication.shortened"),
        (Grant(date(2026, 9, 1), expires_on=date(2026, 9, 20)), date(2026, 9, 20), "publication.shortened"),
        (Grant(date(2026, 9, 29)), date(2028, 9, 29), "publication.release_updated"),
    ],
)
def test_an_answer_recorded_after_silence_had_published_ends_the_publication_with_the_visa(
    db: Database, people: People, by_silence: Publication, grant: Grant, ends: date, action: str
) -> None:
    grant_permit(db, people["pharmacist"], by_silence.piece_id, grant)
    with db.read() as connection:
        now = load_publication(connection, by_silence.id)
    assert (now.expires_on, now.release["visa_expires_on"]) == (ends, ends.isoformat())
    assert now.release["visa_granted_on"] == grant.granted_on.isoformat()
    assert "visa_tacit" not in now.release
    dates = {one.kind: one.expires_on for one in calendar(db, people["librarian"]) if one.kind != "source"}
    assert dates == {"publication": ends, "visa": ends}
    assert [e for e in actions(db) if e.startswith("publication.")] == [action]
    assert verify_trail(db)["ok"]


def test_what_its_visa_no_longer_covers_is_not_served(
    db: Database, people: People, by_silence: Publication, clock: FakeClock
) -> None:
    grant = Grant(date(2026, 9, 1), expires_on=date(2027, 3, 1))
    grant_permit(db, people["pharmacist"], by_silence.piece_id, grant)
    clock.instant = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
    assert published_bytes(db, by_silence.id, "html")
    clock.instant = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
    with pytest.raises(Gone):
        published_bytes(db, by_silence.id, "html")


def test_where_its_visa_is_shortened_another_that_holds_longer_carries_the_publication(
    db: Database, people: People, by_silence: Publication
) -> None:
    piece = by_silence.piece_id

    def state() -> tuple[date | None, str]:
        with db.read() as connection:
            now = load_publication(connection, by_silence.id)
        return now.expires_on, now.release["visa_number"]

    grant_permit(db, people["pharmacist"], piece, Grant(date(2026, 8, 15), OTHER))
    assert state() == (date(2028, 9, 29), NUMBER), "what it does not rest on shortens nothing"
    shorter = Grant(date(2026, 9, 1), NUMBER, expires_on=date(2027, 3, 1))
    grant_permit(db, people["pharmacist"], piece, shorter)
    assert state() == (date(2028, 8, 15), OTHER)


def test_a_second_visa_made_by_silence_lengthens_a_publication_from_its_first_day(
    db: Database, people: People, clock: FakeClock
) -> None:
    piece = promotional(db, people, add_source(db, people["librarian"], approval=LONG), "FR")
    clock.instant = JULY
    first = {"visa_number": NUMBER, "visa_granted_on": "2026-07-09", "visa_expires_on": "2026-12-31"}
    published = publish(db, people["pharmacist"], piece, first)
    request_permit(db, people["pharmacist"], piece, OTHER, date(2026, 7, 10))
    clock.instant = datetime(2026, 9, 29, 9, 0, tzinfo=UTC)
    assert keep_up(db) == [], "the authority may still answer on that day"
    clock.instant = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
    assert keep_up(db) == [published.id]
    with db.read() as connection:
        now = load_publication(connection, published.id)
    assert now.expires_on == date(2028, 7, 10), "24 months from the release, though the visa holds longer"
    assert (now.release["visa_number"], now.release["visa_tacit"]) == (OTHER, "yes")
    assert now.release["visa_expires_on"] == "2028-09-29"
    clock.instant = datetime(2027, 1, 1, 9, 0, tzinfo=UTC)
    assert mark_expired(db) == []
    assert published_bytes(db, published.id, "html")
    assert keep_up(db) == []
    assert [e for e in actions(db) if e.startswith("publication.")] == ["publication.prolonged"]
    assert verify_trail(db)["ok"]


def test_a_second_visa_made_by_silence_changes_nothing_where_a_source_ends_the_use_before(
    db: Database, people: People, clock: FakeClock
) -> None:
    short = ApprovalRequest("REF-9", date(2026, 1, 1), date(2026, 12, 1))
    piece = promotional(db, people, add_source(db, people["librarian"], approval=short), "FR")
    clock.instant = JULY
    publish(db, people["pharmacist"], piece, {"visa_number": NUMBER, "visa_granted_on": "2026-07-09"})
    request_permit(db, people["pharmacist"], piece, OTHER, date(2026, 7, 10))
    clock.instant = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    assert keep_up(db) == []
    assert not [e for e in actions(db) if e.startswith("publication.")]


def test_the_end_of_a_visa_is_reminded_of_six_months_before(
    db: Database, people: People, clock: FakeClock
) -> None:
    from assistant.publishing.calendar import make_reminders, reminders

    piece = promotional(db, people, add_source(db, people["librarian"], approval=LONG), "FR")
    clock.instant = JULY
    publish(db, people["pharmacist"], piece, {"visa_number": NUMBER, "visa_granted_on": "2026-07-10"})
    clock.instant = datetime(2028, 1, 9, 12, 0, tzinfo=UTC)
    make_reminders(db)
    assert reminders(db, people["pharmacist"], ["visa"]) == []
    clock.instant = datetime(2028, 1, 10, 12, 0, tzinfo=UTC)
    make_reminders(db)
    (told,) = reminders(db, people["pharmacist"], ["visa"])
    assert (told["expires_on"], told["days_left"], told["threshold"]) == ("2028-07-10", 182, 182)
    assert make_reminders(db) == 0


def test_a_renewal_waits_beside_the_visa_that_holds_and_its_refusal_takes_nothing_from_it(
    db: Database, people: People, clock: FakeClock
) -> None:
    source = add_source(db, people["librarian"], approval=LONG)
    piece, day = promotional(db, people, source, "FR"), date(2026, 7, 10)
    clock.instant = JULY
    first = {"visa_number": NUMBER, "visa_granted_on": "2026-07-09", "visa_expires_on": "2026-12-31"}
    published = publish(db, people["pharmacist"], piece, first)
    request_permit(db, people["pharmacist"], piece, OTHER, day)
    waiting = panel(db, people, piece, "visa")
    assert (waiting["state"], waiting["met"], waiting["number"]) == ("granted", True, NUMBER)
    assert waiting["renewal"]["number"] == OTHER
    refuse_permit(db, people["pharmacist"], piece, day, "The axis is cut", OTHER)
    shown = panel(db, people, piece, "visa")
    assert (shown["met"], shown["number"], shown["renewal"]) == (True, NUMBER, None)
    with db.read() as connection:
        now = load_publication(connection, published.id)
    assert (now.release["visa_number"], now.expires_on) == (NUMBER, published.expires_on)
    with pytest.raises(WrongState, match="rests on this record"):
        void_record(db, people["pharmacist"], shown["record"]["id"], "Entered twice")
    assert verify_trail(db)["ok"]
