"""Hands that touch nothing but the keyboard, and eyes that look where the focus is after each key."""

import re
from datetime import date
from pathlib import Path
from re import Pattern
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.e2e.conftest import Person

if TYPE_CHECKING:
    from playwright.sync_api import Download, Locator

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
BEFORE_ALL = """(back) => {
  const start = document.createElement("span");
  start.tabIndex = -1;
  document.body[back ? "append" : "prepend"](start);
  start.focus();
  start.remove();
  window.passed = window.last = undefined;
}"""
STEP = f"""(back) => {{
  const at = document.activeElement;
  if (!at || at === document.body) return {{ out: true, fault: "" }};
  const passed = (window.passed ??= new Map());
  const before = window.last;
  if (passed.keys().next().value === at && before !== at) return {{ out: true, fault: "" }};
  const times = (passed.get(at) ?? 0) + 1;
  passed.set(at, times);
  window.last = at;
  const said = `${{at.tagName}} ${{at.id}} ${{at.textContent.trim().slice(0, 40)}}`;
  const say = (fault) => ({{ out: false, fault: `${{fault}}: ${{said}}` }});
  if (at.tabIndex > 0) return say("has an order of its own");
  if (times > (at.type === "date" ? 4 : at.tagName === "IFRAME" ? 100 : 1)) return say("holds the focus");
  const onwards = back ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
  if (before && before !== at && !(before.compareDocumentPosition(at) & onwards)) return say("out of order");
  const top = (one) => one.getBoundingClientRect().top, foot = (one) => one.getBoundingClientRect().bottom;
  const [first, second] = back ? [at, before] : [before, at];
  const oneColumn = innerWidth < 480 && before && document.querySelector("main").contains(first);
  if (oneColumn && before.checkVisibility() && foot(second) <= top(first)) return say("stands above what comes before it");
  return {{ out: false, fault: ({FOCUS})() }};
}}"""
"""One stop of a walk. Where there is one column, what comes next also stands further down, or beside."""
PASSED_OVER = """() => {
  const can = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, iframe, [tabindex]")];
  const open = (at) => at.checkVisibility({ visibilityProperty: true }) && !at.disabled && at.tabIndex >= 0;
  const grouped = (at) => at.type === "radio";
  return can.filter((at) => open(at) && !grouped(at) && !window.passed?.has(at))
    .map((at) => `not reached: ${at.tagName} ${at.id} ${at.textContent.trim().slice(0, 40)}`);
}"""
NOWHERE = """() => [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute("href").slice(1))
  .filter((id) => id && !document.getElementById(decodeURIComponent(id))).map((id) => `leads nowhere: #${id}`)"""
SOON = 200
"""Looks, 50 ms apart: a page that scrolls to its current part does so after it has loaded."""
_ON_ITS_WAY = 400
"""Milliseconds."""
LONGEST = 400
"""Stops of a page, at most."""


