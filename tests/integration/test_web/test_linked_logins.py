"""Who is linked to the company's login, by whom, and from when on it signs."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from assistant.people.oidc.identities import identities, link, unlink
from assistant.people.roles import Role
from assistant.people.sessions import make_token
from assistant.store.schema import user
from tests.builders.login_provider import LoginProvider
from tests.builders.statements import counted
from tests.integration.conftest import PASSWORD, FakeClock, insert_person
from tests.integration.test_web.conftest import Browser, World
from tests.integration.test_web.logins import (
    actions,
    address_in,
    back,
    refused,
    sent_to_sign,
    signatures,
)

Browse = Callable[[str], Browser]


def test_the_page_of_people_reads_the_links_of_accounts_once(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    assert login.issuer
    browser = browse("admin")
    with counted(world.app.db) as sent:
        assert browser.get("/users").status_code == 200
    assert len([one for one in sent if "FROM identity" in one and "identity.issuer = " in one]) == 1


def test_no_administrator_links_their_own_login_to_somebody_else(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    admin, own = browse("admin"), world.people["admin"].id
    tried = admin.send_form("/users/link", user=world.people["writer"].id, subject="sub-admin", email="")
    assert tried.status_code == 409
    assert "This is your own login" in tried.text
    offered = admin.get("/users").text
    assert f"/users/{world.people['medical'].id}/unlink" in offered
    assert f"/users/{own}/unlink" not in offered
    assert admin.send_form(f"/users/{own}/unlink").status_code == 403
    assert identities(world.app.db, login.issuer)[own].subject == "sub-admin"


@pytest.mark.usefixtures("login")
def test_taking_a_login_away_says_what_it_does_before_it_is_done(world: World, browse: Browse) -> None:
    shown = browse("admin").get("/users").text
    before, _, after = shown.partition(f'action="/users/{world.people["medical"].id}/unlink"')
    assert before.rindex("<details>") > before.rindex("</details>"), "one press opens the question"
    assert "comes in by the company login no more" in after.partition("</form>")[0]


@pytest.mark.usefixtures("login")
def test_who_is_linked_invited_or_unlinked_is_told_whatever_they_chose(world: World, browse: Browse) -> None:
    admin, writer = browse("admin"), world.people["writer"].id
    off = browse("writer").send_form("/notices/choice", email="", webhook="", form="json")
    assert off.headers["location"] == "/notices?done=notices_chosen"
    world.app.settings = replace(world.app.settings, oidc_by_email=True)
    admin.send_form("/users/link", user=writer, subject="w-9", email="")
    admin.send_form(f"/users/{writer}/unlink")
    admin.send_form("/users/link", user=writer, subject="", email="writer@house.example")
    shown = browse("writer").get("/notices").text
    for said in ("linked a company login", "took the company login away", "invited an email address"):
        assert said in shown
    assert 'href="/me"' in shown
    assert "linked a company login" not in admin.get("/notices").text


def test_a_login_that_was_linked_today_signs_nothing(
    world: World, browse: Browse, clock: FakeClock, login: LoginProvider
) -> None:
    unlink(world.app.db, world.people["admin"], "The medical")
    link(world.app.db, world.people["admin"], "The medical", login.issuer, subject="borrowed")
    clock.advance(hours=23)
    browser = browse("medical")
    early = back(browser, login.log_in(address_in(sent_to_sign(browser, world)), "borrowed"))
    refused(world, early, "login_too_new", "less than 24 hours ago", counted=False)
    clock.advance(hours=1)
    browser = browse("medical")
    back(browser, login.log_in(address_in(sent_to_sign(browser, world)), "borrowed"))
    assert [row.proof for row in signatures(world)] == ["oidc"]


def borrowed_link(world: World, login: LoginProvider) -> str:
    unlink(world.app.db, world.people["admin"], "The medical")
    return link(world.app.db, world.people["admin"], "The medical", login.issuer, subject="borrowed").id


def test_what_its_holder_confirms_on_their_page_signs_at_once(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    made, browser = borrowed_link(world, login), browse("medical")
    shown = browser.get("/me").text
    assert "Waits for confirmation" in shown
    assert f"/me/logins/{made}/confirm" in shown
    assert f'id="password-{made}"' not in shown  # this session was opened by the passphrase
    done = browser.send_form(f"/me/logins/{made}/confirm")
    assert done.headers["location"] == "/me?done=login_confirmed#logins"
    back(browser, login.log_in(address_in(sent_to_sign(browser, world)), "borrowed"))
    assert [row.proof for row in signatures(world)] == ["oidc"]


def test_whoever_came_in_by_the_login_itself_cannot_confirm_it_but_by_the_passphrase(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    made, browser = borrowed_link(world, login), browse("")
    sent = browser.get("/sign-in/company").headers["location"]
    back(browser, login.log_in(sent, "borrowed"))
    shown = browser.get("/me").text
    assert f'id="password-{made}"' in shown
    found = re.search(r'name="csrf" value="([^"]+)"', shown)
    assert found
    browser.csrf = found[1]
    refused_page = browser.send_form(f"/me/logins/{made}/confirm")
    assert (refused_page.status_code, "does not vouch for itself" in refused_page.text) == (403, True)
    wrong = browser.send_form(f"/me/logins/{made}/confirm", password="a guess at the passphrase")
    assert wrong.status_code == 403
    assert browser.send_form(f"/me/logins/{made}/confirm", password=PASSWORD).status_code == 303
    assert actions(world)[-1] == "identity.confirmed"


def test_what_is_rejected_signs_and_opens_nothing_any_more(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    made, browser, stranger = borrowed_link(world, login), browse("medical"), browse("")
    sent = stranger.get("/sign-in/company").headers["location"]
    back(stranger, login.log_in(sent, "borrowed"))
    assert stranger.get("/me").status_code == 200
    done = browser.send_form(f"/me/logins/{made}/reject")
    assert done.headers["location"] == "/me?done=login_rejected#logins"
    assert stranger.get("/me").status_code == 303
    sent = stranger.get("/sign-in/company").headers["location"]
    assert "No account here is linked" in back(stranger, login.log_in(sent, "borrowed")).text
    assert "not theirs" in browse("admin").get("/notices").text


def test_a_second_administrator_confirms_for_who_has_no_passphrase(
    world: World, browse: Browse, clock: FakeClock, login: LoginProvider
) -> None:
    made = borrowed_link(world, login)
    with world.app.db.write() as tx:
        second = insert_person(tx, "Second", [Role.ADMIN], "")
        tx.execute(update(user).where(user.c.id == world.people["medical"].id).values(password_hash=""))
        tx.execute(update(user).values(created_at=tx.now - timedelta(days=30)))
        tx.execute(update(user).where(user.c.id == second.id).values(password_hash=_hash_of(tx, world)))
    world.people["second"] = second
    offered = f"/users/logins/{made}/confirm"
    first, other = browse("admin"), browse("second")
    assert offered not in first.get("/users").text
    assert first.send_form(offered).status_code == 403
    assert other.get("/users").text.count(offered) == 2, "beside the account, and below the name on a phone"
    assert other.send_form(offered).headers["location"] == "/users?done=login_confirmed"
    assert (
        identities(world.app.db, login.issuer)[world.people["medical"].id].state(clock.now()) == "confirmed"
    )


def _hash_of(tx: Any, world: World) -> str:
    found = select(user.c.password_hash).where(user.c.id == world.people["admin"].id)
    return str(tx.execute(found).scalar_one())


def test_machines_confirm_with_their_person_s_passphrase(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    made, browser = borrowed_link(world, login), browse("")
    browser.headers["Authorization"] = f"Bearer {make_token(world.app.db, world.people['medical'], 'robot')}"
    (shown,) = browser.get("/api/logins").json()["logins"]
    assert (shown["id"], shown["state"], shown["expected_of_me"]) == (made, "waiting", True)
    assert browser.post(f"/api/logins/{made}/confirm", json={}).status_code == 403
    confirmed = browser.post(f"/api/logins/{made}/confirm", json={"password": PASSWORD}).json()["logins"]
    assert [one["state"] for one in confirmed] == ["confirmed"]
    assert browser.post(f"/api/logins/{made}/reject", json={"password": PASSWORD}).json()["logins"] == []


def test_an_invitation_that_was_taken_up_today_signs_nothing(
    world: World, browse: Browse, clock: FakeClock, login: LoginProvider
) -> None:
    world.app.settings = replace(world.app.settings, oidc_by_email=True)
    unlink(world.app.db, world.people["admin"], "The medical")
    link(world.app.db, world.people["admin"], "The medical", login.issuer, email="m@house.example")
    clock.advance(days=3)
    visitor = browse("")
    sent = visitor.get("/sign-in/company").headers["location"]
    back(visitor, login.log_in(sent, "m-1", email="m@house.example", email_verified=True))
    browser = browse("medical")
    early = back(browser, login.log_in(address_in(sent_to_sign(browser, world)), "m-1"))
    refused(world, early, "login_too_new", "less than 24 hours ago", counted=False)
