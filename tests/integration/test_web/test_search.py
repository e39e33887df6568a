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


def test_a_french_question_finds_the_english_document_and_says_so(browse: Callable[[str], Browser]) -> None:
    answer = (
        browse("writer").get("/api/search?q=Quelle est la dose de Velmora ?&product=Velmora&market=EU").json()
    )
    assert (answer["language"], answer["tier"], answer["reranking"]) == ("fr", "fast", None)
    assert {(hit["language"], hit["cross_language"]) for hit in answer["hits"]} == {("en", True)}


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
