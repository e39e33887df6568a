"""The review screen of a quiz and an e-mail: all that reaches a reader is chosen, commented on and followed."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import update

from assistant.people.roles import Actor
from assistant.review.decisions import approve
from assistant.review.submission import submit
from assistant.review.view import review_json
from assistant.store.database import Database
from assistant.store.schema import decision
from guardrails.model import Document
from tests.builders.dossier import add_piece, document_of, edit, email_of, quiz_of, reworded
from tests.integration.conftest import PASSWORD
from tests.integration.test_web.conftest import Browser, World

Made = Callable[[Database, str], Document]
CHOSEN = re.compile(r'data-statement="(\w+)"[^>]*aria-current="true"')
CHOICES = re.compile(r'data-statement="(\w+)"')
NEXT = re.compile(r'rel="next" href="([^"#]+)')


def in_review(world: World, document: Document) -> str:
    piece = add_piece(world.app.db, world.people["writer"], document).id
    submit(world.app.db, world.people["writer"], piece, override_request="Made for a test")
    return piece


def seen_when_sent_back(world: World, medical: Browser, reader: Actor, piece: str) -> dict[str, list[str]]:
    medical.send_form(f"/review/{piece}/send-back", reason="Shorter.", outcome="changes")
    (decision,) = review_json(world.app.db, reader, piece)["decisions"]
    return dict(decision["seen"])


@pytest.mark.parametrize(
    ("made", "order", "stops"),
    [
        (quiz_of, ["t1", "q1", "o1", "o2", "o3", "s1", "m1"], ["t1", "q1", "s1", "m1"]),
        (
            email_of,
            ["t1", "t2", "t3", "t4", "s1", "t5", "t6"],
            ["t1", "t2", "t3", "t4", "s1", "t5", "t6"],
        ),
    ],
)
def test_next_leads_through_every_text_in_the_order_of_its_reader_and_the_decision_says_that_all_was_opened(
    world: World, browse: Callable[[str], Browser], made: Made, order: list[str], stops: list[str]
) -> None:
    document = made(world.app.db, world.ids["source"])
    piece, medical = in_review(world, document), browse("medical")
    assert "You have not opened" in medical.get(f"/review/{piece}").text
    page = medical.get(f"/review/{piece}?statement={order[0]}").text
    assert CHOICES.findall(page) == order
    passed = CHOSEN.findall(page)
    while ahead := NEXT.search(page):
        page = medical.get(ahead[1]).text
        passed += CHOSEN.findall(page)
    assert passed == stops
    assert "You have not opened" not in page
    seen = seen_when_sent_back(world, medical, world.people["medical"], piece)
    assert sorted(seen["opened"]) == sorted(s.id for s in document.segments)
    assert seen["unopened"] == []


def test_an_answer_is_chosen_commented_on_and_judged_by_what_explains_it(
    world: World, browse: Callable[[str], Browser]
) -> None:
    db = world.app.db
    piece, medical = in_review(world, quiz_of(db, world.ids["source"])), browse("medical")
    page = medical.get(f"/review/{piece}?statement=o1").text
    assert CHOSEN.findall(page) == ["o1"]
    assert "Comment on answer A" in page
    assert "What carries the answer" in page
    assert "<blockquote" in page
    said = medical.send_form(f"/review/{piece}/comment", statement="o1", text="Too near.", quoted="5 mg")
    assert said.headers["location"] == f"/review/{piece}?done=commented&statement=o1#o1"
    (comment,) = review_json(db, world.people["medical"], piece)["comments"]
    assert (comment["statement"], comment["words"]["state"]) == ("o1", "here")


def test_what_was_not_opened_and_what_needs_attention_is_one_key_away(
    world: World, browse: Callable[[str], Browser]
) -> None:
    piece, medical = in_review(world, quiz_of(world.app.db, world.ids["source"])), browse("medical")
    medical.send_form(f"/review/{piece}/comment", statement="o2", text="Why?", mandatory="yes")
    page = medical.get(f"/review/{piece}?statement=s1").text
    assert f'data-key="o" href="/review/{piece}?statement=m1#m1"' in page
    page = medical.get(f"/review/{piece}?statement=m1").text
    assert f'data-key="o" href="/review/{piece}?statement=t1#t1"' in page
    page = medical.get(f"/review/{piece}?statement=t1").text
    assert f'data-key="m" href="/review/{piece}?statement=q1#q1"' in page


def test_a_text_without_a_source_is_accepted_too(world: World, browse: Callable[[str], Browser]) -> None:
    piece, medical = in_review(world, email_of(world.app.db, world.ids["source"])), browse("medical")
    assert 'id="accept"' in medical.get(f"/review/{piece}?statement=t3").text
    medical.send_form(f"/review/{piece}/accept", statement="t3", after="t4")
    seen = seen_when_sent_back(world, medical, world.people["medical"], piece)
    assert seen["accepted"] == ["t3", "k1"]


@pytest.mark.parametrize("made", [quiz_of, email_of])
def test_the_screen_shows_the_texts_in_the_order_of_the_rendition(
    world: World, browse: Callable[[str], Browser], made: Made
) -> None:
    document = made(world.app.db, world.ids["source"])
    piece, medical = in_review(world, document), browse("medical")
    read = medical.get(f"/review/{piece}/preview").text
    in_rendition = [
        one for one in re.findall(r' id="(\w+)"', read) if one in {s.id for s in document.segments}
    ]
    shown = [one for one in CHOICES.findall(medical.get(f"/review/{piece}").text) if one in in_rendition]
    assert len(in_rendition) > 3
    assert shown == in_rendition


def test_an_answer_that_changed_shows_its_change_where_it_stands(
    world: World, browse: Callable[[str], Browser]
) -> None:
    db, writer = world.app.db, world.people["writer"]
    quiz = quiz_of(db, world.ids["source"])
    piece, medical = in_review(world, quiz), browse("medical")
    medical.send_form(f"/review/{piece}/send-back", reason="Another distractor.", outcome="changes")
    edit(db, writer, piece, reworded(quiz, "o1", "15 mg once daily"))
    submit(db, writer, piece)
    page = medical.get(f"/review/{piece}").text
    assert CHOICES.findall(page)[:2] == ["q1", "o1"]
    page = medical.get(f"/review/{piece}?statement=o1").text
    assert "<del>5</del>" in page
    assert "<ins>15</ins>" in page
    for address in re.findall(
        r'rel="(?:next|prev)" href="([^"#]+)', medical.get(f"/review/{piece}?show=all").text
    ):
        assert "show=all" in address


def test_a_decision_of_before_tells_of_statements_alone_and_says_so(
    world: World, browse: Callable[[str], Browser]
) -> None:
    db = world.app.db
    piece = add_piece(db, world.people["writer"], document_of(db, world.ids["source"])).id
    submit(db, world.people["writer"], piece)
    medical = browse("medical")
    assert "(of the statements alone" not in medical.get(f"/review/{piece}").text
    approve(db, world.people["medical"], piece, PASSWORD)
    with db.write() as tx:
        older = {"accepted": [], "opened": ["s1"], "unopened": ["s2"]}
        tx.execute(
            update(decision).where(decision.c.decided_by == world.people["medical"].id).values(seen=older)
        )
    page = " ".join(medical.get(f"/review/{piece}").text.split())
    assert "accepted 0, opened 1 more, did not open 1 (of the statements alone" in page
