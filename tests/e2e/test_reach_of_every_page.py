"""A reader of any language, and one without a mouse, reach what a page is about."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


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
