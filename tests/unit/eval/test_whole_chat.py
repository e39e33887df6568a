"""What the figures of the whole chat count."""

from collections.abc import Mapping
from typing import Any

from eval.suites.whole_chat import Told, figures

WHOLE = "the whole chat: "


def told(corpus: str = "sample", *, answerable: bool, **facts: bool) -> Told:
    question: Mapping[str, Any] = {"corpus": corpus, "answerable": answerable}
    known = {"statements": False, "right": False, "quoted": False, "pointed": False, "case": False}
    return Told(question, **{**known, **facts})


def test_an_answer_from_another_place_is_an_answer_and_not_right() -> None:
    found = figures(
        [told(answerable=True, statements=True), told(answerable=True, statements=True, right=True)]
    )
    assert found[WHOLE + "answerable answered"] == [1.0, 1.0]
    assert found[WHOLE + "answerable answered from the right place"] == [0.0, 1.0]


def test_a_question_that_is_shown_the_other_language_is_counted_by_itself() -> None:
    found = figures([told("labels", answerable=True, pointed=True), told(answerable=True)])
    assert found[WHOLE + "answerable answered"] == [0.0]
    assert found[WHOLE + "answerable answered or shown the place in the other language"] == [1.0, 0.0]


def test_statements_beside_a_case_are_told_and_the_case_is_counted() -> None:
    found = figures([told(answerable=False, statements=True, case=True), told(answerable=False)])
    assert found[WHOLE + "unanswerable not answered"] == [0.0, 1.0]
    assert found[WHOLE + "a safety case for a question"] == [1.0, 0.0]


def test_who_is_shown_the_place_that_answers_is_counted_beside_who_is_answered() -> None:
    found = figures(
        [told(answerable=True, shown=True), told(answerable=True, right=True), told(answerable=True)]
    )
    assert found[WHOLE + "answerable answered from the right place or shown it to read"] == [1.0, 1.0, 0.0]
    assert found[WHOLE + "answerable answered from the right place"] == [0.0, 1.0, 0.0]


def test_there_is_no_figure_without_questions() -> None:
    assert figures([]) == {}
