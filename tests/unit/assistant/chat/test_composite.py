"""Death as one of several events is no answer to whether people live longer."""

import pytest

from assistant.chat.composite import counts_death_with_others
from tests.builders.answers import told

BOTH = "Cardiovascular death or a first stroke occurred in 12.1% with ostivarel and in 15.3% with placebo (p = 0.01)."
ALONE = "Cardiovascular death occurred in 6.1% with ostivarel and in 6.4% with placebo (p = 0.62)."
ANY = "Death from any cause occurred in 8.0% with ostivarel and in 8.1% with placebo (p = 0.90)."


@pytest.mark.parametrize(
    "sentence",
    [
        BOTH,
        "Un décès cardiovasculaire ou un premier AVC est survenu chez 12,1 % des patients.",
        "Le risque de décès ou de première hospitalisation a diminué de 12 %.",
        "The composite of death, myocardial infarction or stroke was less frequent.",
        "Radiographic progression or death was delayed.",
        "Major adverse events (death, myocardial infarction, stroke) were fewer.",
        "Patients died or were hospitalised less often.",
    ],
)
def test_death_that_is_counted_with_other_events_is_told_apart(sentence: str) -> None:
    assert counts_death_with_others(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        ALONE,
        ANY,
        "Deaths from any cause or from cardiovascular causes were as many.",
        "The reduction was driven by strokes; death alone was not reduced.",
        "Median overall survival was 18.4 months.",
        "Headache was common.",
    ],
)
def test_death_by_itself_is_no_composite(sentence: str) -> None:
    assert not counts_death_with_others(sentence)


@pytest.mark.parametrize(
    "question",
    [
        "cardiovascular death vs placebo?",
        "does it save lives",
        "does it save lives and is it safe?",
    ],
)
def test_who_asks_of_death_is_not_told_of_death_or_another_event(question: str) -> None:
    answered = told(question, {"Results": [BOTH], "Secondary endpoints": [ALONE]}, "paper")
    assert answered == [ALONE]
    assert told(question, {"Results": [BOTH]}, "paper") == []


def test_who_asks_of_both_is_told_of_both() -> None:
    assert BOTH in told(
        "death or stroke: results?", {"Results": [BOTH], "Secondary endpoints": [ALONE]}, "paper"
    )


def test_who_asks_of_any_cause_is_not_told_of_one() -> None:
    assert told("all-cause mortality?", {"Results": [ALONE], "Exploratory": [ANY]}, "paper") == [ANY]


def test_what_happened_before_is_no_event_that_is_asked_about() -> None:
    assert told("mortality after stroke?", {"Results": [BOTH]}, "paper") == []
