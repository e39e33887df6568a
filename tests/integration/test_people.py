"""Accounts, passphrases, sessions and tokens."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from assistant.audit.verify import verify_trail
from assistant.errors import (
    Busy,
    Conflict,
    InvalidInput,
    LockedOut,
    NotAllowed,
    NotFound,
    NotSignedIn,
    WrongPassword,
)
from assistant.people.accounts import (
    add_user,
    deactivate_user,
    find_actor,
    list_users,
    set_language,
    verify_password,
)
from assistant.people.roles import Actor, Role
from assistant.people.sessions import (
    CameIn,
    begin_session,
    close_session,
    list_tokens,
    make_token,
    open_session,
    revoke_token,
    session_actor,
    token_actor,
)
from assistant.store.database import Database, Transaction
from assistant.store.schema import api_token, session
from tests.builders.reading import actions
from tests.integration.conftest import PASSWORD, FakeClock

GOOD = "four plain words here"
WRONG = "not the right passphrase"
AddPerson = Callable[..., Actor]


def test_the_first_user_is_made_by_anyone_and_is_an_admin(db: Database) -> None:
    made = add_user(db, None, "Ada", ["admin"], GOOD)
    assert made.roles == {Role.ADMIN}
    assert find_actor(db, "Ada").id == made.id
    assert actions(db) == ["user.added"]


def test_the_first_user_must_be_an_admin(db: Database) -> None:
    with pytest.raises(NotAllowed, match="first user must be an admin"):
        add_user(db, None, "Ada", ["writer"], GOOD)
    assert list_users(db) == []


def test_a_second_user_is_not_made_by_nobody(db: Database) -> None:
    add_user(db, None, "Ada", ["admin"], GOOD)
    with pytest.raises(NotSignedIn):
        add_user(db, None, "Eve", ["admin"], GOOD)


def test_only_an_admin_adds_users(db: Database, people: dict[str, Actor]) -> None:
    with pytest.raises(NotAllowed):
        add_user(db, people["writer"], "Eve", ["writer"], GOOD)
    assert add_user(db, people["admin"], "Eve", ["writer", "rep"], GOOD).roles == {Role.WRITER, Role.REP}


@pytest.mark.parametrize("name", ["éLODIE Martin", "Élodie  Martin", "ÉLODIE MARTIN"])
def test_a_name_is_taken_in_any_letter_case(db: Database, name: str) -> None:
    add_user(db, None, "Élodie Martin", ["admin"], GOOD)
    with pytest.raises(Conflict):
        add_user(db, find_actor(db, "Élodie Martin"), name, ["writer"], GOOD)
    assert find_actor(db, "élodie martin").name == "Élodie Martin"


@pytest.mark.parametrize("name", ["", "   ", "a\nb\x00", "x" * 201, "System"])
def test_a_name_that_cannot_be_is_refused(db: Database, name: str) -> None:
    with pytest.raises(InvalidInput):
        add_user(db, None, name, ["admin"], GOOD)


@pytest.mark.parametrize("password", ["", "fourteen chars", "x" * 1025])
def test_a_passphrase_is_of_15_to_1024_characters(db: Database, password: str) -> None:
    with pytest.raises(InvalidInput):
        add_user(db, None, "Ada", ["admin"], password)


@pytest.mark.parametrize("password", ["aaaaaaaaaaaaaaa", "é" * 15, "correct horse battery"])
def test_nothing_but_length_is_demanded_of_a_passphrase(db: Database, password: str) -> None:
    add_user(db, None, "Ada", ["admin"], password)
    assert verify_password(db, "Ada", password).name == "Ada"


@pytest.mark.parametrize("roles", [[], ["king"], ["writer", ""]])
def test_roles_are_those_of_the_table(db: Database, roles: list[str]) -> None:
    with pytest.raises(InvalidInput):
        add_user(db, None, "Ada", roles, GOOD)


def test_an_unknown_name_and_a_wrong_password_are_told_alike(db: Database, add_person: AddPerson) -> None:
    add_person("Ada", Role.ADMIN)
    with pytest.raises(WrongPassword) as unknown:
        verify_password(db, "Nobody", GOOD)
    with pytest.raises(WrongPassword) as wrong:
        verify_password(db, "Ada", WRONG)
    assert unknown.value.message == wrong.value.message


def test_a_failure_is_audited_although_the_act_is_refused(db: Database, add_person: AddPerson) -> None:
    ada = add_person("Ada", Role.ADMIN)
    with pytest.raises(WrongPassword):
        verify_password(db, ada, WRONG)
    assert actions(db) == ["user.password_wrong"]


def test_five_failures_in_a_row_lock_the_account_for_15_minutes(
    db: Database, add_person: AddPerson, clock: FakeClock
) -> None:
    ada = add_person("Ada", Role.ADMIN)
    for _ in range(5):
        with pytest.raises(WrongPassword):
            verify_password(db, ada, WRONG)
    assert actions(db)[-1] == "user.locked"
    with pytest.raises(LockedOut):
        verify_password(db, ada, PASSWORD)
    clock.advance(minutes=14)
    with pytest.raises(LockedOut):
        verify_password(db, ada, PASSWORD)
    clock.advance(minutes=1, seconds=1)
    assert verify_password(db, ada, PASSWORD).id == ada.id
    assert verify_trail(db)["ok"] is True


def test_a_right_password_in_between_begins_the_count_again(db: Database, add_person: AddPerson) -> None:
    ada = add_person("Ada", Role.ADMIN)
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(WrongPassword):
                verify_password(db, ada, WRONG)
        assert verify_password(db, ada, PASSWORD).id == ada.id


def test_a_closed_account_does_nothing_more(db: Database, people: dict[str, Actor]) -> None:
    opened = open_session(db, "The writer", PASSWORD)
    token = make_token(db, people["writer"], "reports")
    deactivate_user(db, people["admin"], "The writer")
    assert session_actor(db, opened.token) is None
    assert token_actor(db, token) is None
    with pytest.raises(NotSignedIn):
        find_actor(db, "The writer")
    with pytest.raises(WrongPassword):
        verify_password(db, "The writer", PASSWORD)


def test_the_last_admin_cannot_be_closed(db: Database, people: dict[str, Actor]) -> None:
    with pytest.raises(Conflict):
        deactivate_user(db, people["admin"], "The admin")


def test_a_language_is_chosen_once(db: Database, people: dict[str, Actor]) -> None:
    set_language(db, people["writer"], "fr")
    set_language(db, people["writer"], "fr")
    assert find_actor(db, "The writer").language == "fr"
    assert actions(db) == ["user.language_set"]
    with pytest.raises(InvalidInput):
        set_language(db, people["writer"], "de")


def test_a_session_holds_for_a_day_of_work(db: Database, people: dict[str, Actor], clock: FakeClock) -> None:
    opened = open_session(db, "the WRITER", PASSWORD)
    info = session_actor(db, opened.token)
    assert info is not None
    assert (info.actor.id, info.csrf) == (people["writer"].id, opened.csrf)
    clock.advance(hours=10)
    assert session_actor(db, opened.token) is None


def test_what_is_kept_beside_a_session_stands_or_falls_with_it(
    db: Database, people: dict[str, Actor]
) -> None:
    def fails(_tx: Transaction) -> None:
        raise Busy("The database is busy.", help="Try again in a moment.")

    before = actions(db)
    with pytest.raises(Busy):
        begin_session(db, people["writer"], {}, CameIn("oidc"), fails)
    assert actions(db) == before
    with db.read() as connection:
        assert connection.execute(select(session)).first() is None


def test_a_closed_session_is_gone(db: Database, people: dict[str, Actor]) -> None:
    opened = open_session(db, people["writer"].name, PASSWORD)
    close_session(db, opened.token)
    close_session(db, opened.token)
    assert session_actor(db, opened.token) is None
    assert actions(db) == ["session.opened", "session.closed"]


def test_the_database_holds_no_token_that_opens_anything(db: Database, people: dict[str, Actor]) -> None:
    opened = open_session(db, people["writer"].name, PASSWORD)
    token = make_token(db, people["writer"], "reports")
    with db.read() as connection:
        kept = [*connection.execute(select(session)).all(), *connection.execute(select(api_token)).all()]
    assert opened.token not in str(kept)
    assert token not in str(kept)


def test_a_token_acts_as_its_person_until_it_is_revoked(db: Database, people: dict[str, Actor]) -> None:
    token = make_token(db, people["writer"], "reports")
    acting = token_actor(db, token)
    assert acting is not None
    assert acting.id == people["writer"].id
    [info] = list_tokens(db, people["writer"])
    assert info.last_used_at is not None
    with pytest.raises(NotAllowed):
        revoke_token(db, people["medical"], info.id)
    revoke_token(db, people["writer"], info.id)
    assert token_actor(db, token) is None
    assert actions(db) == ["token.made", "token.revoked"]


def test_a_token_that_is_not_there_cannot_be_revoked(db: Database, people: dict[str, Actor]) -> None:
    with pytest.raises(NotFound):
        revoke_token(db, people["admin"], "token_0000000000000000")


def test_a_made_up_token_or_session_is_nobody(db: Database) -> None:
    assert token_actor(db, "ancrage_made_up") is None
    assert session_actor(db, "made up") is None
