"""The review screen shows the piece in the look of its page, every text of it to be chosen, and the desk keeps its own look."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
KINDS = {"piece": "key-moments", "quiz": "quiz", "lifted": "email", "draft": "brief"}
"""Of a filled home: what is a piece of which kind."""
LOOKS = """(root) => {
  const told = ["font-family", "font-size", "font-weight", "font-style", "line-height", "letter-spacing", "color", "background-color", "display",
    "white-space", "text-align", "text-decoration-line", "text-wrap", "list-style-type", "vertical-align", "overflow-wrap", "border-radius"];
  for (const side of ["top", "right", "bottom", "left"]) told.push(`margin-${side}`, `padding-${side}`, `border-${side}-width`, `border-${side}-style`, `border-${side}-color`);
  const looks = [];
  for (const at of document.querySelector(root).querySelectorAll("*")) {
    if (at.closest(".desk, .banner")) continue;
    const look = getComputedStyle(at);
    const name = at.matches("div.main") ? "main" : at.localName;
    const own = at.localName === "summary" ? told.filter((one) => one !== "list-style-type") : told; // open to who decides
    looks.push([name, at.className === "main" ? "" : at.className, ...own.map((one) => `${one}: ${look.getPropertyValue(one)}`)]);
  }
  return looks;
}"""
DESK = """() => [".side", ".head h1", ".beside h2", ".beside p", ".beside .card", ".beside summary", "#decide h2", "#decide input", ".thread li", ".findings li"].map((name) => {
  const at = document.querySelector(name);
  if (!at) return name;
  const look = getComputedStyle(at);
  return [name, look.font, look.color, look.margin, look.padding, look.display, look.listStyleType, look.backgroundColor].join(" | ");
})"""


@pytest.fixture(params=["light", "dark"])
def marc(request: pytest.FixtureRequest, browser: "Browser", filled: Site) -> Iterator[Person]:
    person = Person(
        browser,
        filled,
        "marc",
        viewport={"width": 1440, "height": 900},
        color_scheme=request.param,
        locale="en",
    )
    yield person
    person.leave()


def outline(marc: Person) -> list[tuple[int, str]]:
    """Level and name of each heading, as a screen reader is told."""
    page = marc.page
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [
        (next(p["value"]["value"] for p in node["properties"] if p["name"] == "level"), node["name"]["value"])
        for node in nodes
        if node.get("role", {}).get("value") == "heading"
    ]


def looks(marc: Person, root: str) -> list[list[str]]:
    found: list[list[str]] = marc.page.evaluate(LOOKS, root)
    return found


@pytest.mark.parametrize("name", KINDS)
def test_it_looks_as_its_page_does_element_by_element(marc: Person, filled: Site, name: str) -> None:
    marc.go(f"/review/{filled.made[name]}/preview")
    page = looks(marc, "body")
    marc.go(f"/review/{filled.made[name]}?view=page&statement=t1")
    pane = looks(marc, f"#rendition > .{KINDS[name]}")
    assert len(pane) > 20
    for one, other in zip(pane, page, strict=True):
        assert one == other


def test_the_desk_looks_as_it_does_without_it(marc: Person, filled: Site) -> None:
    seen: list[Any] = []
    for view in ("page", "list"):
        marc.go(f"/review/{filled.made['piece']}?view={view}&statement=s1")
        seen.append(marc.page.evaluate(DESK))
    assert seen[0] == seen[1]


@pytest.mark.parametrize("name", KINDS)
def test_every_text_is_chosen_by_a_click_on_its_words(marc: Person, filled: Site, name: str) -> None:
    page = marc.page
    marc.go(f"/review/{filled.made[name]}?view=page")
    shown = page.locator("#rendition .choose").evaluate_all("all => all.map((at) => at.dataset.statement)")
    headings = page.locator("#rendition :is(h1, h2, h3) .choose").count()
    assert headings >= 1
    for place in (shown[0], shown[1], shown[len(shown) // 2], shown[-1]):
        words = page.locator(f"#rendition [data-statement={place}] .words")
        if page.locator(".choose[aria-current]").get_attribute("data-statement") == place:
            continue
        words.click()
        page.wait_for_url(f"**statement={place}#{place}")
        expect(page.locator(".choose[aria-current]")).to_have_attribute("data-statement", place)
        expect(page.locator(".choose[aria-current] .words")).to_be_in_viewport()


@pytest.mark.parametrize("place", ["t1", "s2", "s9", "t14"])
def test_the_address_of_a_text_shows_it_with_its_source_beside_it(
    marc: Person, filled: Site, place: str
) -> None:
    page = marc.page
    marc.go(f"/review/{filled.made['piece']}?view=page&statement={place}#{place}")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".choose[aria-current]")).to_be_focused()
    expect(page.locator(".choose[aria-current] .words")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("heading", name="What carries it")).to_be_in_viewport(ratio=1)


def test_a_click_on_a_reference_leads_to_what_it_carries(marc: Person, filled: Site) -> None:
    page = marc.page
    marc.go(f"/review/{filled.made['piece']}?view=page&statement=s1")
    page.locator("#ref-3 q").click()
    page.wait_for_url("**statement=s3#s3")
    expect(page.locator("#ref-3 .citing")).to_have_attribute("aria-current", "true")
    page.locator("#ref-3 .citing").click()
    page.get_by_role("link", name="[2]").click()
    expect(page.locator("#ref-2")).to_be_in_viewport()


def test_the_outline_of_the_screen_has_one_title_with_the_piece_beneath_it(
    marc: Person, filled: Site
) -> None:
    marc.go(f"/review/{filled.made['piece']}?view=page")
    levels = [level for level, _ in outline(marc)]
    assert levels.count(1) == 1
    assert max(after - before for before, after in pairwise(levels)) == 1
    assert [level for level, name in outline(marc) if "key points on hyperkalaemia" in name] == [1, 2]
    expect(marc.page.get_by_role("main")).to_have_count(1)
    pane = marc.page.get_by_role("region", name="The piece, as its reader sees it")
    expect(pane.get_by_role("link", name="Velmora: key points on hyperkalaemia")).to_be_visible()
    expect(pane.get_by_text("1 open comment")).to_be_visible()


def test_the_choice_of_the_list_is_kept_and_taken_back(marc: Person, filled: Site) -> None:
    page = marc.page
    marc.go(f"/review/{filled.made['piece']}?statement=s2")
    page.get_by_role("link", name="As a list").click()
    page.wait_for_url("**view=list**")
    expect(page.locator(".choose[aria-current]")).to_have_attribute("data-statement", "s2")
    page.keyboard.press("n")
    page.wait_for_url("**statement=s3**")
    expect(page.locator("ol.statements .choose[aria-current]")).to_have_attribute("data-statement", "s3")
    page.get_by_role("link", name="As its reader sees it").click()
    page.wait_for_url("**view=page**")
    expect(page.locator("#rendition .choose[aria-current]")).to_have_attribute("data-statement", "s3")


def test_a_second_round_shows_what_changed_and_on_demand_the_rest(marc: Person, filled: Site) -> None:
    page = marc.page
    marc.go(f"/review/{filled.made['again']}")
    expect(page.locator("#rendition .choose")).to_have_count(1)
    expect(page.locator("#rendition").get_by_text("changed", exact=True)).to_be_visible()
    expect(page.locator("#rendition .left-out").first).to_be_visible()
    page.get_by_role("link", name="Show everything").click()
    expect(page.locator("#rendition .left-out")).to_have_count(0)
    assert page.locator("#rendition .choose").count() > 10
