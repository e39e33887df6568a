"""The left side of the review screen: the page of the piece from the very bytes that are signed, or a list where asked for."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from api.web.pages.review_pane import VIEW_COOKIE
from assistant.review.submission import submit
from assistant.store.schema import rendition, user
from guardrails.model import Document
from tests.builders.dossier import add_piece, document_of, email_of, quiz_of, reworded
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]
NOT_WHAT_IS_SIGNED = "is not what is to be signed"


def pane(page: str) -> str:
    return page.partition('<div id="rendition"')[2].partition("</section>\n  <section")[0]


@pytest.mark.parametrize("made", [document_of, quiz_of, email_of])
def test_the_piece_is_shown_as_its_reader_sees_it_with_its_style(
    world: World, browse: Browse, made: Callable[..., Document]
) -> None:
    document = made(world.app.db, world.ids["source"])
    piece = add_piece(world.app.db, world.people["writer"], document).id
    submit(world.app.db, world.people["writer"], piece, override_request="Made for a test")
    medical = browse("medical")
    page = medical.get(f"/review/{piece}").text
    assert f'<div class="body {document.kind}">' in pane(page)
    style = re.search(r'<link rel="stylesheet" href="(/static/piece\.css\?v=[0-9a-f]{12})">', page)
    assert style is not None
    sheet = medical.get(style[1])
    assert sheet.headers["content-type"].startswith("text/css")
    assert "immutable" in sheet.headers["cache-control"]
    assert page.index("piece.css") < page.index("ancrage.css"), (
        "the desk's rules for what it puts in come last"
    )


def test_the_legend_explains_verified_only_where_a_text_is(world: World, browse: Browse) -> None:
    verified = '<span class="shape good"></span> Verified'
    one = document_of(world.app.db, world.ids["source"], 1)
    blocked = reworded(one, "s1", "The recommended starting dose is 900 mg once daily.")
    piece = add_piece(world.app.db, world.people["writer"], blocked).id
    medical = browse("medical")
    shown = medical.get(f"/review/{piece}").text
    assert pane(shown)
    assert verified not in shown
    assert verified in medical.get(f"/review/{world.ids['piece']}").text


def test_what_is_shown_is_what_was_stored_to_be_signed_whatever_is_known_since(
    world: World, browse: Browse
) -> None:
    """The page prints its editor's name; a rendition that is made again would say the new one."""
    with world.app.db.write() as tx:
        tx.execute(update(user).where(user.c.id == world.people["writer"].id).values(name="Somebody Else"))
    medical = browse("medical")
    assert "Responsible editor: The writer." in pane(medical.get(f"/review/{world.ids['piece']}").text)
    assert "Responsible editor: Somebody Else." in pane(medical.get(f"/review/{world.ids['draft']}").text)


def test_bytes_that_are_not_those_of_the_manifest_are_shown_to_nobody_as_what_is_signed(
    world: World, browse: Browse
) -> None:
    with world.app.db.write() as tx:
        stored = tx.execute(select(rendition.c.bytes).where(rendition.c.name == "html")).scalars().first()
        assert stored is not None
        tx.execute(
            update(rendition)
            .where(rendition.c.name == "html")
            .values(bytes=stored.replace(b"10 mg", b"20 mg"))
        )
    page = browse("medical").get(f"/review/{world.ids['piece']}")
    assert page.status_code == 200
    assert NOT_WHAT_IS_SIGNED in page.text
    assert not pane(page.text)
    assert 'class="statements"' in page.text, "the texts can be read, and the piece sent back"


def test_the_list_is_there_for_who_asks_and_asked_for_once(world: World, browse: Browse) -> None:
    medical, address = browse("medical"), f"/review/{world.ids['piece']}"
    page = medical.get(address).text
    assert 'href="?view=list&amp;statement=s1#s1">As a list' in page
    assert VIEW_COOKIE not in medical.cookies
    listed = medical.get(f"{address}?view=list")
    assert "HttpOnly" in listed.headers["set-cookie"]
    for page in (listed.text, medical.get(f"{address}?statement=s2").text):
        assert not pane(page)
        assert "piece.css" not in page
        assert NOT_WHAT_IS_SIGNED not in page
    refused = medical.send_form(f"{address}/comment", statement="s1", text="")
    assert refused.status_code == 422
    assert not pane(refused.text)
    assert pane(medical.get(f"{address}?view=page").text)
    assert pane(medical.get(address).text)
    medical.get(f"{address}?view=%3Cb%3E")
    assert medical.cookies[VIEW_COOKIE] == "page"


def test_who_may_sign_sees_what_was_not_opened_and_whose_reading_leaves_no_trace_does_not(
    world: World, browse: Browse
) -> None:
    address = f"/review/{world.ids['piece']}?statement=s1"
    opened = re.compile(r'data-statement="(\w+)"[^>]*>(?:<[^>]*>)*✓')
    not_opened = re.compile(r'data-statement="(\w+)"[^>]*>(?:<[^>]*>)*○')
    medical = pane(browse("medical").get(address).text)
    assert opened.findall(medical) == ["s1"]
    assert not_opened.findall(medical) == ["t1", "s2"]
    for name in ("writer", "auditor"):
        assert "○" not in pane(browse(name).get(address).text)


def test_a_reference_leads_to_each_statement_that_it_carries(world: World, browse: Browse) -> None:
    page = pane(browse("medical").get(f"/review/{world.ids['piece']}?statement=s2").text)
    reference = page.partition('id="ref-2"')[2].partition("</li>")[0]
    assert re.findall(r'href="[^"]*statement=(\w+)#\w+">Statement 2', reference) == ["s2"]
    assert 'aria-current="true"' in reference
    assert 'aria-current="true"' not in page.partition('id="ref-1"')[2].partition("</li>")[0]
