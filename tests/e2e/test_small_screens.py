"""On a phone and a tablet: the source right behind its statement, tasks before filters, and a menu that keeps to its place."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}


@pytest.fixture
def marc(browser: "Browser", filled: Site) -> Iterator[Person]:
    person = Person(browser, filled, "marc", viewport=PHONE, locale="en")
    yield person
    person.speak("en")
    assert person.faults == []
    person.leave()


def top(place: "Locator") -> float:
    return float(box(place)["y"])


def box(place: "Locator") -> Any:
    found = place.bounding_box()
    assert found is not None
    return found


@pytest.mark.parametrize("view", ["page", "list"])
def test_on_a_phone_the_source_stands_right_behind_its_statement(
    marc: Person, filled: Site, view: str
) -> None:
    marc.go(f"/review/{filled.made['piece']}?view={view}&statement=s2")
    page = marc.page
    current, source = page.locator(".choose[aria-current]"), page.locator(".beside")
    following = page.locator("[data-statement=s3]")
    assert box(current)["y"] + box(current)["height"] <= top(source)
    assert top(source) + box(source)["height"] <= top(following)
    expect(page.get_by_role("link", name="What carries it")).to_be_hidden()
    current.focus()
    page.keyboard.press("Tab")
    if view == "page":  # the number of its reference stands between
        page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('.beside').contains(document.activeElement)"), (
        "the keyboard comes next"
    )
    expect(page.get_by_role("region", name="The source of the current statement")).to_be_visible()
    assert marc.barriers() == []
    page.keyboard.press("n")
    page.wait_for_url("**/review/*?statement=s3*")
    assert top(page.locator(".beside")) > top(page.locator(".choose[aria-current]"))


@pytest.mark.parametrize("place", ["t1", "t2", "q1", "s1", "f1"])
def test_on_a_phone_it_stands_behind_any_text_of_the_page_across_its_whole_width(
    marc: Person, filled: Site, place: str
) -> None:
    marc.go(f"/review/{filled.made['quiz']}?view=page&statement={place}")
    pane, source = box(marc.page.locator("#rendition")), box(marc.page.locator(".beside"))
    assert top(marc.page.locator(".choose[aria-current]")) < source["y"]
    assert pane["x"] <= source["x"] < pane["x"] + 4
    assert pane["width"] - 4 < source["width"] <= pane["width"]


def test_turned_to_a_wide_screen_the_source_stands_beside_the_statements(marc: Person, filled: Site) -> None:
    marc.go(f"/review/{filled.made['piece']}?view=page&statement=s2")
    marc.page.set_viewport_size(DESK)  # type: ignore[arg-type]  # the two keys that it asks for
    piece, source = marc.page.locator("#rendition"), marc.page.locator(".beside")
    expect(marc.page.locator("#rendition .beside")).to_have_count(0)
    assert box(source)["x"] >= box(piece)["x"] + box(piece)["width"]


@pytest.mark.parametrize("view", ["page", "list"])
@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_a_long_address_in_a_mandatory_mention_cuts_no_text_off(
    marc: Person, filled: Site, width: int, view: str
) -> None:
    marc.page.set_viewport_size({"width": width, "height": 900})
    marc.go(f"/review/{filled.made['lifted']}?show=all&view={view}")
    room = marc.page.locator(".review > .card").bounding_box()
    assert room is not None
    assert marc.page.locator(".choose .words").count() > 10
    for text in marc.page.locator(".choose .words").all():
        assert box(text)["x"] + box(text)["width"] <= room["x"] + room["width"]


def test_on_a_phone_tasks_stand_before_their_filters(marc: Person) -> None:
    marc.go("/review")
    tasks, filters = marc.page.get_by_role("region", name="Tasks"), marc.page.locator(".sift")
    expect(marc.page.get_by_role("searchbox")).to_be_hidden()
    assert top(tasks.get_by_role("link").first) < PHONE["height"], "the first task is in the first screen"
    assert box(filters)["height"] < 70, "the filters are one closed line"
    marc.page.get_by_text("Search and filter").click()
    expect(marc.page.get_by_role("searchbox")).to_be_visible()


@pytest.mark.parametrize("width", [390, 768, 860, 861, 1024])
def test_the_french_menu_keeps_the_number_of_notices_in_its_place(marc: Person, width: int) -> None:
    marc.speak("fr")
    marc.page.set_viewport_size({"width": width, "height": 900})
    marc.go("/")
    link = marc.page.locator(".places a[href='/notices']")
    expect(link).to_contain_text("non lues")
    number, inside = box(link.locator(".unread")), box(link)
    assert inside["x"] <= number["x"]
    assert number["x"] + number["width"] <= inside["x"] + inside["width"]
    assert number["y"] + number["height"] <= inside["y"] + inside["height"]
    side = box(marc.page.locator(".side"))
    assert number["x"] + number["width"] <= side["x"] + side["width"]
    shown = link.locator("b") if width <= 860 else link.get_by_text("non lues")
    expect(shown).to_be_visible()
