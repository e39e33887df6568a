"""Comments beside their statement: its words marked, its open ones counted, its threads next to it."""

import re
from collections.abc import Callable

import pytest

from assistant.review.submission import submit
from assistant.review.view import review_json
from tests.builders.dossier import add_piece, document_of, quiz_of, reworded
from tests.integration.test_web.conftest import Browser, World


@pytest.fixture
def piece(world: World) -> str:
    quiz = add_piece(world.app.db, world.people["writer"], quiz_of(world.app.db, world.ids["source"])).id
    submit(world.app.db, world.people["writer"], quiz)
    return quiz


def row_of(page: str, lineage: str) -> str:
    return page.partition(f'data-statement="{lineage}"')[2].partition("</li>")[0]


def beside(page: str) -> str:
    return page.partition('id="threads"')[2].partition('<figure class="quote"')[0]


def test_the_words_of_open_comments_are_marked_and_counted_until_they_are_settled(
    world: World, browse: Callable[[str], Browser], piece: str
) -> None:
    medical = browse("medical")
    for words in ("10 mg", "starting"):
        medical.send_form(f"/review/{piece}/comment", statement="s1", text="Why?", quoted=words)
    row = row_of(medical.get(f"/review/{piece}?statement=t1").text, "s1")
    assert re.findall("<mark>(.+?)</mark>", row) == ["starting", "10 mg"]
    assert "2 open comments" in row
    said = review_json(world.app.db, world.people["medical"], piece)["comments"]
    settled = next(one["id"] for one in said if one["words"]["quoted"] == "10 mg")
    medical.send_form(f"/review/{piece}/comments/{settled}/resolve")
    row = row_of(medical.get(f"/review/{piece}").text, "s1")
    assert re.findall("<mark>(.+?)</mark>", row) == ["starting"]
    assert "1 open comment<" in row


def test_words_that_stand_twice_are_marked_where_they_were_selected(
    world: World, browse: Callable[[str], Browser], piece: str
) -> None:
    medical = browse("medical")
    text = "The recommended starting dose is 10 mg once daily."
    place = text.rindex("e")
    twice = medical.send_form(f"/review/{piece}/comment", statement="s1", text="Why?", quoted="e")
    assert twice.status_code == 422
    medical.send_form(
        f"/review/{piece}/comment", statement="s1", text="Why?", quoted="e", quoted_at=str(place)
    )
    (comment,) = review_json(world.app.db, world.people["medical"], piece)["comments"]
    assert (comment["words"]["start"], comment["words"]["state"]) == (place, "here")
    wrong = medical.send_form(
        f"/review/{piece}/comment", statement="s1", text="Why?", quoted="dose", quoted_at="9" * 40
    )
    assert wrong.status_code == 303


def test_the_threads_of_the_current_text_stand_beside_it_and_the_others_at_the_foot(
    browse: Callable[[str], Browser], piece: str
) -> None:
    medical = browse("medical")
    for lineage, text in (
        ("q1", "Ask otherwise."),
        ("o1", "Too near."),
        ("s1", "Say where."),
        ("", "Well made."),
    ):
        medical.send_form(f"/review/{piece}/comment", statement=lineage, text=text)
    page = medical.get(f"/review/{piece}?statement=q1").text
    shown = [
        text for text in ("Ask otherwise.", "Too near.", "Say where.", "Well made.") if text in beside(page)
    ]
    assert shown == ["Ask otherwise.", "Too near."]
    for text in ("Ask otherwise.", "Too near.", "Say where.", "Well made."):
        assert page.count(text) == 1


def test_a_comment_that_is_settled_beside_its_statement_leaves_the_reviewer_there(
    world: World, browse: Callable[[str], Browser], piece: str
) -> None:
    medical = browse("medical")
    medical.send_form(f"/review/{piece}/comment", statement="o1", text="Too near.")
    (comment,) = review_json(world.app.db, world.people["medical"], piece)["comments"]
    page = beside(medical.get(f"/review/{piece}?statement=o1").text)
    assert 'name="statement" value="o1"' in page
    done = medical.send_form(f"/review/{piece}/comments/{comment['id']}/resolve", statement="o1")
    assert done.headers["location"] == f"/review/{piece}?done=settled&statement=o1"


def test_a_refused_form_keeps_what_was_typed_in_it_and_no_other_does(
    browse: Callable[[str], Browser], piece: str
) -> None:
    medical = browse("medical")
    typed = {"text": "Say which dose.", "quoted": "words of another text", "mandatory": "yes"}
    refused = medical.send_form(f"/review/{piece}/comment", statement="s1", **typed)
    assert refused.status_code == 422
    form = refused.text.partition('id="comment-statement"')[2].partition("</form>")[0]
    for kept in ("Say which dose.</textarea>", "words of another text</textarea>", " checked"):
        assert kept in form
    assert refused.text.count("Say which dose.") == 1


def test_a_refused_attestation_keeps_its_reason(world: World, browse: Callable[[str], Browser]) -> None:
    db, people = world.app.db, world.people
    document = reworded(document_of(db, world.ids["source"]), "s1", "Velmora is for adults.")
    piece = add_piece(db, people["writer"], document).id
    submit(db, people["writer"], piece)
    refused = browse("medical").send_form(
        f"/review/{piece}/attest", statement="s1", reason="Because it is so. " * 300
    )
    assert refused.status_code == 422
    kept = refused.text.partition('id="attest-reason"')[2].partition("</textarea>")[0]
    assert kept.count("Because it is so.") == 300
    assert refused.text.count("Because it is so.") == 300
