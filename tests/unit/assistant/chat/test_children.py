"""Of a child nothing is told that the label says of adults, nor to a small one what it says of adolescents."""

import pytest

from assistant.chat.marks import marks_written_out
from assistant.chat.question import concepts
from assistant.chat.wording import flat
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
        "aged 12 to 18 dose?",
        "dose for patients aged 10 to 18 years",
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


@pytest.mark.parametrize(
    "question", ["dose newborn", "dose in toddlers", "dose for a 4 month old", "dose nourrisson ?"]
)
def test_a_baby_is_no_older_child(question: str) -> None:
    older = "The dose of Ostivar in children from 2 to 11 years is 1 mg once daily."
    below = "The dose of Ostivar in adolescents under 18 years is 6 mg once daily."
    assert told(question, INDICATED | {POSOLOGY: [USUAL, older, ADOLESCENTS, below]}, "label") == []


def test_a_child_of_eight_is_no_adolescent_in_either_language() -> None:
    below = "The dose of Ostivar in adolescents under 18 years is 6 mg once daily."
    assert told("dose 8 ans ?", INDICATED | {POSOLOGY: [USUAL, ADOLESCENTS, below]}, "label") == []


@pytest.mark.parametrize(
    "question",
    [
        "dose avec ADO ?",
        "association à un ADO ?",
        "mortality 5 y",
        "3y stroke rate?",
        "2y treatment dose",
        "dose 5 y after transplant",
        "dose for a 6-week-old fracture",
        "survival below 5 years?",
    ],
)
def test_a_stretch_of_time_or_a_medicine_is_no_child(question: str) -> None:
    assert not concepts()["children"].asked.search(flat(marks_written_out(question, "en", ())))


@pytest.mark.parametrize(
    "question",
    [
        "dose chez l'ado",
        "pt 8 y dose",
        "8y w arthritis, dose?",
        "8y, 20 kg",
        "dose in under 12s",
        "8 y girl dose",
    ],
)
def test_a_child_s_age_in_short_is_one(question: str) -> None:
    assert concepts()["children"].asked.search(flat(marks_written_out(question, "en", ())))


def test_how_long_an_illness_lasts_makes_nobody_a_child() -> None:
    said = concepts()["children"].said
    assert not said.search(flat("In gout of less than 10 years the dose is 10 mg once daily."))
    assert said.search(flat("Patients aged 6 to 11 years: 2 mg once daily."))
    assert said.search(flat("Ostivar is not recommended in patients under 18 years."))


def test_a_class_of_livers_is_no_child() -> None:
    liver = "No dose adjustment is necessary in mild hepatic impairment (Child Pugh Class A)."
    assert told("aged 6-11 dose?", INDICATED | {POSOLOGY: [liver]}, "label") == []
    assert told("dose in Child Pugh A?", INDICATED | {POSOLOGY: [liver]}, "label") == [liver]


BELOW_18 = "Ostivar is not recommended for use in patients under 18 years of age due to a lack of data."


@pytest.mark.parametrize(
    "question",
    [
        "what dose in patient under 18?",
        "dose in patients under 18",
        "dose under 18?",
        "dose in <18y",
        "dose < 18 ans ?",
        "dose chez les moins de 18 ans ?",
        "dose in patients younger than 18",
        "dose before the age of 18?",
        "dose avant l'âge de 18 ans ?",
        "dose in a girl?",
        "dose chez les patients mineurs ?",
        "dose for ages 12-17?",
    ],
)
def test_an_age_below_eighteen_is_a_child_s_however_it_is_said(question: str) -> None:
    assert told(question, INDICATED | {POSOLOGY: [USUAL, RENAL, BELOW_18]}, "label") == [BELOW_18]
    assert told(question, INDICATED | {POSOLOGY: [USUAL, RENAL]}, "label") == []


@pytest.mark.parametrize(
    "question",
    [
        "dose when eGFR is under 15?",
        "dose in patients with an eGFR of less than 15",
        "dose in patients weighing under 15 kg",
        "dose if Hb < 10 g/dl",
        "dose in patients with BMI below 18",
        "disease duration less than 10 years",
        "dose in under 12 hours",
        "dose below 18 mg",
        "dose for 5 years?",
        "first dose 2 years after surgery",
        "dose in minor bleeding?",
        "dose in Child A?",
        "dose in Child B cirrhosis",
        "dose chez les hommes de 45 ans",
        "effets mineurs ?",
    ],
)
def test_another_bound_or_a_stretch_of_time_is_no_child(question: str) -> None:
    assert not concepts()["children"].asked.search(flat(marks_written_out(question, "en", ())))


def test_a_child_that_is_given_a_tablet_is_no_class_of_livers() -> None:
    assert told("dose to give a child a day?", INDICATED | {POSOLOGY: [USUAL]}, "label") == []


def test_who_is_under_twelve_is_no_adolescent() -> None:
    assert told("dose below 12 y?", INDICATED | {POSOLOGY: [USUAL, ADOLESCENTS]}, "label") == []


def test_beside_an_adult_s_age_stands_no_child_s_dose() -> None:
    small = "The dose of Ostivar in children aged 6 to 11 years is 2 mg once daily."
    assert told("dose in patients under 65?", INDICATED | {POSOLOGY: [USUAL, small]}, "label") == [USUAL]
