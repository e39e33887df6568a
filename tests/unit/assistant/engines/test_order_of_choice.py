"""What comes first of a matter: what is forbidden before what does nothing, what was found before how, the medicine's own doses."""

from dataclasses import replace

import pytest

from assistant.engines.extractive import ExtractiveEngine
from assistant.engines.primary import other_studies
from assistant.engines.protocol import Task
from assistant.engines.scoring import candidates
from assistant.engines.topic import topical_shares
from assistant.engines.units import units_of
from guardrails.model import Evidence
from tests.builders.labels import evidence_of_lines

TASK = Task("brief", "en", ("Velmora", "cardorelone"))


def worths(*evidence: Evidence, task: Task = TASK) -> dict[str, float]:
    return {c.unit.text: c.worth for c in candidates(units_of(evidence), task)}


def test_what_is_forbidden_together_comes_before_what_does_nothing() -> None:
    harmless = "Cardorelone had no clinically relevant effect on digitoline: its exposure increased by 8%."
    forbidden = "The use of Velmora together with strong inhibitors is contraindicated."
    section = ("4.5 Interaction with other medicinal products",)
    found = worths(evidence_of_lines([harmless, forbidden], section=section))
    assert found[forbidden] > found[harmless]


def test_the_dose_of_what_is_given_beside_the_medicine_is_not_its_own() -> None:
    other = "The recommended initial oral dose is 150 to 325 mg once daily."
    section = ("4.2 Posology and method of administration", "Adjunctive therapy")
    assert other not in worths(evidence_of_lines([other], section=section))
    own = "The recommended initial oral dose of Velmora is 10 mg once daily."
    assert own in worths(evidence_of_lines([own], section=section))


def test_what_was_found_besides_comes_after_what_it_was_found_beside() -> None:
    first = "The walking distance rose by 40 m with Velmora and by 10 m with placebo (p = 0.01)."
    besides = "The pulse also fell by 4 beats with Velmora and by 1 beat with placebo (p = 0.01)."
    paper = evidence_of_lines([besides, first], section=("Results",), source_kind="paper")
    found = worths(paper)
    assert found[first] > found[besides]


def test_data_that_are_insufficient_are_no_insufficiency() -> None:
    lines = (
        "There are insufficient data on Velmora in patients with a single kidney.",
        "Velmora may unmask an adrenal insufficiency within days.",
    )
    units = units_of([evidence_of_lines(lines, section=("4.4 Special warnings",))])
    empty, told = topical_shares("adrenal insufficiency", units, lines, {})
    assert told > empty


def test_a_quiz_asks_no_answer_twice() -> None:
    lines = (
        "The recommended dose of Velmora is 10 mg once daily in adults with heart failure.",
        "In elderly patients with heart failure the dose of Velmora stays at 10 mg once daily.",
        "The dose of Velmora must not exceed 20 mg once daily in adults with heart failure.",
        "In patients on inhibitors the dose of Velmora is lowered to 5 mg once daily at first.",
        "After eight weeks the dose of Velmora may be 40 mg once daily in selected adults.",
    )
    label = evidence_of_lines(lines, section=("4.2 Posology and method of administration",))
    asked = ExtractiveEngine().propose(replace(TASK, kind="quiz"), [label]).questions
    keys = [question.options[question.key] for question in asked]
    assert len(keys) >= 2
    assert len(keys) == len(set(keys))


def test_another_study_s_result_in_a_paper_s_discussion_is_not_told_as_its_own() -> None:
    own = "Velmora reduced the risk of stroke across all groups of age compared with placebo (p = 0.03)."
    other = "More recently the BELVEDERE-3 trial did not significantly reduce the risk of death compared with usual care, although strokes were halved (9)."
    paper = [
        evidence_of_lines([own], section=("Results",), source_kind="paper", passage="a"),
        evidence_of_lines([other], section=("Discussion",), source_kind="paper", passage="b"),
    ]
    for kind in ("key-moments", "email", "brief"):
        told = [s.text for s in ExtractiveEngine().propose(replace(TASK, kind=kind), paper).statements]
        assert own in told
        assert other not in told


def test_what_a_paper_discusses_of_itself_beside_another_study_stays_its_own() -> None:
    own = [
        "Unlike the HOPLITE trial, BELVEDERE-3 found fewer strokes with Velmora in all groups of age (12).",
        "Unlike the HOPLITE trial, our study found 12% fewer strokes with Velmora than with placebo (12).",
    ]
    paper = [
        evidence_of_lines(
            ["The BELVEDERE-3 trial enrolled adults in twelve clinics."],
            section=("Methods",),
            source_kind="paper",
            passage="a",
        ),
        evidence_of_lines(own, section=("Discussion",), source_kind="paper", passage="b"),
    ]
    assert other_studies(units_of(paper)) == frozenset()


def test_what_a_paper_says_is_new_or_means_for_practice_is_a_conclusion_and_no_method() -> None:
    meant = (
        "Clinicians should be aware that Velmora causes favourable remodelling in adults with heart failure."
    )
    paper = [
        evidence_of_lines(
            [meant], section=("What are the clinical implications?",), source_kind="paper", passage="a"
        ),
        evidence_of_lines(
            ["We enrolled adults with heart failure in twelve clinics of one country."],
            section=("Methods",),
            source_kind="paper",
            passage="b",
        ),
        evidence_of_lines(
            ["The groups were compared by a t-test."],
            section=("Statistical analysis",),
            source_kind="paper",
            passage="c",
        ),
    ]
    roles = {c.unit.text: c.role for c in candidates(units_of(paper), TASK)}
    assert roles[meant] == "conclusion"


@pytest.mark.parametrize(
    "heading", ["Contre-indications", "Contre‑indications", "CONTRE INDICATIONS", "4.3 Contre-indications"]
)
def test_a_french_slide_of_contraindications_tells_no_indication(heading: str) -> None:
    told = "Velmora ne doit pas être utilisé avec des vaccins vivants."
    slide = evidence_of_lines(
        [(told, "bullet")], section=(heading,), source_kind="deck", slide=True, language="fr"
    )
    assert [unit.zone for unit in units_of([slide])] == ["contraindication"]
    task = replace(TASK, kind="key-moments", language="fr")
    assert [s.role for s in ExtractiveEngine().propose(task, [slide]).statements] == ["contraindication"]
