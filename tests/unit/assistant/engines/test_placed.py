"""A model's role becomes a heading, its quotes become references: neither may say more than the source."""

import pytest

from assistant.engines.placed import role_at, telling
from assistant.engines.protocol import Role
from tests.builders.labels import evidence_of_lines

REACTION = "Brunovel can cause hypoglycaemia."
FORBIDDEN = "Brunovel is contraindicated in patients with severe heart failure."
NEITHER = "A single dose of 80 mg did not change the QT interval."


@pytest.mark.parametrize(
    ("told", "quote", "section", "role"),
    [
        ("contraindication", REACTION, "4.4 Special warnings and precautions for use", "warning"),
        ("contraindication", NEITHER, "4.8 Undesirable effects", "adverse_reaction"),
        ("warning", FORBIDDEN, "4.3 Contraindications", "contraindication"),
        ("key_point", REACTION, "4.8 Undesirable effects", "adverse_reaction"),
        ("indication", REACTION, "4.4 Mises en garde spéciales et précautions d’emploi", "warning"),
        ("result", "Nausea was reported in 7% of patients.", "4.8 Undesirable effects", "adverse_reaction"),
        ("warning", NEITHER, "5.1 Pharmacodynamic properties", "result"),
        ("contraindication", "Brunovel is not contraindicated in mild asthma.", "4.2 Posology", "dose"),
        ("contraindication", "L’asthme n’est pas contre-indiqué.", "4.2 Posologie", "dose"),
        ("conclusion", "The rate fell by 4 points.", "5.1 Pharmacodynamic properties", "result"),
    ],
)
def test_a_role_that_the_source_does_not_carry_is_that_of_its_place(
    told: Role, quote: str, section: str, role: Role
) -> None:
    assert role_at(told, quote, evidence_of_lines([quote], section=(section,))) == role


@pytest.mark.parametrize(
    ("told", "quote", "section"),
    [
        ("contraindication", FORBIDDEN, "4.2 Posology and method of administration"),
        ("contraindication", "Severe heart failure.", "4.3 Contraindications"),
        ("warning", REACTION, "4.8 Undesirable effects"),
        ("special_population", "No dose adjustment is needed in the elderly.", "4.2 Posology"),
        (
            "special_population",
            "Brunovel n’est pas recommandé pendant la grossesse.",
            "4.6 Fertilité, grossesse",
        ),
        ("dose", "The recommended dose is 40 mg once daily.", "5.1 Pharmacodynamic properties"),
        ("design", "Patients were randomised to Brunovel or placebo.", "5.1 Propriétés pharmacodynamiques"),
        ("key_point", "Brunovel is metabolised by CYP2D6.", "5.2 Pharmacokinetic properties"),
    ],
)
def test_a_role_that_place_or_words_carry_stays(told: Role, quote: str, section: str) -> None:
    assert role_at(told, quote, evidence_of_lines([quote], section=(section,))) == told


def test_of_several_quotes_those_stay_that_tell_the_sentence() -> None:
    right, both, wrong = ("P2", REACTION), ("P3", f"{FORBIDDEN} {REACTION}"), ("P7", NEITHER)
    assert telling(REACTION, [wrong, right, both]) == [right, both]


def test_a_sentence_in_other_words_or_of_two_quotes_keeps_all() -> None:
    quotes = [("P2", REACTION), ("P7", NEITHER)]
    assert list(telling("Hypoglycaemia can occur with Brunovel.", quotes)) == quotes
    assert list(telling(f"{REACTION} {NEITHER}", [*quotes, quotes[0]])) == quotes


def test_part_of_a_sentence_is_not_told_by_it() -> None:
    quotes = [("P1", "Brunovel can cause hypoglycaemia only with insulin."), ("P2", NEITHER)]
    assert list(telling("Brunovel can cause hypoglycaemia", quotes)) == quotes
