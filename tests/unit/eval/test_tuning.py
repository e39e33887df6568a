import numpy as np
import pytest

from eval.tuning import Example, gain, held_out, mean_gain, tune


def example(seed: int) -> Example:
    """Part `good` points at the relevant document, part `noise` anywhere."""
    chance = np.random.default_rng(seed)
    good, noise = chance.random(8), chance.random(8)
    good[seed % 8] = 1.0
    return Example(np.arange(8, dtype=np.intp), {"good": good, "noise": noise}, {seed % 8: 1})


EXAMPLES = [example(seed) for seed in range(60)]


def test_a_document_counts_by_its_best_passage() -> None:
    one = Example(np.array([4, 4, 2]), {"words": np.array([0.1, 0.9, 0.5])}, {4: 1})
    assert gain(one, {"words": 1.0}) == 1.0


def test_the_part_that_tells_gets_the_weight() -> None:
    learnt = tune(EXAMPLES, ("good", "noise"))
    assert learnt["good"] > 0.8
    assert sum(learnt.values()) == pytest.approx(1.0, abs=1e-3)


def test_what_is_learnt_holds_on_questions_that_were_not_seen() -> None:
    names = ("good", "noise")
    assert held_out(EXAMPLES, names) > mean_gain(EXAMPLES, {"good": 0.5, "noise": 0.5})


def test_the_unit_of_a_part_does_not_change_the_ranking() -> None:
    larger = [
        Example(e.documents, {"good": 50 * e.parts["good"], "noise": e.parts["noise"]}, e.relevant)
        for e in EXAMPLES
    ]
    names = ("good", "noise")
    assert mean_gain(larger, tune(larger, names)) == pytest.approx(mean_gain(EXAMPLES, tune(EXAMPLES, names)))


def test_tied_parts_get_the_same_weight() -> None:
    three = [Example(e.documents, {**e.parts, "good too": e.parts["good"]}, e.relevant) for e in EXAMPLES]
    learnt = tune(three, ("good", "good too", "noise"), tied=("good", "good too"))
    assert learnt["good"] == learnt["good too"] > learnt["noise"]
    assert sum(learnt.values()) == pytest.approx(1.0, abs=1e-3)
