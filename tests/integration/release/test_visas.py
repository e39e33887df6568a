"""French visas, on both databases: they hold at release, for exactly the signed bytes, and not before."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from sqlalchemy import select

from assistant.audit.verify import verify_trail
from assistant.errors import (
    AlreadyDecided,
    Blocked,
    Conflict,
    InvalidInput,
    NotAllowed,
    WrongState,
)
from assistant.publishing.conditions.permits import (
    Grant,
    grant_permit,
    refuse_permit,
    request_permit,
    void_record,
)
from assistant.publishing.conditions.standing import release_json
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.review.pieces import load_piece
from assistant.review.submission import submit
from assistant.store.database import Database
from assistant.store.schema import release_record
from tests.builders.dossier import Terms, add_piece, document_of, edit
from tests.builders.reading import actions
from tests.builders.release import JULY, NUMBER, OTHER, People, panel, sign_promotional
from tests.integration.conftest import FakeClock


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
