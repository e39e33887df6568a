"""Of several primary endpoints, a piece tells the one that failed beside the one that did not."""

from typing import get_args

import pytest

from assistant.engines.extractive import ExtractiveEngine, read_units
from assistant.engines.primary import without_difference
from assistant.engines.protocol import Task
from guardrails.citations import bare
from guardrails.model import Evidence, PieceKind
from tests.builders.labels import evidence_of_lines

TITLE = "Nalorel in asthma: the LUMEN trial"
DEFINED = "The co-primary endpoints were the change in morning peak flow and the change in symptom score at week 12."
MET = "At week 12, morning peak flow had risen by 31 L/min with Nalorel and by 9 L/min with placebo (difference 22 L/min; 95% CI 11 to 33; p < 0.001)."
FAILED = "The change in symptom score did not differ between Nalorel and placebo, and this co-primary endpoint was not met."
OTHERS = [
    "Morning symptoms fell by 12% with Nalorel and by 8% with placebo (difference 4%; 95% CI 1 to 7; p = 0.01).",
    "Nights without waking rose by 18% with Nalorel and by 6% with placebo (difference 12%; 95% CI 5 to 19; p = 0.002).",
]


def paper(*results: str) -> list[Evidence]:
    parts = {
        "Methods": ["In this double-blind trial, 412 adults with asthma were randomised to Nalorel or placebo.", DEFINED],
        "Results": list(results),
    }  # fmt: skip
    return [
        evidence_of_lines(lines, section=(TITLE, name), passage=name, source_kind="paper", page=2)
        for name, lines in parts.items()
    ]


def told(kind: PieceKind, *results: str) -> list[str]:
    return [
        s.text for s in ExtractiveEngine().propose(Task(kind, "en", ("Nalorel",)), paper(*results)).statements
    ]


@pytest.mark.parametrize(
    "kind", [kind for kind in get_args(PieceKind) if kind in {"key-moments", "email", "brief"}]
)
def test_the_primary_endpoint_that_failed_stands_in_the_piece(kind: PieceKind) -> None:
    texts = told(kind, MET, *OTHERS, FAILED)
    assert MET in texts
    assert FAILED in texts


def test_how_a_result_was_tested_is_no_failed_endpoint() -> None:
    tested = (
        "There was no difference in the co-primary endpoints dependent on the order of treatment (p = 0.99)."
    )
    assert set(without_difference(read_units(paper(MET, FAILED))).values()) == {frozenset({bare(FAILED)})}
    assert set(without_difference(read_units(paper(MET, tested))).values()) == {frozenset()}


def test_one_sentence_on_it_is_enough() -> None:
    again = "The co-primary endpoint of symptom score was not significantly different between the two groups at week 12."
    assert len({FAILED, again} & set(told("email", MET, FAILED, again))) == 1
