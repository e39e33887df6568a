"""The company's login at a provider that was not written here: over HTTP, from its description to the signature."""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.audit.verify import verify_trail
from tests.builders.independent_login import (
    CLIENT,
    INSTALLED,
    PEOPLE,
    SECRET,
    IndependentLogin,
    PersonAtTheLogin,
    serving_independent_login,
)
from tests.integration.conftest import FakeClock
from tests.integration.test_web.conftest import Browser, World, use_login
from tests.integration.test_web.logins import address_in, back, sent_to_sign, signatures

Browse = Callable[[str], Browser]
BACK = "http://127.0.0.1:8321/sign-in/return"


@pytest.fixture(scope="module")
def provider() -> Iterator[IndependentLogin]:
    if not (INSTALLED / "ready").exists():
        pytest.skip("Tests with a login that was not written here are left out: `make login` installs it")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serving_independent_login(port, BACK) as served:
        yield served


@pytest.fixture
def login(world: World, clock: FakeClock, provider: IndependentLogin) -> IndependentLogin:
    """The house uses it; two people were linked long ago. It has a clock of its own, so ours shows its time."""
    clock.instant = datetime.now(UTC)
    use_login(world, provider.issuer, CLIENT, SECRET, {name: name for name in PEOPLE})
    return provider


@pytest.fixture
def medical() -> Iterator[PersonAtTheLogin]:
    person = PersonAtTheLogin("medical", BACK)
    yield person
    person.browser.close()


def come_in(browser: Browser, person: PersonAtTheLogin) -> str:
    """Sign in by the login; returns where that leads, or what was said instead."""
    query = person.log_in(browser.get("/sign-in/company?next=/pieces").headers["location"])
    came = back(browser, query)
    return str(came.headers.get("location", "")) or said(came)


def said(answer: Any) -> str:
    """Of a refusal, without what stands around it on the page."""
    found = re.search(r'id="refusal".*?</div>', answer.text, re.DOTALL)
    assert found, answer.text
    return found[0]


def test_somebody_signs_in_and_the_session_at_the_login_serves_again(
    browse: Browse, login: IndependentLogin, medical: PersonAtTheLogin
) -> None:
    del login
    browser = browse("")
    assert come_in(browser, medical) == "/pieces"
    assert "The medical" in browser.get("/me").text
    assert come_in(browse(""), medical) == "/pieces"
    assert medical.asked == ["login", "password", "answer"], "once in, the login asks no more"


def test_a_signature_asks_anew_whoever_has_a_session_there_and_once(
    world: World, browse: Browse, clock: FakeClock, login: IndependentLogin, medical: PersonAtTheLogin
) -> None:
    come_in(browse(""), medical)
    browser = browse("medical")
    clock.instant = datetime.now(UTC)
    asked_before = len(medical.asked)
    query = medical.log_in(address_in(sent_to_sign(browser, world)))
    assert medical.asked[asked_before:] == ["password"]
    clock.instant = datetime.now(UTC)
    came = back(browser, query)
    assert came.headers.get("location", "").endswith("done=approved"), said(came)
    [signed] = signatures(world)
    assert (signed.proof, signed.proof_issuer) == ("oidc", login.issuer)
    assert abs(signed.proof_at - clock.instant) < timedelta(seconds=30)
    assert "was used already" in back(browser, query).text
    assert len(signatures(world)) == 1
    assert verify_trail(world.app.db)["ok"] is True


def test_somebody_else_s_login_signs_nothing(
    world: World, browse: Browse, login: IndependentLogin, medical: PersonAtTheLogin
) -> None:
    del login
    come_in(browse(""), medical)
    browser = browse("medical")
    other = PersonAtTheLogin("regulatory", BACK)
    query = other.log_in(address_in(sent_to_sign(browser, world)))
    other.browser.close()
    assert "not that of the person who is signing" in back(browser, query).text
    assert signatures(world) == []


def test_new_keys_and_another_way_to_give_the_secret_change_nothing(
    browse: Browse, login: IndependentLogin, medical: PersonAtTheLogin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.people.oidc.provider._AGAIN_SECONDS", 0.0)
    assert come_in(browse(""), medical) == "/pieces"
    login.tell("keys")
    assert come_in(browse(""), medical) == "/pieces"
    login.tell("secret client_secret_post")
    assert come_in(browse(""), medical) == "/pieces"
    login.tell("secret client_secret_basic")


@pytest.mark.parametrize("apart", [timedelta(minutes=-5), timedelta(hours=3)], ids=["behind", "ahead"])
def test_a_clock_that_is_apart_opens_nothing_and_is_named(
    browse: Browse, clock: FakeClock, login: IndependentLogin, medical: PersonAtTheLogin, apart: timedelta
) -> None:
    del login
    clock.instant += apart
    assert "clock" in come_in(browse(""), medical)


def test_a_code_is_bound_to_the_browser_s_own_secret(
    browse: Browse, login: IndependentLogin, medical: PersonAtTheLogin
) -> None:
    del login
    mine, theirs = browse(""), browse("")
    asked = mine.get("/sign-in/company").headers["location"]
    their_state = parse_qs(urlsplit(theirs.get("/sign-in/company").headers["location"]).query)["state"][0]
    stolen = medical.log_in(asked) | {"state": their_state}
    assert back(theirs, stolen).status_code != 303


def test_an_issuer_that_is_not_exactly_its_own_is_refused(
    world: World, browse: Browse, login: IndependentLogin
) -> None:
    world.app.settings = replace(world.app.settings, oidc_issuer=f"{login.issuer}/")
    answer = browse("").get("/sign-in/company")
    assert "Another login speaks" in answer.text


def test_a_wrong_secret_opens_nothing(
    world: World, browse: Browse, login: IndependentLogin, medical: PersonAtTheLogin
) -> None:
    del login
    world.app.settings = replace(world.app.settings, oidc_client_secret="not this one")
    assert "does not answer as it should: the token" in come_in(browse(""), medical)
