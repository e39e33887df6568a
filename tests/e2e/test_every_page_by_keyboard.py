"""Every page that there is, by Tab from its first stop to its last: all of it is reached, in order, in sight, and nothing holds on."""

from typing import TYPE_CHECKING

import pytest

from tests.e2e.conftest import Person, Site
from tests.e2e.keyboard import Keyboard
from tests.e2e.test_every_page import PEOPLE, SHOWN

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
WITH_KEYS = ("/review", "/review/{piece}")
LETTERS = "npmoaftclzdsujk?"
"""All that do something by themselves on one of those pages."""


@pytest.mark.parametrize("name", PEOPLE)
def test_tab_goes_through_every_page_and_out_of_it(browser: "Browser", filled: Site, name: str) -> None:
    person = Person(browser, filled, name, viewport=PHONE, locale="en")
    hands, faults = Keyboard(person), list[str]()
    for path in (path for whose, path in SHOWN if whose == name):
        person.go(path.format(**filled.made))
        faults += [f"{path} {fault}" for fault in hands.walk()]
    faults += [f"back through {path} {fault}" for fault in hands.walk(back=True)]
    person.leave()
    assert not faults


@pytest.mark.parametrize("path", WITH_KEYS)
def test_single_keys_do_nothing_while_something_is_typed(browser: "Browser", filled: Site, path: str) -> None:
    person = Person(browser, filled, "marc", viewport=DESK, locale="en")
    hands, page = Keyboard(person), person.page
    person.go(path.format(**filled.made))
    before, typed = page.url, 0
    page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    for field in page.locator(
        "input:not([type=hidden], [type=checkbox]), textarea:not([aria-readonly])"
    ).all():
        if not field.is_visible():
            continue
        field.focus()
        hands.press("Control+a")
        hands.type(LETTERS)
        assert field.input_value() == LETTERS
        assert field.evaluate("field => field === document.activeElement")
        typed += 1
    for chosen in page.locator("select:visible, input[type=checkbox]:visible").all():
        chosen.focus()
        hands.type(LETTERS.replace("?", ""))
        assert chosen.evaluate("field => field === document.activeElement")
    assert page.url == before
    assert typed
    person.leave()
