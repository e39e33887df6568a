"""A reviewer takes a piece of twelve statements from the queue to a signature by keyboard alone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD, Person, Site

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
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "the focus is lost";
  const said = `${at.tagName} ${at.id} ${at.textContent.trim().slice(0, 40)}`;
  const boxes = [...at.getClientRects()].filter((b) => b.width > 0 && b.height > 0);
  const within = (from, to, most, part) => Math.max(from, 0) + (Math.min(to, most) - Math.max(from, 0)) * part;
  const parts = [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98];
  const shows = (x, y) => { const top = document.elementFromPoint(x, y); return top !== null && (at.contains(top)); };
  const seen = boxes.some((b) => parts.some((down) => parts.some((along) =>
    shows(within(b.left, b.right, innerWidth, along), within(b.top, b.bottom, innerHeight, down)))));
  if (!seen) return `out of sight: ${said}`;
  const look = getComputedStyle(at);
  if (look.outlineStyle === "none" || parseFloat(look.outlineWidth) < 2) return `no ring around: ${said}`;
  return "";
}"""


class Keyboard:
    """Hands that touch nothing else, and eyes that look where the focus is after each key."""

    def __init__(self, person: Person) -> None:
        """At that person's page."""
        self.page = person.page

    def press(self, key: str) -> None:
        """Press a key that moves nothing to another page."""
        self.page.keyboard.press(key)
        self.look()

    def follow(self, key: str, address: str) -> None:
        """Press a key that leads to another page, and wait until it stands."""
        with self.page.expect_navigation(url=re.compile(address), wait_until="domcontentloaded"):
            self.page.keyboard.press(key)

    def act(self, key: str, address: str, selector: str) -> None:
        """Press a key that does something; the page that answers puts the focus on what is read next."""
        self.follow(key, address)
        expect(self.page.locator(selector)).to_be_focused()
        self.look()

    def look(self) -> None:
        """The focus is somewhere, in sight and with a ring around it."""
        assert not (fault := self.page.evaluate(FOCUS)), fault

    def tab_to(self, selector: str, most: int = 150) -> None:
        """Go on by Tab until the focus stands there, once round by the browser's own bar at most."""
        rounds = 0
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement === document.body"):
                rounds += 1
                assert rounds == 1, f"Tab does not reach {selector}"
                continue
            self.look()
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"Tab does not reach {selector}")

    def type(self, text: str) -> None:
        """Type into the field that has the focus."""
        self.page.keyboard.type(text)

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


def open_from_the_queue(hands: Keyboard, title: str) -> None:
    hands.tab_to(".places a[href='/review']")
    hands.follow("Enter", "/review$")
    for _ in range(60):
        hands.press("j")
        if hands.page.evaluate("document.activeElement.textContent") == title:
            break
    hands.follow("Enter", r"/review/piece_")


def list_the_keys_and_take_the_review(hands: Keyboard) -> None:
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


def open_each(hands: Keyboard) -> list[str]:
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


def go_to_the_first(hands: Keyboard) -> None:
    while hands.page.locator("a[rel=prev]").count():
        hands.follow("p", "statement=")


def comment(hands: Keyboard) -> None:
    before = hands.statement
    hands.press("c")
    hands.type("Say why, please: n, p and a are letters here")
    hands.follow("Control+Enter", "done=commented")
    assert hands.statement == before


def flag(hands: Keyboard) -> None:
    before = hands.statement
    hands.press("f")
    hands.type("The section is not for readers")
    hands.press("Escape")
    assert hands.statement == before
    hands.press("f")
    hands.tab_to("form[action$='/comment'] button")
    hands.follow("Enter", "done=commented")
    assert hands.statement == before


def attest_if_asked(hands: Keyboard) -> bool:
    before = hands.statement
    hands.press("t")
    if hands.page.evaluate("document.activeElement.id") != "attest-reason":
        return False
    hands.type("The label says so in one paragraph")
    hands.tab_to("form[action$='/attest'] button")
    hands.follow("Enter", "done=attested")
    assert hands.statement == before
    return True


def accept(hands: Keyboard) -> None:
    hands.follow("a", "done=accepted")


def settle_what_is_mandatory(hands: Keyboard) -> None:
    settle = "form[action$='/resolve'] button"
    while hands.page.locator(".thread li", has_text="Mandatory").locator(settle).count():
        hands.tab_to(settle)
        hands.act("Enter", "done=settled", ".done")


def sign(hands: Keyboard, password: str, address: str, selector: str) -> None:
    hands.press("s")
    hands.type(password)
    hands.act("Enter", address, selector)


def test_twelve_statements_from_the_queue_to_a_signature_by_keyboard_alone(piece: str, marc: Person) -> None:
    hands, page = Keyboard(marc), marc.page
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
    hands, page = Keyboard(marc), marc.page
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
