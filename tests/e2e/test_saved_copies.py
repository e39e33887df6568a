"""A copy that was saved to disk says whether it is in force: on line, off line, and once it is back."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from assistant.bootstrap import open_app
from assistant.corpus.model import ApprovalRequest
from assistant.people.accounts import add_user, find_actor
from assistant.publishing.publications import publish
from assistant.review.decisions import approve
from assistant.review.submission import submit
from assistant.settings import Settings, sqlite_url
from tests.builders.dossier import add_piece, add_source, document_of
from tests.e2e.conftest import PASSWORD, Person, Site, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser
IN_FORCE = re.compile(r"Checked on .+ \d{4} at .+: in force\.")
UNANSWERED = "**/api/status/**"
PEOPLE = ("librarian", "writer", "medical", "regulatory", "rep", "safety")


@pytest.fixture
def own(chromium: str, tmp_path: Path) -> Iterator[Site]:
    """A served home with one published piece, which may be used for a year."""
    del chromium
    home = tmp_path / "home"
    app = open_app(Settings(home=home, database_url=sqlite_url(home), workers=1))
    admin = add_user(app.db, None, "Ada", ["admin"], PASSWORD).actor()
    for role in PEOPLE:
        add_user(app.db, admin, role, [role], PASSWORD)
    actors = {role: find_actor(app.db, role) for role in PEOPLE}
    today = datetime.now(UTC).date()
    approval = ApprovalRequest("REF-1", today - timedelta(days=30), today + timedelta(days=365))
    source = add_source(app.db, actors["librarian"], approval=approval)
    piece = add_piece(app.db, actors["writer"], document_of(app.db, source)).id
    submit(app.db, actors["writer"], piece)
    approve(app.db, actors["medical"], piece, PASSWORD)
    approve(app.db, actors["regulatory"], piece, PASSWORD)
    released = publish(app.db, actors["regulatory"], piece)
    made = {"piece": piece, "publication": released.id, "until": str(released.expires_on)}
    app.close()
    with served(home) as address:
        yield Site(address, home, made)


@pytest.fixture
def saved(browser: "Browser", own: Site, tmp_path: Path) -> Path:
    """What a representative saved."""
    rep = Person(browser, own, "rep")
    answer = rep.page.request.get(f"{own.address}/published/{own.made['publication']}/copy?as=html")
    assert answer.ok
    file = tmp_path / "copy.html"
    file.write_bytes(answer.body())
    rep.leave()
    return file


@pytest.fixture
def reader(browser: "Browser") -> "Iterator[tuple[BrowserContext, Page]]":
    context = browser.new_context()
    yield context, context.new_page()
    context.close()


def recall(browser: "Browser", own: Site) -> None:
    safety = Person(browser, own, "safety")
    safety.go(f"/pieces/{own.made['piece']}/recall")
    safety.page.locator("main [name=reason]").fill("A new risk was found")
    with safety.page.expect_navigation():  # the page asks first whether its reader is still signed in
        safety.page.locator("main form:has([name=reason]) button").click()
    assert safety.go(f"/published/{own.made['publication']}") == 410
    safety.leave()


def test_a_copy_off_line_says_until_when_it_holds_and_is_rechecked_back_on_line(
    own: Site, saved: Path, reader: "tuple[BrowserContext, Page]"
) -> None:
    context, page = reader
    stamp = page.locator("#ancrage-stamp")
    page.goto(saved.as_uri())
    expect(stamp).to_contain_text(IN_FORCE)
    context.set_offline(True)
    expect(stamp).to_contain_text("It could not be checked whether this copy is still in force.")
    expect(stamp).to_contain_text(f"To be used until {own.made['until']} at the latest.")
    expect(stamp).not_to_contain_text(IN_FORCE)
    page.reload()
    expect(stamp).to_have_attribute("data-state", "unchecked")
    assert page.evaluate("document.body.firstElementChild.id") == "ancrage-stamp"
    context.set_offline(False)
    expect(stamp).to_contain_text(IN_FORCE)


def test_a_copy_of_what_was_recalled_meanwhile_says_so_as_soon_as_it_is_on_line(
    browser: "Browser", own: Site, saved: Path, reader: "tuple[BrowserContext, Page]"
) -> None:
    context, page = reader
    stamp = page.locator("#ancrage-stamp")
    context.set_offline(True)
    page.goto(saved.as_uri())
    expect(stamp).to_have_attribute("data-state", "unchecked")
    recall(browser, own)
    context.set_offline(False)
    expect(stamp).to_contain_text("NOT IN FORCE ANY MORE. Do not use this copy.")
    expect(stamp).to_be_in_viewport()
    again = reader[0].new_page()
    again.goto(saved.as_uri())
    expect(again.locator("#ancrage-stamp")).to_have_attribute("data-state", "bad")


def test_a_copy_whose_time_is_over_says_so_off_line_too(
    own: Site, saved: Path, reader: "tuple[BrowserContext, Page]"
) -> None:
    context, page = reader
    context.set_offline(True)
    page.clock.set_fixed_time(datetime.combine(date.fromisoformat(own.made["until"]), datetime.min.time()))
    page.goto(saved.as_uri())
    expect(page.locator("#ancrage-stamp")).to_have_attribute("data-state", "unchecked")
    page.clock.set_fixed_time(
        datetime.combine(date.fromisoformat(own.made["until"]) + timedelta(days=1), datetime.min.time())
    )
    page.reload()
    expect(page.locator("#ancrage-stamp")).to_contain_text("ITS TIME OF USE IS OVER.")


def test_a_copy_that_gets_no_answer_does_not_go_on_saying_what_an_earlier_check_said(
    own: Site, saved: Path, reader: "tuple[BrowserContext, Page]"
) -> None:
    _, page = reader
    stamp = page.locator("#ancrage-stamp")
    page.clock.install(time=datetime.combine(date(2026, 11, 2), time(9)))
    page.goto(saved.as_uri())
    expect(stamp).to_contain_text("November 2, 2026 at 9:0")
    page.route(UNANSWERED, lambda _: None)  # neither an answer nor a refusal
    page.clock.fast_forward("01:01:00")
    expect(stamp).to_have_attribute("data-state", "unchecked")
    expect(stamp).not_to_contain_text(IN_FORCE)
    page.clock.fast_forward("00:11")
    page.wait_for_function("document.body.firstElementChild.id === 'ancrage-stamp'")
    expect(stamp).to_contain_text(f"To be used until {own.made['until']} at the latest.")
    page.unroute(UNANSWERED)
    page.clock.fast_forward("01:01:00")
    expect(stamp).to_contain_text("November 2, 2026 at 11:0")
    page.route(UNANSWERED, lambda _: None)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(stamp).to_have_attribute("data-state", "unchecked")
    expect(stamp).not_to_contain_text(IN_FORCE)


def test_a_copy_that_stays_open_past_its_last_day_says_so_by_itself(
    own: Site, saved: Path, reader: "tuple[BrowserContext, Page]"
) -> None:
    _, page = reader
    stamp = page.locator("#ancrage-stamp")
    last = date.fromisoformat(own.made["until"])
    page.clock.install(time=datetime.combine(last, time(23, 55)))
    page.goto(saved.as_uri())
    expect(stamp).to_contain_text(IN_FORCE)
    page.route(UNANSWERED, lambda _: None)
    page.clock.fast_forward("10:00")
    expect(stamp).to_contain_text("ITS TIME OF USE IS OVER.")


def test_without_scripts_the_copy_says_that_it_was_not_checked(
    browser: "Browser", own: Site, saved: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(saved.as_uri())
    expect(page.locator("#ancrage-stamp")).to_contain_text("It could not be checked")
    link = page.locator("#ancrage-stamp a").get_attribute("href")
    assert link is not None
    assert link.startswith(f"{own.address}/status/")
    context.close()
