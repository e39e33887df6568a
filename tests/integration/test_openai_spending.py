"""Tokens a day, on both databases."""

from concurrent.futures import ThreadPoolExecutor

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
    purse.settle(purse.reserve(800), 800, 120)
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


def test_an_answer_that_comes_after_midnight_is_paid_by_the_day_on_which_it_was_asked_for(
    db: Database, clock: FakeClock
) -> None:
    purse = DailyTokens(db, 10_000)
    before = purse.reserve(6_000)
    clock.advance(hours=15)
    purse.reserve(5_000)
    purse.settle(before, 6_000, 200)
    assert purse.today() == 5_000


def test_a_request_that_no_day_allows_says_what_to_change(db: Database) -> None:
    with pytest.raises(BudgetSpent) as refused:
        DailyTokens(db, 1_000).reserve(1_001)
    assert "ANCRAGE_OPENAI_TOKENS_PER_DAY" in refused.value.help
    assert "begins again" not in refused.value.help


def test_several_drafts_at_once_never_reserve_more_than_the_day_allows(db: Database) -> None:
    def one(_: int) -> bool:
        try:
            DailyTokens(db, 10_000).reserve(1_500)
        except BudgetSpent:
            return False
        return True

    with ThreadPoolExecutor(8) as several:
        allowed = sum(several.map(one, range(16)))
    assert (allowed, DailyTokens(db, 10_000).today()) == (6, 9_000)
