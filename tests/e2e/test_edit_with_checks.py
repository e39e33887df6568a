"""A writer edits a statement and sees at once, before anything is saved, which checks would fail."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.builders.dossier import add_piece, add_source, document_of
from tests.e2e.conftest import AtHome, Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Route

pytestmark = pytest.mark.browser
PLACE = "s2"
TEXT = "The recommended starting dose is 10 mg once daily."


@pytest.fixture(scope="module")
def piece(at_home: AtHome) -> str:
    with at_home() as desk:
        source = add_source(desk.db, desk.lena, product="Dormal")
        return add_piece(desk.db, desk.wanda, document_of(desk.db, source, 3)).id


@pytest.fixture
def wanda(browser: "Browser", site: Site) -> Iterator[Person]:
    person = Person(browser, site, "Wanda", locale="en")
    yield person
    person.leave()


def opened(wanda: Person, piece: str) -> "tuple[Locator, Locator]":
    """The field of the statement and what is said beneath it."""
    wanda.go(f"/pieces/{piece}")
    form = wanda.page.locator(f"#text-{PLACE}").locator("xpath=ancestor::details")
    form.locator("summary").click()
    field = form.locator("textarea")
    expect(field).to_have_value(TEXT)
    return field, form.locator(".trial")


def test_a_wrong_dose_is_told_while_it_is_typed_and_settled_again_and_nothing_is_saved(
    wanda: Person, piece: str
) -> None:
    field, trial = opened(wanda, piece)
    address = wanda.page.url
    field.press("Control+End")
    for _ in range(len(" mg once daily.")):
        field.press("ArrowLeft")
    field.press("Backspace")
    field.press_sequentially("5")
    expect(field).to_have_value(TEXT.replace("10 mg", "15 mg"))
    expect(trial.locator(".finding.block")).not_to_have_count(0)
    expect(trial.get_by_text("Blocked")).to_be_visible()
    expect(trial.locator("ins")).to_contain_text("15")
    expect(field).to_be_focused()
    assert not wanda.barriers()
    field.fill(TEXT)
    expect(trial.get_by_text("No further check fails.")).to_be_visible()
    expect(trial.locator(".finding.block")).to_have_count(0)
    field.fill(TEXT.replace("10 mg", "15 mg"))
    expect(trial.locator(".finding.block")).not_to_have_count(0)
    assert wanda.page.url == address
    opened(wanda, piece)
    expect(wanda.page.get_by_text("Revision 2")).to_have_count(0)


def test_only_the_answer_to_the_last_text_is_shown(wanda: Person, piece: str) -> None:
    field, trial = opened(wanda, piece)
    held: list[Route] = []
    wanda.page.route("**/check", lambda route: route.continue_() if held else held.append(route))
    field.fill(TEXT.replace("10 mg", "15 mg"))
    with wanda.page.expect_response("**/check") as first:
        with wanda.page.expect_response("**/check"):
            wanda.page.wait_for_timeout(700)
            field.fill(TEXT)
        expect(trial.get_by_text("No further check fails.")).to_be_visible()
        held[0].continue_()
    first.value.finished()
    wanda.page.wait_for_timeout(200)
    expect(trial.get_by_text("No further check fails.")).to_be_visible()
    expect(trial.locator(".finding.block")).to_have_count(0)


def test_a_refused_or_lost_check_is_said_and_leaves_no_finding_of_another_text(
    wanda: Person, piece: str
) -> None:
    field, trial = opened(wanda, piece)
    field.fill(TEXT.replace("10 mg", "15 mg"))
    expect(trial.locator(".finding.block")).not_to_have_count(0)
    field.fill("x" * 20_000)
    expect(trial.locator(".finding")).to_have_count(0)
    expect(trial).to_contain_text("characters")
    wanda.page.route("**/check", lambda route: route.abort())
    field.fill(TEXT)
    expect(trial).to_contain_text("The checks did not answer. Your text is still here")
    expect(field).to_have_value(TEXT)


def test_without_a_script_a_button_says_the_same(browser: "Browser", site: Site, piece: str) -> None:
    wanda = Person(browser, site, "Wanda", locale="en", java_script_enabled=False)
    field, _ = opened(wanda, piece)
    field.fill(TEXT.replace("10 mg", "15 mg"))
    field.locator("xpath=ancestor::form").get_by_role("button", name="Check without saving").click()
    expect(wanda.page.locator(".trial .finding.block")).not_to_have_count(0)
    expect(wanda.page.locator(f"#text-{PLACE}")).to_have_value(TEXT.replace("10 mg", "15 mg"))
    wanda.leave()


def test_what_was_typed_stays_where_the_session_ended_and_is_saved_after_signing_in_again(
    wanda: Person, piece: str, site: Site
) -> None:
    field, _ = opened(wanda, piece)
    page = wanda.page
    typed = f"{TEXT} This took me an hour."
    field.fill(typed)
    page.context.clear_cookies()
    save = page.locator(f"#text-{PLACE}").locator("xpath=ancestor::form").locator("button").first
    save.click()
    told = page.locator(".signed-out")
    expect(told).to_be_focused()
    expect(field).to_have_value(typed)
    with page.context.expect_page() as opening:
        told.get_by_role("link").click()
    again = opening.value
    again.locator("main [name=name]").fill("Wanda")
    again.locator("main [name=password]").fill(site.password)
    again.locator("main form:has([name=password]) button").click()
    again.wait_for_url(lambda url: "/sign-in" not in url)
    save.click()
    page.wait_for_url(lambda url: "done=statement_saved" in url)
    expect(page.get_by_text("This took me an hour.").first).to_be_attached()
