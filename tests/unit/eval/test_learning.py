import numpy as np

from eval.learning import balanced_accuracy, best_calls, learn, out_of_fold


def _data() -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(400, 3))
    labels = (rows[:, 0] + 0.2 * chance.normal(size=400) > 0.8).astype(float)
    return rows, labels


def test_learning_finds_the_column_that_tells() -> None:
    rows, labels = _data()
    learned = learn(("a", "b", "c"), rows, labels)
    assert abs(learned.weights[1]) > 5 * max(abs(learned.weights[2]), abs(learned.weights[3]))
    assert balanced_accuracy(labels, learned.probability(rows) >= 0.5) > 0.9


def test_out_of_fold_keeps_a_group_together() -> None:
    rows, labels = _data()
    copies, doubled, groups = np.vstack([rows, rows]), np.hstack([labels, labels]), [*range(400), *range(400)]
    told = out_of_fold(("a", "b", "c"), copies, doubled, groups)
    assert np.allclose(told[:400], told[400:])


def test_the_best_threshold_of_noise_is_near_even() -> None:
    rows, labels = _data()
    assert balanced_accuracy(labels, best_calls(labels, rows[:, 0])) > 0.85
    assert balanced_accuracy(labels, best_calls(labels, rows[:, 1])) < 0.62


def test_a_signal_that_points_the_other_way_tells_as_well() -> None:
    rows, labels = _data()
    assert np.array_equal(best_calls(labels, rows[:, 0]), best_calls(labels, -rows[:, 0]))


def test_a_rare_class_weighs_as_much_as_the_other_only_where_balance_is_asked_for() -> None:
    rows, labels = _data()
    alike = learn(("a", "b", "c"), rows, labels).probability(rows).mean()
    as_they_are = learn(("a", "b", "c"), rows, labels, balanced=False).probability(rows).mean()
    assert abs(as_they_are - labels.mean()) < 0.02
    assert alike > as_they_are
