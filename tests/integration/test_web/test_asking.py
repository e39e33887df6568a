"""Which medicine a question is about: nobody is answered on another one than they mean."""

import re
from collections.abc import Callable

import pytest

from assistant.cases.desk import running_cases
from assistant.corpus.products import add_product
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]
REFUSED = 422


@pytest.fixture
def two(world: World) -> World:
    """A house of two medicines, of which the other comes first in the alphabet."""
    add_product(world.app.db, world.people["librarian"], "Abrica", {"inn": {"en": "abricamide"}})
    return world


def chosen(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if "<option" in line and "selected" in line]


@pytest.mark.usefixtures("two")
def test_no_medicine_is_chosen_for_who_asks(browse: Browse) -> None:
    doctor = browse("hcp")
    shown = doctor.get("/ask").text
    assert not any("Abrica" in line or "Velmora" in line for line in chosen(shown))
    refused = doctor.send_form("/ask", question="What is the starting dose?", product="", market="EU")
    assert refused.status_code == REFUSED
    assert "Choose the medicine that you write about." in refused.text
    assert "What is the starting dose?" in refused.text, "what was typed stays"
    example = doctor.send_form("/ask", question="", example="What is the dose?", product="", market="EU")
    assert example.status_code == REFUSED
    assert "What is the dose?</textarea>" in example.text


def test_where_there_is_one_medicine_it_is_chosen(browse: Browse) -> None:
    assert any("Velmora" in line for line in chosen(browse("hcp").get("/ask").text))


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("question", ["What about children on Velmora?", "VELMORA dose?"])
def test_the_one_that_the_question_names_is_taken_where_none_is_chosen(browse: Browse, question: str) -> None:
    answered = browse("hcp").send_form("/ask", question=question, product="", market="EU")
    assert answered.status_code == 200
    assert "Your question · Velmora, European Union" in answered.text
    assert "is chosen: what stands below" not in answered.text


def test_a_report_that_names_another_medicine_than_the_chosen_is_told_so_and_sent_for_that_one(
    two: World, browse: Browse
) -> None:
    doctor = browse("hcp")
    report = {"question": "My patient had a rash on Velmora.", "market": "EU", "report": "yes"}
    told = doctor.send_form("/ask", product="Abrica", **report).text
    assert "You write of Velmora, and Abrica is chosen: what stands below is about Abrica." in told
    assert 'name="product" value="Velmora">Send it for Velmora' in told
    again = doctor.send_form("/ask", product="Velmora", **report).text
    assert "You write of" not in again
    products = [case["product"] for case in running_cases(two.app.db, two.people["safety"], 9)]
    assert sorted(products) == ["Abrica", "Velmora"]


@pytest.mark.usefixtures("two")
def test_a_question_on_both_is_about_the_chosen_one(browse: Browse) -> None:
    told = browse("hcp").send_form(
        "/ask", question="May Velmora be taken with abricamide?", product="Velmora", market="EU"
    )
    assert "You write of" not in told.text


@pytest.mark.usefixtures("two")
def test_who_is_in_a_hurry_is_told_whom_to_call_and_that_nothing_has_gone_out(browse: Browse) -> None:
    doctor = browse("hcp")
    urgent = "He collapsed after the tablet and is not breathing!"
    told = doctor.send_form("/ask", question=urgent, product="", market="EU")
    assert told.status_code == REFUSED
    assert "If somebody is in danger, call the emergency services at once." in told.text
    assert "the safety team has not received this yet" in told.text
    named = doctor.send_form("/ask", question=f"{urgent} It was Velmora.", product="", market="EU")
    assert "This has also gone to the safety team." in named.text
    report = doctor.send_form("/ask", question="Something.", product="", market="EU", report="yes")
    assert "the safety team has not received this yet" in report.text


def test_who_goes_on_about_another_medicine_begins_a_conversation_and_a_report_is_received(
    two: World, browse: Browse
) -> None:
    doctor = browse("hcp")
    first = doctor.send_form("/ask", question="What is the starting dose?", product="Velmora", market="EU")
    found = re.search(r'name="conversation" value="(conversation_\w+)"', first.text)
    assert found is not None
    before = found[1]
    report = {"question": "My patient had a seizure.", "market": "EU", "report": "yes"}
    received = doctor.send_form("/ask", product="Abrica", conversation=before, **report)
    assert received.status_code == 200
    assert before not in received.text
    assert [case["product"] for case in running_cases(two.app.db, two.people["safety"], 9)] == ["Abrica"]
    again = doctor.send_form(
        "/ask", product="Velmora", conversation=before, question="And the maximum?", market="EU"
    )
    assert before in again.text, "on the same medicine it goes on"
