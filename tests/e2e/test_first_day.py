"""A home on its first day: every list says that it is empty and what to do, and shuts nobody out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from assistant.bootstrap import open_app
from assistant.people.accounts import add_user
from assistant.settings import Settings, sqlite_url
from tests.e2e.conftest import PASSWORD, Person, Site, served
from tests.e2e.test_every_page import LOOKS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
EMPTY = {
    "Lena": ("/sources", "/products", "/calendar", "/search", "/notices"),
    "Wanda": ("/pieces", "/pieces/new", "/check"),
    "Marc": ("/review", "/confirmations"),
    "Remy": ("/published",),
    "Sofia": ("/cases",),
    "Ada": ("/jobs",),
}
ROLES = {
    "Lena": "librarian",
    "Wanda": "writer",
    "Marc": "medical",
    "Remy": "rep",
    "Sofia": "safety",
    "Ada": "admin",
}


@pytest.fixture(scope="module")
def new_home(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    del chromium
    home = tmp_path_factory.mktemp("first-day") / "home"
    app = open_app(Settings(home=home, database_url=sqlite_url(home), egress=False, workers=1))
    admin = add_user(app.db, None, "Ada", ["admin"], PASSWORD).actor()
    for name, role in ROLES.items():
        if name != "Ada":
            add_user(app.db, admin, name, [role], PASSWORD)
    app.close()
    with served(home) as address:
        yield Site(address, home)


@pytest.mark.parametrize("look", ["desk, light, French", "phone, dark, French"])
def test_every_list_says_that_it_is_empty_and_what_fills_it(
    browser: "Browser", new_home: Site, look: str
) -> None:
    options, language = LOOKS[look]
    problems: list[str] = []
    for name, paths in EMPTY.items():
        person = Person(browser, new_home, name, **options, locale=language)
        person.speak(language)
        for path in paths:
            person.go(path)
            empty = person.page.locator(".empty").first
            expect(empty.locator("h2")).to_be_visible()
            expect(empty.locator("p")).not_to_be_empty()
            problems += person.barriers()
        person.leave()
    assert not problems
