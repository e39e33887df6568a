"""Whoever asks for a dose beside something, or for somebody, that the label rules out is told so first."""

import pytest

from assistant.chat.bounds import bounds, stated
from assistant.chat.needs import needs_of
from assistant.chat.question import take_apart
from assistant.chat.readable import readable
from assistant.chat.ruled_out import with_what_rules_out
from assistant.engines.extractive import read_units
from assistant.retrieval.vocabulary import Vocabulary
from tests.builders.labels import evidence_of_lines

NAMES = ("Ostivar",)
DOSE = "The recommended dose of Ostivar is 10 mg once daily."
LIVER = "Ostivar is contraindicated in patients with mild to severe hepatic impairment (Child-Pugh A-C)."
CLASS = "The concomitant use of Ostivar with strong CYP3A4 inhibitors is contraindicated."
AGAINST = "The concomitant use of Ostivar with strong CYP3A4 inducers is not recommended."
MODERATE = "In patients who take a moderate CYP3A4 inhibitor, the dose should not exceed 5 mg once daily."
OWN = "Ostivarinib must be started by a specialist."
LINES = {
    "4.2 Posology and method of administration": [
        DOSE,
        MODERATE,
        OWN,
        "Ostivarinib is an inhibitor.",
        "Ostivarinib is taken whole.",
    ],
    "4.4 Special warnings": [LIVER, "Ostivarinib is contraindicated in children."],
    "4.5 Interaction with other medicinal products": [
        CLASS,
        AGAINST,
        "In patients on heparin, the initial bolus should not be given.",
    ],
}


def told(question: str, *, answered: str = "") -> list[str]:
    evidence = [
        evidence_of_lines(
            [("4.1 Therapeutic indications", "heading")], section=("4.1 Therapeutic indications",)
        ),
        *(evidence_of_lines(lines, section=(name,), passage=name) for name, lines in LINES.items()),
    ]
    units = read_units(evidence)
    chosen = [unit for unit in units if unit.text == answered]
    asked = take_apart(question, NAMES, frozenset())
    needs = needs_of(question, NAMES, Vocabulary(40, {}))
    return [
        u.text for u in with_what_rules_out(chosen, asked, needs, readable(units, NAMES), stated(question))
    ]


@pytest.mark.parametrize("question", ["dose with clarithromycin", "dose avec le ritonavir ?"])
def test_a_medicine_is_ruled_out_by_the_class_that_it_belongs_to(question: str) -> None:
    assert told(question) == [CLASS]
    assert told(question, answered=DOSE) == [CLASS, DOSE]


def test_what_is_advised_against_is_told_and_what_only_lowers_the_dose_is_no_contraindication() -> None:
    assert told("dose with rifampicin") == [AGAINST]
    assert told("dose with rifampicin", answered=DOSE) == [DOSE]
    assert not told("dose with diltiazem")
    assert told("dose with diltiazem", answered=MODERATE) == [MODERATE]


def test_a_class_of_the_liver_within_the_range_is_ruled_out() -> None:
    assert told("starting dose in Child-Pugh B?", answered=DOSE) == [LIVER, DOSE]
    assert told("starting dose in Child-Pugh B?", answered=LIVER) == [LIVER]
    assert told("dose in renal impairment", answered=DOSE) == [DOSE]


def test_a_question_on_something_else_is_not_answered_by_it() -> None:
    assert not told("clarithromycin half-life")
    assert not told("dose with amoxicillin")
    assert not told("heparin dose to go with it")
    assert not told("max total dose ostivarinib")  # the medicine's own name
    assert not told("dose of clarithromycin for sinusitis")


def test_a_range_of_classes_holds_those_between() -> None:
    assert {i.low for i in bounds("Child-Pugh class A-C")["hepatic class"]} == {1, 2, 3}
    assert {i.low for i in bounds("Child-Pugh A or C")["hepatic class"]} == {1, 3}
