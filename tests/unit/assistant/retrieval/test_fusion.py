from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.fusion import fuse, normalised

scores = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-1, 30), max_size=8)


@given(scores)
def test_normalised_scores_lie_between_nought_and_one(raw: dict[str, float]) -> None:
    assert all(0.0 <= score <= 1.0 for score in normalised(raw).values())


def test_equal_scores_all_count_one() -> None:
    assert normalised({"a": 3.0, "b": 3.0}) == {"a": 1.0, "b": 1.0}


@given(scores, scores)
def test_the_order_does_not_depend_on_the_order_of_the_rankings(
    words: dict[str, float], vectors: dict[str, float]
) -> None:
    backwards = dict(reversed(words.items())), dict(reversed(vectors.items()))
    assert fuse(words, vectors) == fuse(*backwards)


def test_what_both_rankings_hold_high_comes_first() -> None:
    best, _ = fuse({"a": 9, "b": 5, "c": 1}, {"b": 0.9, "c": 0.5, "d": 0.1})[0]
    assert best == "b"


def test_ties_go_by_key() -> None:
    assert [key for key, _ in fuse({"b": 1.0, "a": 1.0}, {})] == ["a", "b"]
