import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InvalidInput
from assistant.review.anchors import anchor, range_of


def test_words_are_found_where_they_stand_once() -> None:
    assert range_of("Take 10 mg daily.", "10 mg") == (5, 10)


@pytest.mark.parametrize("quoted", ["", "20 mg", "a"])
def test_words_that_stand_nowhere_or_often_are_refused(quoted: str) -> None:
    with pytest.raises(InvalidInput):
        range_of("Take 10 mg a day.", quoted)


def test_a_comment_follows_its_words_or_says_that_they_changed() -> None:
    assert anchor("10 mg", 5, "Take 10 mg daily.").state == "here"
    moved = anchor("10 mg", 5, "Patients take 10 mg daily.")
    assert (moved.state, moved.start, moved.end) == ("moved", 14, 19)
    assert anchor("10 mg", 5, "Take 20 mg daily.").state == "changed"
    assert anchor("mg", 8, "Once 10 mg, then 20 mg.").state in {"here", "changed"}
    assert anchor("10 mg", 5, None).state == "gone"


@given(st.text(), st.text(min_size=1), st.integers(0, 50))
def test_a_place_that_is_given_holds_exactly_the_words(text: str, quoted: str, start: int) -> None:
    found = anchor(quoted, start, text)
    if found.start is not None:
        assert text[found.start : found.end] == quoted


def test_words_that_stand_several_times_are_those_at_the_place_that_was_named() -> None:
    text = "10 mg, then 10 mg more"
    assert range_of(text, "10 mg", 12) == (12, 17)
    assert range_of(text, "then", 99) == (7, 11)
    with pytest.raises(InvalidInput):
        range_of(text, "10 mg", 3)
    with pytest.raises(InvalidInput):
        range_of(text, "10 mg", -22)


def test_words_over_the_end_of_a_line_are_found_and_kept_as_the_text_has_them() -> None:
    text = "Take one tablet\nin the morning, one tablet in the evening."
    assert range_of(text, "tablet\r\nin the morning") == (9, 30)
    assert range_of(text, "tablet in the", 36) == (36, 49)
    with pytest.raises(InvalidInput, match="2 times"):
        range_of(text, "tablet in the")
    for nothing in ("", " ", "two tablets"):
        with pytest.raises(InvalidInput, match="does not hold"):
            range_of(text, nothing)
