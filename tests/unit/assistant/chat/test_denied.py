"""What holds for those who have a disease is no answer about those who do not."""

from collections.abc import Mapping, Sequence

import pytest

from assistant.chat.answering import Judged, answer
from assistant.chat.denied import lacking
from assistant.chat.needs import needs_of
from assistant.chat.question import take_apart
from assistant.chat.readable import readable
from assistant.engines.extractive import read_units
from assistant.retrieval.vocabulary import Vocabulary
from tests.builders.answers import NAMES, told
from tests.builders.labels import evidence_of_lines

SPREAD = "Ostivarel prolonged overall survival of patients with metastatic disease (HR = 0.71, p < 0.001)."
NOT_SPREAD = (
    "In non-metastatic disease, overall survival did not differ between the arms (HR = 0.98, p = 0.87)."
)
DIABETIC = "In patients with type 2 diabetes, ostivarel reduced ventricular volume by 6.0 mL (p = 0.01)."
EITHER = "In patients with diabetes and in those without, ostivarel reduced ventricular volume by 5.1 mL (p = 0.02)."
NEUTRAL = "Ostivarel reduced ventricular volume by 4.4 mL (p = 0.03)."
PAPER: Mapping[str, Sequence[str]] = {"Results": [SPREAD, NOT_SPREAD]}


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Did it improve overall survival in non-metastatic disease?", "metastatic"),
        ("And in patients without metastases?", "metastases"),
        ("MFS in nonmetastatic disease?", "metastatic"),
        ("Did it work without diabetes?", "diabetes"),
        ("dose without renal impairment?", "renal"),
        ("Results in women who did not have heart failure?", "heart"),
        ("Response in patients with lymphoma without prior chemotherapy?", "chemotherapy"),
        ("Stroke in patients not on beta-blockers?", "blockers"),
        ("Survival, no metastases?", "metastases"),
        ("dose in patients not taking a CYP3A4 inhibitor?", "cyp3a4"),
        ("What starting dose in patients without Cushing's symptoms?", "cushing"),
        ("not treated with heparin: which dose?", "heparin"),
        ("Efficacy in patients who are not diabetic?", "diabetic"),
        ("Efficacy in patients other than diabetics?", "diabetics"),
        ("Response in patients never treated with bosentan?", "bosentan"),
        ("dose if no renal impairment?", "renal"),
        ("dose in the absence of renal impairment?", "renal"),
        ("dose si pas d’inhibiteur du CYP3A4 ?", "inhibiteur"),
        ("dose en l’absence d’insuffisance rénale ?", "renale"),
        ("efficacité chez les patients qui ne sont pas diabétiques ?", "diabetiques"),
        ("dose hors insuffisance rénale ?", "renale"),
        ("Bleeding in people with no history of stroke?", "stroke"),
        ("Survival in non-smokers?", "smokers"),
        ("Was survival better in subjects free of diabetes?", "diabetes"),
        ("Quel bénéfice chez les patients sans diabète ?", "diabete"),
        ("Survie dans le cancer non métastatique ?", "metastatique"),
        ("Survie des patients n’ayant pas d’insuffisance cardiaque ?", "cardiaque"),
        ("Réponse des patients qui n’ont pas reçu de chimiothérapie ?", "chimiotherapie"),
        ("Résultats des patients non diabétiques ?", "diabetiques"),
        ("posologie sans insuffisance rénale", "renale"),
        ("Mortalité des sujets sans antécédent d’infarctus ?", "infarctus"),
        ("Résultats des patients ne prenant pas de bêtabloquants ?", "betabloquants"),
    ],
)
def test_what_those_who_are_asked_about_lack_is_taken_from_the_question(question: str, word: str) -> None:
    assert word in {w for one in lacking(question) for phrase in one.phrases for w in phrase}


