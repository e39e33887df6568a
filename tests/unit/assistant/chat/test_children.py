"""Of a child nothing is told that the label says of adults, nor to a small one what it says of adolescents."""

import pytest

from tests.builders.answers import told

INDICATED = {"4.1 Therapeutic indications": ["Ostivar is indicated in chronic gout."]}
POSOLOGY = "4.2 Posology and method of administration"
USUAL = "The recommended dose of Ostivar is 10 mg once daily."
RENAL = "The dose should be reduced to 5 mg once daily in severe renal impairment."
CHILDREN = "The dose of Ostivar in children is 1 mg once daily."
ADOLESCENTS = "The dose of Ostivar in adolescents is 5 mg once daily."


@pytest.mark.parametrize(
    "question",
    [
        "aged 6-11 dose?",
        "dose in a 6 year old?",
        "dose in a child?",
        "dose in a child with severe renal impairment?",
    ],
)
def test_an_adult_s_dose_is_never_told_of_a_child(question: str) -> None:
    assert told(question, INDICATED | {POSOLOGY: [USUAL, RENAL]}, "label") == []


def test_beside_a_child_s_dose_stands_no_adult_s() -> None:
    assert told("dose in a child?", INDICATED | {POSOLOGY: [USUAL, RENAL, CHILDREN]}, "label") == [CHILDREN]
    assert told("aged 6-11 dose?", INDICATED | {POSOLOGY: [USUAL, CHILDREN]}, "label") == [CHILDREN]


def test_a_small_child_is_no_adolescent() -> None:
    sections = INDICATED | {POSOLOGY: [USUAL, ADOLESCENTS]}
    assert told("dose in a child of 6 years old?", sections, "label") == []
    assert told("dose aged 14?", sections, "label") == [ADOLESCENTS]


def test_a_class_of_livers_is_no_child() -> None:
    liver = "No dose adjustment is necessary in mild hepatic impairment (Child Pugh Class A)."
    assert told("aged 6-11 dose?", INDICATED | {POSOLOGY: [liver]}, "label") == []
    assert told("dose in Child Pugh A?", INDICATED | {POSOLOGY: [liver]}, "label") == [liver]
