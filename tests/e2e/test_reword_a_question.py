"""A writer rewords a quiz: the question, an answer and the explanation, each with live checks and a revision of its own."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.builders.dossier import add_piece, add_source, quiz_of
from tests.e2e.conftest import AtHome, Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def quiz(at_home: AtHome) -> str:
    with at_home() as desk:
        source = add_source(desk.db, desk.lena, product="Quizal")
        return add_piece(desk.db, desk.wanda, quiz_of(desk.db, source)).id


def opened(wanda: Person, lineage: str) -> "Locator":
    form = wanda.page.locator(f"#text-{lineage}").locator("xpath=ancestor::details")
    form.locator("summary").focus()
    wanda.page.keyboard.press("Enter")
    return form


def save(wanda: Person, form: "Locator") -> None:
    with wanda.page.expect_navigation():
        form.get_by_role("button", name="Save as a new revision").click()
    expect(wanda.page.locator(".done")).to_have_text("Saved as a new revision.")


def test_each_text_of_a_question_is_reworded_where_it_stands(
    browser: "Browser", site: Site, quiz: str
) -> None:
    wanda = Person(browser, site, "Wanda", locale="en")
    page = wanda.page
    wanda.go(f"/pieces/{quiz}")
    for name in ("Edit this question", "Edit answer A", "Edit answer B", "Edit answer C"):
        expect(page.locator("summary", has_text=name)).to_have_count(1)
    form = opened(wanda, "o2")
    form.locator("textarea").fill("15 mg once daily")
    expect(form.locator(".trial .finding.block").first).to_contain_text("15 mg")
    form.locator("textarea").fill("10 mg a day")
    expect(form.locator(".trial .finding.block")).to_have_count(0)
    assert not wanda.barriers()
    save(wanda, form)
    expect(page.locator("#o2")).to_contain_text("10 mg a day")
    form = opened(wanda, "q1")
    form.locator("textarea").fill("Which dose starts the treatment?")
    save(wanda, form)
    expect(page.locator("#q1")).to_contain_text("Which dose starts the treatment?")
    form = opened(wanda, "s1")
    form.locator("textarea").fill("The starting dose is 10 mg once daily.")
    save(wanda, form)
    wanda.leave()
