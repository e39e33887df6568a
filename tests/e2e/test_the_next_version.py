"""A label is replaced, by people at browsers: what changed, the page with the quote marked, and what waits to be confirmed."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.builders.register import MEDICINE, write_register
from tests.e2e.conftest import PASSWORD, Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
FILES = Path(__file__).parents[2] / "eval" / "sample" / "files" / "en"
WAIT = 120_000
PRODUCT = "Serenol"
STANDS = "overdose"
"""A topic on which the two versions of the sample's label say the same."""
SIZES = {"desk": (1440, 900), "laptop": (1024, 768), "phone": (390, 844)}

SignIn = Callable[..., Person]


@pytest.fixture(scope="module")
def dossier(browser: "Browser", site: Site) -> dict[str, str]:
    """A published piece whose label was replaced by one that still says what it quotes."""
    lena, wanda = Person(browser, site, "Lena"), Person(browser, site, "Wanda")
    old = add_label(lena, "label-v1.pdf", "Label of 2025")
    wanda.go(f"/pieces/new?kind=key-moments&product={PRODUCT}&market=EU&language=en")
    page = wanda.page
    page.get_by_label("Topic").fill(STANDS)
    page.get_by_role("button", name="Write the draft").click()
    page.wait_for_url(re.compile(r"/pieces/piece_"), timeout=WAIT)
    piece = page.url.rpartition("/")[2].partition("?")[0]
    page.get_by_role("button", name="Send to review").click()
    page.wait_for_url(re.compile("done=submitted"))
    for name in ("Marc", "Rita"):
        reviewer = Person(browser, site, name)
        reviewer.go(f"/review/{piece}")
        reviewer.page.get_by_label("Your passphrase, again").fill(PASSWORD)
        reviewer.page.get_by_role("button", name="Sign and approve").click()
        reviewer.page.wait_for_url(re.compile("done=approved"))
        if name == "Rita":
            reviewer.go(f"/pieces/{piece}")
            reviewer.page.locator("#publish").get_by_role("button", name="Publish").click()
            reviewer.page.wait_for_url(re.compile(r"/published/publication_"))
        reviewer.leave()
    new = add_label(lena, "label-v2.pdf", "Label of 2026", replaces=old)
    for person in (lena, wanda):
        person.leave()
    return {"old": old, "new": new, "piece": piece}


def add_label(lena: Person, file: str, title: str, replaces: str = "") -> str:
    today = datetime.now(UTC).date()
    page = lena.page
    lena.go("/sources/new")
    page.get_by_label("Files").set_input_files(FILES / file)
    page.get_by_label("Product").fill(PRODUCT)
    page.get_by_label("Title").fill(title)
    page.get_by_label("Approval reference").fill("MLR-7")
    page.get_by_label("Approved on").fill((today - timedelta(days=30)).isoformat())
    page.get_by_label("Expires on").fill((today + timedelta(days=60)).isoformat())
    if replaces:
        page.get_by_text("More: version").click()
        page.get_by_label("Replaces").select_option(replaces)
    page.get_by_role("button", name="Read and add").click()
    page.get_by_role("link", name="Open the source").click(timeout=WAIT)
    expect(page.get_by_text("Approved", exact=True).first).to_be_visible()
    return page.url.partition("/sources/")[2]


@pytest.fixture(params=[(size, language) for size in SIZES for language in ("en", "fr")], ids="-".join)
def seen(request: pytest.FixtureRequest) -> tuple[dict[str, Any], str]:
    """At a desk, on a laptop and on a phone, in both languages."""
    size, language = request.param
    width, height = SIZES[size]
    return {"viewport": {"width": width, "height": height}}, language


@pytest.fixture
def sign_in(browser: "Browser", site: Site) -> Iterator[SignIn]:
    people: list[Person] = []

    def come(name: str, **options: object) -> Person:
        people.append(Person(browser, site, name, **options))
        return people[-1]

    yield come
    for person in people:
        person.leave()


