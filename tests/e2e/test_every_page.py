"""Every page that there is, by light and by dark, at a desk, on a tablet and on a phone: nothing shuts a reader out."""

from typing import TYPE_CHECKING, Any

import pytest

from api.app import create_app
from assistant.bootstrap import open_app
from assistant.settings import Settings, sqlite_url
from tests.e2e.conftest import Person, Site
from tests.e2e.places import NOT_OURS, OTHERS, PAGES, routes_of_pages

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
LOOKS: dict[str, tuple[dict[str, Any], str]] = {
    "desk, light, French": ({"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"}, "fr"),
    "tablet, dark, English": ({"viewport": {"width": 1024, "height": 768}, "color_scheme": "dark"}, "en"),
    "phone, light, English": ({"viewport": {"width": 390, "height": 844}, "color_scheme": "light"}, "en"),
    "phone, dark, French": ({"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}, "fr"),
}
SHOWN = [*PAGES.values(), *OTHERS.values()]
PEOPLE = sorted({person for person, _ in SHOWN})


def test_no_page_is_forgotten_here(tmp_path: "Path") -> None:
    app = open_app(Settings(home=tmp_path, database_url=sqlite_url(tmp_path), egress=False, workers=1))
    try:
        assert routes_of_pages(create_app(app)) == PAGES.keys() | NOT_OURS.keys()
    finally:
        app.close()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PEOPLE)
def test_no_page_shuts_a_reader_out_or_runs_over_its_edge(
    browser: "Browser", filled: Site, name: str, look: str
) -> None:
    options, language = LOOKS[look]
    person = Person(browser, filled, name, **options, locale=language)
    person.speak(language)
    problems: list[str] = []
    for path in (path for whose, path in SHOWN if whose == name):
        assert person.go(path.format(**filled.made)) < 500
        problems += person.barriers()
    person.speak("en")
    person.leave()
    assert not problems
