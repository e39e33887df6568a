"""Which of two medicines does something to the other, and how each is given."""

import pytest

from tests.unit.guardrails.relations.pairs import variants

LOWERED = "Rifampicin reduced the exposure to tolmavir by 70 %."
ROUTES = "Oral tolmavir was compared with intravenous vancomycin."


@pytest.mark.parametrize(
    "text",
    [
        "Tolmavir reduced the exposure to rifampicin by 70 %.",
        "The exposure to rifampicin was reduced by tolmavir.",
    ],
)
def test_doer_and_done_to_exchanged_are_seen(text: str) -> None:
    assert variants(text, LOWERED) & {"turned", "of_another"}


@pytest.mark.parametrize(
    "text",
    [
        "The exposure to tolmavir was reduced by rifampicin.",
        "Rifampicin lowered exposure to tolmavir by 70 %.",
        "Given with rifampicin, tolmavir reaches an exposure reduced by 70 %.",
    ],
)
def test_active_and_passive_say_the_same(text: str) -> None:
    assert not variants(text, LOWERED)


def test_the_dose_of_the_other_medicine_is_seen() -> None:
    quote = "With rifampicin, the dose of tolmavir should be doubled."
    assert "of_another" in variants("The rifampicin dose should be doubled when tolmavir is given.", quote)
    assert not variants("The tolmavir dose should be doubled when rifampicin is given.", quote)


def test_ways_of_giving_exchanged_are_seen() -> None:
    assert "attributed" in variants("Intravenous tolmavir was compared with oral vancomycin.", ROUTES)
    assert not variants("Intravenous vancomycin was compared with oral tolmavir.", ROUTES)


def test_a_medicine_alone_is_not_the_one_with_another() -> None:
    quote = "Remission was seen in 41 % on tolmavir plus rituximab and in 23 % on rituximab alone."
    assert "attributed" in variants("Remission was seen in 41 % on rituximab alone.", quote)
    assert not variants("On rituximab alone, remission was seen in 23 %.", quote)
    assert not variants(
        "With tolmavir plus rituximab 41 % reached remission, with rituximab alone 23 %.", quote
    )
