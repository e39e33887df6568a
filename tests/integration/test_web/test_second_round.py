"""The review screen of a piece that came back: what changed, and on demand the rest, at every address."""

from collections.abc import Callable

import pytest

from assistant.content.editing import edit_segment
from assistant.review.changes import first_to_read
from assistant.review.decisions import request_changes
from assistant.review.pieces import load_piece
from assistant.review.submission import submit
from tests.builders.dossier import add_piece, document_of, reworded
from tests.integration.test_web.conftest import Browser, World

SHORTER = "Begin with 10 mg once daily."
ADDRESSES = (
    "",
    "?show=all",
    "?statement=s1",
    "?statement=s1&show=all",
    "?statement=s2",
    "?statement=t1",
    "?statement=none",
)


def sent_back(world: World, *, reworded_before: bool) -> str:
    """Submitted, sent back, and reworded in s2 and in its title; with `reworded_before` the unchanged s1 waits to be attested."""
    db, people = world.app.db, world.people
    document = document_of(db, world.ids["source"], 3)
    if reworded_before:
        document = reworded(document, "s1", "Velmora is for adults who have chronic heart failure.")
    piece = add_piece(db, people["writer"], document).id
    submit(db, people["writer"], piece)
    request_changes(db, people["medical"], piece, "Shorter.")
    for lineage, text in (("s2", SHORTER), ("t1", "Velmora in short")):
        with db.read() as connection:
            newest = load_piece(connection, piece).revision_id
        assert newest
        edit_segment(db, people["writer"], piece, lineage, text, newest)
    submit(db, people["writer"], piece)
    return piece


@pytest.mark.parametrize("reworded_before", [False, True])
@pytest.mark.parametrize("name", ["medical", "regulatory", "writer", "auditor"])
def test_every_address_of_a_second_round_answers(
    world: World, browse: Callable[[str], Browser], name: str, reworded_before: bool
) -> None:
    piece = sent_back(world, reworded_before=reworded_before)
    reader = browse(name)
    for address in ADDRESSES:
        page = reader.get(f"/review/{piece}{address}")
        assert page.status_code == 200, address
        assert SHORTER in page.text


def test_the_rest_is_shown_on_demand(world: World, browse: Callable[[str], Browser]) -> None:
    piece = sent_back(world, reworded_before=False)
    unchanged = document_of(world.app.db, world.ids["source"], 3).segments[3].text
    medical = browse("medical")
    assert unchanged not in medical.get(f"/review/{piece}").text
    assert unchanged in medical.get(f"/review/{piece}?show=all").text


def test_a_title_alone_that_changed_is_where_the_screen_opens(world: World) -> None:
    db, people = world.app.db, world.people
    piece = add_piece(db, people["writer"], document_of(db, world.ids["source"])).id
    submit(db, people["writer"], piece)
    request_changes(db, people["medical"], piece, "Another title.")
    with db.read() as connection:
        newest = load_piece(connection, piece).revision_id
    assert newest
    edit_segment(db, people["writer"], piece, "t1", "Velmora in short", newest)
    assert first_to_read(db, piece) == "t1"
