"""An older home, in which a visa that ended earlier had left its publication's last day alone: set right once, in the trail."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import select, update

from assistant.audit.verify import verify_trail
from assistant.people.roles import SYSTEM, Actor
from assistant.publishing.conditions.keeping_up import keep_up
from assistant.publishing.conditions.permits import request_permit
from assistant.publishing.conditions.records import record_with_number, settle_record
from assistant.publishing.errors import Gone
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.publishing.rows import load_publication
from assistant.publishing.serving import published_bytes
from assistant.store import migrations
from assistant.store.database import Database
from assistant.store.schema import audit_entry, job, review_round
from assistant.store.schema import publication as publication_table
from tests.builders.dossier import add_source
from tests.builders.policies import policy_with, put_in_force
from tests.builders.reading import actions
from tests.builders.release import JULY, LONG, NUMBER, OTHER, People, promotional, published_by_silence

if TYPE_CHECKING:
    from assistant.bootstrap import App


def update_tables(db: Database) -> None:
    """Do what the migration does, on tables that are there."""
    script = ScriptDirectory(str(Path(migrations.__file__).parent))
    (found,) = [one for one in script.walk_revisions() if one.path.endswith("_ends_of_use.py")]
    with db.write() as tx, Operations.context(MigrationContext.configure(tx.connection)):
        found.module.upgrade()


def as_older_versions_left_it(db: Database, published: Publication, number: str, ends: date) -> None:
    """Its visa was granted late and until an earlier day, and only the register says so."""
    with db.write() as tx:
        found = record_with_number(tx.connection, number)
        assert found is not None
        assert found.piece_id == published.piece_id
        settle_record(tx, SYSTEM, found, "granted", decided_on=date(2026, 9, 1), expires_on=ends)


def last_day(db: Database, published: Publication) -> tuple[date | None, str | None]:
    with db.read() as connection:
        now = load_publication(connection, published.id)
    return now.expires_on, now.release.get("visa_expires_on")


def by_whom(db: Database, action: str) -> list[str]:
    with db.read() as connection:
        return list(connection.scalars(select(audit_entry.c.actor_id).where(audit_entry.c.action == action)))


@pytest.fixture
def older(db: Database, by_silence: Publication) -> Publication:
    """Published until 29 September 2028 by silence; the visa then came, and ends on 1 March 2027."""
    as_older_versions_left_it(db, by_silence, NUMBER, date(2027, 3, 1))
    assert last_day(db, by_silence) == (date(2028, 9, 29), "2028-09-29")
    return by_silence


def test_what_was_kept_too_late_ends_with_its_visa(db: Database, older: Publication, clock: Any) -> None:
    clock.instant = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
    assert published_bytes(db, older.id, "html"), "as it was served before"
    assert keep_up(db) == [older.id]
    assert last_day(db, older) == (date(2027, 3, 1), "2027-03-01")
    with pytest.raises(Gone):
        published_bytes(db, older.id, "html")
    assert by_whom(db, "publication.shortened") == ["system"]
    assert keep_up(db, every=True) == []
    assert verify_trail(db)["ok"]


def test_another_visa_that_holds_longer_carries_it_on(
    db: Database, people: People, older: Publication
) -> None:
    request_permit(db, people["pharmacist"], older.piece_id, OTHER, date(2026, 10, 1))
    as_older_versions_left_it(db, older, OTHER, date(2028, 8, 15))
    assert keep_up(db) == [older.id]
    assert last_day(db, older) == (date(2028, 8, 15), "2028-08-15")


def test_an_end_beyond_24_months_from_the_release_is_brought_back(
    db: Database, by_silence: Publication
) -> None:
    with db.write() as tx:
        tx.execute(
            update(publication_table)
            .where(publication_table.c.id == by_silence.id)
            .values(expires_on=date(2028, 12, 31))
        )
    assert keep_up(db, every=True) == [by_silence.id]
    assert last_day(db, by_silence)[0] == date(2028, 9, 29)


def as_before_policies_were_data(db: Database) -> None:
    with db.write() as tx:
        tx.execute(update(review_round).values(policy_hash=None))


def adopt_months(db: Database, people: People, months: int) -> None:
    text = policy_with(lambda data: data.update(months_valid=months))
    put_in_force(db, text, people["pharmacist"], people["regulatory"])


def test_months_of_a_policy_adopted_after_the_release_take_nothing_away(
    db: Database, people: People, by_silence: Publication
) -> None:
    as_before_policies_were_data(db)
    adopt_months(db, people, 6)
    assert keep_up(db, every=True) == []
    assert last_day(db, by_silence)[0] == date(2028, 9, 29)


def test_its_visa_ends_it_whatever_months_a_later_policy_asks_for(
    db: Database, people: People, older: Publication
) -> None:
    as_before_policies_were_data(db)
    adopt_months(db, people, 3)
    assert keep_up(db, every=True) == [older.id]
    assert last_day(db, older)[0] == date(2027, 3, 1), "not on 1 January, three months after its release"


def test_what_was_given_more_months_than_its_policy_asked_for_keeps_them(
    db: Database, people: People, clock: Any
) -> None:
    """Older versions took the months of the policy in force at the release, not of the one it was submitted under."""
    adopt_months(db, people, 12)
    published = published_by_silence(db, people, clock)
    assert published.expires_on == date(2027, 10, 1)
    with db.write() as tx:
        tx.execute(update(publication_table).values(expires_on=date(2028, 6, 1)))
    assert keep_up(db, every=True) == []
    assert last_day(db, published)[0] == date(2028, 6, 1)


@pytest.mark.parametrize(("earlier", "ends"), [(12, date(2027, 10, 1)), (20, date(2028, 6, 1))])
def test_a_round_without_a_policy_has_the_one_in_force_at_the_release(
    db: Database, people: People, clock: Any, earlier: int, ends: date
) -> None:
    """Its visa moves the publication's last day as far as that policy's months, not as the one adopted later says."""
    adopt_months(db, people, earlier)
    published = published_by_silence(db, people, clock)
    as_before_policies_were_data(db)
    clock.instant = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    adopt_months(db, people, 18)
    with db.write() as tx:
        tx.execute(update(publication_table).values(expires_on=date(2027, 1, 1)))
    as_older_versions_left_it(db, published, NUMBER, date(2028, 9, 1))
    assert keep_up(db, every=True) == [published.id]
    assert last_day(db, published)[0] == ends


def test_what_is_right_is_left_alone(db: Database, by_silence: Publication) -> None:
    before = actions(db)
    assert keep_up(db, every=True) == []
    assert (last_day(db, by_silence)[0], actions(db)) == (date(2028, 9, 29), before)


@pytest.mark.parametrize("point", ["ends:row", "audit:publication.shortened"])
def test_a_correction_that_died_goes_on_and_corrects_each_once(
    db: Database, people: People, clock: Any, older: Publication, die_at: Callable[[str], Any], point: str
) -> None:
    clock.instant = JULY
    source = add_source(db, people["librarian"], ("Another label.", "It says this."), approval=LONG)
    second = promotional(db, people, source, "FR")
    number = "26/07/69999991/PM/003"
    request_permit(db, people["pharmacist"], second, number, date(2026, 7, 10))
    clock.instant = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    other = publish(db, people["pharmacist"], second)
    as_older_versions_left_it(db, other, number, date(2027, 4, 1))
    with pytest.raises(RuntimeError, match="died"):
        keep_up(replace(db, failpoint=die_at(point)))
    assert last_day(db, older)[0] == date(2028, 9, 29), "half of a correction is none"
    assert sorted(keep_up(db)) == sorted([older.id, other.id])
    assert (last_day(db, older)[0], last_day(db, other)[0]) == (date(2027, 3, 1), date(2027, 4, 1))
    assert actions(db).count("publication.shortened") == 2


def test_the_first_start_after_an_update_sets_it_right_before_anything_else(
    app_factory: "Callable[..., App]", people: dict[str, Actor], clock: Any
) -> None:
    app = app_factory()
    source = add_source(app.db, people["librarian"], approval=LONG)
    piece = promotional(app.db, people, source, "FR")
    clock.instant = JULY
    request_permit(app.db, people["pharmacist"], piece, NUMBER, date(2026, 7, 10))
    clock.instant = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    older = publish(app.db, people["pharmacist"], piece)
    as_older_versions_left_it(app.db, older, NUMBER, date(2027, 3, 1))
    update_tables(app.db)
    assert app.finish_interrupted() == 1
    assert last_day(app.db, older)[0] == date(2027, 3, 1)
    assert app.finish_interrupted() == 0
    with app.db.read() as connection:
        row = connection.execute(select(job).where(job.c.kind == "ends")).one()
    assert (row.status, row.result, row.created_by) == ("done", {"publications": 1}, "system")


def test_a_home_in_which_nothing_rests_on_a_visa_is_given_nothing_to_do(db: Database) -> None:
    update_tables(db)
    with db.read() as connection:
        assert connection.execute(select(job)).all() == []
