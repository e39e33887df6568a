import numpy as np

from assistant.retrieval.parts import Floats, RetrievalSettings, best, weights, weights_file
from assistant.retrieval.ranking import PartScores, candidates, rank, spread_over
from assistant.retrieval.scale import scale_of

ON = RetrievalSettings()


def scored(candidates: list[int], parts: dict[str, Floats]) -> PartScores:
    scales = {name: scale_of(values) for name, values in parts.items()}
    return PartScores(
        np.array(candidates),
        {name: scales[name].shares(values) for name, values in parts.items()},
        parts,
        {name: scale.spread for name, scale in scales.items()},
    )


def test_candidates_stand_among_the_best_of_some_part() -> None:
    words, vectors = np.array([3.0, 2.0, 0.0, 0.0]), np.array([0.0, 0.1, 0.9, -0.5])
    assert best(words, 1).tolist() == [0]
    assert candidates(words, vectors).tolist() == [0, 1, 2]


def test_what_two_parts_hold_high_comes_first() -> None:
    parts = {"words": np.array([9.0, 8.0, 0.0]), "vectors": np.array([0.1, 0.9, 1.0])}
    ranked = rank(scored([4, 7, 9], parts), ON)
    assert ranked.numbers[0] == 7
    assert list(ranked.fused) == sorted(ranked.fused, reverse=True)


def test_parts_are_added_in_standard_deviations() -> None:
    rng = np.random.default_rng(3)
    parts = {"words": rng.gamma(1.0, 5.0, 40), "vectors": rng.normal(0.8, 0.02, 40)}
    learnt = weights("fast")
    deviations = sum(learnt[name] * (v - v.mean()) / v.std() for name, v in parts.items())
    assert (
        list(rank(scored(list(range(40)), parts), ON).numbers[:20]) == np.argsort(-deviations)[:20].tolist()
    )


def test_a_part_whose_best_stands_out_counts_more_than_one_that_tells_nothing_apart() -> None:
    sure = np.array([0.0] * 18 + [1.0, 9.0])
    unsure = np.array([0.80, 0.81] * 9 + [0.81, 0.80])
    scores = scored(list(range(20)), {"words": sure, "vectors": unsure})
    assert scores.spreads["words"] > 2 * scores.spreads["vectors"]
    assert max(scores.in_deviations()["words"]) == scores.spreads["words"]


def test_a_single_passage_is_found() -> None:
    ranked = rank(scored([2], {"words": np.array([3.0]), "vectors": np.array([0.8])}), ON)
    assert (ranked.numbers, ranked.fused) == ((2,), (1.0,))


def test_a_part_that_found_nothing_adds_nothing() -> None:
    parts = {"words": np.zeros(3), "vectors": np.array([0.1, 0.9, 0.5])}
    assert rank(scored([0, 1, 2], parts), ON).fused[0] == 1.0


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


def test_the_fast_model_alone_counts_the_more_the_less_words_carry_of_the_question() -> None:
    scores = scored([0, 1], {"words": np.array([9.0, 0.0]), "vectors": np.array([0.1, 0.9])})
    assert rank(scores.weighed(0.9), ON).numbers[0] == 0
    assert rank(scores.weighed(0.05), ON).numbers[0] == 1


def test_beside_the_better_model_words_keep_what_they_count() -> None:
    scores = scored([0, 1], {"words": np.array([9.0, 0.0]), "better": np.array([0.1, 0.9])})
    assert scores.weighed(0.9) is scores
