import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.scale import filled, scale_of, stood_in

scores = st.lists(st.floats(-1, 30), max_size=30)


@given(scores)
def test_shares_lie_between_nought_and_one(raw: list[float]) -> None:
    values = np.array(raw)
    shares = scale_of(values).shares(values)
    assert ((shares >= 0) & (shares <= 1)).all()


def test_the_best_has_the_whole_share_and_the_lowest_none() -> None:
    assert scale_of(np.array([5.0, 4.0, 3.0])).shares(np.array([5.0, 4.0, 3.0])).tolist() == [1.0, 0.5, 0.0]


def test_scores_of_nought_have_no_share_and_no_spread() -> None:
    scale = scale_of(np.zeros(3))
    assert (scale.spread, scale.shares(np.zeros(3)).tolist()) == (0.0, [0.0, 0.0, 0.0])


def test_the_spread_is_the_same_in_any_unit() -> None:
    values = np.array([0.1, 0.2, 0.2, 0.9])
    assert np.isclose(scale_of(values).spread, scale_of(100 * values + 7).spread)


def test_the_best_of_many_is_held_beside_a_sample_of_them() -> None:
    sample = scale_of(np.array([0.80, 0.82, 0.84]))
    held = sample.reaching(np.array([0.83, 0.95]))
    assert (held.low, held.high, held.deviation) == (0.80, 0.95, sample.deviation)


def test_what_has_no_heading_is_neither_near_nor_far() -> None:
    assert filled(np.array([0.9, 0.0, 0.7])).tolist() == [0.9, 0.8, 0.7]
    assert filled(np.zeros(2)).tolist() == [0.0, 0.0]


def test_what_a_model_does_not_know_stands_as_far_out_as_it_does_for_another() -> None:
    known = np.array([0.2, 0.4, 0.6, 0.0, 0.0])
    other = np.array([0.80, 0.82, 0.84, 0.82, 0.86])
    stood = stood_in(known, other)
    assert stood[:3].tolist() == [0.2, 0.4, 0.6]
    assert np.allclose(stood[3:], [0.4, 0.8])


def test_nothing_stands_in_where_a_model_knows_all_or_nothing() -> None:
    other = np.array([0.8, 0.9])
    assert stood_in(np.array([0.2, 0.4]), other).tolist() == [0.2, 0.4]
    assert stood_in(np.zeros(2), other).tolist() == [0.0, 0.0]
