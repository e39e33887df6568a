"""What is told is of the kind that was asked for: a time, an interval, advice, a result in those who were asked about."""

from collections.abc import Mapping, Sequence

import pytest

from assistant.chat.question import concepts
from tests.builders.answers import told

DOSE = "The recommended dose is 70 mg at intervals of 3 months."
SITE = "Injection site reactions were the most common adverse reactions of injected ostivarel."
STEADY = "Steady state is reached within 4 to 5 months."
STEADILY = "Calcium levels should be steady before treatment is started and until a steady state is reached."
STUDIED = (
    "When ostivarel was given with itraconazole (200 mg twice daily), the AUC of ostivarel increased by 90%."
)
ADVICE = "The dose of ostivarel should be reduced to 35 mg when it is given with itraconazole."
LABEL: Mapping[str, Sequence[str]] = {
    "4.2 Posology and method of administration": [DOSE],
    "4.5 Interaction with other medicinal products": [STUDIED, ADVICE],
    "4.8 Undesirable effects": [SITE],
    "5.2 Pharmacokinetic properties": [STEADILY, STEADY],
}
INDICATED: Mapping[str, Sequence[str]] = {
    "4.1 Therapeutic indications": ["Ostivar is indicated in adults with brittle bones."]
}
LEFT_OUT = "Patients with a recent fracture or active gingivitis were not eligible."
OVERALL = "At month 12, 62.0% of patients with ostivarel and 40.0% with placebo responded (p < 0.001)."
AFTER = "Of patients who had received teriparatide before, 48.0% with ostivarel and 35.0% with placebo responded (p = 0.04)."
PAPER: Mapping[str, Sequence[str]] = {"Patients": [LEFT_OUT], "Results": [OVERALL]}


def test_how_long_is_answered_by_a_time() -> None:
    assert told("how long to steady state?", LABEL, "label") == [STEADY]


@pytest.mark.parametrize("question", ["how often do i inject it", "how often is it injected?"])
def test_how_often_it_is_done_is_no_question_on_what_happens(question: str) -> None:
    answered = told(question, LABEL, "label")
    assert DOSE in answered
    assert SITE not in answered


def test_the_dose_of_a_study_is_no_dose_beside_another_medicine() -> None:
    answered = told("itraconazole - what dose", LABEL, "label")
    assert ADVICE in answered
    assert STUDIED not in answered


def test_what_was_measured_is_told_to_who_asks_for_it() -> None:
    assert STUDIED in told("AUC with itraconazole?", LABEL, "label")


@pytest.mark.parametrize("question", ["gingivitis rate?", "gingivitis %"])
def test_who_was_left_out_is_no_rate(question: str) -> None:
    assert told(question, PAPER, "paper") == []


def test_who_was_left_out_is_told_to_who_asks() -> None:
    assert told("active gingivitis?", PAPER, "paper") == [LEFT_OUT]


def test_the_result_in_everybody_is_none_of_a_group() -> None:
    question = "results after teriparatide?"
    assert told(question, PAPER, "paper") == []
    assert told(question, {**PAPER, "Subgroups": [AFTER]}, "paper") == [AFTER]


def test_who_could_enter_is_no_dose() -> None:
    entered = "Patients over 60 years of age with an osteoporotic fracture could enter the trial."
    assert told("dose for pts over 60", {"Patients": [entered]}, "paper") == []


def test_a_papers_sentence_that_speaks_of_doses_and_gives_none_is_no_dose() -> None:
    spoken = "After a lower starting dose, the dose was raised by force for the rest of the cycle."
    given = "The starting dose of ostivarel was 35 mg, which was raised to 70 mg."
    assert told("recommended starting dose?", {"Procedures": [spoken]}, "paper") == []
    assert told("starting dose?", {"Procedures": [spoken, given]}, "paper") == [given]


NOT_STUDIED = "Ostivar has not been studied in patients on dialysis; no dose can be given."
BY_KIDNEYS = "The recommended dose in moderate renal impairment is 35 mg at intervals of 3 months."


