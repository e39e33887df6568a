"""The words of the indication are no words of a question's own; any other word is."""

import pytest

from assistant.chat.its_own_use import asked_of_its_use, asked_of_stopping
from assistant.engines.extractive import read_units
from tests.builders.labels import label_evidence

NAMES = ("Ostivar",)
POSOLOGY = "4.2 Posology and method of administration"
USE = "Ostivar is indicated in adults for the treatment of moderate to severe chronic lupus (WHO class III)."
UNITS = read_units(
    label_evidence(
        {
            "4.1 Therapeutic indications": [USE],
            POSOLOGY: [
                "The recommended dose is 40 mg twice daily.",
                "When stopping Ostivar after more than 1 week, it is recommended that the dose be tapered for 2 weeks.",
            ],
        }
    )
)


@pytest.mark.parametrize(
    "question", ["ostivar dose lupus", "dose in severe chronic lupus?", "dose class III"]
)
def test_the_dose_for_its_use_is_the_dose(question: str) -> None:
    read = asked_of_its_use(question, "en", UNITS, NAMES)
    assert "dose" in read
    assert "lupus" not in read
    assert "III" not in read


@pytest.mark.parametrize("question", ["is ostivar ok for lupus?", "ostivar used in chronic lupus?"])
def test_whether_it_is_for_its_use_is_answered_by_the_indication(question: str) -> None:
    assert asked_of_its_use(question, "en", UNITS, NAMES) == "What is the indication?"


@pytest.mark.parametrize(
    "question",
    [
        "ostivar dose in mild lupus",
        "dose class IV",
        "is ostivar ok for class IV lupus",
        "ostivar dose in lupus without tophi",
        "is ostivar ok for psoriasis?",
        "allopurinol dose in lupus",
        "dose in renal lupus",
        "is ostivar safe in lupus?",
        "lupus flares?",
        "dose?",
    ],
)
def test_a_question_with_any_other_word_is_left_as_it_is(question: str) -> None:
    assert asked_of_its_use(question, "en", UNITS, NAMES) == question


@pytest.mark.parametrize(
    "sections",
    [
        {
            "4.1 Therapeutic indications": [USE],
            POSOLOGY: ["In lupus the dose is 10 mg.", "Else it is 40 mg."],
        },
        {
            "4.1 Therapeutic indications": [
                "Ostivar is indicated in chronic lupus.",
                "Ostivar is indicated in psoriasis.",
                "Ostivar is indicated in asthma.",
            ],
            POSOLOGY: ["The dose is 40 mg."],
        },
        {
            "4.1 Therapeutic indications": ["Ostivar is indicated in arthritis, but not in lupus."],
            POSOLOGY: ["The dose is 40 mg."],
        },
    ],
)
def test_a_use_that_may_have_a_dose_of_its_own_stays_in_the_question(sections: dict[str, list[str]]) -> None:
    assert (
        asked_of_its_use("dose in lupus", "en", read_units(label_evidence(sections)), NAMES)
        == "dose in lupus"
    )


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("how to stop ostivar after 3 months", "how to stop ostivar"),
        ("how do i stop it after 3 days", "how do i stop it after 3 days"),
        ("response after 3 months", "response after 3 months"),
    ],
)
def test_a_time_that_the_rule_on_stopping_reaches_is_no_other_time(question: str, read: str) -> None:
    assert asked_of_stopping(question, UNITS) == read
