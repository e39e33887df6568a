"""The search's address, for the API and the page: both ask through the one rule."""

from collections.abc import Callable

import pytest

from tests.integration.test_web.conftest import Browser


@pytest.mark.parametrize("address", ["/api/search?q=dose", "/search?words=dose"])
@pytest.mark.parametrize("wrong", ["use=secret&market=EU", "use=internal&market=XX"])
def test_an_unknown_use_or_market_is_refused(
    browse: Callable[[str], Browser], address: str, wrong: str
) -> None:
    answer = browse("hcp").get(f"{address}&product=Velmora&{wrong}")
    assert answer.status_code == 422


BOXES = ("question", "report")


def test_a_french_question_finds_the_english_document_and_says_so(browse: Callable[[str], Browser]) -> None:
    answer = (
        browse("writer").get("/api/search?q=Quelle est la dose de Velmora ?&product=Velmora&market=EU").json()
    )
    assert (answer["language"], answer["tier"], answer["reranking"]) == ("fr", "fast", None)
    assert {(hit["language"], hit["cross_language"]) for hit in answer["hits"]} == {("en", True)}


def test_a_search_in_a_language_without_sources_says_in_which_there_are_some(
    browse: Callable[[str], Browser],
) -> None:
    answer = browse("writer").get("/api/search?q=dose&language=fr&product=Velmora&market=EU").json()
    assert (answer["hits"], answer["held_in"]) == ([], ["en"])


def test_the_page_marks_what_is_in_another_language_and_says_which_search_is_ready(
    browse: Callable[[str], Browser],
) -> None:
    shown = browse("writer").get(
        "/search?words=Quelle est la dose ?&product=Velmora&market=EU&use=promotional"
    )
    assert "In another language than your words." in shown.text
    assert "The better search is still being prepared." in shown.text
    own = browse("writer").get("/search?words=What is the dose?&product=Velmora&market=EU&use=promotional")
    assert "In another language than your words." not in own.text


def test_the_ask_page_names_the_place_in_the_other_language(browse: Callable[[str], Browser]) -> None:
    browser = browse("hcp")
    shown = browser.send_form(
        "/ask", question="Quelle est la dose recommandée ?", product="Velmora", market="FR"
    )
    assert "documents en anglais" in shown.text
    assert '<span class="tag">English</span>' in shown.text


def test_a_doctor_whose_question_was_held_says_so_and_keeps_the_answer(
    browse: Callable[[str], Browser],
) -> None:
    doctor = browse("hcp")
    held = doctor.send_form(
        "/ask", question="My patient developed a rash. What is the dose?", product="Velmora", market="EU"
    ).text
    assert "This was a question, nothing happened to anybody" in held
    case = held.partition('name="case" value="')[2].partition('"')[0]
    assert f"Case {case}: give this number" in held
    noted = doctor.send_form("/ask/question", case=case).text
    assert "The case stays open" in noted
    assert "My patient developed a rash." in noted
    assert "“a question”, says whoever asked" in browse("safety").get("/cases").text


def test_what_is_typed_as_a_report_reaches_the_desk_whatever_its_words(
    browse: Callable[[str], Browser],
) -> None:
    browse("hcp").send_form(
        "/ask", question="As said by phone.", product="Velmora", market="EU", report="yes"
    )
    assert "As said by phone." in browse("safety").get("/cases").text


def test_a_refused_report_stays_in_the_box_of_reports(browse: Callable[[str], Browser]) -> None:
    """From the box of the questions it would be heard as one."""
    doctor, said = browse("hcp"), "As said by phone. " * 500
    asked = {"question": said, "product": "Velmora", "market": "EU"}

    def boxes(page: str) -> list[bool]:
        return [
            "As said" in page.partition(f'<textarea id="{box}"')[2].partition("</textarea>")[0]
            for box in BOXES
        ]

    refused = doctor.send_form("/ask", **asked, report="yes")
    assert (refused.status_code, boxes(refused.text)) == (422, [False, True])
    assert boxes(doctor.send_form("/ask", **asked).text) == [True, False]
