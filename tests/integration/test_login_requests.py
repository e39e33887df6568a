"""Logins under way: anybody may begin one, so nobody's beginnings may end those of another."""

import pytest
from sqlalchemy import func, select

from assistant.people.oidc import asking
from assistant.people.oidc.asking import Signing, begin_login, know_browser, look_up, network_of, take
from assistant.people.oidc.errors import LoginExpired
from assistant.store.database import Database
from assistant.store.schema import known_browser, login_request
from tests.integration.conftest import FakeClock

MOST = 5
HASH = "a" * 64


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flood of a handful."""
    monkeypatch.setattr(asking, "_MOST_SIGN_INS", MOST)
    monkeypatch.setattr(asking, "_MOST_SIGNATURES", MOST)


def flood(db: Database, clock: FakeClock, signing: Signing | None = None, *, used: bool = False) -> None:
    for number in range(3 * MOST):
        clock.advance(seconds=1)
        state, _ = begin_login(db, f"stranger {number}", {}, signing)
        if used:
            take(db, state, f"stranger {number}")


def kept(db: Database) -> int:
    with db.read() as connection:
        return connection.execute(select(func.count()).select_from(login_request)).scalar_one()


@pytest.mark.parametrize("used", [False, True])
def test_strangers_who_begin_to_sign_in_stop_no_signature(
    db: Database, clock: FakeClock, *, used: bool
) -> None:
    before, _ = begin_login(db, "hers", {"act": "approve"}, Signing("user_a", HASH))
    flood(db, clock, used=used)
    after, _ = begin_login(db, "hers", {"act": "approve"}, Signing("user_a", HASH))
    assert look_up(db, before, "hers").signing == look_up(db, after, "hers").signing
    assert kept(db) == MOST + 2


def test_strangers_who_begin_to_sign_in_stop_no_sign_in_that_comes_after(
    db: Database, clock: FakeClock
) -> None:
    oldest, _ = begin_login(db, "first", {})
    flood(db, clock)
    state, _ = begin_login(db, "hers", {"next": "/desk"})
    assert take(db, state, "hers").intent == {"next": "/desk"}
    with pytest.raises(LoginExpired):
        look_up(db, oldest, "first")
    assert kept(db) == MOST


def test_what_was_used_makes_room_before_what_is_under_way(db: Database, clock: FakeClock) -> None:
    under_way, _ = begin_login(db, "hers", {"next": "/desk"})
    flood(db, clock, used=True)
    assert look_up(db, under_way, "hers").intent == {"next": "/desk"}
    assert kept(db) == MOST


def test_one_person_s_signatures_crowd_out_nobody_else_s(db: Database, clock: FakeClock) -> None:
    hers, _ = begin_login(db, "hers", {"act": "approve"}, Signing("user_a", HASH))
    flood(db, clock, Signing("user_b", HASH))
    assert look_up(db, hers, "hers").signing == Signing("user_a", HASH)
    assert kept(db) == MOST + 1


@pytest.mark.parametrize("used", [False, True])
def test_whoever_floods_from_one_address_crowds_out_nobody_elsewhere(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, *, used: bool
) -> None:
    monkeypatch.setattr(asking, "_MOST_SIGN_INS", 100)
    monkeypatch.setattr(asking, "_MOST_OF_ONE_ADDRESS", MOST)
    elsewhere, _ = begin_login(db, "hers", {"next": "/desk"}, None, "192.0.2.7")
    for number in range(3 * MOST):
        clock.advance(seconds=1)
        state, _ = begin_login(db, f"stranger {number}", {}, None, "198.51.100.9")
        if used:
            take(db, state, f"stranger {number}")
    assert kept(db) == MOST + 1
    assert look_up(db, elsewhere, "hers").intent == {"next": "/desk"}
    neighbour, _ = begin_login(db, "next door", {}, None, "198.51.100.9")
    assert take(db, neighbour, "next door")


PROXY = "10.0.0.1"


def test_behind_a_proxy_that_nobody_declared_a_stranger_ends_no_sign_in_of_a_browser_that_is_known(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody has the proxy's address there, and as many cookies as they ask for."""
    monkeypatch.setattr(asking, "_MOST_OF_ONE_ADDRESS", MOST)
    with db.write() as tx:
        know_browser(tx, "hers", PROXY)
    with db.write() as tx:
        know_browser(tx, "hers", PROXY)
    known, _ = begin_login(db, "hers", {"next": "/desk"}, None, PROXY)
    first_time, _ = begin_login(db, "new here", {}, None, PROXY)
    for number in range(3 * MOST):
        clock.advance(seconds=1)
        begin_login(db, f"stranger {number}", {}, None, PROXY)
    assert look_up(db, known, "hers").intent == {"next": "/desk"}
    with pytest.raises(LoginExpired):
        look_up(db, first_time, "new here")
    assert kept(db) == MOST + 1


def test_a_browser_that_is_known_crowds_out_nobody_but_itself(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "_MOST_OF_ONE_BROWSER", MOST)
    with db.write() as tx:
        know_browser(tx, "theirs", PROXY)
    neighbour, _ = begin_login(db, "new here", {"next": "/desk"}, None, PROXY)
    for _ in range(3 * MOST):
        clock.advance(seconds=1)
        begin_login(db, "theirs", {}, None, PROXY)
    assert look_up(db, neighbour, "new here").intent == {"next": "/desk"}
    assert kept(db) == MOST + 1


def test_a_browser_is_forgotten_after_ninety_days(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "_MOST_OF_ONE_ADDRESS", MOST)
    with db.write() as tx:
        know_browser(tx, "hers", PROXY)
    clock.advance(days=90)
    state, _ = begin_login(db, "hers", {}, None, PROXY)
    for number in range(MOST):
        clock.advance(seconds=1)
        begin_login(db, f"stranger {number}", {}, None, PROXY)
    with pytest.raises(LoginExpired):
        look_up(db, state, "hers")
    with db.write() as tx:
        know_browser(tx, "another", PROXY)
    with db.read() as connection:
        assert connection.scalar(select(func.count()).select_from(known_browser)) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # one line of the internet has as many as it likes
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("testclient", "another", False),
        ("", "", True),
    ],
)
def test_an_address_is_one_line_of_the_internet(one: str, other: str, *, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same
