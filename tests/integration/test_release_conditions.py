"""Release conditions on both databases: they hold at release, for exactly the signed bytes, and not before."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from assistant.audit.verify import verify_trail
from assistant.corpus.model import ApprovalRequest
from assistant.errors import (
    AlreadyDecided,
    Blocked,
    Conflict,
    InvalidInput,
    NotAllowed,
    WrongPassword,
    WrongState,
)
from assistant.people.roles import Actor, Role
from assistant.publishing.calendar import calendar
from assistant.publishing.conditions.calendars import NewCalendar, calendars_json, set_calendar
from assistant.publishing.conditions.certificates import Signing, certify
from assistant.publishing.conditions.permits import (
    Grant,
    grant_permit,
    refuse_permit,
    request_permit,
    void_record,
)
from assistant.publishing.conditions.standing import release_json
from assistant.publishing.conditions.submissions import record_submission
from assistant.publishing.errors import Gone
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.publishing.rows import load_publication
from assistant.publishing.serving import published_bytes
from assistant.review.pieces import load_piece
from assistant.review.policy_register import adopt_policy
from assistant.review.submission import submit
from assistant.store.database import Database
from assistant.store.schema import release_record
from tests.builders.dossier import Terms, add_piece, add_source, document_of, edit
from tests.builders.policies import policy_with
from tests.builders.reading import actions
from tests.builders.release import PASSWORD, promotional, sign_promotional
from tests.integration.conftest import FakeClock

People = dict[str, Actor]
NUMBER = "26/07/69999991/PM/001"
OTHER = "26/07/69999991/PM/002"
JULY = datetime(2026, 7, 10, 9, 0, tzinfo=UTC)
LONG = ApprovalRequest("REF-9", date(2026, 1, 1), date(2035, 1, 1))
"""An approval that outlives every visa."""


@pytest.fixture
def source(db: Database, people: People) -> str:
    return add_source(db, people["librarian"], markets=("EU", "FR", "UK", "US"))


@pytest.fixture
def french(db: Database, people: People, source: str, clock: FakeClock) -> str:
    """Signed on 15 June, with the clock in July's window of deposit (8 to 28 July 2026)."""
    piece = promotional(db, people, source, "FR")
    clock.instant = JULY
    return piece


def panel(db: Database, people: People, piece: str, condition: str) -> dict[str, Any]:
    shown = release_json(db, people["auditor"], piece)
    return next(one for one in shown["conditions"] if one["id"] == condition)


# France ------------------------------------------------------------------------------------------------------


def test_from_the_request_to_the_grant_to_the_release(
    db: Database, people: People, french: str, clock: FakeClock
) -> None:
    asked = request_permit(db, people["pharmacist"], french, NUMBER, date(2026, 7, 10))
    assert (asked.window_closes_on, asked.answer_by) == (date(2026, 7, 28), date(2026, 9, 29))
    waiting = panel(db, people, french, "visa")
    assert (waiting["state"], waiting["met"]) == ("requested", False)
    assert "2026-09-30" in waiting["next"], "the day from which silence is a grant"
    with pytest.raises(Blocked, match="FR11") as refusal:
        publish(db, people["pharmacist"], french)
    assert "ANSM answers by 2026-09-29" in refusal.value.help
    clock.instant = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
    granted = grant_permit(db, people["regulatory"], french, Grant(date(2026, 8, 28), reference="Letter 12"))
    assert (granted.id, granted.status, granted.expires_on) == (asked.id, "granted", date(2028, 8, 28))
    assert panel(db, people, french, "internal_number")["number"] == NUMBER
    published = publish(db, people["pharmacist"], french)
    assert published.release["visa_number"] == NUMBER
    assert published.release["visa_expires_on"] == "2028-08-28"
    assert verify_trail(db)["ok"]
    assert [e for e in actions(db) if e.startswith("release.")] == ["release.requested", "release.granted"]


