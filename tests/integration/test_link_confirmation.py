"""A login that an administrator linked: its holder says whether it is theirs, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from assistant.errors import Conflict, NotAllowed, NotFound, WrongPassword
from assistant.notices.listing import list_notices
from assistant.notices.outbox import note_for_people
from assistant.people.accounts import NO_PASSWORD, add_user
from assistant.people.oidc.confirming import confirm_link, list_links, reject_link, vouches
from assistant.people.oidc.errors import LoginTooNew
from assistant.people.oidc.identities import link, link_of, person_of, require_settled, unlink
from assistant.people.oidc.model import Claims
from assistant.people.roles import Actor, Role
from assistant.people.sessions import (
    CameIn,
    begin_session,
    list_tokens,
    make_token,
    open_session,
    session_actor,
)
from assistant.store.database import Database
from assistant.store.schema import identity, user
from tests.builders.reading import actions
from tests.builders.statements import counted
from tests.integration.conftest import PASSWORD, FakeClock

ISSUER = "https://login.house.example"
People = dict[str, Actor]


def claims(subject: str) -> Claims:
    return Claims(ISSUER, subject, None, None)


@pytest.fixture
def linked(db: Database, people: People) -> str:
    """Of the medical reviewer, by the administrator."""
    return link(db, people["admin"], people["medical"].id, ISSUER, subject="m-1").id


@pytest.fixture
def second(db: Database, add_person: Callable[..., Actor], clock: FakeClock) -> Actor:
    """Another administrator, whose account is not of today."""
    found = add_person("Second", Role.ADMIN)
    with db.write() as tx:
        tx.execute(
            update(user).where(user.c.id == found.id).values(created_at=clock.now() - timedelta(days=30))
        )
    return found


@pytest.fixture
def without_passphrase(db: Database, people: People) -> None:
    with db.write() as tx:
        tx.execute(update(user).where(user.c.id == people["medical"].id).values(password_hash=NO_PASSWORD))


def signs(db: Database, subject: str = "m-1") -> bool:
    try:
        require_settled(db, claims(subject))
    except LoginTooNew:
        return False
    return link_of(db, claims(subject)) is not None


BY_PASSWORD = CameIn("password")


@pytest.mark.parametrize("vouched", [PASSWORD, BY_PASSWORD])
def test_what_its_holder_confirms_signs_at_once(
    db: Database, people: People, linked: str, vouched: str | CameIn
) -> None:
    assert not signs(db)
    (shown,) = list_links(db, people["medical"])
    assert (shown["state"], shown["expected_of_me"]) == ("waiting", True)
    confirm_link(db, people["medical"], linked, vouched)
    assert signs(db)
    confirm_link(db, people["medical"], linked, vouched)
    (shown,) = list_links(db, people["medical"])
    assert (shown["state"], shown["confirmed_by"]["name"]) == ("confirmed", "The medical")
    assert actions(db).count("identity.confirmed") == 1


def test_five_links_that_wait_take_as_many_statements_as_one(
    db: Database, people: People, linked: str, second: Actor
) -> None:
    assert linked
    with counted(db) as few:
        list_links(db, second)
    for name in ("writer", "regulatory", "legal", "auditor"):
        link(db, people["admin"], people[name].id, ISSUER, subject=f"sub-{name}")
    with counted(db) as many:
        list_links(db, second)
    assert len(many) == len(few)


def test_without_a_word_it_signs_after_a_day(
    db: Database, people: People, linked: str, clock: FakeClock
) -> None:
    clock.advance(hours=23.9)
    assert not signs(db)
    clock.advance(hours=0.1)
    assert signs(db)
    (shown,) = list_links(db, people["medical"])
    assert (shown["id"], shown["state"]) == (linked, "settled")


def test_what_its_holder_rejects_is_gone_with_all_that_came_in_by_it(
    db: Database, people: People, linked: str, clock: FakeClock
) -> None:
    told = replace(db, before_commit=note_for_people)
    medical = people["medical"]
    make_token(db, medical, "from before")
    clock.advance(hours=1)
    unlink(db, people["admin"], medical.id)
    again = link(db, people["admin"], medical.id, ISSUER, subject="m-1").id
    stranger = begin_session(db, medical, {}, CameIn("oidc", again)).token
    own = open_session(db, medical.name, PASSWORD).token
    clock.advance(hours=1)
    make_token(db, medical, "by whoever it was")
    reject_link(told, medical, again, PASSWORD)
    with pytest.raises(Exception, match="No account here is linked"):
        person_of(db, claims("m-1"), by_email=False)
    assert session_actor(db, stranger) is None
    assert session_actor(db, own) is not None
    assert {t.name: t.revoked_at is None for t in list_tokens(db, medical)} == {
        "from before": True,
        "by whoever it was": False,
    }
    (said,) = [s for s in list_notices(told, people["admin"]) if s.notice.action == "identity.rejected"]
    assert (said.title, said.link) == ("The medical", f"/users#{medical.id}")
    assert linked != again


@pytest.mark.parametrize("act", [confirm_link, reject_link])
def test_a_login_does_not_vouch_for_itself_nor_does_a_token(
    db: Database, people: People, linked: str, act: Callable[..., object]
) -> None:
    medical = people["medical"]
    with pytest.raises(NotAllowed, match="does not vouch for itself"):
        act(db, medical, linked, CameIn("oidc", linked))
    other = link(db, people["admin"], medical.id, ISSUER, subject="m-2").id
    for came_in in (CameIn("oidc", other), CameIn(), CameIn("oidc", "identity_gone")):
        assert not vouches(db, came_in)
        with pytest.raises(NotAllowed, match="does not show that it is you"):
            act(db, medical, linked, came_in)
    with pytest.raises(WrongPassword):
        act(db, medical, linked, "another passphrase altogether")
    assert not signs(db)
    assert "user.password_wrong" in actions(db)


def test_a_login_that_signs_already_vouches_for_another(db: Database, people: People, linked: str) -> None:
    medical = people["medical"]
    confirm_link(db, medical, linked, PASSWORD)
    other = link(db, people["admin"], medical.id, ISSUER, subject="m-2").id
    confirm_link(db, medical, other, CameIn("oidc", linked))
    assert signs(db, "m-2")


@pytest.mark.usefixtures("without_passphrase")
def test_for_who_has_no_passphrase_a_second_administrator_confirms(
    db: Database, people: People, linked: str, second: Actor
) -> None:
    told = replace(db, before_commit=note_for_people)
    assert [one["expected_of_me"] for one in list_links(db, second)] == [True]
    assert list_links(db, people["admin"]) == []
    with pytest.raises(NotAllowed, match="Whoever linked a login does not confirm it"):
        confirm_link(db, people["admin"], linked, PASSWORD)
    confirm_link(told, second, linked, BY_PASSWORD)
    assert signs(db)
    assert "identity.confirmed" in [s.notice.action for s in list_notices(told, people["medical"])]


def test_the_other_administrators_are_told_of_a_link_that_waits_in_their_language(
    db: Database, people: People, second: Actor
) -> None:
    """Whoever may confirm it learns of it from somebody else than the one who linked it."""
    told = replace(db, before_commit=note_for_people)
    medical = people["medical"]
    link(told, people["admin"], medical.id, ISSUER, subject="m-1")

    def said(who: Actor) -> list[tuple[str, str, str]]:
        found = [s for s in list_notices(told, who) if s.notice.action == "identity.linked"]
        return [(s.title, s.text.partition(".")[0], s.link) for s in found]

    address = f"/users#{medical.id}"
    assert said(second) == [
        ("The medical", "Another administrator linked a company login to this account", address)
    ]
    french = replace(second, language="fr")
    assert said(french)[0][1] == "Un autre administrateur a lié une connexion d’entreprise à ce compte"
    assert said(medical)[0][1:] == ("An administrator linked a company login to your account", "/me")
    assert said(people["admin"]) == said(people["auditor"]) == []


def test_an_invitation_that_was_taken_up_waits_for_the_other_administrators_too(
    db: Database, people: People, second: Actor
) -> None:
    told = replace(db, before_commit=note_for_people)
    link(told, people["admin"], people["medical"].id, ISSUER, email="m@house.example")
    assert list_notices(told, second) == []
    person_of(told, Claims(ISSUER, "m-1", None, "m@house.example"), by_email=True)
    assert [s.notice.subject for s in list_notices(told, second)] == [people["medical"].id]
    assert list_notices(told, people["admin"]) == []


def test_who_linked_their_own_login_calls_upon_nobody(db: Database, people: People, second: Actor) -> None:
    told = replace(db, before_commit=note_for_people)
    link(told, people["admin"], people["admin"].id, ISSUER, subject="a-1")
    assert list_notices(told, second) == []


def test_where_the_holder_has_a_passphrase_nobody_else_confirms_unless_passphrases_are_off(
    db: Database, linked: str, second: Actor
) -> None:
    with pytest.raises(NotAllowed, match="has a passphrase and confirms"):
        confirm_link(db, second, linked, BY_PASSWORD)
    assert list_links(db, second) == []
    confirm_link(db, second, linked, BY_PASSWORD, passwords=False)
    assert signs(db)


@pytest.mark.usefixtures("without_passphrase")
def test_an_administrator_s_account_made_for_it_or_taken_by_it_confirms_nothing(
    db: Database, people: People, linked: str, second: Actor
) -> None:
    made_for_it = add_user(db, people["admin"], "Made for it", ["admin"], PASSWORD).actor()
    with pytest.raises(NotAllowed, match="younger than a day"):
        confirm_link(db, made_for_it, linked, BY_PASSWORD)
    taken = link(db, people["admin"], second.id, ISSUER, subject="borrowed").id
    with pytest.raises(NotAllowed, match="does not show that it is you"):
        confirm_link(db, second, linked, CameIn("oidc", taken))
    assert not signs(db)


def test_nobody_else_s_link_exists_for_others(db: Database, people: People, linked: str) -> None:
    for act in (confirm_link, reject_link):
        with pytest.raises(NotFound):
            act(db, people["legal"], linked, PASSWORD)
    with pytest.raises(NotAllowed, match="Only its holder rejects"):
        reject_link(db, people["admin"], linked, PASSWORD)


def test_an_invitation_is_confirmed_once_it_was_taken_up_and_rejected_at_any_time(
    db: Database, people: People
) -> None:
    medical = people["medical"]
    invited = link(db, people["admin"], medical.id, ISSUER, email="m@house.example").id
    with pytest.raises(Conflict, match="Nobody has logged in on this invitation"):
        confirm_link(db, medical, invited, PASSWORD)
    person_of(db, Claims(ISSUER, "m-1", None, "m@house.example"), by_email=True)
    assert not signs(db)
    confirm_link(db, medical, invited, PASSWORD)
    assert signs(db)
    other = link(db, people["admin"], medical.id, ISSUER, email="other@house.example").id
    reject_link(db, medical, other, PASSWORD)
    with db.read() as connection:
        assert connection.scalars(select(identity.c.id)).all() == [invited]


def test_an_administrator_s_own_link_waits_for_nobody(db: Database, people: People) -> None:
    link(db, people["admin"], people["admin"].id, ISSUER, subject="a-1")
    assert signs(db, "a-1")
