"""The pages around a company's login: signing in, being turned away, and the way out to sign."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from assistant.bootstrap import open_app
from assistant.people.accounts import find_user
from assistant.people.oidc.identities import link
from assistant.settings import Settings, sqlite_url
from tests.builders.login_provider import CLIENT, SECRET, LoginProvider, serving_login
from tests.e2e.conftest import Person, Site, served
from tests.e2e.test_every_page import LOOKS
from tests.e2e.test_pages_that_answer import TWO_LOOKS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


class Now:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture(scope="module")
def login() -> Iterator[LoginProvider]:
    with serving_login(Now()) as provider:
        yield provider


@pytest.fixture(scope="module")
def house(filled: Site, login: LoginProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The filled home once more, at a house that has a login of its own; marc's link waits for his word."""
    home = filled.copy_to(tmp_path_factory.mktemp("house") / "home")
    _link_marc(home, login.issuer)
    variables = {
        "ANCRAGE_OIDC_ISSUER": login.issuer,
        "ANCRAGE_OIDC_CLIENT_ID": CLIENT,
        "ANCRAGE_OIDC_CLIENT_SECRET": SECRET,
        "ANCRAGE_OIDC_NAME": "House ID",
    }
    with served(home, **variables) as address:
        yield Site(address, home, filled.made, filled.password)


def _link_marc(home: Path, issuer: str) -> None:
    app = open_app(Settings(home=home, database_url=sqlite_url(home), egress=False, workers=1))
    with app.db.read() as connection:
        ada = find_user(connection, "ada")
    assert ada is not None
    link(app.db, ada.actor(), "marc", issuer, subject="sub-marc")
    app.close()


@pytest.fixture(params=TWO_LOOKS)
def look(request: pytest.FixtureRequest) -> tuple[dict[str, Any], str]:
    return LOOKS[request.param]


def _asked_of_the_login(page: "Page", issuer: str) -> str:
    """Go to the login by the button; the browser stays, and the address is returned."""
    page.route(f"{issuer}/**", lambda route: route.fulfill(status=204))
    with page.expect_request(lambda request: request.url.startswith(issuer)) as sent:
        page.get_by_role("link", name="House ID").click()
    return sent.value.url


def test_a_stranger_signs_in_with_it_or_is_told_why_not(
    browser: "Browser", house: Site, login: LoginProvider, look: tuple[dict[str, Any], str]
) -> None:
    options, language = look
    stranger = Person(browser, house, "", **options, locale=language)
    page = stranger.page
    stranger.go("/sign-in")
    problems = stranger.barriers()
    back = login.log_in(_asked_of_the_login(page, login.issuer), "sub-nobody")
    for query in (back, back | {"error": "access_denied"}, {"state": "nonsense", "code": "x"}):
        stranger.go(f"/sign-in/return?{urlencode(query)}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        problems += stranger.barriers()
    stranger.leave()
    assert not problems


def test_who_is_linked_confirms_it_and_goes_there_to_sign(
    browser: "Browser", house: Site, login: LoginProvider, look: tuple[dict[str, Any], str]
) -> None:
    options, language = look
    person = Person(browser, house, "marc", **options, locale=language)
    person.speak(language)
    page = person.page
    person.go("/me")
    expect(page.get_by_role("heading", name="Connexion de l’entreprise")).to_be_visible()
    problems = person.barriers()
    page.route(f"{login.issuer}/**", lambda route: route.fulfill(status=204))
    person.go("/confirmations/" + house.made["confirmation"])
    page.get_by_role("button", name="House ID").click()
    expect(page.get_by_role("link", name="Aller à House ID")).to_be_visible()
    problems += person.barriers()
    person.speak("en")
    person.leave()
    assert not problems
