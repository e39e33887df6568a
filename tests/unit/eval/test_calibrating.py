import math
from typing import Any

import pytest

from eval.calibrating import Judged, by_writer, calibrate, left_out, refused_at, risk_coverage, threshold

EXAMPLES = [
    Judged({"covered": 0.5 + 0.05 * (i % 10) if good else 0.05 * (i % 10), "noise": float(i % 3)}, good)
    for i in range(40)
    for good in (True, False)
]
NAMES = ("covered", "noise")
HARDER = [
    Judged({**e.features, "covered": e.features["covered"] - 0.3 * e.answerable}, e.answerable, writer=writer)
    for e in EXAMPLES
    for writer in ("doctor", "nurse")
]
"""The two kinds overlap."""
OWN = [Judged(e.features, e.answerable, writer="author") for e in EXAMPLES]


def test_the_feature_that_tells_gets_the_weight() -> None:
    rule = calibrate([*OWN, *HARDER], NAMES, "author")
    assert rule["weights"]["covered"] > 3 * abs(rule["weights"]["noise"])


def test_the_threshold_refuses_nine_in_ten_of_what_strangers_ask_in_vain() -> None:
    assert threshold([p / 100 for p in range(100)]) == 0.89
    everybody = [*OWN, *HARDER]
    rule = calibrate(everybody, NAMES, "author")
    told = zip(by_writer(everybody, NAMES), everybody, strict=True)
    wrong = [chance for chance, e in told if e.writer != "author" and not e.answerable]
    let_through = sum(chance >= rule["threshold"] for chance in wrong) / len(wrong)
    assert 0 < let_through <= 0.1


def test_the_threshold_does_not_rest_on_the_questions_of_who_wrote_the_rule() -> None:
    first, second = calibrate([*OWN, *HARDER], NAMES, "author"), calibrate([*OWN, *HARDER], NAMES)
    assert first["weights"] == second["weights"]
    assert first["threshold"] != second["threshold"]


def test_a_writer_is_judged_by_a_rule_that_saw_nothing_of_theirs() -> None:
    lying = [Judged(e.features, not e.answerable, writer="liar") for e in EXAMPLES]
    told = by_writer([*OWN, *lying], NAMES)[len(OWN) :]
    assert all((chance > 0.5) != e.answerable for chance, e in zip(told, lying, strict=True))


def test_the_curve_goes_from_refusing_all_to_answering_all() -> None:
    points = risk_coverage([0.9, 0.8, 0.4, 0.1], [True, False, True, False])
    assert points == [(0.0, 1.0), (0.5, 1.0), (0.5, 0.5), (1.0, 0.5), (1.0, 0.0)]
    assert refused_at(points, 0.5) == 1.0
    assert refused_at(points, 0.9) == 0.5


def test_examples_of_one_group_are_left_out_together() -> None:
    twins = [Judged(e.features, e.answerable, f"{at % 40}") for at, e in enumerate([*EXAMPLES, *EXAMPLES])]
    unseen = left_out(twins, NAMES)
    assert unseen[: len(EXAMPLES)] == pytest.approx(unseen[len(EXAMPLES) :])


def probability(rule: dict[str, Any], example: Judged) -> float:
    total = rule["intercept"] + sum(
        rule["weights"][name] * (example.features[name] - rule["means"][name]) / rule["scales"][name]
        for name in NAMES
    )
    return float(1 / (1 + math.exp(-total)))
