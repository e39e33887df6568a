"""One's own passphrase, and one for once, on both databases."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from assistant.errors import Conflict, InvalidInput, LockedOut, NotAllowed, WrongPassword
from assistant.people.accounts import NO_PASSWORD, add_user, verify_password
from assistant.people.passphrase import change_passphrase, reset_passphrase
from assistant.people.roles import Actor
from assistant.people.sessions import make_token, open_session, session_actor, token_actor
from assistant.store.database import Database
from assistant.store.schema import audit_entry, session, user
from tests.builders.reading import actions
from tests.integration.conftest import PASSWORD, FakeClock

People = dict[str, Actor]
NEW = "another passphrase for the tests"


def test_a_changed_passphrase_opens_and_the_old_one_no_longer(db: Database, people: People) -> None:
    change_passphrase(db, people["rep"], PASSWORD, NEW)
    assert verify_password(db, people["rep"], NEW).id == people["rep"].id
    with pytest.raises(WrongPassword):
        verify_password(db, people["rep"], PASSWORD)


def test_other_sessions_end_and_nobody_elses(db: Database, people: People) -> None:
    here, there = (open_session(db, people["rep"].name, PASSWORD) for _ in range(2))
    other = open_session(db, people["hcp"].name, PASSWORD)
    assert change_passphrase(db, people["rep"], PASSWORD, NEW, here.token) == 1
    assert session_actor(db, here.token) is not None
    assert session_actor(db, there.token) is None
    assert session_actor(db, other.token) is not None


@dataclass
class ChangingClock:
    """Told the time for the first time, somebody changes the passphrase."""

    time: datetime
    change: Callable[[], object] | None

    def now(self) -> datetime:
        change, self.change = self.change, None
        if change is not None:
            change()
        return self.time


def test_a_sign_in_under_way_does_not_outlive_the_change_of_its_passphrase(
    db: Database, people: People, clock: FakeClock
) -> None:
    writer = people["writer"]
    with db.write() as tx:  # it rested once: so the time is asked for between the hash and its proof
        tx.execute(update(user).where(user.c.id == writer.id).values(locked_until=tx.now - timedelta(days=1)))
    changing = ChangingClock(clock.now(), lambda: change_passphrase(db, writer, PASSWORD, NEW))
    with pytest.raises(Conflict):
        open_session(replace(db, clock=changing), writer.name, PASSWORD)
    assert changing.change is None
    with db.read() as connection:
        assert connection.execute(select(session).where(session.c.user_id == writer.id)).first() is None
    assert open_session(db, writer.name, NEW)


def test_wrong_ones_are_counted_as_at_signing_in(db: Database, people: People) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassword):
            change_passphrase(db, people["rep"], "not the right passphrase", NEW)
    with pytest.raises(LockedOut):
        change_passphrase(db, people["rep"], PASSWORD, NEW)
    with pytest.raises(LockedOut):
        open_session(db, people["rep"].name, PASSWORD)


def test_a_short_one_and_the_same_one_are_refused(db: Database, people: People) -> None:
    for new in ("short", PASSWORD):
        with pytest.raises(InvalidInput):
            change_passphrase(db, people["rep"], PASSWORD, new)
    assert verify_password(db, people["rep"], PASSWORD)


def test_who_comes_by_the_company_login_has_none_to_change(db: Database, people: People) -> None:
    add_user(db, people["admin"], "Lou", {"rep"}, None)
    with db.read() as connection:
        lou = connection.execute(select(user.c.id).where(user.c.name == "Lou")).scalar_one()
        assert connection.scalar(select(user.c.password_hash).where(user.c.id == lou)) == NO_PASSWORD
    with pytest.raises(Conflict, match="company login"):
        change_passphrase(db, Actor(lou, "Lou", people["rep"].roles), "", NEW)
    with pytest.raises(Conflict, match="company login"):
        reset_passphrase(db, people["admin"], "Lou")


def test_the_trail_says_that_it_was_changed_and_never_to_what(db: Database, people: People) -> None:
    change_passphrase(db, people["rep"], PASSWORD, NEW)
    given = reset_passphrase(db, people["admin"], people["rep"].name)
    assert actions(db)[-2:] == ["user.password_changed", "user.password_reset"]
    with db.read() as connection:
        trail = " ".join(connection.scalars(select(audit_entry.c.canonical)))
        hashes = connection.scalars(select(user.c.password_hash)).all()
    for secret in (PASSWORD, NEW, given, *hashes):
        assert secret not in trail


def test_a_passphrase_for_once_opens_signs_nothing_and_is_changed(db: Database, people: People) -> None:
    before = open_session(db, people["medical"].name, PASSWORD)
    acting = make_token(db, people["medical"], "reports")
    of_another = make_token(db, people["rep"], "reports")
    given = reset_passphrase(db, people["admin"], people["medical"].name)
    assert session_actor(db, before.token) is None
    assert token_actor(db, acting) is None
    assert token_actor(db, of_another) is not None
    with pytest.raises(WrongPassword):
        open_session(db, people["medical"].name, PASSWORD)
    opened = open_session(db, people["medical"].name, given)
    info = session_actor(db, opened.token)
    assert info is not None
    assert info.must_change
    with pytest.raises(NotAllowed, match="for once"):
        verify_password(db, people["medical"], given)  # as a signature asks
    change_passphrase(db, people["medical"], given, NEW, opened.token)
    info = session_actor(db, opened.token)
    assert info is not None
    assert not info.must_change
    assert verify_password(db, people["medical"], NEW)


def test_a_passphrase_for_once_runs_out(db: Database, people: People, clock: FakeClock) -> None:
    given = reset_passphrase(db, people["admin"], people["rep"].name)
    clock.advance(days=3, seconds=1)
    with pytest.raises(WrongPassword):
        open_session(db, people["rep"].name, given)


def test_a_reset_ends_the_rest_of_an_account(db: Database, people: People) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassword):
            verify_password(db, people["rep"], "not the right passphrase")
    given = reset_passphrase(db, people["admin"], people["rep"].name)
    assert open_session(db, people["rep"].name, given)


def test_administrators_alone_reset_and_never_their_own(db: Database, people: People) -> None:
    for role, person in people.items():
        if role != "admin":
            with pytest.raises(NotAllowed):
                reset_passphrase(db, person, people["rep"].name)
    with pytest.raises(Conflict):
        reset_passphrase(db, people["admin"], people["admin"].name)
    with pytest.raises(InvalidInput):
        reset_passphrase(db, people["admin"], "Nobody")


def test_of_two_changes_at_once_one_stands(
    db: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.people import passphrase

    real: Callable[[str], str] = passphrase.hash_password

    def meanwhile(password: str) -> str:
        with db.write() as tx:
            tx.execute(update(user).where(user.c.id == people["rep"].id).values(password_hash="of the other"))
        return real(password)

    monkeypatch.setattr(passphrase, "hash_password", meanwhile)
    with pytest.raises(Conflict, match="just now"):
        change_passphrase(db, people["rep"], PASSWORD, NEW)
    with db.read() as connection:
        assert connection.scalar(select(session.c.user_id).limit(1)) is None