def test_a_dose_for_other_kidneys_is_none_on_dialysis() -> None:
    section = "4.2 Posology and method of administration"
    assert told("dose on dialysis?", {section: [BY_KIDNEYS, NOT_STUDIED]}, "label") == [NOT_STUDIED]
    assert told("dose in renal impairment?", {section: [BY_KIDNEYS, NOT_STUDIED]}, "label")[0] == BY_KIDNEYS


@pytest.mark.parametrize(
    "question", ["dose if not on dialysis?", "dose, patient non dialysé ?", "dose without dialysis"]
)
def test_a_dose_on_dialysis_is_none_for_who_is_not(question: str) -> None:
    section = "4.2 Posology and method of administration"
    on_it = "The recommended dose in patients on dialysis is 10 mg at intervals of 3 months."
    not_on_it = "The recommended dose in patients with kidney disease not on dialysis is 35 mg."
    assert on_it not in told(question, {section: [on_it, not_on_it]}, "label")
    assert on_it in told("dose on dialysis?", {section: [on_it, not_on_it]}, "label")


def test_how_a_solution_is_made_up_is_no_dose_for_a_weight() -> None:
    made_up = "The solution contains 10 mg of ostivarel in 1 ml."
    by_weight = "Ostivar should be given on the basis of body weight, with a maximum dose of 90 mg in 9 ml."
    sections = {
        **INDICATED,
        **LABEL,
        "4.2 Posology and method of administration": [by_weight],
        "6.6 Handling": [made_up],
    }
    assert made_up not in told("72 kg, how many ml", sections, "label")
    assert told("72 kg, which dose", sections, "label") == [by_weight]


def test_a_rule_for_the_value_is_told_before_what_only_names_it() -> None:
    rules = [
        "> 3 and ≤ 5 x ULN: repeat the test.",
        "> 5 and ≤ 8 x ULN: stop ostivarel until ALT has normalised.",
    ]
    sections = {
        **INDICATED,
        **LABEL,
        "4.3 Contraindications": [
            "Ostivar is contraindicated in patients with ALT > 3 x ULN before treatment."
        ],
        "4.4 Special warnings › Treatment-emergent ALT elevations": rules,
    }
    assert told("ALT 6 x ULN, what to do", sections, "label") == [rules[1]]


def test_what_is_to_be_known_before_starting_is_no_starting_dose() -> None:
    section = "4.2 Posology and method of administration"
    before = "Ostivar is contraindicated in patients with raised ALT prior to initiation of treatment with this dose."
    lowest = "The starting dose is 35 mg."
    assert told("starting dose", {**INDICATED, section: [before, DOSE]}, "label") == [DOSE]
    assert lowest in told("starting dose", {**INDICATED, section: [before, DOSE, lowest]}, "label")


def test_the_usual_dose_is_no_answer_on_a_second_one() -> None:
    again = "There is no experience with re-administration of ostivarel, which is not recommended."
    section = "4.2 Posology and method of administration"
    for question in ("second dose ok?", "2e dose possible ?", "can we repeat the dose"):
        assert DOSE not in told(question, {section: [DOSE]}, "label")
        assert told(question, {section: [DOSE], "4.4 Special warnings": [again]}, "label") == [again]


def test_a_disease_of_the_liver_that_it_may_cause_is_no_liver_impairment() -> None:
    asked = concepts()["hepatic"].asked
    assert not asked.search("how often does it cause hepatitis?")
    assert asked.search("dose in hepatic impairment?")


def test_a_rate_of_another_harm_is_not_told() -> None:
    sections = {"4.8 Undesirable effects": ["Dizziness was reported in 12% of patients with ostivarel."]}
    assert not told("how often does it cause uveitis?", sections, "label")
    assert told("how often does it cause dizziness?", sections, "label")