class Keyboard:
    """At one person's page."""

    def __init__(self, person: Person) -> None:
        """Begin where the page is."""
        self.page = person.page

    def press(self, key: str) -> None:
        """Press a key that moves nothing to another page."""
        self.page.keyboard.press(key)
        self.look()

    def follow(self, key: str, address: str) -> None:
        """Press a key that leads to another page, and wait until it stands."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.keyboard.press(key)
        refused = self.page.locator("#refusal")
        said = refused.inner_text() if refused.count() else ""
        assert re.search(address, self.page.url), f"{self.page.url} instead of {address} {said}"

    def act(self, key: str, address: str, selector: str) -> None:
        """Press a key that does something; the page that answers puts the focus on what is read next."""
        self.follow(key, address)
        expect(self.page.locator(selector)).to_be_focused()
        self.look()

    def download(self, key: str) -> "Download":
        """Press a key that hands over a file; the focus stays where it is."""
        with self.page.expect_download() as handed:
            self.page.keyboard.press(key)
        self.look()
        return handed.value

    def hand_in(self, label: str | Pattern[str], file: Path) -> None:
        """Go to the field for files and choose one in the window that it opens."""
        self.page.on("filechooser", lambda _: None)  # said before: a key overtakes what is said with it
        self.to_field(label)
        with self.page.expect_file_chooser() as asked:
            self.page.keyboard.press("Enter")
        asked.value.set_files(file)

    def look(self) -> None:
        """The focus is somewhere, in sight and with a ring around it, once the page has come to rest."""
        fault = self._seen(self.page.evaluate(FOCUS))
        for _ in range(SOON):
            if not fault:
                return
            self.page.wait_for_timeout(50)
            fault = self._seen(self.page.evaluate(FOCUS))
        raise AssertionError(fault)

    def _seen(self, fault: str) -> str:
        """Within a page in the page, the ring is around what is focused there."""
        if not fault.startswith("no ring around: IFRAME"):
            return fault
        return str(self.page.frame_locator("iframe:focus, iframe").locator(":root").evaluate(FOCUS))

    def tab_to(self, selector: str, most: int = 150) -> None:
        """Go on by Tab until the focus stands there, once round by the browser's own bar at most."""
        self._tab_until(
            lambda: self.page.evaluate("s => document.activeElement.matches(s)", selector), selector, most
        )

    def to(self, role: Any, name: str | Pattern[str], *, key: str = "Tab", most: int = 150) -> "Locator":
        """Go on until the focus is on what has that role and name to whoever hears the page; it is returned."""
        return self._to(
            self.page.get_by_role(role, name=name, exact=isinstance(name, str)), f"{role} {name}", key, most
        )

    def to_field(self, label: str | Pattern[str], *, most: int = 150) -> "Locator":
        """Go on until the focus is in the field with that label."""
        return self._to(
            self.page.get_by_label(label, exact=isinstance(label, str)), f"field {label}", "Tab", most
        )

    def skip(self) -> None:
        """Past what stands on every page, as the first key on it offers."""
        self.to("link", re.compile(r"^(Skip to the content|Aller au contenu)$"))
        self.page.keyboard.press("Enter")
        expect(self.page.locator("main")).to_be_focused()

    def _to(self, wanted: "Locator", said: str, key: str, most: int) -> "Locator":
        def there() -> bool:
            return bool(wanted.evaluate_all("found => found.includes(document.activeElement)"))

        if not there():
            self._tab_until(there, said, most, key)
        return wanted

    def _tab_until(self, there: Any, said: str, most: int, key: str = "Tab") -> None:
        rounds = 0
        for _ in range(most):
            self.page.keyboard.press(key)
            if self.page.evaluate("document.activeElement === document.body"):
                rounds += 1
                assert rounds == 1, f"{key} does not reach {said}"
                continue
            self.look()
            if there():
                return
        raise AssertionError(f"{key} does not reach {said}")

    def type(self, text: str) -> None:
        """Type into the field that has the focus."""
        self.page.keyboard.type(text)

    def write(self, label: str | Pattern[str], text: str) -> None:
        """Go to the field and type into it, in place of what it holds."""
        field = self.to_field(label)
        self.page.keyboard.press("Control+a")
        self.type(text)
        expect(field).to_have_value(text)
        self.look()

    def write_day(self, label: str | Pattern[str], day: date) -> None:
        """Type a date, part by part, as an American browser asks for it."""
        field = self.to_field(label)
        self.type(f"{day:%m%d%Y}")
        expect(field).to_have_value(day.isoformat())
        self.look()

    def choose(self, label: str | Pattern[str], option: str) -> None:
        """Go to the list and type the option's first letters."""
        field = self.to_field(label)
        self.type(option)
        assert field.evaluate("list => list.selectedOptions[0].label") == option
        self.look()

    def walk(self, *, back: bool = False) -> list[str]:
        """Through the whole page by Tab: what is out of order, out of sight, without a ring, out of reach, or a trap."""
        self.page.wait_for_load_state("load")  # with the page in the page, where there is one
        self.page.evaluate(BEFORE_ALL, back)
        faults: list[str] = []
        for at in range(LONGEST):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            step = self.page.evaluate(STEP, back)
            if step["out"]:  # or on its way into a page in the page, which takes the focus in its own time
                self.page.wait_for_timeout(_ON_ITS_WAY)
                step = self.page.evaluate(STEP, back)
            if step["out"] and (at or not back):  # backwards, the browser's own bar may come first
                break
            faults += [fault] if (fault := self._seen(step["fault"])) else []
        else:
            faults.append("there is no end of it")
        return faults + self.page.evaluate(PASSED_OVER) + self.page.evaluate(NOWHERE)
