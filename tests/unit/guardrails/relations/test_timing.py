"""Within a time is not after it; a change by an amount is not a change to it; the first is not the next."""

import pytest

from tests.unit.guardrails.relations.pairs import variants

OPENED = "After opening, use the drops within 21 days."
FIRST = "It is given every 3 weeks for the first four doses, followed by one dose every 9 weeks."


@pytest.mark.parametrize(
    "text",
    [
        "The drops may be used after 21 days.",
        "Once open, the drops must not be used within 21 days.",
    ],
)
def test_after_for_within_is_seen(text: str) -> None:
    assert "within_or_after" in variants(text, OPENED)


@pytest.mark.parametrize(
    "text",
    [
        "Once open, the drops are used within 21 days.",
        "Do not use the drops after 21 days.",
        "Throw the drops away after 21 days and use a new bottle.",
        "The opened drops may be used for up to 21 days.",
    ],
)
def test_other_words_for_within_are_let_stand(text: str) -> None:
    assert "within_or_after" not in variants(text, OPENED)


def test_the_rhythm_of_the_first_doses_is_not_that_of_the_next() -> None:
    assert "attributed" in variants(
        "The first four doses are given every 9 weeks and the subsequent ones every 3 weeks.", FIRST
    )
    assert not variants(
        "The first four doses are given every 3 weeks and the subsequent ones every 9 weeks.", FIRST
    )


def test_prolonged_by_is_not_prolonged_to() -> None:
    quote = "The half-life was prolonged to 14 hours in severe renal impairment."
    assert "by_or_to" in variants("Severe renal impairment prolonged the half-life by 14 hours.", quote)
    assert not variants("Severe renal impairment prolonged the half-life to 14 hours.", quote)


def test_the_limit_of_an_interval_is_not_the_margin() -> None:
    quote = "The upper bound (0.31 %) was below the margin of 0.50 %."
    assert "attributed" in variants("The upper bound (0.50 %) was below the margin of 0.31 %.", quote)
    assert not variants("With a margin of 0.50 %, the upper bound was 0.31 %.", quote)


def test_the_day_of_a_difference_belongs_to_neither_arm() -> None:
    quote = (
        "Scores were better from day 6 with tolmavir, and the difference from placebo was shown on day 22."
    )
    assert not variants("The difference between tolmavir and placebo was shown on day 22.", quote)
