"""One tap below a statement: the page that it quotes with the quote marked, where the display right lets the reader see it."""

import html
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.corpus.rights import set_display_right
from assistant.publishing.publications import publish
from assistant.review.decisions import approve
from assistant.review.submission import submit
from guardrails.model import Segment
from tests.builders.dossier import Terms, add_piece, document_of
from tests.integration.conftest import PASSWORD
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]
PICTURE = re.compile(r'<img loading="lazy" src="([^"]+)"')
FORBIDDEN = 403
QUESTION = {"question": "What is the recommended starting dose?", "product": "Velmora", "market": "EU"}


def give(world: World, right: str) -> None:
    set_display_right(world.app.db, world.people["librarian"], world.ids["source"], right, "A licence.")


def pictures(text: str) -> list[str]:
    return [html.unescape(found) for found in PICTURE.findall(text)]


@pytest.mark.parametrize("right", ["page_picture", "handout"])
def test_a_doctor_opens_the_quoted_page_below_the_answer(world: World, browse: Browse, right: str) -> None:
    give(world, right)
    doctor = browse("hcp")
    doctor.get("/ask")
    shown = pictures(doctor.send_form("/ask", **QUESTION).text)
    assert shown
    for address in shown:
        assert "quote=" in address
        # the small world keeps no file to draw, so what is held is that the reader is let through
        assert doctor.get(address).status_code != FORBIDDEN


@pytest.mark.parametrize("right", ["reference_only", "in_house"])
def test_a_doctor_sees_the_reference_alone_where_the_right_is_narrow(
    world: World, browse: Browse, right: str
) -> None:
    give(world, right)
    answered = browse("hcp").send_form("/ask", **QUESTION).text
    assert pictures(answered) == []


def test_a_published_piece_shows_the_page_of_each_statement(world: World, browse: Browse) -> None:
    address = f"/published/{world.ids['publication']}"
    give(world, "page_picture")
    assert pictures(browse("hcp").get(address).text)
    give(world, "in_house")
    assert pictures(browse("hcp").get(address).text) == []


def test_a_statement_of_a_published_piece_stands_below_its_heading(world: World, browse: Browse) -> None:
    db, people = world.app.db, world.people
    document = document_of(db, world.ids["source"], 2)
    title, *statements = document.segments
    above = Segment("t2", "structure", "theme", "Who takes it", "en")
    headed = replace(document, segments=(title, statements[0], above, statements[1]))
    piece = add_piece(db, people["writer"], headed, Terms(qualification="reactive_medical")).id
    submit(db, people["writer"], piece)
    for role in ("medical", "regulatory"):
        approve(db, people[role], piece, PASSWORD)
    publication = publish(db, people["regulatory"], piece).id
    told = browse("hcp").get(f"/published/{publication}").text.partition('id="proofs"')[2]
    places = [told.index(html.escape(one.text)) for one in (statements[0], above, statements[1])]
    assert places == sorted(places)


def test_reporting_a_side_effect_is_at_the_top_of_every_answer(browse: Browse) -> None:
    doctor = browse("hcp")
    for text in (doctor.get("/ask").text, doctor.send_form("/ask", **QUESTION).text):
        assert text.index('href="#report-a-case"') < text.index("<textarea")
        assert 'id="report-a-case"' in text


def test_a_question_in_french_on_an_english_page_is_not_answered_in_english(browse: Browse) -> None:
    doctor = browse("hcp")
    asked = {**QUESTION, "question": "Quelle est la dose initiale recommandée ?"}
    answered = doctor.send_form("/ask", **asked).text
    assert "recommended starting dose" not in answered
    assert "sources approuvées" in answered
