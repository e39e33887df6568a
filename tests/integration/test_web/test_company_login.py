"""The company's login: signing in by it, a provider that fails, and a house without passphrases."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from api.gate import SESSION_COOKIE
from assistant.people.oidc.identities import identities, link
from assistant.review.policy import default_policy
from assistant.review.policy_proposals import propose_policy
from assistant.review.policy_reading import read_policy
from assistant.review.view import review_json
from assistant.store.schema import (
    known_browser,
)
from tests.builders.dossier import add_source
from tests.builders.login_provider import NEWER_KEY, LoginProvider
from tests.builders.policies import policy_with
from tests.builders.release import promotional
from tests.integration.conftest import PASSWORD
from tests.integration.test_web.conftest import Browser, World
from tests.integration.test_web.logins import (
    address_in,
    back,
    sent_to_sign,
    signatures,
    trail,
)

Browse = Callable[[str], Browser]


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
