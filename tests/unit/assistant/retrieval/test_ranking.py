import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.parts import Floats, RetrievalSettings, best, normalised, weights, weights_file
from assistant.retrieval.ranking import PartScores, candidates, rank, spread_over

numbers = st.lists(st.floats(-1, 30), max_size=30)
ON = RetrievalSettings()


def scored(candidates: list[int], parts: dict[str, Floats]) -> PartScores:
    return PartScores(np.array(candidates), {n: normalised(v) for n, v in parts.items()}, parts)


@given(numbers, st.integers(1, 10))
def test_normalised_scores_lie_between_nought_and_one(raw: list[float], depth: int) -> None:
    scaled = normalised(np.array(raw), depth)
    assert ((scaled >= 0) & (scaled <= 1)).all()


def test_what_stands_deeper_than_the_depth_counts_nought() -> None:
    assert normalised(np.array([5.0, 4.0, 3.0, 1.0]), 3).tolist() == [1.0, 0.5, 0.0, 0.0]


def test_a_part_that_found_nothing_adds_nothing() -> None:
    assert normalised(np.zeros(3)).tolist() == [0.0, 0.0, 0.0]


def test_candidates_stand_among_the_best_of_some_part() -> None:
    words, vectors = np.array([3.0, 2.0, 0.0, 0.0]), np.array([0.0, 0.1, 0.9, -0.5])
    assert best(words, 1).tolist() == [0]
    assert candidates(words, vectors).tolist() == [0, 1, 2]


def test_what_two_parts_hold_high_comes_first() -> None:
    parts = {"words": np.array([9.0, 8.0, 0.0]), "vectors": np.array([0.1, 0.9, 1.0])}
    ranked = rank(scored([4, 7, 9], parts), ON)
    assert ranked.numbers[0] == 7
    assert list(ranked.fused) == sorted(ranked.fused, reverse=True)


def test_a_part_that_is_switched_off_does_not_count() -> None:
    parts = {"words": np.array([1.0, 2.0]), "vectors": np.array([0.9, 0.1])}
    scores = scored([0, 1], parts)
    assert rank(scores, ON.without("vectors")).numbers[0] == 1
    assert rank(scores, ON.only("vectors")).numbers[0] == 0


def test_ties_stand_in_the_order_of_reading() -> None:
    assert rank(scored([3, 5], {"words": np.array([1.0, 1.0])}), ON).numbers == (3, 5)


def test_a_document_that_has_its_share_gives_way_to_another_nearly_as_good() -> None:
    order = spread_over(["a", "a", "a", "a", "b"], [1.0, 0.98, 0.97, 0.96, 0.95], 4)
    assert order[:4] == [0, 1, 4, 2]


def test_a_document_far_behind_displaces_nothing() -> None:
    assert spread_over(["a", "a", "a", "b"], [1.0, 0.98, 0.97, 0.1], 2) == [0, 1, 2, 3]


def test_the_weights_come_with_their_origin() -> None:
    assert {"version", "data", "sha256", "date", "code"} <= weights_file().keys()
    assert set(weights("fast")) <= {"words", "sections", "vectors"}
    assert set(weights("better")) > set(weights("fast"))