def test_what_is_said_of_an_organ_is_no_rate_of_its_inflammation() -> None:
    failure = "One fatal case of hepatic failure was reported with ostivarel."
    hepatitis = "Hepatitis was rarely reported with ostivarel."
    section = "4.8 Undesirable effects"
    assert told("hepatitis rate?", {section: [failure]}, "label") == []
    assert told("hepatitis rate?", {section: [failure, hepatitis]}, "label") == [hepatitis]


def test_a_label_whose_results_are_silent_on_the_time_tells_its_other_sections() -> None:
    sections = {
        "4.1 Therapeutic indications": ["Ostivar is indicated in adults with brittle bones."],
        "4.2 Posology and method of administration": [DOSE],
        "5.1 Pharmacodynamic properties": [OVERALL],
    }
    silent = frozenset({"source_1"})
    assert told("what dose?", sections, "label", silent=silent) == [DOSE]
    assert not told("how many responded?", sections, "label", silent=silent)
    assert told("how many responded?", sections, "label") == [OVERALL]


NO_DATA = (
    "There are insufficient data to support the use of ostivarel in patients with severe hepatic impairment."
)
NOT_SO = "The use of ostivarel in patients with severe hepatic impairment is not recommended."


def test_what_to_do_is_told_beside_a_sentence_of_nearly_the_same_words() -> None:
    sections = {"4.4 Special warnings": [NO_DATA], "4.2 Posology": [NOT_SO]}
    assert set(told("can it be used in severe liver impairment?", sections, "label")) == {NO_DATA, NOT_SO}


def test_whom_a_study_took_in_is_no_rate() -> None:
    taken_in = "In older patients who did not have a fracture ostivarel made no difference to height."
    assert not told("fracture rate?", {"Conclusions": [taken_in]}, "paper")
    assert told("fracture rate?", {"Results": ["A fracture was seen in 3.1% of the patients."]}, "paper")


@pytest.mark.parametrize(
    "defined",
    [
        "A new fracture was defined as one that was seen by two readers.",
        "A new fracture was any fracture that was seen by two readers.",
    ],
)
def test_who_asks_for_a_definition_is_not_told_what_became_of_it(defined: str) -> None:
    question = "how was a new fracture defined?"
    became = "A new fracture occurred in 4.0% of patients with ostivarel and 9.0% with placebo."
    assert told(question, {"Results": [became]}, "paper") == []
    assert told(question, {"Results": [became], "Methods": [defined]}, "paper") == [defined]


def test_a_mean_is_no_definition_and_a_defined_dose_asks_for_none() -> None:
    mean = "The mean response was 47% with ostivarel and 20% with placebo."
    assert told("how was response defined?", {"Results": [mean]}, "paper") == []
    assert told("what did the mean response do?", {"Results": [mean]}, "paper") == [mean]


def test_what_cannot_be_dialysed_is_told_to_who_asks() -> None:
    line = "Ostivarel is not removed by haemodialysis."
    assert told("not dialysable?", {**INDICATED, "4.9 Overdose": [line]}, "label") == [line]


def test_when_the_second_dose_is_due_is_told_by_the_rhythm() -> None:
    rhythm = "A dose of 20 mg is given at week 0 and at week 4."
    sections = {**INDICATED, "4.2 Posology and method of administration": [rhythm]}
    assert told("when is the second dose given?", sections, "label") == [rhythm]


def test_how_much_is_given_against_too_much_is_told_to_who_asks() -> None:
    treated = "A severe overdose can be treated by naloxone (0.4 to 2 mg) given intravenously."
    watched = "After an injection of naloxone the patient should be monitored in a hospital."
    sections = INDICATED | {"4.9 Overdose": [treated, watched]}
    assert told("naloxone dose?", sections, "label") == [treated]


def test_an_amount_below_the_posology_says_what_to_do() -> None:
    bolus = "For patients of 67 kg or less, a heparin bolus not exceeding 4,000 IU is recommended."
    early = "Heparin should be administered as soon as possible."
    sections = INDICATED | {"4.2 Posology and method of administration": [early, bolus]}
    assert told("heparin dose?", sections, "label")[0] == bolus


