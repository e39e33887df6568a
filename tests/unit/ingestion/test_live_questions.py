"""What is asked and answered live is told from what was prepared."""

import pytest

from ingestion.formats.questions import live_questions

TALK = ("Dr Martin", None, "The trial enrolled 335 patients. What did it show? Deaths fell.")


def turns(*said: tuple[str, str]) -> list[tuple[str | None, str | None, str]]:
    return [TALK, *((speaker, None, words) for speaker, words in said)]


def test_a_question_that_a_speaker_asks_himself_is_part_of_the_talk() -> None:
    assert live_questions([TALK]) == [False]


@pytest.mark.parametrize(
    "opening",
    [
        "Now let's take your questions.",
        "We will now open the Q&A.",
        "There is a question from the chat.",
        "Passons maintenant aux questions.",
        "Nous allons prendre quelques questions.",
        "Une question de la salle.",
    ],
)
def test_from_the_opening_on_everything_is_live(opening: str) -> None:
    said = turns(("Chair", opening), ("Chair", "Is it safe at 90 years?"), ("Dr Martin", "Yes."))
    assert live_questions(said) == [False, False, True, True]


def test_a_question_in_the_opening_turn_is_live_too() -> None:
    said = turns(("Chair", 'First question: "May I double the dose?"'), ("Dr Martin", "You may not."))
    assert live_questions(said) == [False, True, True]


@pytest.mark.parametrize(
    "announcement",
    ["We will take your questions at the end.", "Ensuite nous allons prendre vos questions."],
)
def test_an_announcement_opens_nothing(announcement: str) -> None:
    assert live_questions(turns(("Chair", announcement), ("Dr Martin", "Deaths fell."))) == [
        False,
        False,
        False,
    ]


def test_what_closes_the_questions_is_part_of_the_talk_again() -> None:
    said = turns(
        ("Chair", "Let's take the questions."),
        ("Dr Martin", "It is safe."),
        ("Chair", "Thank you for your questions."),
        ("Dr Martin", "Three points to remember."),
    )
    assert live_questions(said) == [False, False, True, False, False]


def test_somebody_in_the_audience_asks_and_the_next_turn_answers() -> None:
    said = turns(
        ("Participant 3", "May I double it?"), ("Dr Martin", "You may not."), ("Dr Martin", "Next slide.")
    )
    assert live_questions(said) == [False, True, True, False]


def test_where_chapters_tell_they_alone_tell() -> None:
    said = [
        ("Dr Martin", "Slide 3: Results", "Let's take your questions. Is it so?"),
        ("Dr Martin", "Live questions and answers", "It is."),
        ("Dr Martin", "Conclusion", "Thank you."),
    ]
    assert live_questions(said) == [False, True, False]
