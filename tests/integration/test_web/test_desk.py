"""The review desk's pages: accepting, what stays closed, and editing with a guard."""

from collections.abc import Callable
from dataclasses import replace

from assistant.review.submission import submit
from assistant.review.view import review_json
from guardrails.model import Segment
from tests.builders.dossier import add_piece, document_of
from tests.integration.test_web.conftest import Browser, World


def test_accepting_a_statement_leads_to_the_next_and_the_last_to_the_decision(
    world: World, browse: Callable[[str], Browser]
) -> None:
    medical, piece = browse("medical"), world.ids["piece"]
    assert "You have not opened 2 texts of the piece" in medical.get(f"/review/{piece}").text
    first = medical.send_form(f"/review/{piece}/accept", statement="s1", after="s2")
    assert first.headers["location"] == f"/review/{piece}?done=accepted&statement=s2#s2"
    assert "✓ accepted" in medical.get(f"/review/{piece}?statement=s2").text
    last = medical.send_form(f"/review/{piece}/accept", statement="s2", after="")
    assert last.headers["location"].endswith("#decide")
    assert "You have not opened 1 text of the piece" in medical.get(f"/review/{piece}").text
    assert "You have not opened" not in medical.get(f"/review/{piece}?statement=t1").text


def test_a_heading_that_a_person_worded_is_opened_and_attested_like_a_statement(
    world: World, browse: Callable[[str], Browser]
) -> None:
    db, writer = world.app.db, world.people["writer"]
    text = document_of(db, world.ids["source"], 1)
    heading = Segment("h1", "structure", "heading", "What to remember", "en", wording="human")
    piece = add_piece(db, writer, replace(text, segments=(heading, *text.segments))).id
    submit(db, writer, piece)
    medical = browse("medical")
    page = medical.get(f"/review/{piece}?statement=h1").text
    assert "Attest this text" in page
    medical.send_form(f"/review/{piece}/attest", statement="h1", reason="It states nothing.")
    assert "Attest this text" not in medical.get(f"/review/{piece}?statement=h1").text
    assert review_json(db, world.people["medical"], piece)["open"]["unattested"] == []


def test_the_reviewer_is_told_what_was_not_opened(world: World, browse: Callable[[str], Browser]) -> None:
    page = browse("medical").get(f"/review/{world.ids['piece']}").text
    assert "You have not opened 2 texts of the piece;" in page


def test_a_wording_is_checked_with_and_without_a_script(
    world: World, browse: Callable[[str], Browser]
) -> None:
    writer, path = browse("writer"), f"/pieces/{world.ids['draft']}/statements/s2/check"
    wrong = "The recommended starting dose is 40 mg once daily."
    page = writer.send_form(path, text=wrong)
    assert "These checks would fail" in page.text
    assert page.text.count(wrong) >= 1
    assert "<html" in page.text
    part = writer.post(path, data={"csrf": writer.csrf, "text": wrong}, headers={"x-part": "trial"})
    assert "These checks would fail" in part.text
    assert "<html" not in part.text


def test_the_second_of_two_editors_sees_both_texts_and_may_save_over(
    world: World, browse: Callable[[str], Browser]
) -> None:
    writer, other = browse("writer"), browse("other writer")
    path, base = f"/pieces/{world.ids['draft']}/statements/s2", ""
    page = writer.get(f"/pieces/{world.ids['draft']}").text
    base = page.partition('name="base" value="')[2].partition('"')[0]
    writer.send_form(path, text="Begin with 10 mg once daily.", base=base)
    refused = other.send_form(path, text="Start at 10 mg once daily.", base=base)
    assert refused.status_code == 409
    assert "Begin with 10 mg once daily." in refused.text
    assert "Start at 10 mg once daily.</textarea>" in refused.text
    newest = refused.text.partition('name="base" value="')[2].partition('"')[0]
    assert newest != base
    saved = other.send_form(path, text="Start at 10 mg once daily.", base=newest)
    assert "done=statement_saved" in saved.headers["location"]


def test_a_filter_of_the_queue_is_saved_and_found_again(
    world: World, browse: Callable[[str], Browser]
) -> None:
    del world
    medical = browse("medical")
    medical.send_form("/review/filters", name="Europe", query="market=EU")
    page = medical.get("/review?market=EU").text
    assert '<a href="/review?market=EU">Europe</a>' in page
    assert medical.get("/review?order=none").status_code == 422