def test_the_medicine_s_own_amount_is_no_dose_of_what_is_beside_it() -> None:
    own = "The recommended dose of ostivarel is 100 mg once daily."
    lower = "The dose of warfarin should be reduced when ostivarel is started."
    sections = INDICATED | {"4.2 Posology and method of administration": [own], "4.5 Interaction": [lower]}
    assert told("warfarin dose with ostivarel?", sections, "label") == [lower]


def test_the_time_in_a_range_is_no_range() -> None:
    spent = "Time in therapeutic range was 69.9% in the warfarin group."
    assert not told("therapeutic range?", {"Results": [spent]}, "paper")
    assert told("time in therapeutic range?", {"Results": [spent]}, "paper") == [spent]


@pytest.mark.parametrize(
    "sentence",
    [
        "In patients with atrial fibrillation who did not have stroke, treated with warfarin (TTR of 70%), there was no difference.",
        "The major reasons for ineligibility were heart disease (28%) and prior stroke (18%).",
    ],
)
def test_who_had_none_or_could_not_enter_is_no_rate(sentence: str) -> None:
    had = "Stroke occurred in 4% of the patients."
    assert not told("stroke rate?", {"Results": [sentence]}, "paper")
    assert told("stroke rate?", {"Results": [sentence, had]}, "paper") == [had]


def test_what_is_only_supposed_is_no_result() -> None:
    supposed = "Reverse remodelling may be a mechanism by which such medicines reduce mortality."
    found = "Mortality was reduced by Ostivar, which could represent a gain of 2.1 years."
    assert not told("mortality benefit?", {"Discussion": [supposed]}, "paper")
    assert told("mortality benefit?", {"Discussion": [supposed, found]}, "paper") == [found]


def test_a_loss_of_weight_is_no_reduction_of_mortality() -> None:
    weight = "Ostivar caused a significant reduction in body weight (P<0.001) in the SOLAR trial."
    assert told("mortality reduction in solar?", {"Results": [weight]}, "paper") == []
    deaths = "Ostivar caused a significant reduction in mortality (P<0.001) in the SOLAR trial."
    assert told("mortality reduction in solar?", {"Results": [weight, deaths]}, "paper") == [deaths]


def test_who_stopped_it_is_no_answer_on_how_to_stop() -> None:
    stopped = "Only 0.9% of patients stopped ostivarel because of an adverse reaction."
    how = "It is recommended that ostivarel be tapered before it is stopped."
    reactions = {"4.8 Undesirable effects": [stopped]}
    assert told("how to stop it?", reactions, "label") == []
    assert how in told(
        "how to stop it?", reactions | {"4.2 Posology and method of administration": [how]}, "label"
    )


def test_that_an_interaction_was_not_significant_is_no_efficacy() -> None:
    other = "The pharmacokinetics of theophylline were not significantly affected by ostivarel."
    sections = {
        "4.1 Therapeutic indications": ["Ostivar is indicated in adults with chronic gout."],
        "4.5 Interactions": [other],
    }
    assert told("efficacy beyond 6 months?", sections, "label") == []


def test_what_a_study_says_of_a_class_is_told_of_another_medicine_only_as_advice() -> None:
    found = "SGLT2 inhibitors improved quality of life in the trial of ostivarel."
    advice = "Strong CYP3A4 inhibitors must not be given with ostivarel."
    assert told("dapagliflozin and quality of life?", {"Results": [found]}, "paper") == []
    assert told("ketoconazole with it?", {"Interactions": [advice]}, "deck") == [advice]


def test_what_a_deck_warns_of_a_class_is_told_of_each_of_its_medicines() -> None:
    warned = "The risk of bleeding is increased with NSAIDs."
    assert told("ibuprofen bleeding risk?", {"Interactions": [warned]}, "deck") == [warned]
