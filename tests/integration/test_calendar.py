"""What runs out is listed with its last day, and reminded of once for each threshold."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.corpus.model import ApprovalRequest, Source
from assistant.corpus.sources import approve_source, withdraw_source
from assistant.people.roles import Actor
from assistant.publishing.calendar import calendar, make_reminders, reminders
from assistant.publishing.ical import icalendar
from assistant.store.database import Database
from tests.integration.conftest import FakeClock, reading_of

AddSource = Callable[..., Source]


@pytest.fixture
def today(db: Database) -> date:
    return db.clock.now().date()


def until(today: date, days: int) -> ApprovalRequest:
    return ApprovalRequest("REF", today - timedelta(days=1), today + timedelta(days=days))


def test_what_ends_first_stands_first(
    db: Database, people: dict[str, Actor], add_source: AddSource, today: date
) -> None:
    late = add_source(reading_of("One."), approval=until(today, 300), title="Late")
    soon = add_source(reading_of("Two."), approval=until(today, 20), title="Soon")
    add_source(reading_of("Three."), approval=None, title="Pending")
    found = calendar(db, people["writer"])
    assert [(one.id, one.days_left, one.threshold) for one in found] == [
        (soon.id, 20, 30),
        (late.id, 300, None),
    ]
    assert [one.id for one in calendar(db, people["writer"], days=30)] == [soon.id]


@pytest.mark.parametrize(
    ("days", "threshold"), [(181, None), (180, 180), (91, 180), (90, 90), (30, 30), (8, 30), (7, 7), (0, 7)]
)
def test_a_reminder_is_of_the_narrowest_threshold(
    db: Database,
    people: dict[str, Actor],
    add_source: AddSource,
    today: date,
    days: int,
    threshold: int | None,
) -> None:
    add_source(reading_of("One."), approval=until(today, days))
    assert make_reminders(db) == (0 if threshold is None else 1)
    assert [one["threshold"] for one in reminders(db, people["librarian"])] == (
        [] if threshold is None else [threshold]
    )


def test_each_threshold_reminds_once(
    db: Database, people: dict[str, Actor], add_source: AddSource, today: date, clock: FakeClock
) -> None:
    add_source(reading_of("One."), approval=until(today, 100))
    made = []
    for _day in range(101):
        made += [make_reminders(db), make_reminders(db)]
        clock.advance(days=1)
    assert sum(made) == 4
    assert all(second == 0 for second in made[1::2])
    assert reminders(db, people["librarian"]) == []  # it has run out


def test_a_renewed_or_withdrawn_source_is_reminded_of_no_more(
    db: Database, people: dict[str, Actor], add_source: AddSource, today: date
) -> None:
    renewed = add_source(reading_of("One."), approval=until(today, 20))
    gone = add_source(reading_of("Two."), approval=until(today, 20))
    assert make_reminders(db) == 2
    approve_source(db, people["librarian"], renewed.id, until(today, 500))
    withdraw_source(db, people["librarian"], gone.id, "Why.")
    assert reminders(db, people["librarian"]) == []
    assert [one.id for one in calendar(db, people["librarian"])] == [renewed.id]


def test_the_ical_file_holds_an_event_each_with_its_alarms(
    db: Database, people: dict[str, Actor], add_source: AddSource, today: date
) -> None:
    title = "Étiquette; très, longue\nligne " + "é" * 100
    add_source(reading_of("One."), approval=until(today, 20), title=title)
    text = icalendar(calendar(db, people["writer"]), datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "fr")
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "")
    assert f"DTSTART;VALUE=DATE:{today + timedelta(days=20):%Y%m%d}" in unfolded
    assert "SUMMARY:Fin d’approbation: Étiquette\\; très\\, longue ligne" in unfolded
    assert [f"TRIGGER:-P{days}D" in lines for days in (180, 90, 30, 7)] == [True] * 4
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
