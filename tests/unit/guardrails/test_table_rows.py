"""A quoted row carries the numbers of its cells, each cell's own head, and no other arm's."""

from dataclasses import replace

import pytest

from guardrails.model import Citation, RowHeader, Segment
from guardrails.relations import relations
from guardrails.table_rows import columns, missing_from
from tests.unit.guardrails.builders import citation

ROW = "Hyperkalaemia | Very common | 142 (11.8%) | 73 (6.1%)"
WORDS = "Metabolism, Hyperkalaemia, Very common: Cardorelone (N = 1,207) = 142 (11.8%); Placebo (N = 1,205) = 73 (6.1%)"


def row(words: str = WORDS, quote: str = ROW) -> Citation:
    return replace(citation(quote), header=RowHeader((), (words,)))


def test_each_cell_stands_with_its_own_head() -> None:
    assert [(c.head, c.value) for c in columns([row()])] == [
        ("Cardorelone (N = 1,207)", "142 (11.8%)"),
        ("Placebo (N = 1,205)", "73 (6.1%)"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Hyperkalaemia occurred in 142 of 1,207 patients.",
        "Hyperkalaemia occurred in 11.8% of 1,207 patients.",
        "Hyperkalaemia: 73 of 1,205 patients on placebo.",
        "1,205 patients received placebo.",
    ],
)
def test_a_number_of_the_cells_own_head_stands(text: str) -> None:
    assert not missing_from(text, "en", [row()])


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("Hyperkalaemia occurred in 142 of 1,205 patients.", "142 of 1,205"),
        ("Hyperkalaemia occurred in 11.8% of 1,205 patients.", "1,205"),
        ("1,207 patients received placebo.", "1,207"),
        ("Hyperkalaemia occurred in 143 of 1,207 patients.", "143 of 1,207"),
    ],
)
def test_another_arms_number_does_not(text: str, lost: str) -> None:
    assert [m.quantity.text for m in missing_from(text, "en", [row()])] == [lost]


def test_a_value_told_of_the_other_column_is_a_contradiction() -> None:
    def told(text: str) -> set[str]:
        segment = Segment("s1", "statement", "result", text, "en", citations=(row(),))
        return {c.variant for c in relations(segment).contradictions}

    assert told("Hyperkalaemia occurred in 142 patients (11.8%) on placebo.") == {"attributed"}
    assert not told("Hyperkalaemia occurred in 142 patients (11.8%) on cardorelone and 73 (6.1%) on placebo.")


def test_the_unit_may_stand_in_the_head() -> None:
    dose = row("From 60 kg: Dose (mg) = 35", "From 60 kg | 35")
    assert not missing_from("From 60 kg on, the dose is 35 mg.", "en", [dose])
    assert missing_from("From 60 kg on, the dose is 35 mL.", "en", [dose])


def test_without_a_header_the_quote_alone_counts() -> None:
    assert missing_from("142 of 1,207 patients", "en", [citation(ROW)])
