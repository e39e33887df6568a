from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.people.roles import Role
from assistant.review.policy import add_months, load_policy
from tests.builders.documents import piece_of

POLICY = load_policy()
PIECE = piece_of("key-moments")


def test_medical_and_regulatory_always_approve() -> None:
    assert POLICY.approvers(PIECE, (), override_requested=False) == (Role.MEDICAL, Role.REGULATORY)


def test_legal_approves_too_when_the_writer_asks_for_an_override() -> None:
    assert Role.LEGAL in POLICY.approvers(PIECE, (), override_requested=True)


@pytest.mark.parametrize("rule", ["FR21", "FR22", "FR37"])
def test_legal_approves_too_where_a_comparison_or_a_gift_was_found(rule: str) -> None:
    assert Role.LEGAL in POLICY.approvers(PIECE, {rule}, override_requested=False)


def test_a_french_promotional_piece_is_released_by_the_pharmacist_alone() -> None:
    piece = replace(PIECE, market="FR", qualification="promotional")
    assert POLICY.publishers(piece) == (Role.PHARMACIST,)


def test_another_french_piece_is_released_by_the_pharmacist_or_by_regulatory() -> None:
    assert set(POLICY.publishers(replace(PIECE, market="FR"))) == {Role.PHARMACIST, Role.REGULATORY}


@pytest.mark.parametrize("market", ["EU", "UK", "US", "DE"])
def test_elsewhere_regulatory_publishes(market: str) -> None:
    piece = replace(PIECE, market=market, qualification="promotional")
    assert POLICY.publishers(piece) == (Role.REGULATORY,)


def test_a_month_without_the_day_ends_on_its_last_day() -> None:
    assert add_months(date(2024, 2, 29), 24) == date(2026, 2, 28)
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_months_are_counted_on_the_calendar(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
