"""From a file to a signed piece and back, by people at browsers: the one way that everything else hangs on."""

import re
from collections.abc import Callable, Iterator
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
"""Milliseconds within which reading a label or drafting ends on a busy machine."""

SignIn = Callable[..., Person]


@pytest.fixture
def sign_in(browser: "Browser", site: Site) -> Iterator[SignIn]:
    people: list[Person] = []

    def come(name: str, **options: object) -> Person:
        people.append(Person(browser, site, name, **options))
        return people[-1]

    yield come
    for person in people:
        person.leave()


def add_the_label(lena: Person) -> str:
    today = datetime.now(UTC).date()
    page = lena.page
    lena.go("/sources/new")
    slides = {"name": "talk.pptx", "mimeType": "application/octet-stream", "buffer": b"slides"}
    page.get_by_label("Files").set_input_files([slides])
    expect(page.get_by_label("Kind")).to_have_value("deck")
    page.get_by_label("Kind").select_option("label")
    page.get_by_label("Files").set_input_files(LABEL)
    expect(page.get_by_label("Kind")).to_have_value("label")
    page.get_by_label("Product").fill("Velmora")
    page.get_by_label("Approval reference").fill("MLR-1")
    page.get_by_label("Approved on").fill((today - timedelta(days=30)).isoformat())
    page.get_by_label("Expires on").fill((today + timedelta(days=365)).isoformat())
    page.get_by_role("button", name="Read and add").click()
    page.get_by_role("link", name="Open the source").click(timeout=WAIT)
    expect(page.get_by_text("Approved", exact=True).first).to_be_visible()
    return page.url.partition("/sources/")[2]


def draft_and_submit(wanda: Person) -> str:
    page = wanda.page
    wanda.go("/pieces/new")
    page.get_by_label("Key moments").check()
    page.get_by_label("Product", exact=True).select_option("Velmora")
    page.get_by_label("Market", exact=True).select_option("EU")
    page.get_by_role("button", name="Write the draft").click()
    page.wait_for_url(re.compile(r"/pieces/piece_"), timeout=WAIT)
    piece = page.url.rpartition("/")[2].partition("?")[0]
    statements = page.locator("article.part")
    expect(statements.nth(4)).to_be_attached()
    for statement in statements.all():
        expect(statement.locator("blockquote").first).to_be_visible()
    assert not wanda.barriers()
    page.get_by_role("button", name="Send to review").click()
    page.wait_for_url(re.compile("done=submitted"))
    return piece


def open_the_citation_and_sign(reviewer: Person, piece: str) -> None:
    page = reviewer.page
    reviewer.go("/review")
    page.locator(f"main a[href^='/review/{piece}']").first.click()  # others' pieces wait in the same queue
    chosen = page.locator(".choose:has(.shape.good)").nth(1)
    chosen.click()
    expect(chosen).to_have_attribute(
        "aria-current", "true"
    )  # the page before it has a quote and a picture too
    marked = page.locator(".sheet mark")
    expect(marked.first).to_be_visible()
    quote = page.locator(".beside blockquote").first.inner_text()
    assert " ".join(marked.all_inner_texts()).split()[:5] == quote.split()[:5]
    drawn = page.locator(".picture img").first
    expect(drawn).to_have_js_property("complete", value=True)
    assert drawn.evaluate("image => image.naturalWidth") > 200
    expect(page.locator(".picture rect").first).to_be_attached()
    assert not reviewer.barriers()
    page.get_by_label("Your passphrase, again").fill(PASSWORD)
    page.get_by_role("button", name="Sign and approve").click()
    page.wait_for_url(re.compile("done=approved"))
    assert piece in page.url


def test_a_label_becomes_a_signed_published_piece_and_its_withdrawal_stops_it(
    site: Site, sign_in: SignIn
) -> None:
    lena, wanda, marc, rita = (sign_in(name) for name in ("Lena", "Wanda", "Marc", "Rita"))
    source = add_the_label(lena)
    piece = draft_and_submit(wanda)
    wanda.go(f"/review/{piece}")
    expect(wanda.page.get_by_text("others decide")).to_be_visible()
    open_the_citation_and_sign(marc, piece)
    open_the_citation_and_sign(rita, piece)
    rita.page.get_by_role("link", name="Go on to publish").click()
    rita.page.locator("#publish").get_by_role("button", name="Publish").click()
    rita.page.wait_for_url(re.compile(r"/published/publication_"))
    publication = re.findall(r"publication_\w+", rita.page.url)[0]
    remy = sign_in("Remy")
    remy.go("/published")
    remy.page.locator(f"a[href='/published/{publication}']").click()
    expect(remy.page.get_by_text("Marc", exact=True)).to_be_visible()
    frame = remy.page.frame_locator("iframe.signed")
    expect(frame.get_by_text("10 mg once daily").first).to_be_visible()
    assert not remy.barriers()
    site.made |= {"source": source, "piece": piece, "publication": publication}

    lena.go(f"/sources/{source}/withdraw")
    expect(lena.page.get_by_text("its readers lose it")).to_be_visible()
    lena.page.get_by_label("Reason").fill("A new risk was found")
    lena.page.get_by_role("button", name="Withdraw").click()
    lena.page.wait_for_url(re.compile("done=source_withdrawn"), timeout=WAIT)
    assert remy.go(f"/published/{publication}") == 410
    expect(remy.page.get_by_text("A new risk was found")).to_be_visible()
    assert remy.go(f"/p/{publication}") == 410
    remy.go("/published")
    expect(remy.page.locator(f"a[href='/published/{publication}']")).to_have_count(0)
    aude = sign_in("Aude")
    aude.go("/audit")
    aude.page.get_by_role("button", name="Verify everything now").click()
    expect(aude.page.get_by_text("The last whole verification held")).to_be_visible()
    expect(aude.page.get_by_text("source.withdrawn", exact=True)).to_be_visible()
    expect(aude.page.get_by_text("piece.recalled", exact=True)).to_be_visible()


