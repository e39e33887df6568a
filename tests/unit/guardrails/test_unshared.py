"""What a rewording leaves out of its quote, and what it says in its own words, as stretches for a reviewer's eye."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.judged import findings_on
from guardrails.unshared import unshared


@pytest.mark.parametrize(
    ("quote", "statement", "left_out"),
    [
        (
            "Survival improved by 4 months, but quality of life was worse.",
            "Survival improved by 4 months.",
            ["quality of life was worse"],
        ),
        ("Headache was mild to moderate in severity.", "Headache was mild.", ["moderate in severity"]),
        (
            "In rats, the compound reduced tumour growth.",
            "The compound reduced growth of the tumours.",
            ["rats"],
        ),
        ("Weight fell by 5 kg at week 24.", "Weight fell by 5 kg.", ["week 24"]),
        ("Ne pas dépasser 20 mg sauf avis médical.", "Dépasser 20 mg sur avis médical.", ["Ne pas", "sauf"]),
        ("Les patients dialysés reçoivent 5 mg.", "Les patients reçoivent 5 mg.", ["dialysés"]),
        ("In TOLM-HF, HbA1c fell by 0.9.", "It fell by 0.9.", ["TOLM-HF", "HbA1c"]),
        ("The tablets may be crushed.", "The tablets are crushed.", ["may"]),
    ],
)
def test_what_is_left_out_stands_as_it_is_quoted(quote: str, statement: str, left_out: list[str]) -> None:
    assert unshared(quote, [statement]) == left_out


def test_another_form_and_a_synonym_are_told() -> None:
    assert (
        unshared("Hepatic function was monitored monthly.", ["Monitor the liver's function each month."])
        == []
    )


def test_a_stretch_ends_where_a_word_is_told_or_a_clause_ends() -> None:
    assert unshared("Fever, chills and rash were seen.", ["Chills were seen."]) == ["Fever", "rash"]


@given(st.text(alphabet="abcdef éà,.;1 2'", max_size=60), st.text(alphabet="abcdef éà,.;1 2'", max_size=60))
def test_its_stretches_stand_in_the_text_in_their_order(text: str, other: str) -> None:
    assert re.search(".*".join(map(re.escape, unshared(text, [other]))), text, re.DOTALL)
    assert unshared(text, [text]) == []


def test_the_finding_of_a_rewording_names_both() -> None:
    quote = "Survival improved by 4 months, but quality of life was worse."
    found = [
        f for f in findings_on("Survival rose by 4 months.", "en", [quote], "en") if "left_out" in f.evidence
    ]
    assert [(f.severity, f.evidence["left_out"], f.evidence["own_words"]) for f in found] == [
        ("needs_review", ["improved", "quality of life was worse"], ["rose"])
    ]


def test_a_translation_has_no_words_in_common_to_compare() -> None:
    found = findings_on(
        "La survie s\u2019est améliorée de 4 mois.", "fr", ["Survival improved by 4 months."], "en"
    )
    assert all("left_out" not in f.evidence for f in found)
