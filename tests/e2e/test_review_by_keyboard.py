"""A reviewer takes a piece of twelve statements from the queue to a signature by keyboard alone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD, Person, Site
from tests.e2e.keyboard import Keyboard

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
LABEL = Path(__file__).parents[2] / "eval" / "sample" / "files" / "en" / "label-v1.pdf"
WAIT = 120_000
PRODUCT = "Boralis"
REWORDED = "Velmora is for oral use and should be swallowed whole with a glass of water."
"""Two sentences of the label made one: a medical reviewer has to attest it."""
TEXT = f"""How Velmora is given

The recommended starting dose of Velmora is 10 mg once daily.
Serum potassium should be measured 1 week and 4 weeks after the start of treatment and after each change of dose, then every 3 months.
A double dose should not be taken to make up for a missed dose.
No dose adjustment is required in elderly patients.
Experience in patients over 85 years of age is limited (see section 5.1).
No dose adjustment is required in patients with mild hepatic impairment (Child-Pugh A).
Velmora is contraindicated in patients with severe hepatic impairment (Child-Pugh C) (see section 4.3).
{REWORDED}
It should not be split, crushed or chewed.
Blood pressure should be measured at each change of dose.
If angioedema occurs, Velmora must be stopped immediately and must not be given again.
Patients should avoid grapefruit and grapefruit juice during treatment with Velmora.
"""
STATEMENTS = 12
TO_READ = STATEMENTS + 1
"""The heading reaches readers, too."""
TO_ATTEST = 3
"""The reworded statement, the sentence behind it whose "It" the sentence before names, and the heading, which a person wrote."""
COMMENTED, FLAGGED = 3, 5


class Reading(Keyboard):
    """Hands at the review screen."""

    @property
    def statement(self) -> str:
        """The statement that is current, on which the focus stands."""
        expect(self.page.locator(".choose[aria-current]")).to_be_focused()
        self.look()
        return str(self.page.evaluate("document.activeElement.dataset.statement"))


@pytest.fixture(scope="module")
def piece(browser: "Browser", site: Site) -> str:
    """The title of a piece of twelve statements that waits in the queue."""
    lena, wanda = Person(browser, site, "Lena"), Person(browser, site, "Wanda")
    today = datetime.now(UTC).date()
    page = lena.page
    lena.go("/sources/new")
    page.get_by_label("Files").set_input_files(LABEL)
    page.get_by_label("Product").fill(PRODUCT)
    page.get_by_label("Approval reference").fill("MLR-12")
    page.get_by_label("Approved on").fill((today - timedelta(days=30)).isoformat())
    page.get_by_label("Expires on").fill((today + timedelta(days=365)).isoformat())
    page.get_by_role("button", name="Read and add").click()
    page.get_by_role("link", name="Open the source").wait_for(timeout=WAIT)
    page = wanda.page
    wanda.go("/check")
    page.locator("#text").fill(TEXT)
    page.get_by_label("Product", exact=True).select_option(PRODUCT)
    page.get_by_label("Market", exact=True).select_option("EU")
    page.get_by_role("button", name="Check").click()
    page.wait_for_url(re.compile(r"/pieces/piece_"), timeout=WAIT)
    expect(page.locator("article.part:not(.lone)")).to_have_count(STATEMENTS)
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Send to review").click()
    page.wait_for_url(re.compile("done=submitted"))
    for person in (lena, wanda):
        person.leave()
    return title


@pytest.fixture
def marc(browser: "Browser", site: Site) -> Iterator[Person]:
    person = Person(browser, site, "Marc", viewport={"width": 1440, "height": 900})
    yield person
    person.leave()


def open_from_the_queue(hands: Reading, title: str) -> None:
    hands.tab_to(".places a[href='/review']")
    hands.follow("Enter", "/review$")
    for _ in range(60):
        hands.press("j")
        if hands.page.evaluate("document.activeElement.textContent") == title:
            break
    hands.follow("Enter", r"/review/piece_")


def list_the_keys_and_take_the_review(hands: Reading) -> None:
    hands.press("?")
    for word in (
        "Next text",
        "Next not opened",
        "Accept it and go on",
        "Flag it",
        "Attest it",
        "Comment on it",
        "Sign",
    ):
        expect(hands.page.locator("#keys").get_by_text(word).first).to_be_in_viewport()
    hands.tab_to(".head form button")
    hands.act("Enter", "done=claimed", ".done")


def open_each(hands: Reading) -> list[str]:
    """Forth and back; ends at the first statement."""
    hands.follow("n", "statement=")
    second = hands.statement
    hands.follow("p", "statement=")
    assert hands.statement != second
    go_to_the_first(hands)
    opened = [hands.statement]
    while hands.page.locator("a[rel=next]").count():
        hands.follow("n", "statement=")
        opened.append(hands.statement)
    go_to_the_first(hands)
    return opened


def go_to_the_first(hands: Reading) -> None:
    while hands.page.locator("a[rel=prev]").count():
        hands.follow("p", "statement=")


def comment(hands: Reading) -> None:
    before = hands.statement
    hands.press("c")
    hands.type("Say why, please: n, p and a are letters here")
    hands.follow("Control+Enter", "done=commented")
    assert hands.statement == before


def flag(hands: Reading) -> None:
    before = hands.statement
    hands.press("f")
    hands.type("The section is not for readers")
    hands.press("Escape")
    assert hands.statement == before
    hands.press("f")
    hands.tab_to("form[action$='/comment'] button")
    hands.follow("Enter", "done=commented")
    assert hands.statement == before


def attest_if_asked(hands: Reading) -> bool:
    before = hands.statement
    hands.press("t")
    if hands.page.evaluate("document.activeElement.id") != "attest-reason":
        return False
    hands.type("The label says so in one paragraph")
    hands.tab_to("form[action$='/attest'] button")
    hands.follow("Enter", "done=attested")
    assert hands.statement == before
    return True


def accept(hands: Reading) -> None:
    hands.follow("a", "done=accepted")


def settle_what_is_mandatory(hands: Reading) -> None:
    settle = "form[action$='/resolve'] button"
    while hands.page.locator(".thread li", has_text="Mandatory").locator(settle).count():
        hands.tab_to(settle)
        hands.act("Enter", "done=settled", ".done")


def sign(hands: Reading, password: str, address: str, selector: str) -> None:
    hands.press("s")
    hands.type(password)
    hands.act("Enter", address, selector)


def test_twelve_statements_from_the_queue_to_a_signature_by_keyboard_alone(piece: str, marc: Person) -> None:
    hands, page = Reading(marc), marc.page
    open_from_the_queue(hands, piece)
    list_the_keys_and_take_the_review(hands)

    opened = open_each(hands)
    assert len(set(opened)) == len(opened) == TO_READ
    expect(page.locator(".choose .seen")).to_have_count(TO_READ)
    expect(page.get_by_text("You have not opened")).to_have_count(0)

    attested = 0
    for number, statement in enumerate(opened, 1):
        assert hands.statement == statement
        if number == COMMENTED:
            comment(hands)
        if number == FLAGGED:
            flag(hands)
        attested += attest_if_asked(hands)
        accept(hands)
    assert attested == TO_ATTEST
    expect(page.locator(".choose .seen", has_text="accepted")).to_have_count(TO_READ)
    expect(page.locator("#decide")).to_be_focused()
    hands.look()

    decide = page.locator("#decide")
    expect(decide.get_by_text("1 mandatory comment is open")).to_be_visible()
    sign(hands, PASSWORD, "/approve$", "#refusal")
    settle_what_is_mandatory(hands)
    expect(decide.get_by_text("No mandatory comment is open")).to_be_visible()
    sign(hands, "not the right passphrase", "/approve$", "#refusal")
    sign(hands, PASSWORD, "done=approved", ".done")
    expect(page.get_by_role("heading", name="Signatures")).to_be_visible()
    expect(page.get_by_text(f"accepted {TO_READ}, opened 0 more, did not open 0")).to_be_visible()


def test_single_keys_can_be_turned_off_and_on_again(piece: str, marc: Person) -> None:
    hands, page = Reading(marc), marc.page
    del piece  # it waits for Rita still; the queue shows what Marc has decided
    hands.tab_to(".places a[href='/review']")
    hands.follow("Enter", "/review$")
    hands.press("?")
    hands.tab_to("#keys button")
    hands.press("Enter")
    expect(page.locator("#keys button")).to_have_text("Turn single keys on")
    before = page.evaluate("document.activeElement.outerHTML")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.outerHTML") == before
    hands.press("Enter")
    expect(page.locator("#keys button")).to_have_text("Turn single keys off")
