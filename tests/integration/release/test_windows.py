"""The windows of deposit, on both databases: data that a house keeps, and what a day outside them is told."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from assistant.errors import (
    Conflict,
    InvalidInput,
    NotAllowed,
)
from assistant.publishing.conditions.calendars import NewCalendar, set_calendar, windows_json
from assistant.publishing.conditions.permits import (
    request_permit,
)
from assistant.store.database import Database
from tests.builders.dossier import add_source
from tests.builders.reading import actions
from tests.builders.release import JULY, NUMBER, People, panel, promotional
from tests.integration.conftest import FakeClock


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
    assert "Enter those of 2027 as ANSM has published them" in unknown.value.help
    assert "PM visas in 2027 are not recorded" in panel(db, people, piece, "visa")["next"]
    outside = request_permit(
        db, people["pharmacist"], piece, NUMBER, date(2026, 11, 26), "Label changed after a re-evaluation"
    )
    assert (outside.window_closes_on, outside.answer_by) == (None, date(2027, 1, 26))


def test_a_day_of_a_year_without_windows_is_refused_whatever_the_reason_until_the_house_enters_them(
    db: Database, people: People, source: str, clock: FakeClock
) -> None:
    piece = promotional(db, people, source, "FR")
    number = NUMBER.replace("26/07", "27/01")
    day = date(2027, 1, 15)
    clock.instant = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)
    for reason in (None, "Label changed after a re-evaluation"):
        with pytest.raises(InvalidInput, match="deposit of PM visas in 2027 are not recorded") as refusal:
            request_permit(db, people["pharmacist"], piece, number, day, reason)
        assert "--type PM --year 2027" in refusal.value.help
    assert "release.requested" not in actions(db)
    own = NewCalendar("FR", "PM", 2027, [("2027-01-11", "2027-01-29")], "ANSM, decision of October 2026")
    set_calendar(db, people["regulatory"], own)
    recorded = request_permit(db, people["pharmacist"], piece, number, day)
    assert (recorded.window_closes_on, recorded.answer_by) == (date(2027, 1, 29), date(2027, 3, 30))


def test_a_visa_for_the_public_has_windows_of_its_own(db: Database, people: People, clock: FakeClock) -> None:
    source = add_source(db, people["librarian"], markets=("FR",), audiences=("public",))
    piece = promotional(db, people, source, "FR", audience="public")
    clock.instant = JULY
    number = NUMBER.replace("PM", "GP")
    with pytest.raises(InvalidInput, match="deposit of GP visas in 2026 are not recorded"):
        request_permit(db, people["pharmacist"], piece, number, JULY.date())
    assert "GP visas in 2026 are not recorded" in panel(db, people, piece, "visa")["next"]
    own = NewCalendar("FR", "GP", 2026, [("2026-07-01", "2026-07-14")], "ANSM, decision of October 2025")
    set_calendar(db, people["regulatory"], own)
    recorded = request_permit(db, people["pharmacist"], piece, number, JULY.date())
    assert recorded.window_closes_on == date(2026, 7, 14)


def test_the_next_window_is_not_told_over_a_year_that_is_not_recorded(
    db: Database, people: People, source: str, clock: FakeClock
) -> None:
    piece = promotional(db, people, source, "FR")
    later = NewCalendar("FR", "PM", 2028, [("2028-01-10", "2028-01-28")], "ANSM, decision of October 2027")
    set_calendar(db, people["regulatory"], later)
    clock.instant = datetime(2026, 11, 26, tzinfo=UTC)
    assert "PM visas in 2027 are not recorded" in panel(db, people, piece, "visa")["next"]


@pytest.mark.parametrize(
    ("day", "missing"),
    [
        (date(2026, 10, 31), [("GP", 2026)]),
        (date(2026, 11, 1), [("GP", 2026), ("GP", 2027), ("PM", 2027)]),
        (date(2027, 1, 1), [("GP", 2027), ("PM", 2027)]),
    ],
)
def test_what_should_be_recorded_and_is_not_is_listed(
    db: Database, people: People, clock: FakeClock, day: date, missing: list[tuple[str, int]]
) -> None:
    clock.instant = datetime(day.year, day.month, day.day, 12, 0, tzinfo=UTC)
    told = windows_json(db, people["auditor"], "FR")["missing"]
    assert sorted((one["type"], one["year"]) for one in told) == missing


def test_windows_are_data_that_the_entitled_change_and_the_second_is_told(
    db: Database, people: People
) -> None:
    (shipped,) = windows_json(db, people["auditor"], "FR")["windows"]
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
    assert [one["year"] for one in windows_json(db, people["auditor"], "FR")["windows"]] == [2026, 2027]


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
    assert len(windows_json(db, people["auditor"], "FR")["windows"]) == 1
