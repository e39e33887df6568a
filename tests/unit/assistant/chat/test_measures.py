"""A measure of two words is asked for as one thing."""

import pytest

from assistant.chat.measures import of_the_measures
from assistant.engines.extractive import read_units
from tests.builders.answers import told
from tests.builders.labels import evidence_of_lines


def fits(question: str, line: str) -> bool:
    unit = read_units([evidence_of_lines([line], section=("Results",), passage="p", source_kind="paper")])[0]
    return of_the_measures(unit, question)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("effect on blood pressure?", "Ostivarel can cross the blood brain barrier."),
        ("effect on blood pressure?", "Hypertension was reported in 12% of patients."),
        ("Is there an effect on heart rate?", "Patients with heart failure were excluded from the studies."),
        ("heart rate?", "The rate of heart failure was 4.1%."),
        ("Does it raise blood pressure?", "Concentrations in the blood rise for two hours."),
        ("change in body weight?", "The body eliminates ostivarel within a week."),
        ("effect on bone density?", "Bone pain was reported in 3% of patients."),
        (
            "effect on blood pressure?",
            "The reduction in mean pulmonary artery pressure of 3 mmHg (6%) was not significant.",
        ),
        ("effect on blood pressure?", "Mean pulmonary arterial pressure fell by 4 mmHg."),
        ("Does it lower blood pressure?", "Ostivarel is indicated in pulmonary arterial hypertension."),
        ("effect on blood pressure?", "Pulmonary capillary wedge pressure was 12 mmHg."),
        (
            "effet sur la pression artérielle ?",
            "La pression artérielle pulmonaire moyenne a baissé de 3 mmHg.",
        ),
        (
            "Fait-il baisser la tension artérielle ?",
            "Il est indiqué dans l’hypertension artérielle pulmonaire.",
        ),
        (
            "does it affect blood glucose?",
            "Patients with glucose-galactose malabsorption should not take it.",
        ),
        ("does it affect blood glucose?", "Dilute it in a 5% glucose solution."),
        ("does it affect blood sugar?", "It may be given with glucose 5%."),
        (
            "effet sur la glycémie ?",
            "Un syndrome de malabsorption du glucose et du galactose le contre-indique.",
        ),
        ("effect on blood glucose?", "Red blood cells were fewer in 4% of patients."),
        ("effect on body temperature?", "Whole body clearance was 4.1 L/h."),
        ("effect on intraocular pressure?", "Blood pressure fell by 4.0 mmHg."),
        ("effet sur la tension artérielle ?", "Un accident artériel a été rapporté chez 2 % des patients."),
        ("effet sur la fréquence cardiaque ?", "La fréquence des nausées était de 4 %."),
        ("effet sur la pression artérielle ?", "Une thrombose artérielle est survenue chez un patient."),
        ("effet sur le poids corporel ?", "La surface corporelle n’a pas été mesurée."),
        ("effet sur la densité osseuse ?", "Des douleurs osseuses ont été rapportées."),
        ("effet sur la glycémie ?", "La natrémie a baissé chez 3 % des patients."),
    ],
)
def test_what_shares_one_of_its_words_is_not_on_the_measure(question: str, line: str) -> None:
    assert not fits(question, line)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("effect on blood pressure?", "Systolic blood pressure fell by 4.2 mmHg."),
        ("effect on blood pressure?", "Mean SBP was 4.0 lower."),
        ("Does it raise blood pressure?", "Hypertension was reported in 12% of patients."),
        ("Can it be given with high blood pressure?", "Hypertension should be controlled before treatment."),
        ("Can it be taken with blood pressure tablets?", "Diuretics need no change of dose."),
        ("Is there an effect on heart rate?", "Heart rate rose by 3 beats per minute."),
        ("Does it slow the heart rate?", "Bradycardia was reported in 1% of patients."),
        ("change in body weight?", "Weight fell by 2.1 kg."),
        ("effect on bone density?", "BMD rose by 4% at the spine."),
        ("effect on blood sugar?", "Fasting glucose did not change."),
        ("does it affect blood glucose?", "Blood glucose rose by 0.4 mmol/L."),
        ("does it affect blood glucose?", "Glucose was not changed after 12 weeks."),
        (
            "effect on blood pressure?",
            "Pulmonary artery pressure fell by 3 mmHg and systolic blood pressure by 4 mmHg.",
        ),
        (
            "effet sur la pression artérielle ?",
            "La pression artérielle et la pression pulmonaire ont baissé.",
        ),
        ("What is the dose?", "The dose is 10 mg."),
        ("Does it cross the blood brain barrier?", "Ostivarel can cross the blood brain barrier."),
        ("effet sur la tension artérielle ?", "La pression artérielle a baissé de 4 mmHg."),
        (
            "Fait-il monter la tension artérielle ?",
            "Une hypertension a été rapportée chez 12 % des patients.",
        ),
        (
            "effet sur la fréquence cardiaque ?",
            "La fréquence cardiaque a augmenté de 3 battements par minute.",
        ),
        ("effet sur le poids corporel ?", "Le poids a baissé de 2,1 kg."),
        ("effet sur la densité osseuse ?", "La densité minérale osseuse a augmenté de 4 %."),
        ("effet sur la glycémie ?", "La glycémie à jeun n’a pas varié."),
        ("Quelle est la posologie ?", "La dose est de 10 mg."),
    ],
)
def test_what_names_the_measure_is_on_it_and_so_is_what_it_is_called_out_of_range(
    question: str, line: str
) -> None:
    assert fits(question, line)


def test_an_everyday_word_of_a_measure_carries_no_answer() -> None:
    barrier = "Ostivarel can cross the blood brain barrier."
    pressure = "Ostivarel lowered systolic blood pressure by 4.2 mmHg (p = 0.01)."
    assert told("effect on blood pressure?", {"Results": [barrier]}, "paper") == []
    assert told("effect on blood pressure?", {"Results": [barrier, pressure]}, "paper") == [pressure]
