import math
from typing import Any

import pytest

from eval.calibrating import Judged, calibrate, left_out, refused_at, risk_coverage

EXAMPLES = [
    Judged({"covered": 0.5 + 0.05 * (i % 10) if good else 0.05 * (i % 10), "noise": float(i % 3)}, good)
    for i in range(40)
    for good in (True, False)
]
NAMES = ("covered", "noise")
HELD = [
    Judged({**e.features, "covered": e.features["covered"] - 0.3 * e.answerable}, e.answerable)
    for e in EXAMPLES
]
"""Harder: the two kinds overlap."""


def test_the_feature_that_tells_gets_the_weight() -> None:
    rule = calibrate(EXAMPLES, HELD, NAMES)
    assert rule["weights"]["covered"] > 3 * abs(rule["weights"]["noise"])


def test_the_threshold_lets_nine_in_ten_answerable_questions_through() -> None:
    rule = calibrate(EXAMPLES, HELD, NAMES)
    answered = [probability(rule, e) >= rule["threshold"] for e in HELD if e.answerable]
    assert sum(answered) / len(answered) == pytest.approx(0.9, abs=0.05)


def test_the_curve_goes_from_refusing_all_to_answering_all() -> None:
    points = risk_coverage([0.9, 0.8, 0.4, 0.1], [True, False, True, False])
    assert points == [(0.0, 1.0), (0.5, 1.0), (0.5, 0.5), (1.0, 0.5), (1.0, 0.0)]
    assert refused_at(points, 0.5) == 1.0
    assert refused_at(points, 0.9) == 0.5


def test_examples_of_one_group_are_left_out_together() -> None:
    twins = [Judged(e.features, e.answerable, f"{at % 40}") for at, e in enumerate([*EXAMPLES, *EXAMPLES])]
    unseen = left_out(twins, NAMES)
    assert unseen[: len(EXAMPLES)] == pytest.approx(unseen[len(EXAMPLES) :])


def test_the_threshold_comes_from_the_questions_that_nothing_was_learnt_on() -> None:
    harder = [Judged({**e.features, "covered": e.features["covered"] - 0.5}, e.answerable) for e in EXAMPLES]
    first, second = calibrate(EXAMPLES, HELD, NAMES), calibrate(EXAMPLES, harder, NAMES)
    assert first["weights"] == second["weights"]
    assert second["threshold"] < first["threshold"]


def probability(rule: dict[str, Any], example: Judged) -> float:
    total = rule["intercept"] + sum(
        rule["weights"][name] * (example.features[name] - rule["means"][name]) / rule["scales"][name]
        for name in NAMES
    )
    return float(1 / (1 + math.exp(-total)))
