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
from assistant.publishing.conditions.calendars import NewCalendar, calendars_json, set_calendar
from assistant.publishing.conditions.permits import (
    request_permit,
)
from assistant.store.database import Database
from tests.builders.release import NUMBER, People, panel, promotional
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
    assert "No later one is recorded" in unknown.value.help
    assert "enter the calendar" in panel(db, people, piece, "visa")["next"]
    outside = request_permit(
        db, people["pharmacist"], piece, NUMBER, date(2026, 11, 26), "Label changed after a re-evaluation"
    )
    assert (outside.window_closes_on, outside.answer_by) == (None, date(2027, 1, 26))


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