def test_silence_grants_the_visa_on_the_day_after_the_two_months(
    db: Database, people: People, french: str, clock: FakeClock
) -> None:
    request_permit(db, people["pharmacist"], french, NUMBER, date(2026, 7, 8))
    clock.instant = datetime(2026, 9, 29, 21, 59, tzinfo=UTC)  # 23:59 in Paris, on the last day
    with pytest.raises(Blocked, match="FR11"):
        publish(db, people["pharmacist"], french)
    clock.instant = datetime(2026, 9, 29, 22, 0, tzinfo=UTC)
    shown = panel(db, people, french, "visa")
    assert (shown["state"], shown["record"]["starts_on"], shown["record"]["expires_on"]) == (
        "tacit",
        "2026-09-30",
        "2028-09-29",
    )
    published = publish(db, people["pharmacist"], french)
    assert published.release["visa_tacit"] == "yes"


def test_a_refused_visa_blocks_the_release_whatever_is_typed(
    db: Database, people: People, french: str
) -> None:
    request_permit(db, people["pharmacist"], french, NUMBER, date(2026, 7, 10))
    refused = refuse_permit(db, people["pharmacist"], french, date(2026, 7, 10), "The axis is cut")
    assert refused.status == "refused"
    shown = panel(db, people, french, "visa")
    assert (shown["state"], shown["record"]["reason"]) == ("refused", "The axis is cut")
    with pytest.raises(Blocked, match="FR11") as blocked:
        publish(db, people["pharmacist"], french)
    assert "change the piece" in blocked.value.help
    with pytest.raises(WrongState, match="refused on 2026-07-10"):
        publish(db, people["pharmacist"], french, {"visa_number": OTHER, "visa_granted_on": "2026-07-10"})
    with pytest.raises(WrongState, match="refused on 2026-07-10"):
        grant_permit(db, people["pharmacist"], french, Grant(date(2026, 7, 10), OTHER))


def test_a_new_revision_has_no_visa_and_the_old_number_does_not_serve_it(
    db: Database, people: People, source: str, french: str
) -> None:
    grant_permit(db, people["pharmacist"], french, Grant(date(2026, 7, 10), NUMBER))
    assert panel(db, people, french, "visa")["met"]
    edit(db, people["writer"], french, document_of(db, source, 3))
    assert panel(db, people, french, "visa")["state"] == "not_signed"
    sign_promotional(db, people, french)
    shown = panel(db, people, french, "visa")
    assert (shown["state"], shown["met"]) == ("other_version", False)
    with pytest.raises(Blocked, match="FR11"):
        publish(db, people["pharmacist"], french)
    with pytest.raises(Conflict, match="another version"):
        publish(db, people["pharmacist"], french, {"visa_number": NUMBER, "visa_granted_on": "2026-07-10"})
    with pytest.raises(Conflict, match="another version"):
        request_permit(db, people["pharmacist"], french, NUMBER, date(2026, 7, 10))


def test_a_request_outside_a_window_is_told_the_next_one(
    db: Database, people: People, source: str, clock: FakeClock
) -> None:
    piece = promotional(db, people, source, "FR")
    assert "2026-07-08 to 2026-07-28" in panel(db, people, piece, "visa")["next"]
    with pytest.raises(InvalidInput, match="No window of deposit for PM visas is open on 2026-06-15") as told:
        request_permit(db, people["pharmacist"], piece, NUMBER, date(2026, 6, 15))
    assert "from 2026-07-08 to 2026-07-28" in told.value.help
    clock.instant = datetime(2026, 11, 26, tzinfo=UTC)
    with pytest.raises(InvalidInput) as unknown:
        request_permit(db, people["pharmacist"], piece, NUMBER, date(2026, 11, 26))
    assert "No later one is recorded" in unknown.value.help
    assert "enter the calendar" in panel(db, people, piece, "visa")["next"]
    outside = request_permit(
        db, people["pharmacist"], piece, NUMBER, date(2026, 11, 26), "Label changed after a re-evaluation"
    )
    assert (outside.window_closes_on, outside.answer_by) == (None, date(2027, 1, 26))


