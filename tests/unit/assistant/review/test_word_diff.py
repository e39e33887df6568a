from hypothesis import given
from hypothesis import strategies as st

from assistant.review.word_diff import word_diff


@given(st.text(max_size=60), st.text(max_size=60))
def test_both_texts_can_be_read_from_the_difference(old: str, new: str) -> None:
    found = word_diff(old, new)
    assert "".join(text for how, text in found if how != "added") == old
    assert "".join(text for how, text in found if how != "removed") == new


def test_a_number_is_one_word() -> None:
    assert word_diff("take 12.5 mg", "take 15 mg") == [
        ("same", "take "),
        ("removed", "12.5"),
        ("added", "15"),
        ("same", " mg"),
    ]
