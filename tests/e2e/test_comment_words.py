"""Words are chosen for a comment by selecting them: with the mouse in the piece, by keyboard in the form, or typed."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from assistant.review.submission import submit
from tests.builders.dossier import add_piece, add_source, quiz_of
from tests.e2e.conftest import AtHome, Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def piece(at_home: AtHome) -> str:
    """A quiz in review; its explanation says "The recommended starting dose is 10 mg once daily."."""
    with at_home() as desk:
        source = add_source(desk.db, desk.lena, product="Cormel")
        made = add_piece(desk.db, desk.wanda, quiz_of(desk.db, source)).id
        submit(desk.db, desk.wanda, made)
    return made


@pytest.fixture
def marc(browser: "Browser", site: Site) -> Iterator[Person]:
    person = Person(browser, site, "Marc", viewport={"width": 1440, "height": 900})
    yield person
    person.leave()


def drag_over(page: "Page", words: str) -> None:
    """Press at the beginning of the words in the current text, and let go at their end."""
    box = page.evaluate(
        """words => {
          const said = document.querySelector(".choose[aria-current] .words");
          const walk = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            const { left, right, top, bottom } = range.getBoundingClientRect();
            return { left, right, middle: (top + bottom) / 2 };
          }
        }""",
        words,
    )
    page.mouse.move(box["left"] + 1, box["middle"])
    page.mouse.down()
    page.mouse.move((box["left"] + box["right"]) / 2, box["middle"], steps=4)
    page.mouse.move(box["right"] - 1, box["middle"], steps=4)
    page.mouse.up()


def send(page: "Page", text: str) -> None:
    page.locator("#comment-statement").fill(text)
    page.locator("form:has(#comment-statement) button").click()
    page.wait_for_url(re.compile("done=commented"))


def test_words_are_selected_with_the_mouse_and_marked_with_their_thread_beside_them(
    piece: str, marc: Person
) -> None:
    page = marc.page
    marc.go(f"/review/{piece}?statement=s1")
    before = page.url
    drag_over(page, "starting dose")
    expect(page.locator("#comment-words")).to_have_value("starting dose")
    expect(page.locator("#comment-statement")).to_be_visible()
    assert page.url == before
    send(page, "Which start?")
    expect(page.locator("#s1 mark")).to_have_text("starting dose")
    expect(page.locator("p:has(> #s1)")).to_contain_text("1 open comment")
    expect(page.locator("#threads")).to_contain_text("Which start?")
    assert not marc.faults


def test_words_are_selected_in_the_dense_list_too(piece: str, marc: Person) -> None:
    page = marc.page
    marc.go(f"/review/{piece}?view=list&statement=s1")
    drag_over(page, "recommended")
    expect(page.locator("#comment-words")).to_have_value("recommended")
    send(page, "By whom?")
    expect(page.locator(".statements #s1 mark", has_text="recommended")).to_be_visible()


def test_half_selected_words_become_whole_and_a_click_without_a_selection_still_follows(
    piece: str, marc: Person
) -> None:
    page = marc.page
    marc.go(f"/review/{piece}?statement=q1")
    drag_over(page, "tarting dos")
    expect(page.locator("#comment-words")).to_have_value("starting dose")
    page.locator("#s1").click()
    page.wait_for_url(re.compile("statement=s1"))


def test_words_are_selected_by_keyboard_in_the_form(piece: str, marc: Person) -> None:
    page = marc.page
    marc.go(f"/review/{piece}?statement=o2")
    page.keyboard.press("c")
    expect(page.locator("#comment-statement")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#comment-passage")).to_be_focused()
    page.keyboard.type("not a word of it")
    expect(page.locator("#comment-passage")).to_have_value("10 mg once daily")
    page.keyboard.press("Control+Home")
    for _ in range(5):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#comment-words")).to_have_value("10 mg")
    send(page, "Say by mouth.")
    expect(page.locator("#o2 mark")).to_have_text("10 mg")


def test_without_a_script_the_words_are_typed(browser: "Browser", site: Site, piece: str) -> None:
    person = Person(browser, site, "Rita", java_script_enabled=False)
    page = person.page
    person.go(f"/review/{piece}?statement=t1")
    page.locator("summary", has_text="Comment on this text").click()
    expect(page.locator("#comment-passage")).to_be_hidden()
    page.locator("#comment-words").fill("quiz")
    send(page, "A quiz?")
    expect(page.locator("#t1 mark")).to_have_text("quiz")
    person.leave()
