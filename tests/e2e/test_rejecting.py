"""A reviewer who does not sign: sending back and rejecting for good are two acts that nobody takes for each other."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from assistant.review.submission import submit
from tests.builders.dossier import add_piece, add_source, document_of
from tests.e2e.conftest import AtHome, Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def piece(at_home: AtHome) -> str:
    with at_home() as desk:
        source = add_source(desk.db, desk.lena, product="Finalor")
        made = add_piece(desk.db, desk.wanda, document_of(desk.db, source, 3)).id
        submit(desk.db, desk.wanda, made, override_request="Made for a test")
    return made


@pytest.fixture
def marc(browser: "Browser", site: Site) -> Iterator[Person]:
    person = Person(browser, site, "Marc", locale="en")
    yield person
    person.leave()


def test_a_rejection_says_that_it_is_final_and_wants_it_confirmed(marc: Person, piece: str) -> None:
    page = marc.page
    marc.go(f"/review/{piece}")
    summary = page.locator("#decide summary", has_text="Reject for good")
    summary.focus()
    page.keyboard.press("Enter")
    form = page.locator("#decide form:has([name=final])")
    expect(form).to_contain_text("nobody can change it, send it to review or sign it any more")
    assert not marc.barriers()
    page.keyboard.press("Tab")
    expect(form.get_by_label("Why it is rejected")).to_be_focused()
    page.keyboard.type("The topic itself is wrong.")
    form.get_by_role("button", name="Reject for good").click()
    expect(form.get_by_label("I end this piece for good")).not_to_be_checked()
    assert form.locator("[name=final]").evaluate("box => box.validity.valueMissing")
    expect(page.get_by_text("In review").first).to_be_visible()
    form.get_by_label("I end this piece for good").check()
    with page.expect_navigation():
        form.get_by_role("button", name="Reject for good").click()
    expect(page.locator(".done")).to_have_text("The piece is rejected.")
    expect(page.locator("#decide")).to_have_count(0)