@pytest.mark.parametrize(
    ("number", "day", "word"),
    [
        (NUMBER, date(2026, 7, 11), "in the future"),
        (NUMBER, date(2026, 6, 14), "cannot have been deposited"),
        ("26/07/69999991/GP/001", date(2026, 7, 10), "PM visa"),
        ("PM 001", date(2026, 7, 10), "not a visa number"),
        ("26/07/60000000/PM/001", date(2026, 7, 10), "CIS code"),
    ],
)
def test_a_request_that_cannot_be_is_refused(
    db: Database, people: People, french: str, number: str, day: date, word: str
) -> None:
    with pytest.raises(InvalidInput, match=word):
        request_permit(db, people["pharmacist"], french, number, day)
    with db.read() as connection:
        assert connection.execute(select(release_record)).all() == []


@pytest.mark.parametrize(
    ("grant", "word"),
    [
        (Grant(date(2026, 7, 9)), "cannot have been granted before"),
        (Grant(date(2026, 7, 11)), "in the future"),
        (Grant(date(2026, 7, 10), expires_on=date(2028, 7, 11)), "ends from that day"),
        (Grant(date(2026, 7, 10), expires_on=date(2026, 7, 9)), "ends from that day"),
    ],
)
def test_a_grant_that_cannot_be_is_refused(
    db: Database, people: People, french: str, grant: Grant, word: str
) -> None:
    request_permit(db, people["pharmacist"], french, NUMBER, date(2026, 7, 10))
    with pytest.raises(InvalidInput, match=word):
        grant_permit(db, people["pharmacist"], french, grant)
    assert panel(db, people, french, "visa")["state"] == "requested"


def test_an_answer_after_the_silence_changes_no_grant(
    db: Database, people: People, french: str, clock: FakeClock
) -> None:
    request_permit(db, people["pharmacist"], french, NUMBER, date(2026, 7, 10))
    clock.instant = datetime(2026, 10, 5, tzinfo=UTC)
    with pytest.raises(InvalidInput, match="Silence made this visa on 2026-09-30"):
        grant_permit(db, people["pharmacist"], french, Grant(date(2026, 10, 1)))


def test_of_two_who_record_at_once_one_wins_and_the_other_is_told(
    db: Database, people: People, french: str
) -> None:
    request_permit(db, people["pharmacist"], french, NUMBER, date(2026, 7, 10))
    with pytest.raises(AlreadyDecided, match="The pharmacist has recorded a request of 2026-07-10"):
        request_permit(db, people["regulatory"], french, OTHER, date(2026, 7, 9))
    grant_permit(db, people["pharmacist"], french, Grant(date(2026, 7, 10)))
    with pytest.raises(AlreadyDecided, match="The pharmacist has recorded that the visa was granted"):
        grant_permit(db, people["regulatory"], french, Grant(date(2026, 7, 10)))
    with pytest.raises(AlreadyDecided, match="granted on 2026-07-10"):
        refuse_permit(db, people["regulatory"], french, date(2026, 7, 10), "Late")
    assert panel(db, people, french, "visa")["state"] == "granted"


def test_review_goes_on_while_nothing_is_granted_and_nothing_is_recorded_before_it_is_signed(
    db: Database, people: People, source: str, clock: FakeClock
) -> None:
    terms = Terms(qualification="promotional", market="FR")
    piece = add_piece(db, people["writer"], document_of(db, source), terms).id
    clock.instant = JULY
    with pytest.raises(WrongState, match="draft and cannot be deposited"):
        request_permit(db, people["pharmacist"], piece, NUMBER, date(2026, 7, 10))
    submit(db, people["writer"], piece, override_request="Mentions on the page around it")
    with pytest.raises(WrongState, match="in review"):
        grant_permit(db, people["pharmacist"], piece, Grant(date(2026, 7, 10), NUMBER))
    shown = release_json(db, people["auditor"], piece)
    assert {one["state"] for one in shown["conditions"]} == {"not_signed", "missing"}
    with db.read() as connection:
        assert load_piece(connection, piece).status == "in_review"


