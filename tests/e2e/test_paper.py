"""On paper, also of a dark screen: no navigation and no buttons, dark ink on white, and every word within the sheet."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import pypdf
import pytest

from tests.e2e.conftest import Person, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
A4_WITHIN_ITS_MARGINS = {"width": 718, "height": 1047}
"""Pixels of a sheet with margins of 10 mm."""
LEFT_ON_PAPER = """() => {
  const shown = (at) => at.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true });
  return [...document.querySelectorAll("button, .button, input:not([type=hidden]), select, textarea, .places, .crumbs, .skip, .zoom")]
    .filter(shown).map((at) => at.outerHTML.slice(0, 120));
}"""
FAINT = """() => {
  const rgb = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return { parts: [r, g, b], a }; };
  const light = (parts) => { const [r, g, b] = parts.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const faults = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.parentElement;
    if (!node.data.trim() || at.closest("script, style, svg") || !at.checkVisibility({ visibilityProperty: true })) continue;
    const ink = rgb(getComputedStyle(at).color);
    let ground = { parts: [255, 255, 255], a: 1 };
    for (let up = at; up; up = up.parentElement) { const own = rgb(getComputedStyle(up).backgroundColor); if (own.a > 0.5) { ground = own; break; } }
    if (light(ground.parts) < 0.7) faults.push(`dark ground: ${at.outerHTML.slice(0, 120)}`);
    if (ink.a < 1 || light(ink.parts) > 0.16) faults.push(`faint ink: ${getComputedStyle(at).color} ${at.outerHTML.slice(0, 120)}`);
  }
  return faults;
}"""
CUT_OFF = """() => {
  const faults = [];
  for (const at of document.body.querySelectorAll("*")) {
    const look = getComputedStyle(at);
    if (at.closest("svg, .away, .picture") || !at.checkVisibility() || !at.innerText?.trim()) continue;
    const clips = [look.overflowX, look.overflowY].some((way) => way !== "visible");
    if (clips && (at.scrollHeight > at.clientHeight + 2 || at.scrollWidth > at.clientWidth + 2)) faults.push(`cut off: ${at.outerHTML.slice(0, 160)}`);
    const box = at.getBoundingClientRect();
    if (box.width && box.right > document.documentElement.clientWidth + 1) faults.push(`over the edge: ${at.outerHTML.slice(0, 160)}`);
  }
  return faults;
}"""


@pytest.fixture(params=["light", "dark"])
def marc(request: pytest.FixtureRequest, browser: "Browser", filled: Site) -> Iterator[Person]:
    person = Person(
        browser, filled, "marc", viewport=A4_WITHIN_ITS_MARGINS, color_scheme=request.param, locale="en"
    )
    yield person
    person.leave()


def on_paper(page: "Page") -> list[str]:
    """What is wrong with the page on paper."""
    page.emulate_media(media="print")
    faults = [fault for look in (LEFT_ON_PAPER, FAINT, CUT_OFF) for fault in page.evaluate(look)]
    page.emulate_media(media="null")
    return faults


def letters(text: str) -> str:
    return re.sub(r"\W+", "", normalize("NFKC", text))


def printed(page: "Page") -> str:
    """All letters of the printed sheets."""
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return letters(" ".join(sheet.extract_text() for sheet in sheets))


@pytest.mark.parametrize("view", ["page", "list"])
@pytest.mark.parametrize("name", ["piece", "quiz", "lifted", "draft", "again"])
def test_the_review_screen(marc: Person, filled: Site, name: str, view: str) -> None:
    page = marc.page
    marc.go(f"/review/{filled.made[name]}?show=all&view={view}")
    page.wait_for_load_state("networkidle")
    assert on_paper(page) == []
    sheets = printed(page)
    for text in page.locator(".choose .words").all_inner_texts():
        assert letters(text) in sheets
    for quote in page.locator(".beside blockquote").all_inner_texts():
        assert letters(quote) in sheets


def test_the_page_of_what_is_published(marc: Person, filled: Site) -> None:
    marc.go(f"/published/{filled.made['publication']}")
    assert on_paper(marc.page) == []
    sheets = printed(marc.page)
    for text in marc.page.locator(".proofs li > p, .about section:not(.only-screen) h2").all_inner_texts():
        assert letters(text) in sheets


@pytest.mark.parametrize("name", ["piece", "quiz", "lifted", "draft"])
def test_the_piece_itself_of_every_kind(marc: Person, filled: Site, name: str) -> None:
    marc.go(f"/review/{filled.made[name]}/preview")
    page = marc.page
    sheets = printed(page)
    assert on_paper(page) == []
    for text in page.locator("h1, h2, main p, main li, .mentions p, .references q").all_text_contents():
        assert letters(text) in sheets


def test_the_summary_of_the_evidence(marc: Person, filled: Site, tmp_path: Path) -> None:
    marc.go(f"/pieces/{filled.made['published']}")
    page = marc.page
    with page.expect_download(timeout=120_000) as saved:
        page.locator("form[action$='/evidence-pack'] button").click()
    saved.value.save_as(tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        pack.extractall(tmp_path / "pack")
    page.goto((tmp_path / "pack" / "summary.html").as_uri())
    assert on_paper(page) == []
    sheets = printed(page)
    for text in page.locator("h1, h2, blockquote, td").all_inner_texts():
        assert letters(text) in sheets
