"""The review screen of a quiz and an e-mail: all that reaches a reader is chosen, commented on and followed."""

import re
from collections.abc import Callable

import pytest

from assistant.people.roles import Actor
from assistant.review.submission import submit
from assistant.review.view import review_json
from assistant.store.database import Database
from guardrails.model import Document
from tests.builders.dossier import add_piece, email_of, quiz_of
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