def test_only_regulatory_and_pharmacist_record(db: Database, people: People, french: str) -> None:
    for name in ("writer", "medical", "auditor", "rep"):
        with pytest.raises(NotAllowed):
            request_permit(db, people[name], french, NUMBER, date(2026, 7, 10))
        with pytest.raises(NotAllowed):
            void_record(db, people[name], "release_0", "x")


def test_what_was_recorded_in_error_is_struck_out_and_stays_in_the_register(
    db: Database, people: People, french: str
) -> None:
    wrong = grant_permit(db, people["pharmacist"], french, Grant(date(2026, 7, 10), NUMBER))
    void_record(db, people["regulatory"], wrong.id, "Another piece's letter")
    with pytest.raises(AlreadyDecided):
        void_record(db, people["regulatory"], wrong.id, "Again")
    (kept,) = release_json(db, people["auditor"], french)["records"]
    assert (kept["state"], kept["reason"]) == ("void", "Another piece's letter")
    grant_permit(db, people["pharmacist"], french, Grant(date(2026, 7, 9), NUMBER))
    publish(db, people["pharmacist"], french)
    kept = release_json(db, people["auditor"], french)["conditions"][1]["record"]
    with pytest.raises(WrongState, match="Published content rests on this record"):
        void_record(db, people["regulatory"], kept["id"], "Wrong")
    recall_piece(db, people["pharmacist"], french, "The visa was another's")
    void_record(db, people["regulatory"], kept["id"], "Wrong")


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
    adopt_policy(db, people["regulatory"], policy_with(lambda data: data.update(months_valid=6)), "Shorter")
    source = add_source(db, people["librarian"], approval=LONG)
    piece = promotional(db, people, source, "FR")
    adopt_policy(db, people["regulatory"], policy_with(lambda data: data.update(months_valid=24)), "Longer")
    clock.instant = JULY
    first = {"visa_number": NUMBER, "visa_granted_on": "2026-07-09", "visa_expires_on": "2026-08-31"}
    published = publish(db, people["pharmacist"], piece, first)
    grant_permit(db, people["pharmacist"], piece, Grant(date(2026, 7, 10), OTHER))
    with db.read() as connection:
        assert load_publication(connection, published.id).expires_on == date(2027, 1, 10)


@pytest.fixture
def by_silence(db: Database, people: People, clock: FakeClock) -> Publication:
    """Asked for on 10 July, published on 1 October 2026 since nobody had recorded an answer; its source outlives it."""
    source = add_source(db, people["librarian"], approval=LONG)
    piece = promotional(db, people, source, "FR")
    clock.instant = JULY
    request_permit(db, people["pharmacist"], piece, NUMBER, date(2026, 7, 10))
    clock.instant = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    published = publish(db, people["pharmacist"], piece)
    assert (published.expires_on, published.release["visa_tacit"]) == (date(2028, 9, 29), "yes")
    return published


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


# Windows -----------------------------------------------------------------------------------------------------


