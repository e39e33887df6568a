"""The company's login: signing in by it, and signing exactly one thing with a fresh login. Then everybody lies."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select, update

from api.gate import SESSION_COOKIE
from assistant.audit.verify import verify_trail
from assistant.people.oidc.identities import identities, link, unlink
from assistant.people.roles import Role
from assistant.people.sessions import make_token
from assistant.review.policy import default_policy
from assistant.review.policy_proposals import propose_policy
from assistant.review.policy_reading import read_policy
from assistant.review.view import review_json
from assistant.store.schema import (
    audit_entry,
    confirmation_signature,
    identity,
    known_browser,
    signature,
    user,
)
from tests.builders.dossier import add_source
from tests.builders.login_provider import CLIENT, NEWER_KEY, SECRET, LoginProvider, serving_login
from tests.builders.policies import policy_with
from tests.builders.release import promotional
from tests.builders.statements import counted
from tests.integration.conftest import PASSWORD, FakeClock, insert_person
from tests.integration.test_web.conftest import Browser, World
from tests.integration.test_web.test_versions import replaced

Browse = Callable[[str], Browser]
ROLES = ("medical", "regulatory", "legal", "admin", "rep")


@pytest.fixture
def login(world: World, clock: FakeClock) -> Iterator[LoginProvider]:
    """A login that knows a person for each of some roles, by the subject "sub-ROLE"."""
    with serving_login(clock) as provider:
        world.app.settings = replace(
            world.app.settings,
            oidc_issuer=provider.issuer,
            oidc_client_id=CLIENT,
            oidc_client_secret=SECRET,
            oidc_name="House ID",
        )
        for role in ROLES:
            link(world.app.db, world.people["admin"], f"The {role}", provider.issuer, subject=f"sub-{role}")
        with world.app.db.write() as tx:  # long ago, as on most days
            tx.execute(update(identity).values(created_at=tx.now - timedelta(days=2)))
        yield provider


def back(browser: Browser, query: dict[str, str]) -> Any:
    return browser.get("/sign-in/return", params=query)


def sent_to_sign(browser: Browser, world: World, **changes: str) -> Any:
    """Ask to sign the piece in review by the login; returns the answer."""
    review = review_json(world.app.db, world.people["medical"], world.ids["piece"])
    fields = {
        "by": "login",
        "meaning": "Medical approval",
        "manifest_hash": review["manifest"]["hash"],
        **changes,
    }
    return browser.send_form(f"/review/{world.ids['piece']}/approve", **fields)


def address_in(page: Any) -> str:
    assert page.status_code == 200, page.text[:2000]
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.text)
    assert found
    return unescape(found[1])


def signatures(world: World) -> list[Any]:
    with world.app.db.read() as connection:
        query = select(signature).where(signature.c.piece_id == world.ids["piece"])
        return list(connection.execute(query))


def trail(world: World) -> list[Any]:
    with world.app.db.read() as connection:
        return list(connection.execute(select(audit_entry).order_by(audit_entry.c.number)))


def actions(world: World) -> list[str]:
    return [entry.action for entry in trail(world)]


# Signing in


def test_somebody_signs_in_by_the_login_and_lands_where_they_wanted(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    browser = browse("")
    assert "Sign in with House ID" in browser.get("/sign-in?next=/pieces").text
    sent = browser.get("/sign-in/company?next=/pieces")
    assert sent.status_code == 303
    asked = parse_qs(urlsplit(sent.headers["location"]).query)
    assert asked["scope"] == ["openid email"]
    assert asked["redirect_uri"] == ["http://127.0.0.1:8321/sign-in/return"]
    assert "prompt" not in asked
    came = back(browser, login.log_in(sent.headers["location"], "sub-medical"))
    assert (came.status_code, came.headers["location"]) == (303, "/pieces")
    assert "The medical" in browser.get("/me").text
    last = trail(world)[-1]
    assert (last.action, last.actor_id) == ("session.opened", world.people["medical"].id)
    assert '"by":"oidc"' in last.canonical
    with world.app.db.read() as connection:
        assert connection.scalar(select(func.count()).select_from(known_browser)) == 1


@pytest.mark.parametrize(("given", "asked"), [("encoded", 1), ("plain", 2), ("form", 3)])
def test_the_secret_is_given_in_whichever_form_the_login_takes_it(
    browse: Browse, login: LoginProvider, given: str, asked: int
) -> None:
    login.secret_given = given
    login.described = {"token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"]}

    def come() -> None:
        browser = browse("")
        sent = browser.get("/sign-in/company")
        assert back(browser, login.log_in(sent.headers["location"], "sub-medical")).status_code == 303

    come()
    assert login.asked.count("/token") == asked
    come()
    assert login.asked.count("/token") == asked + 1, "it is known by then"


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "\\/evil"])
def test_the_way_back_leads_nowhere_else(browse: Browse, login: LoginProvider, wanted: str) -> None:
    browser = browse("")
    sent = browser.get("/sign-in/company", params={"next": wanted})
    came = back(browser, login.log_in(sent.headers["location"], "sub-medical"))
    assert came.headers["location"] == "/"


def test_roles_come_from_here_and_never_from_the_login(browse: Browse, login: LoginProvider) -> None:
    browser = browse("")
    sent = browser.get("/sign-in/company")
    back(browser, login.log_in(sent.headers["location"], "sub-rep", roles=["admin"], groups=["admin"]))
    assert browser.get("/users").status_code == 403


def test_a_login_without_an_account_opens_nothing(browse: Browse, login: LoginProvider) -> None:
    browser = browse("")
    sent = browser.get("/sign-in/company")
    came = back(browser, login.log_in(sent.headers["location"], "sub-nobody"))
    assert came.status_code == 403
    assert "No account here is linked" in came.text
    assert SESSION_COOKIE not in browser.cookies


def test_a_closed_account_stays_closed(world: World, browse: Browse, login: LoginProvider) -> None:
    admin, browser = browse("admin"), browse("")
    admin.send_form(f"/users/{world.people['rep'].id}/close")
    sent = browser.get("/sign-in/company")
    came = back(browser, login.log_in(sent.headers["location"], "sub-rep"))
    assert "No account here is linked" in came.text


def test_an_administrator_invites_by_e_mail_and_the_first_verified_login_takes_it_up(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    world.app.settings = replace(world.app.settings, oidc_by_email=True)
    admin = browse("admin")
    assert "Or an email address" in admin.get("/users").text
    writer = world.people["writer"].id
    linked = admin.send_form("/users/link", user=writer, email="Writer@House.example", subject="")
    assert linked.headers["location"] == "/users?done=user_linked"
    assert "invited: writer@house.example" in admin.get("/users").text

    def come(**claims: Any) -> int:
        browser = browse("")
        sent = browser.get("/sign-in/company")
        return int(back(browser, login.log_in(sent.headers["location"], "w-9", **claims)).status_code)

    assert come(email="writer@house.example") == 403  # not verified
    assert come(email="writer@house.example", email_verified="true") == 403  # a text is no truth
    assert come(email="other@house.example", email_verified=True) == 403
    assert come(email="WRITER@house.example", email_verified=True) == 303
    found = identities(world.app.db, login.issuer)[writer]
    assert (found.subject, found.email) == ("w-9", None)
    assert come(email="elsewhere@house.example", email_verified=True) == 303  # by its subject from now on
    assert "writer@house.example" not in str(trail(world))
    assert admin.send_form(f"/users/{writer}/unlink").headers["location"] == "/users?done=user_unlinked"
    assert come(email="WRITER@house.example", email_verified=True) == 403


def test_without_the_setting_an_e_mail_links_nobody(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    link(world.app.db, world.people["admin"], "The writer", login.issuer, email="writer@house.example")
    browser = browse("")
    sent = browser.get("/sign-in/company")
    claims = {"email": "writer@house.example", "email_verified": True}
    assert back(browser, login.log_in(sent.headers["location"], "w-9", **claims)).status_code == 403


@pytest.mark.usefixtures("login")
def test_one_login_is_one_account(world: World, browse: Browse) -> None:
    answer = browse("admin").send_form(
        "/users/link", user=world.people["writer"].id, subject="sub-medical", email=""
    )
    assert answer.status_code == 409
    assert "This login is linked already" in answer.text


def test_a_locked_account_is_locked_for_the_login_too(browse: Browse, login: LoginProvider) -> None:
    browser = browse("")
    visit = re.search(r'name="csrf" value="([^"]+)"', browser.get("/sign-in").text)
    assert visit
    for _ in range(5):
        browser.post(
            "/sign-in", data={"name": "The medical", "password": "wrong wrong wrong", "csrf": visit[1]}
        )
    sent = browser.get("/sign-in/company")
    came = back(browser, login.log_in(sent.headers["location"], "sub-medical"))
    assert "rests after too many" in came.text


# Who is linked


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


# Signing


def test_a_fresh_login_signs_exactly_what_was_on_the_screen(
    world: World, browse: Browse, login: LoginProvider, clock: FakeClock
) -> None:
    medical, piece = browse("medical"), world.ids["piece"]
    assert "Sign with House ID" in medical.get(f"/review/{piece}").text
    page = sent_to_sign(medical, world)
    assert "form-action 'self'" in page.headers["content-security-policy"]
    address = address_in(page)
    asked = parse_qs(urlsplit(address).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["30"])
    clock.advance(seconds=50)
    came = back(medical, login.log_in(address, "sub-medical"))
    assert (came.status_code, came.headers["location"]) == (303, f"/review/{piece}?done=approved")
    [signed] = signatures(world)
    manifest = review_json(world.app.db, world.people["medical"], piece)["manifest"]["hash"]
    assert (signed.manifest_hash, signed.meaning, signed.printed_name) == (
        manifest,
        "Medical approval",
        "The medical",
    )
    assert (signed.proof, signed.proof_issuer, signed.proof_at) == ("oidc", login.issuer, clock.now())
    [entry] = [e for e in trail(world) if e.action == "piece.signed" and e.subject == piece]
    assert f'"proof":{{"at":"2026-06-15T10:00:50+00:00","issuer":"{login.issuer}"' in entry.canonical
    assert f"Proved by a fresh login at {login.issuer}" in medical.get(f"/review/{piece}").text
    assert verify_trail(world.app.db)["ok"] is True


@pytest.mark.usefixtures("login")
def test_a_passphrase_signs_as_before_and_says_so(world: World, browse: Browse) -> None:
    medical, piece = browse("medical"), world.ids["piece"]
    review = review_json(world.app.db, world.people["medical"], piece)
    medical.send_form(
        f"/review/{piece}/approve",
        meaning="Approval",
        password=PASSWORD,
        manifest_hash=review["manifest"]["hash"],
    )
    assert [(s.proof, s.proof_issuer, s.proof_at) for s in signatures(world)] == [("password", None, None)]
    assert "Proved by passphrase" in medical.get(f"/review/{piece}").text


def test_the_same_return_twice_signs_once(world: World, browse: Browse, login: LoginProvider) -> None:
    medical = browse("medical")
    query = login.log_in(address_in(sent_to_sign(medical, world)), "sub-medical")
    assert back(medical, query).status_code == 303
    again = back(medical, query)
    assert again.status_code == 409
    assert "used already" in again.text
    assert len(signatures(world)) == 1


def test_a_confirmation_is_signed_by_a_fresh_login_too(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    replaced(world)
    medical = browse("medical")
    found = re.search(r'href="(/confirmations/[^"]+)"', medical.get("/confirmations").text)
    assert found
    page = medical.get(found[1])
    assert "Sign with House ID" in page.text
    shown = re.search(r'name="hash" value="([0-9a-f]{64})"', page.text)
    assert shown

    def come(seen: str, subject: str) -> Any:
        sent = medical.send_form(f"{found[1]}/sign", by="login", hash=seen)
        return back(medical, login.log_in(address_in(sent), subject))

    assert "What you saw is not what would be signed." in come("0" * 64, "sub-medical").text
    assert "not that of the person who is signing" in come(shown[1], "sub-regulatory").text
    assert come(shown[1], "sub-medical").headers["location"] == f"{found[1]}?done=approved"
    with world.app.db.read() as connection:
        [signed] = connection.execute(select(confirmation_signature)).all()
    assert (signed.proof, signed.proof_issuer, signed.hash) == ("oidc", login.issuer, shown[1])
    assert "Proved by a fresh login" in medical.get(found[1]).text
    assert sum(action == "signature.refused" for action in actions(world)) == 1


def refused(world: World, answer: Any, code: str, words: str, *, counted: bool) -> None:
    assert answer.status_code < 500, answer.text[:500]
    assert words in unescape(answer.text), answer.text[:3000]
    assert signatures(world) == []
    said = [e for e in trail(world) if e.action == "signature.refused"]
    assert [f'"why":"{code}"' in e.canonical for e in said] == [True]
    assert ("user.login_wrong" in actions(world)) == counted


@pytest.mark.parametrize(
    ("lie", "told"),
    [
        ({"sign_with": "none"}, ("token_not_valid", "cannot be trusted", True)),
        ({"sign_with": "other"}, ("token_not_valid", "cannot be trusted", True)),
        ({"sign_with": "public key as secret"}, ("token_not_valid", "cannot be trusted", True)),
        ({"nonce": "another"}, ("token_not_valid", "cannot be trusted", True)),
        ({"nonce": None}, ("token_not_valid", "cannot be trusted", True)),
        ({"aud": "another client"}, ("token_not_valid", "cannot be trusted", True)),
        ({"aud": [CLIENT, "another"]}, ("token_not_valid", "cannot be trusted", True)),
        ({"azp": "another"}, ("token_not_valid", "cannot be trusted", True)),
        ({"sub": None}, ("token_not_valid", "cannot be trusted", True)),
        ({"sub": ""}, ("token_not_valid", "cannot be trusted", True)),
        ({"exp": None}, ("token_not_valid", "cannot be trusted", True)),
        ({"auth_time": "now"}, ("token_not_valid", "cannot be trusted", True)),
        ({"auth_time": True}, ("token_not_valid", "cannot be trusted", True)),
        ({"iss": "https://login.evil.example"}, ("wrong_issuer", "Another login speaks", True)),
        ({"auth_time": None}, ("login_stale", "does not say when you logged in", True)),
        ({"auth_time": -60}, ("login_stale", "did not ask you again", True)),
        ({"auth_time": 60}, ("clock_skew", "do not agree", False)),
        ({"iat": 60}, ("clock_skew", "do not agree", False)),
        ({"nbf": 60}, ("clock_skew", "do not agree", False)),
        ({"exp": -60}, ("clock_skew", "do not agree", False)),
    ],
)
def test_a_token_that_does_not_hold_signs_nothing(
    world: World,
    browse: Browse,
    login: LoginProvider,
    clock: FakeClock,
    lie: dict[str, Any],
    told: tuple[str, str, bool],
) -> None:
    code, words, counted = told
    now = int(clock.now().timestamp())
    moved = {
        name: now + value if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in lie.items()
    }
    medical = browse("medical")
    query = login.log_in(address_in(sent_to_sign(medical, world)), "sub-medical", **moved)
    refused(world, back(medical, query), code, words, counted=counted)


@pytest.mark.parametrize("subject", ["sub-regulatory", "sub-nobody"])
def test_another_s_login_signs_nothing(
    world: World, browse: Browse, login: LoginProvider, subject: str
) -> None:
    medical = browse("medical")
    query = login.log_in(address_in(sent_to_sign(medical, world)), subject)
    refused(
        world, back(medical, query), "wrong_person", "not that of the person who is signing", counted=True
    )


def test_five_failures_let_the_account_rest_for_both_ways(
    world: World, browse: Browse, login: LoginProvider, clock: FakeClock
) -> None:
    medical = browse("medical")
    for _ in range(5):
        query = login.log_in(address_in(sent_to_sign(medical, world)), "sub-regulatory")
        back(medical, query)
    assert "user.locked" in actions(world)
    query = login.log_in(address_in(sent_to_sign(medical, world)), "sub-medical")
    assert "rests after too many" in back(medical, query).text
    assert signatures(world) == []
    clock.advance(minutes=16)
    query = login.log_in(address_in(sent_to_sign(medical, world)), "sub-medical")
    assert back(medical, query).status_code == 303


def test_a_login_after_failures_clears_them(world: World, browse: Browse, login: LoginProvider) -> None:
    medical = browse("medical")
    back(medical, login.log_in(address_in(sent_to_sign(medical, world)), "sub-regulatory"))
    back(medical, login.log_in(address_in(sent_to_sign(medical, world)), "sub-medical"))
    assert "user.failures_cleared" in actions(world)


def test_a_return_in_another_browser_does_nothing(world: World, browse: Browse, login: LoginProvider) -> None:
    medical, thief = browse("medical"), browse("regulatory")
    query = login.log_in(address_in(sent_to_sign(medical, world)), "sub-medical")
    came = back(thief, query)
    assert "not begun in this browser" in came.text
    assert back(medical, query).status_code == 303  # the thief did not use it up


def test_a_return_after_ten_minutes_does_nothing(
    world: World, browse: Browse, login: LoginProvider, clock: FakeClock
) -> None:
    medical = browse("medical")
    query = login.log_in(address_in(sent_to_sign(medical, world)), "sub-medical")
    clock.advance(minutes=10)
    assert "more than ten minutes" in back(medical, query).text
    assert signatures(world) == []


def test_a_person_who_signed_out_on_the_way_signs_nothing(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    medical = browse("medical")
    query = login.log_in(address_in(sent_to_sign(medical, world)), "sub-medical")
    medical.cookies.delete(SESSION_COOKIE)
    assert back(medical, query).status_code == 401
    assert signatures(world) == []


def test_a_login_begun_to_sign_in_signs_nothing_and_the_other_way_round(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    medical = browse("medical")
    to_sign = login.log_in(address_in(sent_to_sign(medical, world)), "sub-medical")
    medical.cookies.delete(SESSION_COOKIE)
    sent = medical.get("/sign-in/company")
    to_sign_in = login.log_in(sent.headers["location"], "sub-medical")
    swapped = {**to_sign, "code": to_sign_in["code"]}
    assert back(medical, swapped).status_code == 401
    came = back(medical, {**to_sign_in, "code": to_sign["code"]})
    assert came.status_code == 502  # the code's challenge is another's
    assert SESSION_COOKIE not in medical.cookies
    assert signatures(world) == []


def test_what_has_changed_meanwhile_is_not_signed(world: World, browse: Browse, login: LoginProvider) -> None:
    medical = browse("medical")
    query = login.log_in(address_in(sent_to_sign(medical, world, manifest_hash="0" * 64)), "sub-medical")
    came = back(medical, query)
    assert came.status_code == 409
    assert "the piece has changed since" in came.text
    assert signatures(world) == []


def test_who_may_not_sign_is_not_sent_to_log_in(world: World, browse: Browse, login: LoginProvider) -> None:
    admin = browse("admin")
    answer = sent_to_sign(admin, world)
    assert answer.status_code == 403
    assert login.asked == []


def test_turning_back_at_the_login_signs_nothing_and_counts_for_nothing(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    medical = browse("medical")
    query = login.log_in(address_in(sent_to_sign(medical, world)), "sub-medical")
    came = back(medical, {"state": query["state"], "error": "access_denied", "iss": login.issuer})
    assert "did not let you in" in came.text
    assert "user.login_wrong" not in actions(world)
    assert "used already" in back(medical, query).text
    assert signatures(world) == []


def test_a_return_from_another_issuer_is_not_redeemed(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    medical = browse("medical")
    query = login.log_in(address_in(sent_to_sign(medical, world)), "sub-medical")
    before = len(login.asked)
    came = back(medical, {**query, "iss": "https://login.evil.example"})
    assert "Another login speaks" in came.text
    assert "/token" not in login.asked[before:]
    assert signatures(world) == []


# The provider


@pytest.mark.usefixtures("login")
def test_a_provider_that_cannot_be_reached_says_so_in_both_languages(world: World, browse: Browse) -> None:
    world.app.settings = replace(world.app.settings, oidc_issuer="http://127.0.0.1:1")
    medical = browse("medical")
    answer = sent_to_sign(medical, world)
    assert answer.status_code == 503
    assert "cannot be reached" in answer.text
    medical.send_form("/language", language="fr")
    assert "La connexion de l’entreprise est injoignable." in sent_to_sign(medical, world).text


@pytest.mark.parametrize(
    ("answer", "described", "words"),
    [
        ((500, b"{}"), {}, "does not answer as it should"),
        ((200, b"<html>"), {}, "does not answer as it should"),
        ((200, b"[]"), {}, "does not answer as it should"),
        ((200, b"{" * 2_000_000), {}, "does not answer as it should"),
        (None, {"issuer": "https://login.evil.example"}, "Another login speaks"),
        (None, {"authorization_endpoint": "http://login.evil.example/a"}, "does not answer as it should"),
        (None, {"authorization_endpoint": "javascript:alert(1)"}, "does not answer as it should"),
        (None, {"authorization_endpoint": None}, "does not answer as it should"),
    ],
)
def test_a_provider_that_is_none_sends_nobody_anywhere(
    browse: Browse,
    login: LoginProvider,
    answer: tuple[int, bytes] | None,
    described: dict[str, Any],
    words: str,
) -> None:
    login.answer, login.described = answer, described
    page = browse("").get("/sign-in/company")
    assert words in page.text
    assert "location" not in page.headers


@pytest.mark.usefixtures("login")
def test_with_egress_off_no_other_host_is_asked(world: World, browse: Browse) -> None:
    world.app.settings = replace(world.app.settings, oidc_issuer="https://login.house.example")
    page = browse("").get("/sign-in/company")
    assert "ANCRAGE_EGRESS is off" in page.text


def test_new_keys_of_the_provider_are_fetched_once(
    browse: Browse, login: LoginProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def come() -> int:
        browser = browse("")
        sent = browser.get("/sign-in/company")
        return int(back(browser, login.log_in(sent.headers["location"], "sub-medical")).status_code)

    monkeypatch.setattr("assistant.people.oidc.provider._AGAIN_SECONDS", 0.0)
    assert come() == 303
    login.key = NEWER_KEY
    assert come() == 303
    assert login.asked.count("/keys") == 2
    assert login.asked.count("/.well-known/openid-configuration") == 1


# Without passphrases


def test_with_passphrases_off_nothing_opens_or_signs_by_one(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    medical, piece = browse("medical"), world.ids["piece"]
    world.app.settings = replace(world.app.settings, passwords=False)
    stranger = browse("")
    page = stranger.get("/sign-in").text
    assert "Passphrase" not in page
    visit = re.search(r'name="csrf" value="([^"]+)"', page)
    assert visit
    tried = stranger.post("/sign-in", data={"name": "The medical", "password": PASSWORD, "csrf": visit[1]})
    assert "Passphrases are switched off" in tried.text
    assert "Your passphrase, again" not in medical.get(f"/review/{piece}").text
    review = review_json(world.app.db, world.people["medical"], piece)
    tried = medical.send_form(
        f"/review/{piece}/approve",
        meaning="Approval",
        password=PASSWORD,
        manifest_hash=review["manifest"]["hash"],
    )
    assert "Passphrases are switched off" in tried.text
    by_api = medical.post(
        f"/api/reviews/{piece}/approve", json={"password": PASSWORD}, headers={"X-CSRF-Token": medical.csrf}
    )
    assert by_api.json()["error"]["code"] == "passwords_off"
    assert signatures(world) == []
    assert (
        back(medical, login.log_in(address_in(sent_to_sign(medical, world)), "sub-medical")).status_code
        == 303
    )


def test_where_no_login_is_set_up_there_is_none(browse: Browse) -> None:
    assert "company" not in browse("").get("/sign-in").text
    assert browse("").get("/sign-in/company").status_code == 404
    assert browse("").get("/sign-in/return?state=a&code=b").status_code == 404
    assert "company login" not in browse("admin").get("/users").text


@pytest.mark.usefixtures("login")
@pytest.mark.parametrize(
    "query", [{}, {"state": "x" * 50_000, "code": "y"}, {"state": "é\x00", "error": "no"}]
)
def test_a_return_that_was_never_begun_is_refused(browse: Browse, query: dict[str, str]) -> None:
    assert back(browse(""), query).status_code == 403


def test_a_certificate_is_signed_by_a_fresh_login_and_by_no_passphrase_where_they_are_off(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    source = add_source(world.app.db, world.people["librarian"], markets=("UK",), title="A British label")
    piece = promotional(world.app.db, world.people, source, "UK")
    world.app.settings = replace(world.app.settings, passwords=False)
    medical = browse("medical")
    page = medical.get(f"/pieces/{piece}").text
    seen = page.split('name="hash" value="')[1][:64]
    fields = {"act": "certify", "signatory": "doctor", "registration": "7012345", "hash": seen}
    tried = medical.send_form(f"/pieces/{piece}/release", **fields, password=PASSWORD)
    assert "Passphrases are switched off" in tried.text
    asked = medical.send_form(f"/pieces/{piece}/release", **fields, by="login")
    came = back(medical, login.log_in(address_in(asked), "sub-medical"))
    assert (came.status_code, came.headers["location"]) == (
        303,
        f"/pieces/{piece}?done=release_certify#release",
    )
    [entry] = [e for e in trail(world) if e.action == "release.certificate_signed"]
    assert f'"issuer":"{login.issuer}"' in entry.canonical
    assert "GMC 7012345" in medical.get(f"/pieces/{piece}").text


def test_a_policy_is_adopted_by_a_fresh_login_of_the_one_who_compared_it(
    world: World, browse: Browse, login: LoginProvider
) -> None:
    text = policy_with(lambda data: data.update(months_valid=12))
    proposal = propose_policy(world.app.db, world.people["pharmacist"], text, "Shorter")
    wanted = read_policy(text).hash
    world.app.settings = replace(world.app.settings, passwords=False)
    regulatory = browse("regulatory")
    page = regulatory.get(f"/policy?hash={wanted}").text
    assert ("Sign with House ID" in page, 'name="password"' in page) == (True, False)
    fields = {"before": default_policy().hash, "hash": wanted, "reason": "I have read it"}
    address = f"/policy/proposals/{proposal}/adopt"
    assert "Passphrases are switched off" in regulatory.send_form(address, **fields, password=PASSWORD).text

    def come(subject: str) -> Any:
        sent = regulatory.send_form(address, **fields, by="login")
        return back(regulatory, login.log_in(address_in(sent), subject))

    assert "not that of the person who is signing" in come("sub-medical").text
    assert come("sub-regulatory").headers["location"] == "/policy?done=policy_adopted"
    [entry] = [e for e in trail(world) if e.action == "policy.adopted"]
    assert f'"issuer":"{login.issuer}"' in entry.canonical