def test_the_way_can_be_gone_without_javascript(sign_in: SignIn) -> None:
    lena = sign_in("Lena", java_script_enabled=False)
    today = datetime.now(UTC).date()
    lena.go("/sources/new")
    lena.page.get_by_label("Files").set_input_files(LABEL)
    lena.page.get_by_label("Product").fill("Calmora")
    lena.page.get_by_label("Approval reference").fill("MLR-2")
    lena.page.get_by_label("Approved on").fill((today - timedelta(days=30)).isoformat())
    lena.page.get_by_label("Expires on").fill((today + timedelta(days=365)).isoformat())
    lena.page.get_by_role("button", name="Read and add").click()
    lena.page.get_by_role("link", name="Open the source").wait_for(timeout=WAIT)
    wanda = sign_in("Wanda", java_script_enabled=False)
    wanda.go("/pieces/new?kind=quiz&product=Calmora&market=EU&language=en")
    wanda.page.get_by_role("button", name="Write the draft").click()
    wanda.page.wait_for_url(re.compile(r"/pieces/piece_"), timeout=WAIT)
    wanda.page.get_by_role("button", name="Send to review").click()
    marc = sign_in("Marc", java_script_enabled=False)
    marc.go("/review")
    marc.page.get_by_role("link", name="Calmora").first.click()  # another test left a quiz of its own
    marc.page.locator(".choose:has(.shape.good)").nth(1).click()
    expect(marc.page.locator(".sheet mark").first).to_be_visible()
    marc.page.get_by_label("Your passphrase, again").fill("not the right passphrase")
    marc.page.get_by_role("button", name="Sign and approve").click()
    expect(marc.page.get_by_role("alert")).to_be_visible()
    marc.page.get_by_label("Your passphrase, again").fill(PASSWORD)
    marc.page.get_by_role("button", name="Sign and approve").click()
    marc.page.wait_for_url(re.compile("done=approved"))


def test_the_review_screen_can_be_worked_by_keyboard(sign_in: SignIn) -> None:
    rita = sign_in("Rita")
    page = rita.page
    rita.go("/review")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/review/piece_"))
    first = page.locator(".choose[aria-current]").get_attribute("data-statement")
    page.keyboard.press("n")
    page.wait_for_url(re.compile("statement="))
    second = page.locator(".choose[aria-current]").get_attribute("data-statement")
    assert second != first
    page.keyboard.press("p")
    page.wait_for_url(re.compile(f"statement={first}"))
    for opened in (first, second):
        expect(page.locator(f'.choose[data-statement="{opened}"] .seen').first).to_be_visible()
    page.keyboard.press("c")
    page.keyboard.type("n")
    assert page.get_by_label("Comment", exact=True).first.input_value() == "n"


def test_a_doctor_asks_and_is_told_the_page_and_a_side_effect_becomes_a_case(sign_in: SignIn) -> None:
    helen = sign_in("Helen", viewport={"width": 390, "height": 844})
    page = helen.page
    assert page.url.endswith("/ask")
    page.get_by_label("Medicine").first.select_option("Calmora")
    page.get_by_label("Country").select_option("EU")
    page.get_by_label("Your question").fill("What is the recommended starting dose?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(".answer").wait_for(timeout=WAIT)
    expect(page.get_by_text("10 mg once daily").first).to_be_visible()
    expect(page.locator(".answer").get_by_text("page 2").first).to_be_visible()
    page.get_by_label("What happened").fill("My patient developed a rash after two days of Velmora")
    page.get_by_role("button", name="Report").click()
    page.locator(".answer").wait_for(timeout=WAIT)
    sofia = sign_in("Sofia")
    sofia.go("/cases")
    expect(sofia.page.get_by_text("developed a rash").first).to_be_visible()
