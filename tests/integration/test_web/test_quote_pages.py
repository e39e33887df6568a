"""The source beside a statement: every page on which its quote stands, each to be looked at closely."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from guardrails.model import Citation, QuoteSpan
from ingestion.text import quote_sha256
from tests.builders.dossier import SENTENCES, add_piece, document_of
from tests.integration.test_web.conftest import Browser, World

WIDE = re.compile(r'class="leaf wide-(\d+)"')


def over_the_page(first: Citation) -> Citation:
    """The first two sentences of the label as one quote: each stands on a page of its own."""
    words = SENTENCES[:2]
    quote = " ".join(words)
    spans = tuple(QuoteSpan(page, 0, len(text), text) for page, text in enumerate(words, 1))
    return replace(first, quote=quote, quote_sha256=quote_sha256(quote), spans=spans)


@pytest.fixture
def piece(world: World) -> str:
    document = document_of(world.app.db, world.ids["source"], 2)
    title, first, second = document.segments
    cited = replace(first, text=" ".join(SENTENCES[:2]), citations=(over_the_page(first.citations[0]),))
    changed = replace(document, segments=(title, cited, second))
    return add_piece(world.app.db, world.people["writer"], changed).id


def test_a_quote_that_goes_on_over_the_page_shows_both_pages_with_its_part_marked_on_each(
    world: World, browse: Callable[[str], Browser], piece: str
) -> None:
    page = browse("medical").get(f"/review/{piece}?statement=s1").text
    for number, words in enumerate(SENTENCES[:2], 1):
        assert f"/sources/{world.ids['source']}/pages/{number}.png" in page
        assert f"<h3>Page {number}</h3>" in page
        suffix = "" if number == 1 else f"-{number}"
        assert f'<mark id="quote{suffix}">{words}</mark>' in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_quote_on_one_page_shows_that_page_alone(browse: Callable[[str], Browser], piece: str) -> None:
    page = browse("medical").get(f"/review/{piece}?statement=s2").text
    assert WIDE.findall(page) == ["100"]
    assert "On its page" in page


def test_each_picture_is_looked_at_closely_by_a_link_and_stays_at_its_statement(
    browse: Callable[[str], Browser], piece: str
) -> None:
    medical = browse("medical")
    page = medical.get(f"/review/{piece}?statement=s1&show=all").text
    closer = re.findall(r'href="(\?[^"#]*zoom=250)#page-picture(-2)?"', page)
    assert [suffix for _address, suffix in closer] == ["", "-2"]
    address = closer[1][0].replace("&amp;", "&")
    assert "statement=s1&show=all" in address
    closest = medical.get(f"/review/{piece}{address}").text
    assert WIDE.findall(closest) == ["100", "250"]
    assert re.search(r'data-statement="s1"[^>]*aria-current="true"', closest)


@pytest.mark.parametrize("asked", ["zoom=none&of=1", "zoom=-5&of=1", "zoom=99999999999&of=none"])
def test_a_width_that_there_is_not_shows_the_nearest(
    browse: Callable[[str], Browser], piece: str, asked: str
) -> None:
    page = browse("medical").get(f"/review/{piece}?statement=s2&{asked}")
    assert (page.status_code, WIDE.findall(page.text)) == (200, ["100"])
