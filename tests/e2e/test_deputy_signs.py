"""A deputy who has a task of their own in the same piece chooses the absent person's, and signs it by keyboard."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from assistant.people.accounts import add_user, find_actor
from assistant.review.delegation import NewDelegation, delegate
from assistant.review.submission import submit
from assistant.review.tasks import claim
from assistant.store.clock import civil_date
from tests.builders.dossier import add_piece, add_source, document_of
from tests.e2e.conftest import PASSWORD, AtHome, Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def piece(at_home: AtHome) -> str:
    with at_home() as desk:
        db = desk.db
        source = add_source(db, desk.lena, product="Stellvel")
        made = add_piece(db, desk.wanda, document_of(db, source, 3)).id
        submit(db, desk.wanda, made)
        add_user(db, find_actor(db, "Ada"), "Mona", ["medical", "regulatory"], PASSWORD)
        marc, today = find_actor(db, "Marc"), civil_date(db.clock.now(), "")
        claim(db, marc, made)
        delegate(db, marc, NewDelegation("Mona", "medical", today, today + timedelta(days=7)), "On leave")
    return made


def test_a_deputy_reads_for_whom_they_sign_and_signs(browser: "Browser", site: Site, piece: str) -> None:
    mona = Person(browser, site, "Mona", locale="en")
    page = mona.page
    mona.go(f"/review/{piece}")
    expect(page.locator("#decide")).to_contain_text("Signing as Regulatory reviewer")
    other = page.locator("#instead a")
    expect(other).to_have_text("Medical reviewer, for Marc, whose deputy you are")
    assert not mona.barriers()
    other.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#decide")).to_contain_text(
        "You sign in your own name, for Marc, whose deputy you are."
    )
    mona.speak("fr")
    expect(page.locator("#decide")).to_contain_text("Vous signez en votre nom, pour Marc, que vous suppléez.")
    assert not mona.barriers()
    mona.speak("en")
    expect(page.locator("#decide")).to_contain_text("Signing as Medical reviewer")
    page.get_by_label("Your passphrase, again").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".done")).to_be_visible()
    expect(page.locator(".thread strong", has_text="Mona").first).to_be_visible()
    expect(page.get_by_text("for Marc").first).to_be_visible()
    mona.leave()
