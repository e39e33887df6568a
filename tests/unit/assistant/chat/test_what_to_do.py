"""What to do at a value is told by the row of the posology that holds it, and never by what a trial measured."""

import pytest

from assistant.chat.needs import needs_of
from assistant.chat.question import take_apart
from assistant.chat.readable import readable
from assistant.chat.rows import rows_that_hold
from assistant.chat.what_to_do import led_by_the_row
from assistant.engines.extractive import read_units
from assistant.retrieval.vocabulary import Vocabulary
from tests.builders.labels import evidence_of_lines

NAMES = ("Ostivar",)
HEADS, MIDDLE, HIGH = (
    "Serum potassium (mmol/L) | Dose of Ostivar",
    "More than 5.5 to 6.0 | Halve the dose",
    "More than 6.0 | Stop",
)
SMALL = "In a patient who takes 5 mg once daily and whose serum potassium is more than 5.5 mmol/L, treatment should be stopped until serum potassium is 5.0 mmol/L or less."
MEAN = "Mean serum potassium increased by 0.19 mmol/L with Ostivar."
FIRST, BELOW = "eGFR (mL/min) | Starting dose", "Below 30 | 5 mg once daily"


def told(question: str, *answered: str) -> list[str]:
    table = [(line, "row") for line in (HEADS, MIDDLE, HIGH)]
    start = [(line, "row") for line in (FIRST, BELOW)]
    evidence = [
        evidence_of_lines(lines, section=(section,), passage=f"p{at}")
        for at, (section, lines) in enumerate(
            [
                ("4.2 Posology", start),
                ("4.2 Posology", table),
                ("4.2 Posology", [SMALL]),
                ("5.1 Trial", [MEAN]),
            ]
        )
    ]
    units = read_units(evidence)
    chosen = [unit for text in answered for unit in units if unit.text == text]
    asked = take_apart(question, NAMES, frozenset())
    needs = needs_of(question, NAMES, Vocabulary(40, {}))
    rows = rows_that_hold(question, evidence, len(units))
    return [unit.text for unit in led_by_the_row(chosen, asked, needs, rows, readable(units, NAMES))]


@pytest.mark.parametrize(
    "question",
    [
        "What should be done if potassium rises to 5.8?",
        "What to do if potassium is 5.8 mmol/L on Ostivar?",
        "Que faire si la kaliémie monte à 5,8 mmol/L ?",
        "Que faire si le potassium atteint 5,8 ?",
        "Conduite à tenir devant une kaliémie de 5,8 ?",
    ],
)
def test_the_row_that_holds_the_value_is_told_with_what_limits_it(question: str) -> None:
    assert told(question) == [f"{HEADS}\n{MIDDLE}", SMALL]
    assert told(question, MEAN) == [f"{HEADS}\n{MIDDLE}", SMALL]


def test_another_value_has_another_row_and_one_below_all_has_none() -> None:
    assert told("What to do if potassium reaches 6.4?") == [f"{HEADS}\n{HIGH}", SMALL]
    assert told("What to do if potassium falls to 4.8?", SMALL) == [SMALL]


@pytest.mark.parametrize(
    "question",
    [
        "Que faire si la kaliémie augmente de 5,8 mmol/L ?",
        "What to do if potassium rises by about 5.8 mmol/L?",
        "What to do if potassium is 5.8 in a child?",
        "What to do if potassium is 5.8 with clarithromycin?",
        "What to do if potassium is 5.8 before surgery?",
        "What to do if potassium is 5.8 before treatment starts?",
        "How often is potassium above 5.8?",
        "What to do if eGFR falls to 25?",
        "Que faire si la kaliémie monte ?",
    ],
)
def test_a_change_another_case_or_another_question_is_left_to_its_own_answer(question: str) -> None:
    assert not told(question)
    assert told(question, MEAN) == [MEAN]
