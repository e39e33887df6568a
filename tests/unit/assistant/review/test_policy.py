from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.people.roles import Role
from assistant.review.plan import plan_for
from assistant.review.policy import Facts, When, add_months, default_policy
from tests.builders.documents import piece_of

POLICY = default_policy()
PIECE = piece_of("key-moments")
FACTS = Facts.of(PIECE)


def roles_for(facts: Facts) -> list[set[str]]:
    return [{one.role for one in step.signatures} for step in plan_for(POLICY, facts).steps]


def test_medical_and_regulatory_always_approve_side_by_side() -> None:
    assert roles_for(FACTS) == [{"medical", "regulatory"}]


def test_legal_approves_too_when_the_writer_asks_for_an_override() -> None:
    assert roles_for(replace(FACTS, override_requested=True)) == [{"medical", "regulatory", "legal"}]


@pytest.mark.parametrize("rule", ["FR21", "FR22", "FR37"])
def test_legal_approves_too_where_a_comparison_or_a_gift_was_found(rule: str) -> None:
    assert "legal" in roles_for(replace(FACTS, findings=frozenset({rule, "GR5"})))[0]


def test_two_reasons_for_one_role_ask_for_one_signature_of_it() -> None:
    facts = replace(FACTS, override_requested=True, findings=frozenset({"FR21"}))
    (step,) = plan_for(POLICY, facts).steps
    assert [(n.role, n.needed, n.asked) for n in step.signatures if n.role == "legal"] == [("legal", 1, 1)]


def test_a_french_promotional_piece_is_released_by_the_pharmacist_alone() -> None:
    piece = replace(PIECE, market="FR", qualification="promotional")
    assert POLICY.publishers(piece) == (Role.PHARMACIST,)


def test_another_french_piece_is_released_by_the_pharmacist_or_by_regulatory() -> None:
    assert set(POLICY.publishers(replace(PIECE, market="FR"))) == {Role.PHARMACIST, Role.REGULATORY}


@pytest.mark.parametrize("market", ["EU", "UK", "US", "DE"])
def test_elsewhere_regulatory_publishes(market: str) -> None:
    piece = replace(PIECE, market=market, qualification="promotional")
    assert POLICY.publishers(piece) == (Role.REGULATORY,)


@pytest.mark.parametrize(
    ("conditions", "holds"),
    [
        ({}, True),
        ({"kinds": ("quiz", "email")}, True),
        ({"kinds": ("brief",)}, False),
        ({"markets": ("FR",), "unchanged": True}, False),
        ({"markets": ("FR",), "unchanged": False}, True),
        ({"findings": ("FR8", "FR21")}, True),
        ({"findings": ("FR8",)}, False),
    ],
)
def test_every_condition_has_to_hold(conditions: dict[str, bool | tuple[str, ...]], holds: bool) -> None:
    facts = Facts("quiz", "FR", "promotional", findings=frozenset({"FR21"}))
    assert When(conditions).holds(facts) is holds


def test_a_month_without_the_day_ends_on_its_last_day() -> None:
    assert add_months(date(2024, 2, 29), 24) == date(2026, 2, 28)
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_months_are_counted_on_the_calendar(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
