"""Segments that were approved together keep an order in which they were approved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.review.unchanged import Text, keeps_order


def texts(letters: str) -> list[Text]:
    return [("statement", letter) for letter in letters]


@pytest.mark.parametrize(
    ("piece", "approved", "kept"),
    [
        ("abc", ["abc"], True),
        ("ac", ["abc"], True),  # one is left out
        ("ba", ["abc"], False),
        ("acb", ["abc"], False),
        ("ba", ["abc", "bca"], True),  # approved in either order
        ("acbd", ["ab", "cd"], True),  # put together of two pieces, each in its order
        ("bacd", ["ab", "cd"], False),
        ("aa", ["ab"], False),
        ("aba", ["aba"], True),
        ("a", ["a"], True),
    ],
)
def test_order_among_what_was_approved_together(piece: str, approved: list[str], kept: bool) -> None:
    assert keeps_order(texts(piece), [texts(one) for one in approved]) is kept


@given(st.lists(st.sampled_from("abcdef"), min_size=2, unique=True), st.data())
def test_of_one_approved_text_only_its_own_order_is_kept(approved: list[str], data: st.DataObject) -> None:
    piece = data.draw(st.lists(st.sampled_from(approved), min_size=1, unique=True))
    in_order = [approved.index(one) for one in piece] == sorted(approved.index(one) for one in piece)
    assert keeps_order(texts("".join(piece)), [texts("".join(approved))]) is in_order
