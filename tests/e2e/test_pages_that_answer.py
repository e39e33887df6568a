"""What is seen after a form was sent, or when something is refused: on a phone and at a desk, nothing shuts a reader out."""

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Person, Site
from tests.e2e.test_every_page import LOOKS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
TWO_LOOKS = ["desk, light, French", "phone, dark, French"]
SEND = """([path, csrf, fields]) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: path, enctype: "multipart/form-data" });
  const all = csrf ? { ...fields, csrf: document.querySelector("[name=csrf]").value } : fields;
  for (const [name, value] of Object.entries(all)) {
    const box = document.createElement("textarea");
    box.name = name;
    box.value = value;
    form.append(box);
  }
  document.body.append(form);
  form.submit();
}"""
LARGEST = 2 * 1024 * 1024
"""What a form may hold that brings no file."""


@pytest.fixture(params=TWO_LOOKS)
def look(request: pytest.FixtureRequest) -> tuple[dict[str, Any], str]:
    return LOOKS[request.param]


def send(page: "Page", path: str, *, csrf: bool, **fields: str) -> None:
    with page.expect_navigation():
        page.evaluate(SEND, [path, csrf, fields])


def test_a_health_professional_is_answered_refused_and_shown_where_to_read(
    browser: "Browser", filled: Site, look: tuple[dict[str, Any], str]
) -> None:
    options, language = look
    person = Person(browser, filled, "helen", **options, locale=language)
    person.speak(language)
    problems: list[str] = []
    for asked, found in (
        ("Quelle est la posologie recommandée ?", ".answer article"),
        ("Peut-on conserver Velmora avec du champagne ?", ".answer ul li"),
        ("Velmora guérit-il le psoriasis ?", ".answer .note"),
        ("Ma patiente a fait une éruption sous Velmora hier", ".answer .note.warn"),
    ):
        person.go("/ask")
        person.page.locator("#question").fill(asked)
        person.page.get_by_role("button", name="Interroger").click()
        expect(person.page.locator(found).first).to_be_visible()
        problems += person.barriers()
    person.speak("en")
    person.leave()
    assert not problems


def test_a_refusal_says_what_it_is_and_leads_on(
    browser: "Browser", filled: Site, look: tuple[dict[str, Any], str]
) -> None:
    options, language = look
    person = Person(browser, filled, "wanda", **options, locale=language)
    person.speak(language)
    page, problems = person.page, []
    for path, csrf, said in (
        ("/pieces", False, "Cela n’a pas pu être fait"),
        ("/users", True, "Accès non autorisé"),
        ("/no/such/page", True, "Introuvable"),
        ("/me/tokens", True, "Trop volumineux"),
    ):
        person.go("/pieces")
        send(page, path, csrf=csrf, name="x" * (LARGEST + 1) if path == "/me/tokens" else "Ines")
        expect(page.get_by_role("heading", level=1)).to_have_text(said)
        problems += person.barriers()
    page.get_by_role("link", name="Aller à l’accueil").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("wanda")
    person.speak("en")
    person.leave()
    assert not problems


def test_a_stranger_is_led_to_the_sign_in(
    browser: "Browser", filled: Site, look: tuple[dict[str, Any], str]
) -> None:
    options, language = look
    stranger = Person(browser, filled, "", **options, locale=language)
    page = stranger.page
    stranger.go("/sign-in")
    page.locator("[name=name]").fill("marc")
    page.locator("[name=password]").fill("not this one")
    page.locator("main form:has([name=password]) button").click()
    expect(page.locator("#refusal")).to_be_focused()
    problems = stranger.barriers()
    send(page, "/pieces", csrf=False, kind="quiz")
    expect(page.get_by_role("heading", level=1)).to_have_text("Connectez-vous")
    problems += stranger.barriers()
    page.get_by_role("link", name="Se connecter").click()
    expect(page.locator("[name=password]")).to_be_visible()
    stranger.leave()
    assert not problems


def test_a_checked_text_shows_each_finding_within_the_page(
    browser: "Browser", filled: Site, look: tuple[dict[str, Any], str]
) -> None:
    options, language = look
    person = Person(browser, filled, "wanda", **options, locale=language)
    person.speak(language)
    person.go("/check")
    person.page.locator("#text").fill("Velmora reduces the risk of death by 50%.")
    person.page.locator("main").get_by_role("button", name="Vérifier").click()
    expect(person.page.get_by_role("heading", level=1)).to_contain_text("Texte vérifié le")
    expect(person.page.locator(".finding").first).to_be_visible()
    problems = person.barriers()
    person.speak("en")
    person.leave()
    assert not problems
