"""Things of one kind are known in both languages, the longest term first."""

import pytest

from guardrails.tables import table
from guardrails.things import things


def names(text: str) -> set[tuple[str, str]]:
    return {(thing.kind, thing.name) for thing in things(text)}


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("liver damage", "atteinte hépatique"),
        ("headache and hives", "céphalées et urticaire"),
        ("a heart attack", "un infarctus"),
        ("the interim results", "les résultats intermédiaires"),
        ("treatment-naive patients", "patients naïfs"),
        ("one tablet", "un comprimé"),
        ("a vial", "un flacon"),
        ("a bottle", "un flacon"),
        ("swelling (oedema)", "gonflement (œdème)"),
    ],
)
def test_both_languages_name_the_same_thing(english: str, french: str) -> None:
    assert names(english) & names(french)


def test_the_longest_term_counts() -> None:
    assert ("condition", "heart failure") in names("patients with heart failure")
    assert ("control", "poorly controlled") in names("uncontrolled asthma")
    assert ("fate in the body", "metabolism") not in names("metabolic acidosis")


def test_a_term_that_only_looks_like_one_of_the_kind_is_none() -> None:
    assert not names("Breast-feeding should be stopped.") & {("organ", "breast")}
    assert not names("Blood pressure fell.") & {("medium", "blood")}


def test_where_it_stands_is_told() -> None:
    thing, *_ = things("Rash and itching.")
    assert "Rash and itching."[thing.start : thing.end] == "Rash"


def test_no_kind_is_empty() -> None:
    found = table("things.yaml")
    assert len(found) > 10
    assert all(terms for names in found.values() for terms in (names, *names.values()))
