"""An inspector looks for a signature in the trail, by keyboard and on a phone, in both languages."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "what", "width"), [("en", "Who", 1280), ("fr", "Qui", 1280), ("fr", "Qui", 390)]
)
def test_entries_are_filtered_and_opened_by_keyboard(
    browser: "Browser", site: Site, language: str, what: str, width: int
) -> None:
    aude = Person(browser, site, "Aude", locale=language, viewport={"width": width, "height": 800})
    page = aude.page
    aude.speak(language)
    aude.go("/audit")
    if width == 390:
        page.locator(".sift summary").focus()
        page.keyboard.press("Enter")
    chosen = page.get_by_label(what, exact=True)
    chosen.select_option(label="Ada")
    chosen.focus()
    page.get_by_role("search").get_by_role("button").press("Enter")
    page.wait_for_url(lambda url: "by=user_" in url)
    rows = page.locator("tbody tr")
    expect(rows).not_to_have_count(0)
    for text in rows.all_inner_texts():
        assert "Ada" in text, "also on a phone each entry says who acted"
    summary = rows.first.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(rows.first.locator("pre")).to_contain_text('"action":')
    assert not aude.barriers()
    aude.leave()
