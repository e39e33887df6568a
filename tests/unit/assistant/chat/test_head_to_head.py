"""A comparison that an approved study makes itself is told in its words and as a whole; any other is not."""

from collections.abc import Mapping, Sequence

import pytest

from assistant.chat.head_to_head import Compared, head_to_head
from assistant.chat.readable import readable
from assistant.engines.extractive import read_units
from guardrails.model import Evidence
from tests.builders.labels import evidence_of_lines

NAMES = ("Torvexa", "torvigrel")
RESULT = "The primary endpoint occurred in 4.1% of patients in the torvigrel group and 5.0% in the clopidogrel group (hazard ratio 0.82; 95% CI 0.70 to 0.96; p=0.01)."
PAPER: Mapping[str, Sequence[str]] = {
    "Methods": [
        "In this double-blind trial, 4,200 adults with a recent stroke were randomly assigned to torvigrel 90 mg or clopidogrel 75 mg once daily for 12 months.",
        "The primary endpoint was a recurrent stroke within 12 months.",
    ],
    "Results": [RESULT],
    "Safety": [
        "Major bleeding occurred in 2.3% of patients in the torvigrel group and 1.4% in the clopidogrel group.",
        "Serious adverse events were reported in 12.0% with torvigrel and 11.6% with clopidogrel.",
    ],
    "Discussion": ["The small gain in strokes should not be read as a gain in survival."],
    "Conclusion": [
        "Torvigrel was superior to clopidogrel in preventing recurrent stroke, with more major bleeding."
    ],
}
FRENCH: Mapping[str, Sequence[str]] = {
    "Méthodes": [
        "Dans cet essai en double insu, 900 adultes ayant une polyarthrite ont été randomisés entre le torvigrel 90 mg et le méthotrexate 15 mg par semaine pendant 24 semaines.",
        "Le critère de jugement principal était le taux de rémission à la semaine 24.",
    ],
    "Résultats": [
        "Le critère principal, le taux de rémission à la semaine 24, a été de 41,0 % sous torvigrel contre 39,2 % sous méthotrexate (IC à 95 % -3,1 à 6,7)."
    ],
    "Tolérance": [
        "Des événements indésirables graves sont survenus chez 6,1 % des patients sous torvigrel et 5,8 % sous méthotrexate."
    ],
    "Conclusion": ["Le torvigrel n’a pas été inférieur au méthotrexate dans la polyarthrite."],
}


def asked(
    question: str, paper: Mapping[str, Sequence[str]] = PAPER, kind: str = "paper", language: str = "en"
) -> Compared:
    evidence: list[Evidence] = [
        evidence_of_lines(
            lines, section=(section,), passage=section, page=at, source_kind=kind, language=language
        )
        for at, (section, lines) in enumerate(paper.items(), 2)
    ]
    units = read_units(evidence)
    return head_to_head(question, units, readable(units, NAMES), NAMES)


def without(section: str) -> dict[str, Sequence[str]]:
    return {name: lines for name, lines in PAPER.items() if name != section}


@pytest.mark.parametrize(
    "question",
    [
        "is it better than clopidogrel?",
        "vs clopidogrel?",
        "Torvexa versus clopidogrel",
        "is torvigrel superior to clopidogrel after a stroke?",
        "how does it compare with clopidogrel in adults",
        "any head-to-head trial against clopidogrel?",
        "is it as safe as clopidogrel",
    ],
)
def test_design_result_verdict_harms_and_caution_are_told_together(question: str) -> None:
    text = " ".join(unit.text for unit in asked(question).told)
    for words in ("randomly assigned", "hazard ratio 0.82", "superior", "Major bleeding", "not be read as"):
        assert words in text


def test_it_is_told_in_french_too() -> None:
    for question in ("mieux que le méthotrexate ?", "par rapport au méthotrexate dans la polyarthrite ?"):
        text = " ".join(unit.text for unit in asked(question, FRENCH, language="fr").told)
        assert "39,2 %" in text
        assert "indésirables graves" in text


@pytest.mark.parametrize(
    "question",
    [
        "is it better than ticagrelor?",
        "is it better than clopidogrel in children?",
        "should I switch from clopidogrel to it?",
        "better than clopidogrel 300 mg?",
        "is it cheaper than clopidogrel?",
        "which should I choose, this or clopidogrel?",
        "better than clopidogrel for migraine?",
        "clopidogrel or ticagrelor: which is better?",
    ],
)
def test_nothing_is_told_of_another_medicine_effect_patient_dose_or_choice(question: str) -> None:
    assert not asked(question).told


@pytest.mark.parametrize("section", ["Methods", "Results", "Safety", "Conclusion"])
def test_nothing_is_told_where_design_result_harms_or_verdict_is_missing(section: str) -> None:
    found = asked("vs clopidogrel?", without(section))
    assert not found.told
    assert found.places


def test_a_medicine_that_is_given_to_everybody_is_no_comparator() -> None:
    paper = {
        **PAPER,
        "Methods": [
            "In this double-blind trial, 4,200 adults with a recent stroke were randomly assigned to torvigrel 90 mg or placebo added to clopidogrel 75 mg for 12 months.",
            PAPER["Methods"][1],
        ],
    }
    assert not asked("better than clopidogrel?", paper).told


def test_a_label_is_only_pointed_to_since_it_tells_no_harms_side_by_side() -> None:
    label = {"5.1 Pharmacodynamic properties": [RESULT]}
    found = asked("vs clopidogrel?", label, "label")
    assert not found.told
    assert [unit.text for unit in found.places] == [RESULT]


def test_no_place_is_named_where_no_study_has_the_other_medicine() -> None:
    assert asked("vs ticagrelor?") == Compared()
    assert asked("is it better than before in adults?") == Compared()
