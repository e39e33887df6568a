"""A slice of the `drafts` suite: a model that lies, through the whole pipeline, on the shipped sample."""

import pytest

from eval.hostile.server import EVERY_LIE, Script
from eval.suites.drafts import Tally, measure


@pytest.fixture(scope="module")
def tally() -> Tally:
    faults = ("refusal", "wrong_types", "busy_then_good", "disconnect", "duplicate_keys", "truncated_json")
    return measure(16, Script(sins=EVERY_LIE, faults=faults, seed=11), print)


pytestmark = pytest.mark.enable_socket


def test_no_lie_passes(tally: Tally) -> None:
    assert tally.slipped == []
    told = sum(sum(found.values()) for sin, found in tally.outcomes.items() if not sin.startswith("honest"))
    assert told > 30


def test_nine_true_statements_in_ten_survive(tally: Tally) -> None:
    found = tally.outcomes["honest"] + tally.outcomes["honest_reworded"]
    assert (found["pass"] + found["needs_review"]) / sum(found.values()) >= 0.9, tally.lost


def test_nothing_is_dropped_unseen(tally: Tally) -> None:
    assert tally.unseen == []


def test_a_fault_costs_its_draft_at_most_and_with_a_typed_error(tally: Tally) -> None:
    assert tally.pieces + sum(n for code, n in tally.errors.items() if ":" not in code) == tally.drafts
    assert tally.pieces >= 12
