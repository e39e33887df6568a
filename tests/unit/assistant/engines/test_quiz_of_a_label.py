"""A quiz of a label asks for what must be known, by the sections 4.1 to 4.8, and for no figure of 5.2 that nobody asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from assistant.engines.extractive import ExtractiveEngine
from assistant.engines.protocol import ProposedQuestion, Task
from guardrails.model import Language
from tests.builders.labels import evidence_of_lines, label_evidence

TASK = Task("quiz", "en", ("Nalorel",))
LABEL: Mapping[str, Sequence[str]] = {
    "4.1 Therapeutic indications": ["Nalorel is indicated for the treatment of chronic heart failure."],
    "4.2 Posology and method of administration": [
        "The recommended starting dose of Nalorel is 10 mg once daily.",
        "If a dose is missed, it should be skipped and the next dose should be taken at the usual time.",
    ],
    "4.3 Contraindications": [
        "Severe renal impairment that needs dialysis.",
        "Uncontrolled hypertension.",
    ],
    "4.4 Special warnings and precautions for use": [
        "Nalorel must be stopped immediately if jaundice occurs."
    ],
    "4.5 Interaction with other medicinal products": [
        "Nalorel must not be used in combination with rifampicin."
    ],
    "4.8 Undesirable effects": ["The most common adverse reactions were headache (12%) and nausea (4%)."],
    "5.1 Pharmacodynamic properties": [
        "In trial A, 23.4% of patients on Nalorel and 29.5% on placebo died over 26 months (hazard ratio 0.77)."
    ],
    "5.2 Pharmacokinetic properties": [
        "The mean elimination half-life of Nalorel is 19 hours in adults.",
        "The absolute bioavailability of Nalorel is 63% in healthy adults.",
    ],
}


def asked(label: Mapping[str, Sequence[str]] = LABEL, task: Task = TASK) -> list[ProposedQuestion]:
    return list(ExtractiveEngine().propose(task, label_evidence(label)).questions)


def keys(questions: Sequence[ProposedQuestion]) -> list[str]:
    return [question.options[question.key] for question in questions]


def test_each_matter_is_asked_once_in_the_order_of_its_section() -> None:
    assert keys(asked()) == [
        "heart failure",
        "10 mg",
        "Uncontrolled hypertension",
        "headache",
        "stopped",
        "must not be used",
    ]


def test_a_missed_dose_is_asked_where_another_matter_has_no_question() -> None:
    without = {name: lines for name, lines in LABEL.items() if not name.startswith("4.5")}
    assert "skipped" in keys(asked(without))


def test_no_figure_of_the_body_is_asked_and_fewer_questions_stand_rather() -> None:
    few = {name: LABEL[name] for name in LABEL if name[:3] in {"4.1", "4.2", "5.2"}}
    assert all(question.feedback.heading[:3] != "5.2" for question in asked(few))


def test_the_half_life_is_asked_where_the_topic_is() -> None:
    on_it = replace(TASK, topic="half-life")
    assert keys(asked(task=on_it)) == ["19 hours"]


def test_of_a_study_beside_the_label_one_result_is_asked() -> None:
    paper = evidence_of_lines(
        ["Nalorel reduced hospitalisations by 31% compared with placebo (p = 0.01)."],
        section=("Results",), passage="paper", source="source_2", source_kind="paper",
    )  # fmt: skip
    questions = ExtractiveEngine().propose(TASK, [*label_evidence(LABEL), paper]).questions
    assert "31%" in keys(questions) or "23.4%" in keys(questions)
    assert len(questions) == 6


@pytest.mark.parametrize(
    "line",
    [
        "Nalorel is given in 0.9% sodium chloride solution in adults with heart failure.",
        "The dose of Nalorel was 40 mg once daily in healthy volunteers of both sexes.",
    ],
)
def test_how_it_is_dissolved_and_what_volunteers_took_is_not_asked(line: str) -> None:
    label = {**LABEL, "4.2 Posology and method of administration": [line]}
    assert all(question.feedback.text != line for question in asked(label))


def test_oral_medicines_beside_it_are_no_route() -> None:
    line = "Nalorel can be used with oral hypoglycaemic agents in adults with heart failure."
    label = {**LABEL, "4.2 Posology and method of administration": [line]}
    assert "oral" not in keys(asked(label))


def test_no_question_repeats_a_word_in_its_answer_alone() -> None:
    line = "Serum potassium should be measured each month, and more often if potassium rises."
    label = {**LABEL, "4.4 Special warnings and precautions for use": [line]}
    assert "Serum potassium" not in keys(asked(label))


def test_what_a_question_before_tells_is_not_asked_again() -> None:
    label = {
        **LABEL,
        "4.2 Posology and method of administration": ["Nalorel is contraindicated in severe renal impairment (see section 4.4)."],
        "4.4 Special warnings and precautions for use": ["Nalorel is contraindicated in severe renal impairment (see section 4.3)."],
    }  # fmt: skip
    told = [q.feedback.text for q in asked(label) if "severe renal" in q.feedback.text]
    assert len(told) == 1


def test_a_dose_at_which_no_interaction_was_seen_is_not_asked() -> None:
    line = "Nalorel 60 mg had no clinically relevant effect on the clearance of digoxin in adults."
    label = {**LABEL, "4.5 Interaction with other medicinal products": [line]}
    assert all(question.feedback.text != line for question in asked(label))


def test_pregnancy_is_not_asked_after_a_list_of_contraindications_that_names_it() -> None:
    label = {
        **LABEL,
        "4.3 Contraindications": [*LABEL["4.3 Contraindications"], "Pregnancy and lactation."],
        "4.6 Fertility, pregnancy and lactation": ["Nalorel is contraindicated during pregnancy (see section 4.3)."],
    }  # fmt: skip
    told = keys(asked(label))
    assert "Uncontrolled hypertension" in told
    assert "is contraindicated" not in told


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Nalorel is contraindicated during pregnancy (see section 4.3).", "is contraindicated"),
        ("Nalorel is not recommended during pregnancy.", "is not recommended"),
    ],
)
def test_whom_not_to_treat_is_asked_of_another_section_where_the_list_was_stopped(
    line: str, key: str
) -> None:
    label = {**LABEL, "4.6 Fertility, pregnancy and lactation": [line]}
    listed = next(q.feedback.text for q in asked(label) if keys([q]) == ["Uncontrolled hypertension"])
    again = asked(label, replace(TASK, left_out=frozenset({listed})))
    assert keys(again)[2] == key
    assert all(q.feedback.text != listed for q in again)


def test_a_second_question_of_a_matter_is_asked_where_questions_are_few_and_there_alone() -> None:
    warnings = "4.4 Special warnings and precautions for use"
    lines = [
        "Patients with jaundice must not be given this medicine at any time.",
        "Strong inhibitors beside Nalorel, in combination, should be avoided.",
    ]
    indication = {name: told for name, told in LABEL.items() if name.startswith("4.1")}
    few = {q.feedback.text for q in asked({**indication, warnings: lines})}
    many = {q.feedback.text for q in asked({**LABEL, warnings: lines})}
    assert len(few & set(lines)) == len(lines)
    assert len(many & set(lines)) == 1


def test_a_quiz_on_a_topic_asks_for_no_result_that_does_not_name_it() -> None:
    deaths = "Les décès ne différaient pas entre Nalorel et le placebo (12,3 % contre 13,9 % ; hazard ratio 0,88 ; p = 0,26)."
    label = [
        evidence_of_lines([line], section=(section,), passage=f"p{n}", page=n, language="fr")
        for n, (section, line) in enumerate(
            [
                ("4.1 Indications thérapeutiques", "Nalorel est indiqué dans l’asthme de l’adulte."),
                ("4.3 Contre-indications", "Hypersensibilité à la substance active."),
                (
                    "4.5 Interactions",
                    "Nalorel est contre-indiqué chez les patients traités par rifampicine.",
                ),
            ],
            1,
        )
    ]
    paper = evidence_of_lines(
        [deaths],
        section=("Résultats",),
        passage="r1",
        source="source_2",
        source_kind="paper",
        language="fr",
    )
    task = Task("quiz", "fr", ("Nalorel",), "contre-indications", frozenset({"r1", "p2"}))
    made = ExtractiveEngine().propose(task, [*label, paper])
    assert made.questions
    assert deaths not in {question.feedback.text for question in made.questions}


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ("Cardiovascular death or hospitalisation occurred in 23.4% of patients with Nalorel and in 29.5% with placebo (hazard ratio 0.77).",
                "With Nalorel, cardiovascular death or hospitalisation occurred in 23.4% of patients after 26 months and in 11.2% after 12 months.")),
        ("fr", ("Un décès cardiovasculaire ou une hospitalisation est survenu chez 23,4 % des patients sous Nalorel et 29,5 % sous placebo (hazard ratio 0,77).",
                "Sous Nalorel, un décès cardiovasculaire ou une hospitalisation est survenu chez 23,4 % des patients à 26 mois et 11,2 % à 12 mois.")),
    ],
)  # fmt: skip
def test_no_question_of_a_paper_shows_the_figure_that_another_asks_for(
    language: Language, lines: tuple[str, str]
) -> None:
    paper = evidence_of_lines(lines, section=("Results",), source_kind="paper", language=language)
    made = ExtractiveEngine().propose(Task("quiz", language, ("Nalorel",)), [paper]).questions
    assert made
    for one in made:
        key = one.options[one.key]
        assert not any(key in other.stem for other in made if other is not one)
