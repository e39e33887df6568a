"""A topic that names what every source tells, and no subject of its own."""

import pytest

from assistant.engines.extractive import ExtractiveEngine, read_units
from assistant.engines.matters import asks_for_all, matters_of
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
