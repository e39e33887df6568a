"""Signing exactly one thing with a fresh login. Then everybody lies."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from api.gate import SESSION_COOKIE
from assistant.audit.verify import verify_trail
from assistant.review.view import review_json
from assistant.store.schema import (
    confirmation_signature,
)
from tests.builders.login_provider import CLIENT, LoginProvider
from tests.integration.conftest import PASSWORD, FakeClock
from tests.integration.test_web.conftest import Browser, World
from tests.integration.test_web.logins import (
    actions,
    address_in,
    back,
    refused,
    sent_to_sign,
    signatures,
    trail,
)
from tests.integration.test_web.test_versions import replaced

Browse = Callable[[str], Browser]


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
