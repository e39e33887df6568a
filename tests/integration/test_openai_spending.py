"""Tokens a day, on both databases."""

import pytest

from assistant.engines.model_errors import BudgetSpent
from assistant.engines.spending import DailyTokens
from assistant.store.database import Database
from tests.integration.conftest import FakeClock


def test_a_request_beyond_the_budget_is_refused_with_when_it_begins_again(db: Database) -> None:
    purse = DailyTokens(db, 1_000)
    purse.reserve(800)
    with pytest.raises(BudgetSpent) as refused:
        purse.reserve(300)
    assert refused.value.code == "budget_spent"
    assert refused.value.params["resets_at"] == "2026-06-16T00:00+00:00"
    assert "2026-06-16 00:00 UTC" in refused.value.help
    assert purse.today() == 800


def test_what_was_reserved_and_not_spent_is_given_back(db: Database) -> None:
    purse = DailyTokens(db, 1_000)
    purse.reserve(800)
    purse.settle(800, 120)
    purse.reserve(800)
    assert purse.today() == 920


def test_the_next_day_begins_with_nothing_spent(db: Database, clock: FakeClock) -> None:
    DailyTokens(db, 1_000).reserve(1_000)
    clock.advance(hours=15)
    DailyTokens(db, 1_000).reserve(1_000)
    assert DailyTokens(db, 1_000).today() == 1_000


def test_without_a_budget_everything_is_counted_and_nothing_refused(db: Database) -> None:
    purse = DailyTokens(db, 0)
    purse.reserve(10**9)
    assert purse.today() == 10**9
