"""Of a class of liver disease nothing is told that the label says of another class, or of everybody."""

import pytest

from assistant.chat.bounds import stated
from tests.builders.answers import told

INDICATED = {"4.1 Therapeutic indications": ["Ostivar is indicated in chronic gout."]}
POSOLOGY = "4.2 Posology and method of administration"
USUAL = "The recommended dose of Ostivar is 10 mg once daily."
MILD = "No dose adjustment is necessary in patients with mild hepatic impairment (Child-Pugh A)."
MODERATE = "In patients with moderate hepatic impairment (Child-Pugh B) the starting dose is 5 mg once daily."
ANY = "In patients with hepatic impairment the dose is to be taken with caution."


@pytest.mark.parametrize(
    ("question", "grade"),
    [
        ("dose in Child A?", 1),
        ("dose in Child-Pugh B?", 2),
        ("dose in Child-B cirrhosis?", 2),
        ("Child C?", 3),
        ("dose chez le cirrhotique Child A ?", 1),
        ("dose in mild hepatic impairment?", 1),
    ],
)
def test_a_class_is_read_however_short_it_is_written(question: str, grade: int) -> None:
    assert {one.low for one in stated(question)["hepatic class"]} == {grade}


def test_a_child_that_is_given_something_is_no_class() -> None:
    assert "hepatic class" not in stated("Can I give a child a tablet?")
    assert "hepatic class" not in stated("dose for a child b.i.d.?")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("dose in hepatic impairment Child B?", [MODERATE]),
        ("dose in hepatic impairment Child A?", [MILD]),
        ("dose Child A?", [MILD]),
        ("dose in mild hepatic impairment?", [MILD]),
        ("dose in Child-Pugh C?", []),
        ("dose in hepatic impairment Child C?", []),
    ],
)
def test_of_a_class_only_what_names_it_is_told(question: str, expected: list[str]) -> None:
    assert told(question, INDICATED | {POSOLOGY: [USUAL, MILD, MODERATE]}, "label") == expected


def test_what_is_said_of_liver_disease_without_a_class_holds_for_each() -> None:
    assert told("dose in Child-Pugh B?", INDICATED | {POSOLOGY: [USUAL, MILD, ANY]}, "label") == [ANY]