def test_windows_are_data_that_the_entitled_change_and_the_second_is_told(
    db: Database, people: People
) -> None:
    (shipped,) = calendars_json(db, people["auditor"], "FR")
    assert (shipped["year"], shipped["version"], len(shipped["windows"])) == (2026, 0, 4)
    assert [one["state"] for one in shipped["windows"]] == ["over", "over", "to_come", "to_come"]
    days = [("2027-04-06", "2027-04-23"), ("2027-01-11", "2027-01-29")]
    new = NewCalendar("FR", "PM", 2027, days, "ANSM, decision of October 2026", 0)
    with pytest.raises(NotAllowed):
        set_calendar(db, people["writer"], new)
    assert set_calendar(db, people["regulatory"], new).windows[0].opens_on == date(2027, 1, 11)
    with pytest.raises(Conflict, match="Somebody else has set the windows of 2027"):
        set_calendar(db, people["pharmacist"], new)
    assert set_calendar(db, people["pharmacist"], replace(new, version=1)).version == 2
    assert [one["year"] for one in calendars_json(db, people["auditor"], "FR")] == [2026, 2027]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"market": "US"}, "in windows"),
        ({"type": "XX"}, "no kind of permit"),
        ({"days": []}, "1 to 24 windows"),
        ({"days": [("2027-01-11", "2027-01-10")]}, "closes before it"),
        ({"days": [("2026-12-31", "2027-01-10")]}, "not of 2027"),
        ({"days": [("2027-01-11", "2027-01-29"), ("2027-01-29", "2027-02-10")]}, "overlap"),
        ({"days": [("2027-02-30", "2027-03-10")]}, "not a date"),
        ({"source": " "}, "is named in at most"),
    ],
)
def test_windows_that_cannot_be_are_refused(
    db: Database, people: People, change: dict[str, Any], word: str
) -> None:
    new = NewCalendar("FR", "PM", 2027, [("2027-01-11", "2027-01-29")], "ANSM, decision of October 2026")
    with pytest.raises(InvalidInput, match=word):
        set_calendar(db, people["regulatory"], replace(new, **change))
    assert len(calendars_json(db, people["auditor"], "FR")) == 1


# The United Kingdom ------------------------------------------------------------------------------------------

DOCTOR = Signing("doctor", "GMC 7012345")


@pytest.fixture
def british(db: Database, people: People, source: str) -> str:
    return promotional(db, people, source, "UK")


def test_a_british_piece_is_certified_by_a_named_signatory(
    db: Database, people: People, british: str
) -> None:
    with pytest.raises(Blocked, match="UK1") as blocked:
        publish(db, people["regulatory"], british)
    assert "A doctor or pharmacist who did not draw it up" in blocked.value.help
    with pytest.raises(InvalidInput, match="signed by a doctor or pharmacist, not typed"):
        publish(db, people["regulatory"], british, {"certificate": "ZN-1"})
    with pytest.raises(WrongPassword):
        certify(db, people["medical"], british, DOCTOR, "not the passphrase of anybody")
    signed = certify(db, people["medical"], british, DOCTOR, PASSWORD)
    assert (signed.printed_name, signed.registration) == ("The medical", "GMC 7012345")
    assert signed.expires_on == date(2028, 6, 15)
    assert "fair and truthful" in str(signed.meaning)
    published = publish(db, people["regulatory"], british)
    assert published.release["certificate"] == "The medical, GMC 7012345"
    assert "release.certificate_refused" in actions(db)


def test_who_may_certify(
    db: Database, people: People, british: str, add_person: Callable[..., Actor]
) -> None:
    with pytest.raises(NotAllowed):
        certify(db, people["regulatory"], british, DOCTOR, PASSWORD)
    with pytest.raises(NotAllowed, match="cannot certify as doctor"):
        certify(db, people["pharmacist"], british, DOCTOR, PASSWORD)
    with pytest.raises(InvalidInput, match="no qualification"):
        certify(db, people["medical"], british, Signing("nurse", "12345"), PASSWORD)
    with pytest.raises(InvalidInput, match="register of the profession"):
        certify(db, people["medical"], british, Signing("doctor", "GMC"), PASSWORD)
    both = add_person("Wanda too", Role.WRITER, Role.MEDICAL)
    with pytest.raises(Conflict, match="not what would be certified"):
        certify(db, both, british, replace(DOCTOR, manifest_hash="0" * 64), PASSWORD)
    assert certify(
        db, people["pharmacist"], british, Signing("pharmacist", "2012345"), PASSWORD
    ).registration == ("GPhC 2012345")


def test_whoever_drew_it_up_does_not_certify_it(
    db: Database, source: str, add_person: Callable[..., Actor]
) -> None:
    author = add_person("Both", Role.WRITER, Role.MEDICAL)
    terms = Terms(qualification="promotional", market="UK")
    piece = add_piece(db, author, document_of(db, source), terms).id
    with pytest.raises(NotAllowed, match="wrote, edited or submitted"):
        certify(db, author, piece, DOCTOR, PASSWORD)


