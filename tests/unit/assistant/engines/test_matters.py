"""A topic that names what every source tells, and no subject of its own."""

from dataclasses import replace

import pytest

from assistant.engines.extractive import ExtractiveEngine, read_units
from assistant.engines.matters import asks_for_all, asks_for_nothing_else, matters_of, only_subject
from assistant.engines.protocol import Task
from assistant.engines.scoring import candidates
from guardrails.model import Evidence
from tests.builders.labels import evidence_of_lines, label_evidence

NAMES = ("Velmora", "cardorelone")
DESIGN = "We randomly assigned 412 adults with heart failure to cardorelone 10 mg or placebo once daily for 36 weeks."
RESULT = "Hospitalisation occurred in 8.1% of patients with cardorelone and in 12.4% with placebo (p = 0.01)."
HARM = "Dizziness was reported by 9% of patients with cardorelone and by 4% with placebo."
SCRAP = "There were no differences in safety outcomes between the groups of either sex."
PAPER = [
    evidence_of_lines([line], section=(heading,), source_kind="paper", passage=heading)
    for heading, line in (
        ("Methods", DESIGN),
        ("Results", RESULT),
        ("Adverse events", HARM),
        ("Safety and exploratory outcomes", SCRAP),
    )
]


def told(topic: str | None, evidence: list[Evidence]) -> list[str]:
    focus = frozenset({"Safety and exploratory outcomes"}) if topic else frozenset[str]()
    task = Task("key-moments", "en", NAMES, topic, focus)
    return [statement.text for statement in ExtractiveEngine().propose(task, evidence).statements]


@pytest.mark.parametrize(
    "topic", ["Efficacy and safety", "key results", "Efficacité et tolérance de Velmora"]
)
def test_who_asks_for_all_that_was_found_is_given_the_whole_piece(topic: str) -> None:
    assert told(topic, PAPER) == told(None, PAPER)
    assert {RESULT, HARM} <= set(told(topic, PAPER))


@pytest.mark.parametrize("topic", ["safety", "Tolerability of cardorelone", "effets indésirables"])
def test_harms_are_told_though_they_do_not_carry_the_word(topic: str) -> None:
    assert HARM in told(topic, PAPER)
    assert RESULT not in told(topic, PAPER)


@pytest.mark.parametrize(
    "topic",
    [
        "renal safety",
        "results in women",
        "effect on potassium",
        "efficacité chez le sujet âgé",
        "potassium",
        "off treatment effects",
        "",
    ],
)
def test_a_topic_with_a_subject_is_known_by_its_words(topic: str) -> None:
    assert not matters_of(topic, NAMES)


def test_side_effects_are_not_the_effects_that_were_looked_for() -> None:
    assert not asks_for_all(matters_of("side effects", NAMES))
    assert not asks_for_all(matters_of("Effets secondaires", NAMES))
    assert asks_for_all(matters_of("effets du cardorelone", NAMES))
    assert asks_for_all(matters_of("Principaux résultats de l’essai", NAMES))


def test_how_it_was_studied_is_asked_for_by_itself() -> None:
    assert (
        matters_of("study design", NAMES) == matters_of("Schéma de l’étude", NAMES) == frozenset({"design"})
    )


def test_a_label_is_asked_by_its_sections() -> None:
    found = candidates(read_units(label_evidence()), Task("key-moments", "en", NAMES, "safety"))
    assert {c.topical for c in found if c.role == "contraindication"} == {0.0}


NO_DATA = "Safety and efficacy of Velmora have not been established in children."
SHOWN = "The walking distance rose by 40 m with Velmora and by 10 m with placebo (p = 0.01)."
DOSED = "The recommended dose of Velmora is 10 mg once daily in adults."


def of_a_label(topic: str) -> dict[str, float]:
    sections = (
        ("4.1 Therapeutic indications", ("Velmora is indicated in adults with heart failure.",)),
        ("4.2 Posology and method of administration", (DOSED, NO_DATA)),
        ("5.1 Pharmacodynamic properties", (SHOWN,)),
    )
    label = [
        evidence_of_lines(lines, section=(name,), passage=name, source_kind="label")
        for name, lines in sections
    ]
    return {c.unit.text: c.topical for c in candidates(read_units(label), Task("email", "en", NAMES, topic))}


def test_efficacy_is_a_labels_results_not_what_it_says_of_missing_data() -> None:
    found = of_a_label("efficacy")
    assert found[SHOWN] == 1.0
    assert found[NO_DATA] == 0.0


def test_a_subject_without_a_stem_is_looked_for_as_it_stands() -> None:
    subject = only_subject("off treatment effects", NAMES)
    assert subject is not None
    assert subject.search("effects off treatment lasted")
    assert not subject.search("the cut-off was 3 days")
    assert only_subject("bleeding off anticoagulants", NAMES) is None
    assert only_subject("effects", NAMES) is None


def test_nothing_is_told_of_a_subject_that_the_sources_do_not_know() -> None:
    assert told("off treatment effects", PAPER) == []


def test_who_names_the_only_study_is_given_the_whole_piece() -> None:
    named = [replace(item, title="Cardorelone in heart failure (CORAL-HF)") for item in PAPER]
    assert told("CORAL-HF", named) == told("results of the CORAL-HF trial", named) == told(None, named)
    assert not asks_for_nothing_else("CORAL-HF in women", ("CORAL-HF",))


def test_how_a_medicine_acts_is_no_result_where_there_are_some() -> None:
    acts = "Cardorelone is a combined inhibitor of two enzymes and has no affinity for others."
    label = [
        evidence_of_lines(
            ["Velmora is indicated in adults with heart failure."], section=("4.1 Therapeutic indications",)
        ),
        evidence_of_lines([acts, SHOWN], section=("5.1 Pharmacodynamic properties",), passage="p2"),
    ]
    found = {
        c.unit.text: c.topical for c in candidates(read_units(label), Task("email", "en", NAMES, "efficacy"))
    }
    assert found[SHOWN] == 1.0
    assert 0 < found[acts] < found[SHOWN]
