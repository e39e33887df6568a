import math

import numpy as np
import pytest

from eval.metrics import (
    balanced_accuracy_by_group,
    bootstrap,
    hit,
    lead_by_group,
    ndcg,
    percentile,
    recall,
)


def test_a_perfect_ranking_has_a_gain_of_one() -> None:
    assert ndcg(["a", "b", "c"], {"a": 1, "b": 1}) == 1.0


def test_a_relevant_document_at_rank_three_is_discounted_by_log_four() -> None:
    assert ndcg(["x", "y", "a"], {"a": 1}) == pytest.approx(1 / math.log2(4))


def test_what_stands_below_the_cut_does_not_count() -> None:
    assert ndcg(["x"] * 10 + ["a"], {"a": 1}) == 0.0
    assert hit(["x", "a"], {"a": 1}, 1) == 0.0
    assert recall(["a", "x", "b"], {"a": 1, "b": 1}, 2) == 0.5


def test_a_bootstrap_interval_holds_its_mean_and_is_the_same_every_time() -> None:
    values = [0.0, 1.0, 1.0, 0.5, 0.25] * 10
    interval = bootstrap(values)
    assert interval.low <= interval.value <= interval.high
    assert interval == bootstrap(values)
    assert interval.n == 50


def test_nothing_has_no_mean() -> None:
    with pytest.raises(ValueError, match="no values"):
        bootstrap([])


def test_the_median_is_the_middle_value() -> None:
    assert percentile([5.0, 1.0, 3.0], 0.5) == 3.0
    assert percentile([1.0, 2.0, 3.0, 4.0], 0.95) == 4.0


CARRIED = np.array([True, True, True, False] * 40)
GROUPS = [at // 4 for at in range(160)]


def test_who_calls_everything_carried_is_right_of_one_class_only() -> None:
    found = balanced_accuracy_by_group(CARRIED, np.ones(160, dtype=bool), GROUPS)
    assert (found.value, found.low, found.high, found.n) == (0.5, 0.5, 0.5, 160)


def test_a_lead_is_the_difference_of_both_on_the_same_groups() -> None:
    ours = CARRIED.copy()
    ours[:16] = ~ours[:16]
    theirs = np.roll(CARRIED, 1)
    lead = lead_by_group(CARRIED, ours, theirs, GROUPS)
    each = [balanced_accuracy_by_group(CARRIED, calls, GROUPS).value for calls in (ours, theirs)]
    assert lead.value == pytest.approx(each[0] - each[1])
    assert 0 < lead.low < lead.value < lead.high


def test_nobody_leads_over_the_same_calls() -> None:
    lead = lead_by_group(CARRIED, ~CARRIED, ~CARRIED, GROUPS)
    assert (lead.value, lead.low, lead.high) == (0, 0, 0)


def test_of_one_class_alone_nothing_can_be_told_apart() -> None:
    with pytest.raises(ValueError, match="both classes"):
        lead_by_group(np.ones(4, dtype=bool), np.ones(4, dtype=bool), np.ones(4, dtype=bool), [1, 2, 3, 4])
