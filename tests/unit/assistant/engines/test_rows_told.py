"""A row of a table and a sentence that say the same are one thing; a sentence that says more is another."""

import pytest

from assistant.engines.dose_tables import unit_of_rows
from assistant.engines.extractive import ExtractiveEngine, read_units
from assistant.engines.label_tables import tables_of
from assistant.engines.protocol import Task
from assistant.engines.rows_told import told_in_a_row, told_in_sentences
from assistant.engines.units import Unit
from guardrails.model import Evidence
from tests.builders.labels import evidence_of_lines

SECTION = ("4. Clinical particulars", "4.8 Undesirable effects")
OVER = "Table 1: Adverse reactions in LUMEN"
HEADS = "Adverse reaction | Nalorel (N = 1,207) | Placebo (N = 1,205)"
ROW = "Renal impairment | 94 (7.8%) | 71 (5.9%)"
SAME = "In LUMEN, renal impairment was reported in 94 patients (7.8%) with Nalorel and in 71 patients (5.9%) with placebo."
INDICATION = evidence_of_lines(
    ["Nalorel is indicated for the treatment of asthma."], section=("4. Clinical", "4.1 Therapeutic indications"), passage="p0"
)  # fmt: skip


def label(*sentences: str) -> list[Evidence]:
    return [
        INDICATION,
        evidence_of_lines([*sentences, OVER], section=SECTION, passage="p1"),
        evidence_of_lines([(HEADS, "row"), (ROW, "row")], section=SECTION, passage="p2"),
    ]


def table() -> Unit:
    one = next(tables_of(label(SAME)))
    return unit_of_rows(one, one.rows)


def sentence(text: str) -> Unit:
    return next(unit for unit in read_units(label(text)) if unit.text == text)


def test_a_sentence_with_the_matter_and_the_figures_of_a_row_says_the_same() -> None:
    assert told_in_a_row(sentence(SAME), table())
    assert told_in_sentences(table(), [sentence(SAME)])


@pytest.mark.parametrize(
    "text",
    [
        "In LUMEN, hyperkalaemia was reported in 94 patients (7.8%) with Nalorel and in 71 patients (5.9%) with placebo.",
        "In LUMEN, renal impairment was reported in 94 patients (7.8%) with Nalorel, 12 of them in hospital.",
        "In LUMEN, renal impairment was not more frequent in older patients: 94 patients (7.8%) with Nalorel.",
        "Renal impairment (7.8%) was mostly transient, mild and seen early, and it resolved when the medicine was stopped or its dose halved.",
    ],
)
def test_of_another_matter_with_more_figures_a_denial_or_more_to_say_it_is_another(text: str) -> None:
    assert not told_in_a_row(sentence(text), table())
    assert not told_in_sentences(table(), [sentence(text)])


@pytest.mark.parametrize("kind", ["key-moments", "email", "brief"])
def test_a_piece_on_a_topic_tells_it_once(kind: str) -> None:
    evidence = label(SAME)
    task = Task(kind, "en", ("Nalorel",), "renal impairment", frozenset({"p1", "p2"}))  # type: ignore[arg-type]
    told = [s.text for s in ExtractiveEngine().propose(task, evidence).statements]
    assert sum("71" in text for text in told) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"{SAME[:-1]}, and was fatal in two.",
        SAME.replace("renal impairment", "serious renal impairment"),
        f"{SAME[:-1]}, only when taken at night.",
    ],
)
def test_a_sentence_that_says_how_grave_or_when_is_told_beside_the_row(text: str) -> None:
    assert not told_in_a_row(sentence(text), table())
