import math

import pytest

from eval.metrics import bootstrap, hit, ndcg, percentile, recall


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