def test_a_piece_in_use_is_certified_again_before_two_years_are_over(
    db: Database, people: People, clock: FakeClock
) -> None:
    source = add_source(db, people["librarian"], approval=LONG, markets=("UK",))
    piece = promotional(db, people, source, "UK")
    certify(db, people["medical"], piece, DOCTOR, PASSWORD)
    published = publish(db, people["regulatory"], piece)
    assert published.expires_on == date(2028, 6, 15)
    clock.instant = datetime(2028, 5, 1, 9, 0, tzinfo=UTC)
    certify(db, people["pharmacist"], piece, Signing("pharmacist", "2012345"), PASSWORD)
    with db.read() as connection:
        assert load_publication(connection, published.id).expires_on == date(2030, 5, 1)


# The United States -------------------------------------------------------------------------------------------


def test_an_american_piece_is_submitted_at_first_use(db: Database, people: People, source: str) -> None:
    piece = promotional(db, people, source, "US")
    with pytest.raises(Blocked, match="US5") as blocked:
        publish(db, people["regulatory"], piece)
    assert "Send it to FDA with the form" in blocked.value.help
    for reference, day, word in (
        (" ", date(2026, 6, 15), "with its reference"),
        ("x" * 201, date(2026, 6, 15), "one line"),
        ("Seq 0042", date(2026, 6, 16), "in the future"),
    ):
        with pytest.raises(InvalidInput, match=word):
            record_submission(db, people["regulatory"], piece, reference, day)
    record_submission(db, people["regulatory"], piece, "Seq 0042", date(2026, 6, 15))
    with pytest.raises(AlreadyDecided, match="The regulatory has recorded the submission"):
        record_submission(db, people["pharmacist"], piece, "Seq 0043", date(2026, 6, 15))
    published = publish(db, people["regulatory"], piece)
    assert published.release["form_2253"] == "Seq 0042"
    assert published.release["form_2253_submitted_on"] == "2026-06-15"


def test_a_submission_given_at_release_is_entered_with_it(db: Database, people: People, source: str) -> None:
    piece = promotional(db, people, source, "US")
    publish(db, people["regulatory"], piece, {"form_2253": "Seq 0042"})
    (kept,) = release_json(db, people["auditor"], piece)["records"]
    assert (kept["state"], kept["reference"]) == ("submitted", "Seq 0042")


def test_nothing_is_asked_elsewhere(db: Database, people: People, source: str) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source)).id
    assert release_json(db, people["auditor"], piece)["conditions"] == []
    with pytest.raises(InvalidInput, match="No visa is asked"):
        request_permit(db, people["pharmacist"], piece, NUMBER, date(2026, 6, 15))


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


def test_of_many_who_record_the_answer_at_the_same_moment_exactly_one_wins(
    db: Database, people: People, french: str
) -> None:
    request_permit(db, people["pharmacist"], french, NUMBER, date(2026, 7, 10))
    together = Barrier(6)

    def answer(name: str, granted: bool) -> str:
        together.wait()
        try:
            if granted:
                grant_permit(db, people[name], french, Grant(date(2026, 7, 10)))
            else:
                refuse_permit(db, people[name], french, date(2026, 7, 10), "The axis is cut")
        except (AlreadyDecided, WrongState):  # the second: a refusal that stood before this one looked
            return "told"
        return "won"

    with ThreadPoolExecutor(6) as threads:
        asked = [
            threads.submit(answer, name, granted)
            for name in ("pharmacist", "regulatory")
            for granted in (True, False, True)
        ]
        outcomes = sorted(one.result() for one in asked)
    assert outcomes == ["told"] * 5 + ["won"]
    (kept,) = release_json(db, people["auditor"], french)["records"]
    assert kept["state"] in {"granted", "refused"}
    assert len([e for e in actions(db) if e in {"release.granted", "release.refused"}]) == 1
    assert verify_trail(db)["ok"]
