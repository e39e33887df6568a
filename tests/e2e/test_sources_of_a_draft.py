"""On the form of a new draft, the sources go with the medicine that is chosen, and with the language; nothing ticked is lost."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.builders.dossier import add_source
from tests.e2e.conftest import AtHome, Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
SOURCES = {
    "Ferrolan": ("en", "Ferrolan"),
    "Ferrolan, notice": ("fr", "Ferrolan"),
    "Quietal": ("en", "Quietal"),
}


@pytest.fixture(scope="module", autouse=True)
def _sources(at_home: AtHome) -> None:
    with at_home() as desk:
        for title, (language, product) in SOURCES.items():
            text = f"The dose of {title} is 5 mg."
            add_source(desk.db, desk.lena, [text], title=title, language=language, product=product)


def test_the_sources_go_with_the_medicine_and_what_was_ticked_is_not_sent_for_another(
    browser: "Browser", site: Site
) -> None:
    wanda = Person(browser, site, "Wanda")
    page = wanda.page
    wanda.go("/pieces/new?product=Ferrolan&language=en")
    offered = page.locator(".choice:visible:has([name=source])")
    expect(offered).to_have_text(["Ferrolan (Ferrolan, English)", "Ferrolan, notice (Ferrolan, French)"])
    page.get_by_label("Language of the piece").select_option("fr")
    expect(offered.first).to_have_text("Ferrolan, notice (Ferrolan, French)")
    offered.first.locator("input").check()
    page.get_by_label("Product", exact=True).select_option("Quietal")
    expect(offered).to_have_text(["Quietal (Quietal, English)"])
    sent = "[...new FormData(document.querySelector('form:has([name=topic])')).getAll('source')]"
    assert page.evaluate(sent) == []
    page.get_by_label("Product", exact=True).select_option("Ferrolan")
    expect(offered.first.locator("input")).to_be_checked()
    assert len(page.evaluate(sent)) == 1
    assert not wanda.barriers()
    wanda.leave()


def test_without_scripts_every_source_is_offered_those_of_the_medicine_first(
    browser: "Browser", site: Site
) -> None:
    wanda = Person(browser, site, "Wanda", java_script_enabled=False)
    wanda.go("/pieces/new?product=Quietal&language=en")
    offered = wanda.page.locator(".choice:has([name=source])")
    expect(offered.first).to_have_text("Quietal (Quietal, English)")
    assert offered.count() >= len(SOURCES)
    wanda.leave()