@pytest.mark.parametrize(
    "question",
    [
        "Can it be taken without food?",
        "What to do if no response?",
        "Que faire si pas d’amélioration ?",
        "Can it be used without a prescription?",
        "Peut-on le prescrire hors AMM ?",
        "Why is it not given with food?",
        "Any excipient other than lactose?",
        "Pourquoi n’est-il pas recommandé chez l’enfant ?",
        "Can patients take it without food?",
        "Can it be stopped without tapering?",
        "Does it work in patients with or without diabetes?",
        "Is it for non-small cell lung cancer?",
        "Can it be given with non-steroidal anti-inflammatory drugs?",
        "Was it non-inferior to warfarin?",
        "Is there no risk of seizures?",
        "Can it be used without causing hypertension?",
        "What is survival without progression?",
        "Can it be used without monitoring?",
        "Does it contain no lactose?",
        "Why is there no effect on survival?",
        "Which patients should not take it?",
        "Does it prolong survival in metastatic disease?",
        "Peut-on le prendre à jeun ?",
        "Peut-on le prendre sans nourriture chez les patients âgés ?",
        "Peut-on l’arrêter sans palier ?",
        "Quelle est la survie sans progression ?",
        "Quelle est la survie sans métastase ?",
        "Efficacité avec ou sans diabète ?",
        "Peut-on l’avoir sans ordonnance ?",
        "Contient-il du lactose, ou non ?",
        "Est-il utilisé dans le cancer bronchique non à petites cellules ?",
        "Peut-on l’associer aux anti-inflammatoires non stéroïdiens ?",
        "Est-il sans risque chez le sujet âgé ?",
        "Que faire si le patient ne mange pas ?",
        "Quels patients ne doivent pas le prendre ?",
        "Peut-on l’ouvrir sans le croquer ?",
        "Prolonge-t-il la survie dans le cancer métastatique ?",
    ],
)  # fmt: skip
def test_what_is_done_without_something_and_names_with_non_deny_nobody_anything(question: str) -> None:
    assert lacking(question) == ()


@pytest.mark.parametrize("whom", ["non-metastatic disease", "disease without metastases"])
def test_a_result_of_the_opposite_group_is_no_answer(whom: str) -> None:
    question = f"Did it improve overall survival in {whom}?"
    assert told(question, PAPER, "paper") == [NOT_SPREAD]
    assert told(question, {"Results": [SPREAD]}, "paper") == []
    assert SPREAD in told("Did it improve overall survival in metastatic disease?", PAPER, "paper")


def test_a_heading_tells_of_whom_its_sentences_are() -> None:
    neutral = (
        "Median overall survival was 41.2 months with ostivarel and 40.9 months with placebo (p = 0.90)."
    )
    lines = {
        "Results › Patients with metastatic disease": [
            "Median overall survival was 18.2 months with ostivarel and 9.9 months with placebo (p < 0.001)."
        ],
        "Results › Patients with non-metastatic disease": [neutral],
    }
    assert told("overall survival in non-metastatic disease?", lines, "paper") == [neutral]


@pytest.mark.parametrize("whom", ["in non-diabetic patients", "in patients without diabetes"])
def test_of_both_groups_is_of_this_one_and_of_nobody_in_particular_is_not(whom: str) -> None:
    question = f"Was ventricular volume reduced {whom}?"
    assert told(question, {"Results": [DIABETIC, EITHER, NEUTRAL]}, "paper") == [EITHER]
    assert told(question, {"Results": [DIABETIC, NEUTRAL]}, "paper") == []


@pytest.mark.parametrize(
    ("title", "answered"),
    [
        ("Ostivarel in nondiabetic patients", True),
        ("Ostivarel in patients with and without diabetes", False),
        ("Ostivarel in diabetes", False),
    ],
)
def test_a_title_may_tell_of_whom_all_of_a_paper_is(title: str, *, answered: bool) -> None:
    question = "Was ventricular volume reduced in patients without diabetes?"
    evidence = [evidence_of_lines([NEUTRAL], section=("Results",), passage="p", source_kind="paper")]
    judged = Judged(
        needs_of(question, NAMES, Vocabulary(1, {})), {"p": 0.5}, titles={evidence[0].source: title}
    )
    units = answer(take_apart(question, NAMES, frozenset()), readable(read_units(evidence), NAMES), judged)
    assert [unit.text for unit in units] == ([NEUTRAL] if answered else [])


def test_the_dose_of_impaired_kidneys_is_none_for_sound_ones() -> None:
    impaired = "The recommended dose in patients with renal impairment is 35 mg once daily."
    sound = "The recommended dose in patients with normal renal function is 70 mg once daily."
    section = "4.2 Posology and method of administration"
    assert told("dose without renal impairment?", {section: [impaired]}, "label") == []
    assert told("dose without renal impairment?", {section: [impaired, sound]}, "label") == [sound]


def test_what_is_taken_without_food_is_told() -> None:
    line = "The tablets can be taken with or without food."
    section = "4.2 Posology and method of administration"
    assert told("Can it be taken without food?", {section: [line]}, "label") == [line]


def test_the_dose_beside_an_inhibitor_is_none_for_who_takes_none() -> None:
    beside = "In patients taking a moderate CYP3A4 inhibitor the dose of Ostivar is 5 mg once daily."
    label = {"4.2 Posology and method of administration": [beside]}
    assert told("dose in patients not taking a CYP3A4 inhibitor?", label, "label") == []
    assert told("dose in patients taking a CYP3A4 inhibitor?", label, "label") == [beside]
