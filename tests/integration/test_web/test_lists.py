"""The lists that pages rest on: pieces, what cites a source, and the trail."""

from collections.abc import Callable
from html import escape

import pytest

from api.web.pages.home import MOST_ROWS
from assistant.audit.listing import latest_entries
from assistant.errors import NotAllowed
from assistant.review.decisions import request_changes
from assistant.review.listing import list_pieces, pieces_citing
from assistant.review.pieces import load_piece
from tests.builders.dossier import add_piece, document_of
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


def test_pieces_are_listed_by_state_kind_product_and_author(world: World) -> None:
    db, writer = world.app.db, world.people["writer"]
    everything = list_pieces(db, writer)
    assert {piece["id"] for piece in everything} == {world.ids[k] for k in ("draft", "piece", "published")}
    assert [p["id"] for p in list_pieces(db, writer, status="draft")] == [world.ids["draft"]]
    assert len(list_pieces(db, writer, product="VELMORA", kind="key-moments")) == 3
    assert list_pieces(db, writer, kind="quiz") == []
    assert list_pieces(db, writer, author=world.people["other writer"].id) == []
    assert len(list_pieces(db, writer, limit=2)) == 2


def test_pieces_that_cite_a_source_are_found(world: World) -> None:
    db, writer = world.app.db, world.people["writer"]
    assert len(pieces_citing(db, writer, world.ids["source"])) == 3
    assert pieces_citing(db, writer, "source_0") == []


def test_lists_are_for_those_who_may_read_them(world: World) -> None:
    db, rep = world.app.db, world.people["rep"]
    for read in (
        lambda: list_pieces(db, rep),
        lambda: pieces_citing(db, rep, world.ids["source"]),
        lambda: latest_entries(db, rep),
    ):
        with pytest.raises(NotAllowed):
            read()


def test_the_trail_is_read_newest_first_by_name_and_in_parts(world: World) -> None:
    db, auditor = world.app.db, world.people["auditor"]
    request_changes(db, world.people["medical"], world.ids["piece"], "Say the duration")
    newest = latest_entries(db, auditor, limit=3)
    assert [e["number"] for e in newest] == sorted((e["number"] for e in newest), reverse=True)
    assert "Say the duration" in {e["note"] for e in newest}
    assert newest[0]["actor"] == "The medical"
    older = latest_entries(db, auditor, before=newest[-1]["number"], limit=1)
    assert older[0]["number"] == newest[-1]["number"] - 1
    about = latest_entries(db, auditor, subject=world.ids["draft"])
    assert {e["subject"] for e in about} == {world.ids["draft"]}


def test_the_audit_page_says_in_words_what_happened_with_the_code_beside(browse: Browse) -> None:
    auditor = browse("auditor")
    assert (
        '<td>Source registered<span class="under code">source.registered</span>' in auditor.get("/audit").text
    )
    auditor.send_form("/language", language="fr")
    assert (
        '<td>Source enregistrée<span class="under code">source.registered</span>'
        in auditor.get("/audit").text
    )


def test_the_audit_page_calls_things_by_their_titles_and_keeps_their_ids_beside(
    world: World, browse: Browse
) -> None:
    page = browse("auditor").get("/audit").text
    piece = world.ids["draft"]
    with world.app.db.read() as connection:
        title = escape(load_piece(connection, piece).title)
    assert f'<a href="/pieces/{piece}">{title}</a><span class="under code">{piece}</span>' in page
    product = world.ids["product"]
    assert f'<a href="/products/{product}">Velmora</a><span class="under code">{product}</span>' in page


def test_a_home_page_that_shows_the_first_of_many_leads_to_all(world: World, browse: Browse) -> None:
    writer, everything = (
        browse("other writer"),
        '<a href="/pieces?by=me">See all<span class="away">: My pieces under way',
    )
    made = document_of(world.app.db, world.ids["source"], 1)
    for _ in range(MOST_ROWS - 1):
        add_piece(world.app.db, world.people["other writer"], made)
    assert everything not in writer.get("/").text
    add_piece(world.app.db, world.people["other writer"], made)
    assert everything in writer.get("/").text


def test_a_writer_finds_a_piece_by_its_title_and_their_own(world: World, browse: Browse) -> None:
    writer, other = browse("writer"), browse("other writer")
    link, nothing = f'href="/pieces/{world.ids["draft"]}"', "No piece fits these filters"
    title = load(world, world.ids["draft"])[2:-2].upper()
    assert link in other.get("/pieces", params={"title": title}).text
    assert nothing in other.get("/pieces", params={"title": "%"}).text
    assert nothing in other.get("/pieces", params={"by": "me"}).text
    assert link in writer.get("/pieces", params={"by": "me", "title": title}).text
    assert 'name="by"' not in browse("medical").get("/pieces").text


def load(world: World, piece: str) -> str:
    with world.app.db.read() as connection:
        return load_piece(connection, piece).title
