"""Every page, in both languages, by light and by dark, at a desk and on a phone: nothing that shuts a reader out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
PAGES = {
    "Ada": ("/", "/users", "/jobs", "/audit", "/me"),
    "Lena": (
        "/",
        "/sources",
        "/sources?market=FR&sort=-expires",
        "/calendar",
        "/sources/new",
        "/products/new",
        "SOURCE",
        "SOURCE/pages/2",
        "SOURCE/withdraw",
    ),
    "Wanda": ("/", "/pieces", "/pieces/new", "/check", "/products", "PIECE", "/no/such/page"),
    "Marc": ("/", "/review", "REVIEW", "/notices", "/figures"),
    "Remy": ("/", "/published", "GONE"),
    "Helen": ("/ask",),
    "Sofia": ("/cases",),
}


@pytest.fixture(params=["light", "dark"])
def look(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A desk by day, a phone by night."""
    if request.param == "light":
        return {"color_scheme": "light", "viewport": {"width": 1440, "height": 900}}
    return {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}}


@pytest.fixture(params=list(PAGES))
def visitor(
    request: pytest.FixtureRequest, browser: "Browser", site: Site, look: dict[str, Any]
) -> Iterator[tuple[Person, tuple[str, ...]]]:
    person = Person(browser, site, request.param, **look)
    yield person, PAGES[request.param]
    person.leave()


def addressed(site: Site, path: str) -> str:
    """Addresses of what `test_from_file_to_signature` has made; the list page instead where this file runs alone."""
    made = site.made
    known = {
        "SOURCE": f"/sources/{made['source']}" if made else "/sources",
        "PIECE": f"/pieces/{made['piece']}" if made else "/pieces",
        "REVIEW": f"/review/{made['piece']}" if made else "/review",
        "GONE": f"/published/{made['publication']}" if made else "/published",
    }
    name, slash, rest = path.partition("/")
    if name not in known:
        return path
    return known[name] + (slash + rest if made else "")


def test_no_page_shuts_a_reader_out_or_runs_over_its_edge(
    site: Site, visitor: tuple[Person, tuple[str, ...]]
) -> None:
    person, paths = visitor
    problems: list[str] = []
    for path in paths:
        assert person.go(addressed(site, path)) < 500
        problems += person.barriers()
    assert not problems


def test_a_reader_changes_the_language_and_keeps_it(browser: "Browser", site: Site) -> None:
    person = Person(browser, site, "Aude")
    person.go("/audit")
    person.page.get_by_role("button", name="Français").click()
    expect(person.page.get_by_role("heading", name="Piste d’audit")).to_be_visible()
    person.go("/published")
    expect(person.page.get_by_role("heading", name="Contenus publiés")).to_be_visible()
    person.page.get_by_role("button", name="English").click()
    expect(person.page.get_by_role("heading", name="Published content")).to_be_visible()
    person.leave()


def test_the_keyboard_reaches_the_content_first(browser: "Browser", site: Site) -> None:
    person = Person(browser, site, "Wanda")
    person.go("/pieces")
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    person.page.keyboard.press("Enter")
    assert person.page.evaluate("document.activeElement.id") == "content"
    person.leave()