def test_what_changed_leads_to_the_page_with_the_sentence_marked_and_to_a_closer_look(
    dossier: dict[str, str], sign_in: SignIn
) -> None:
    lena = sign_in("Lena")
    page = lena.page
    lena.go(f"/sources/{dossier['new']}")
    page.get_by_role("link", name="What changed").click()
    expect(page.get_by_text("From Label of 2025 to Label of 2026")).to_be_visible()
    expect(page.locator("article.versus mark").first).to_be_visible()
    page.locator("article.versus a").first.click()
    expect(page.locator(".sheet mark").first).to_be_visible()
    expect(page.locator(".picture rect").first).to_be_attached()
    drawn = page.locator(".picture img")
    expect(drawn).to_have_js_property("complete", value=True)
    assert drawn.evaluate("image => image.naturalWidth") > 200
    before = drawn.evaluate("image => image.getBoundingClientRect().width")
    page.get_by_role("link", name="Closer").click()
    expect(page).to_have_url(re.compile("zoom=150"))  # the picture of the page before it can be looked at too
    drawn = page.locator(".picture img")
    expect(drawn).to_have_js_property("complete", value=True)
    page.wait_for_load_state()  # how wide it is is said by the style sheet
    assert drawn.evaluate("image => image.getBoundingClientRect().width") > before
    expect(page.locator(".picture rect").first).to_be_attached()
    expect(page.locator(".picture rect").first).to_be_in_viewport()
    page.get_by_role("link", name="Whole page").click()
    expect(page).to_have_url(re.compile("zoom=100"))
    page.wait_for_load_state()
    assert page.locator(".picture img").evaluate("image => image.getBoundingClientRect().width") == before


def test_nothing_of_it_shuts_a_reader_out_or_runs_over_its_edge(
    dossier: dict[str, str], sign_in: SignIn, seen: tuple[dict[str, Any], str], tmp_path: Path
) -> None:
    (size, language) = seen
    lena = sign_in("Lena", **size)
    page, problems = lena.page, list[str]()
    lena.speak(language)
    for path in ("/sources", f"/sources?product={PRODUCT}", "/sources?market=DE", "/calendar"):
        lena.go(path)
        problems += lena.barriers()
    lena.go(f"/sources/{dossier['new']}/changes")
    problems += lena.barriers()
    page.locator("article.versus a").first.click()
    page.wait_for_url(re.compile("quote="))
    problems += lena.barriers()
    page.locator(".zoom a").last.click()
    page.wait_for_url(re.compile("zoom="))
    problems += lena.barriers()
    lena.go("/products")
    page.get_by_role("link", name=PRODUCT).click()
    page.wait_for_url(re.compile("/products/product_"))
    address = page.url.partition("?")[0]
    page.goto(f"{address}/register")
    problems += lena.barriers()
    files = sorted(
        write_register(tmp_path / "files", medicines=MEDICINE.replace("VELMORA", PRODUCT.upper())).iterdir()
    )
    page.locator("input[type=file]").set_input_files(files)
    page.locator("main form[enctype] button").click()
    expect(page.locator("main table")).to_be_visible()
    problems += lena.barriers()
    marc = sign_in("Marc", **size)
    marc.speak(language)
    for path in ("/", "/confirmations"):
        marc.go(path)
        problems += marc.barriers()
    waiting = marc.page.locator("main a[href^='/confirmations/confirmation_']")
    waiting.first.click()
    marc.page.wait_for_url(re.compile("/confirmations/confirmation_"))
    problems += marc.barriers()
    for person in (lena, marc):
        person.speak("en")
    assert not problems


@pytest.mark.usefixtures("dossier")
def test_what_still_stands_is_announced_to_its_reviewers_and_confirmed_by_two(
    sign_in: SignIn,
) -> None:
    marc, rita = sign_in("Marc"), sign_in("Rita")
    marc.go("/")
    expect(marc.page.get_by_role("heading", name="To confirm")).to_be_visible()
    marc.page.locator("main a[href^='/confirmations/confirmation_']").first.click()
    expect(marc.page.get_by_text("From Label of 2025 to Label of 2026")).to_be_visible()
    where = marc.page.url.partition("/confirmations/")[2]
    for person in (marc, rita):
        person.go(f"/confirmations/{where}")
        person.page.get_by_label("Your passphrase, again").fill(PASSWORD)
        person.page.get_by_role("button", name="Sign and confirm").click()
        expect(person.page.get_by_role("button", name="Sign and confirm")).to_have_count(0)
    expect(rita.page.get_by_text("Confirmed")).to_be_visible()
    rita.go("/")
    expect(rita.page.get_by_role("heading", name="To confirm")).to_have_count(0)
