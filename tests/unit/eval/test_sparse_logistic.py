import numpy as np

from eval.sparse_logistic import fit, gathered

ROWS = [{0: 1.0, 2: 1.0}, {0: 2.0, 2: 1.0}, {1: 1.0, 2: 1.0}, {1: 0.5, 2: 1.0}, {0: 0.5, 1: 0.5, 2: 1.0}]
LABELS = np.array([1.0, 1.0, 0.0, 0.0, 0.0])


def slope(weights: np.ndarray, penalty: float) -> np.ndarray:
    """Of the penalised loss, worked out densely."""
    table = np.zeros((len(ROWS), 3))
    for line, row in zip(table, ROWS, strict=True):
        for column, value in row.items():
            line[column] = value
    chance = 1 / (1 + np.exp(-table @ weights))
    importance = np.where(LABELS == 1, 2.5 / 2, 2.5 / 3)
    return np.asarray(table.T @ (importance * (chance - LABELS)) + penalty * weights)


def test_rows_are_summed_and_shares_handed_back_as_by_a_dense_table() -> None:
    signs = gathered(ROWS, 3)
    assert signs.of(np.array([1.0, 10.0, 100.0])).tolist() == [101.0, 102.0, 110.0, 105.0, 105.5]
    assert signs.to(np.array([1.0, 0.0, 1.0, 0.0, 2.0])).tolist() == [2.0, 2.0, 4.0]


def test_values_that_all_rows_hold_count_like_those_that_a_row_names() -> None:
    named = [{**row, 3: float(at)} for at, row in enumerate(ROWS)]
    beside = gathered(ROWS, 3, np.arange(5.0)[:, None])
    weights, shares = np.array([1.0, 10.0, 100.0, 1000.0]), np.array([1.0, 0.0, 1.0, 0.0, 2.0])
    assert beside.of(weights).tolist() == gathered(named, 4).of(weights).tolist()
    assert beside.to(shares).tolist() == gathered(named, 4).to(shares).tolist()
    assert np.abs(fit(beside, LABELS, 0.1) - fit(gathered(named, 4), LABELS, 0.1)).max() < 1e-6


def test_where_it_ends_no_small_change_is_better() -> None:
    weights = fit(gathered(ROWS, 3), LABELS, 0.1)
    assert np.abs(slope(weights, 0.1)).max() < 1e-3
    assert weights[0] > 0 > weights[1]


def test_where_it_begins_does_not_matter() -> None:
    afresh = fit(gathered(ROWS, 3), LABELS, 0.1)
    onwards = fit(gathered(ROWS, 3), LABELS, 0.1, np.array([3.0, -1.0, 2.0]))
    assert np.abs(afresh - onwards).max() < 1e-2
