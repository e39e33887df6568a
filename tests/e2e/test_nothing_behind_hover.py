"""No page keeps anything for a pointer that rests on it: whoever has a finger, a keyboard or paper reads the same."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.conftest import Person, Site
from tests.e2e.places import OTHERS, PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
SCRIPTS = sorted((Path(__file__).parents[2] / "api" / "web" / "static").glob("*.js"))
SHOWN = [*PAGES.values(), *OTHERS.values()]
PEOPLE = sorted({person for person, _ in SHOWN})
HOVERED = """() => {
  const says = /^(color|background(-color|-image|-position.*|-size|-repeat|-attachment|-origin|-clip)?|border-.*color|outline.*|cursor|text-decoration.*)$/;
  const faults = [];
  const read = (rules) => {
    for (const rule of rules) {
      if (rule.cssRules?.length) read(rule.cssRules);
      if (!rule.selectorText?.includes(":hover")) continue;
      if (/::(before|after)/.test(rule.selectorText)) faults.push(rule.selectorText);
      for (const name of rule.style) if (!says.test(name)) faults.push(`${rule.selectorText} { ${name}: ${rule.style.getPropertyValue(name)} }`);
    }
  };
  for (const sheet of document.styleSheets) read(sheet.cssRules);
  return faults;
}"""
"""What a rule for a pointer at rest may do is change how something looks that is there already."""
TITLED = """() => {
  const read = (text) => (text ?? "").replace(/\\s+/g, " ").trim().toLowerCase();
  const told = [...document.querySelectorAll("[title]:not(iframe)")].filter((at) => !read(at.innerText).includes(read(at.title)));
  const drawn = [...document.querySelectorAll("svg title")].filter((at) => !read(document.querySelector("main").innerText).includes(read(at.textContent)));
  return [...told, ...drawn].map((at) => at.outerHTML.slice(0, 200));
}"""
"""Words of a `title` that stand nowhere to be read."""
INVISIBLE = """() => [...document.querySelectorAll("main *")].filter((at) => {
  const look = getComputedStyle(at);
  return at.textContent.trim() && (look.opacity === "0" || look.visibility === "hidden" || look.color === "rgba(0, 0, 0, 0)");
}).map((at) => at.outerHTML.slice(0, 200))"""
"""What is there and cannot be seen would have to be brought forth by something."""


@pytest.mark.parametrize("name", PEOPLE)
def test_no_page_keeps_anything_for_a_pointer_at_rest(browser: "Browser", filled: Site, name: str) -> None:
    person = Person(browser, filled, name, locale="en")
    faults: list[str] = []
    for path in (path for whose, path in SHOWN if whose == name):
        person.go(path.format(**filled.made))
        for look in (HOVERED, TITLED, INVISIBLE):
            faults += [f"{path}: {fault}" for fault in person.page.evaluate(look)]
    person.leave()
    assert not faults


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_waits_for_a_pointer_at_rest(script: Path) -> None:
    assert not re.findall(r"(?:mouse|pointer)(?:over|enter|move)|:hover", script.read_text(encoding="utf-8"))


def test_what_these_tests_look_for_is_found(browser: "Browser") -> None:
    page = browser.new_page()
    page.set_content(
        "<style>.a:hover b { display: block } @media all { .a:hover::after { color: red } } .a:hover { color: blue }</style>"
        "<main><p class=a title='The whole hash'>The hash <b style='opacity: 0'>more</b></p><p title='Dose'>The dose</p>"
        "<svg><title>Drawn</title></svg></main>"
    )
    assert page.evaluate(HOVERED) == [".a:hover b { display: block }", ".a:hover::after"]
    assert len(page.evaluate(TITLED)) == 2
    assert len(page.evaluate(INVISIBLE)) == 1
    page.close()
