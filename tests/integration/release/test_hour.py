"""The hourly work on what runs out: one publication that cannot be judged, or one job that fails, stops nothing else."""

import io as streams
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update

from api.cli.commands.calendar import show
from api.cli.io import Io
from assistant.errors import IntegrityError, NotAllowed
from assistant.people.roles import SYSTEM
from assistant.publishing.calendar import calendar, make_reminders, reminders
from assistant.publishing.conditions.keeping_up import keep_up
from assistant.publishing.conditions.permits import request_permit
from assistant.publishing.conditions.records import record_of, settle_record
from assistant.publishing.expiry import mark_expired
from assistant.publishing.hourly import do_hourly
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.publishing.rows import load_publication
from assistant.store.database import Database
from assistant.store.schema import publication as publication_table
from assistant.store.schema import release_record, review_round
from tests.builders.dossier import add_source
from tests.builders.reading import actions
from tests.builders.release import JULY, LONG, People, promotional

if TYPE_CHECKING:
    from assistant.bootstrap import App

_SECOND = "26/07/69999991/PM/003"
_EARLY = date(2027, 3, 1)


@pytest.fixture
def other(db: Database, people: People, clock: Any, by_silence: Publication) -> Publication:
    """Published after the one by silence, in the same way."""
    assert by_silence.published_at == clock.now()
    clock.instant = JULY
    source = add_source(db, people["librarian"], ("Another label.", "It says this."), approval=LONG)
    piece = promotional(db, people, source, "FR")
    request_permit(db, people["pharmacist"], piece, _SECOND, date(2026, 7, 10))
    clock.instant = datetime(2026, 10, 2, 9, 0, tzinfo=UTC)
    return publish(db, people["pharmacist"], piece)


def end_visas_early(db: Database) -> None:
    with db.write() as tx:
        for row in tx.execute(select(release_record)).all():
            settled = {"decided_on": date(2026, 9, 1), "expires_on": _EARLY}
            settle_record(tx, SYSTEM, record_of(row), "granted", **settled)


def lose_its_policy(db: Database, published: Publication) -> None:
    with db.write() as tx:
        tx.execute(
            update(review_round)
            .where(review_round.c.piece_id == published.piece_id)
            .values(policy_hash="0" * 64)
        )


def write_release(db: Database, published: Publication, **values: str) -> None:
    with db.write() as tx:
        tx.execute(
            update(publication_table)
            .where(publication_table.c.id == published.id)
            .values(release={**published.release, **values})
        )


def last_day(db: Database, published: Publication) -> date | None:
    with db.read() as connection:
        return load_publication(connection, published.id).expires_on


def test_one_whose_policy_is_lost_keeps_no_other_from_its_right_end(
    db: Database, by_silence: Publication, other: Publication
) -> None:
    end_visas_early(db)
    lose_its_policy(db, by_silence)
    assert keep_up(db) == [other.id]
    assert (last_day(db, by_silence), last_day(db, other)) == (by_silence.expires_on, _EARLY)


def test_the_correction_after_an_update_does_the_others_first_and_then_says_that_it_is_not_done(
    app_factory: "Callable[..., App]", by_silence: Publication, other: Publication
) -> None:
    app = app_factory()
    end_visas_early(app.db)
    lose_its_policy(app.db, by_silence)
    with pytest.raises(IntegrityError, match="is not kept"):
        keep_up(app.db, every=True)
    assert last_day(app.db, other) == _EARLY


def test_one_that_cannot_be_marked_is_tried_again_and_the_others_are_marked(
    db: Database, clock: Any, by_silence: Publication, other: Publication
) -> None:
    clock.instant = datetime(2029, 1, 1, 9, 0, tzinfo=UTC)
    failures = [IntegrityError("A row of it is not as it was written.")]

    def fail_once(point: str) -> None:
        if point == "recall:publication" and failures:
            raise failures.pop()

    (first,) = mark_expired(replace(db, failpoint=fail_once))
    (second,) = mark_expired(db)
    assert {first["publication"], second["publication"]} == {by_silence.id, other.id}


def test_a_day_that_is_none_leaves_the_rest_in_the_calendar_and_in_the_reminders(
    db: Database, people: People, clock: Any, by_silence: Publication, other: Publication
) -> None:
    write_release(db, by_silence, visa_expires_on="soon")
    clock.instant = datetime(2028, 9, 25, 9, 0, tzinfo=UTC)
    assert make_reminders(db) == 3
    wanted = {("publication", by_silence.id), ("publication", other.id), ("visa", other.id)}
    assert {(one["kind"], one["id"]) for one in reminders(db, people["regulatory"])} == wanted
    shown = {(one.kind, one.id) for one in calendar(db, people["regulatory"]) if one.kind != "source"}
    assert shown == wanted


def test_what_expired_is_marked_and_reminded_of_in_the_hour_in_which_another_is_unreadable(
    db: Database, clock: Any, by_silence: Publication, other: Publication
) -> None:
    end_visas_early(db)
    lose_its_policy(db, by_silence)
    write_release(db, by_silence, visa_expires_on="soon")
    clock.instant = datetime(2027, 2, 20, 9, 0, tzinfo=UTC)
    do_hourly(db)
    assert actions(db).count("reminder.made") == 2, "of the other's visa and of its publication"
    clock.instant = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
    do_hourly(db)
    assert actions(db).count("piece.expired") == 1
    assert last_day(db, other) == _EARLY


def test_a_job_that_fails_stops_no_other_job(db: Database) -> None:
    done: list[str] = []

    def breaks(_db: Database) -> None:
        done.append("breaks")
        raise ZeroDivisionError

    def works(_db: Database) -> None:
        done.append("works")

    do_hourly(db, (breaks, works, breaks, works))
    assert done == ["breaks", "works", "breaks", "works"]


def asked(app: "App", actor: Any) -> dict[str, Any]:
    ends = Io(streams.StringIO(), streams.StringIO(), Path(), None, lambda: "")
    return show(app, actor, Namespace(product=None, days=None, ics=None), ends)


def test_who_may_not_read_the_calendar_changes_nothing_by_asking_for_it(
    app_factory: "Callable[..., App]", people: People, by_silence: Publication
) -> None:
    app = app_factory()
    end_visas_early(app.db)
    before = actions(app.db)
    with pytest.raises(NotAllowed):
        asked(app, people["hcp"])
    assert (last_day(app.db, by_silence), actions(app.db)) == (by_silence.expires_on, before)


def test_the_calendar_is_read_where_one_publication_cannot_be_judged(
    app_factory: "Callable[..., App]", people: People, by_silence: Publication, other: Publication
) -> None:
    app = app_factory()
    end_visas_early(app.db)
    lose_its_policy(app.db, by_silence)
    shown = {(one["kind"], one["id"]): one["expires_on"] for one in asked(app, people["auditor"])["calendar"]}
    assert shown["publication", other.id] == _EARLY.isoformat()
    assert shown["publication", by_silence.id] == str(by_silence.expires_on)
