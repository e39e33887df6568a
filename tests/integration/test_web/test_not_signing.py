"""What a reviewer is told who does not sign: what is final, what nobody may override, and who gives the second reason."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.review.overrides import override
from assistant.review.pieces import load_piece
from assistant.review.submission import submit
from assistant.review.view import review_json
from tests.builders.dossier import SENTENCES, Terms, add_piece, add_source, document_of, quiz_of
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


def status_of(world: World, piece: str) -> str:
    with world.app.db.read() as connection:
        return load_piece(connection, piece).status


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "A rejection is final: it has to be confirmed."),
        ("fr", "Un refus est définitif\N{NO-BREAK SPACE}:"),
    ],
)
def test_a_rejection_that_is_not_confirmed_is_refused_and_keeps_its_reason(
    world: World, browse: Browse, language: str, said: str
) -> None:
    medical, piece = browse("medical"), world.ids["piece"]
    medical.send_form("/language", language=language, back="/")
    answer = medical.send_form(f"/review/{piece}/send-back", reason="Wrong topic.", outcome="reject")
    assert answer.status_code == 422
    assert said in answer.text
    assert '<a href="#final">' in answer.text
    final = answer.text.partition('id="reject-reason"')
    assert "Wrong topic." in final[2]
    assert "Wrong topic." not in final[0]
    assert status_of(world, piece) == "in_review"
    confirmed = medical.send_form(
        f"/review/{piece}/send-back", reason="Wrong topic.", outcome="reject", final="yes"
    )
    assert confirmed.headers["location"] == f"/review/{piece}?done=rejected"
    assert status_of(world, piece) == "rejected"


def test_a_refused_request_for_changes_comes_back_in_its_own_form(world: World, browse: Browse) -> None:
    medical, piece = browse("medical"), world.ids["piece"]
    answer = medical.send_form(f"/review/{piece}/send-back", reason=" ", outcome="changes")
    assert answer.status_code == 422
    assert answer.text.count("<details open>") == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "What you typed; it was not sent"), ("fr", "Ce que vous avez saisi")],
)
def test_a_reason_typed_while_the_task_was_decided_elsewhere_is_shown_again(
    world: World, browse: Browse, language: str, said: str
) -> None:
    medical, piece = browse("medical"), world.ids["piece"]
    medical.send_form("/language", language=language, back="/")
    medical.send_form(f"/review/{piece}/send-back", reason="Shorter.", outcome="changes")
    answer = medical.send_form(
        f"/review/{piece}/send-back", reason="The dose <is> missing.\nSay when.", outcome="changes"
    )
    assert answer.status_code == 409
    shown = answer.text.partition('id="typed"')[2].partition("</section>")[0]
    assert said in shown
    assert "The dose &lt;is&gt; missing." in shown


def blocked(world: World) -> str:
    """An internal piece of a quiz with an answer that rule QZ2 blocks, sent with a request."""
    db, writer = world.app.db, world.people["writer"]
    quiz = quiz_of(db, world.ids["source"])
    wrong = tuple(replace(s, text="All of the above") if s.id == "o1" else s for s in quiz.segments)
    piece = add_piece(db, writer, replace(quiz, segments=wrong)).id
    submit(db, writer, piece, override_request="The wording is the client's.")
    return piece


def test_who_has_given_one_reason_is_told_that_another_reviewer_gives_the_second(
    world: World, browse: Browse
) -> None:
    piece = blocked(world)
    page = browse("medical").get(f"/review/{piece}?statement=o1").text
    assert "It falls once two named reviewers have given a reason." in page
    override(world.app.db, world.people["medical"], piece, "QZ2", "o1", "It is quoted so.")
    page = browse("medical").get(f"/review/{piece}?statement=o1").text
    assert "You have given one of the two reasons against QZ2" in page
    assert "Override QZ2 with a reason" not in page
    assert "Lifted" not in page
    assert "Override QZ2 with a reason" in browse("regulatory").get(f"/review/{piece}?statement=o1").text
    override(world.app.db, world.people["regulatory"], piece, "QZ2", "o1", "So do I.")
    page = browse("legal").get(f"/review/{piece}?statement=o1").text
    assert "it does not block this revision any more" in page
    assert "Override QZ2 with a reason" not in page
    assert "No finding blocks" in page


def test_an_override_of_the_whole_piece_says_too_that_it_takes_two(world: World, browse: Browse) -> None:
    db, writer = world.app.db, world.people["writer"]
    document = document_of(db, world.ids["source"], 2)
    piece = add_piece(db, writer, document, Terms(market="FR", qualification="promotional")).id
    submit(db, writer, piece, override_request="The mentions stand around it.")
    on_piece = [b for b in review_json(db, writer, piece)["open"]["blocks"] if b["where"] == "piece"]
    assert [b for b in on_piece if b["overridable"]]
    page = browse("medical").get(f"/review/{piece}").text
    offered = page.count(f'action="/review/{piece}/override"')
    assert offered
    assert page.count("It falls once two named reviewers have given a reason.") == offered


def test_what_nobody_may_override_says_so_and_the_decision_tells_it_apart(
    world: World, browse: Browse
) -> None:
    piece, medical = world.ids["piece"], browse("medical")
    sentences = (*SENTENCES, "A sentence of the newer version.")
    add_source(world.app.db, world.people["librarian"], sentences, replaces=world.ids["source"])
    page = medical.get(f"/review/{piece}").text
    assert "Nobody may override it" in page
    assert "2 findings block that nobody may override: request changes, so that they are mended" in page
    assert "overridden by two reviewers" not in page
