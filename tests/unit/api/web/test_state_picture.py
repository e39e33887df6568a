"""The picture of the states shows each state once and each step between them."""

import re

import pytest

from api.web.state_picture import picture_of
from assistant.review.states import PIECE, TASK


@pytest.mark.parametrize(("table", "first"), [(PIECE, "draft"), (TASK, "waiting")])
def test_every_state_is_a_box_of_its_own_and_every_step_an_arrow_or_a_mark(
    table: dict[str, frozenset[str]], first: str
) -> None:
    picture = picture_of(table, first)
    assert sorted(box.state for box in picture.boxes) == sorted(table)
    steps = [(state, to) for state, following in table.items() for to in following]
    marked = [state for state, to in steps if to == first]
    assert sorted(box.state for box in picture.boxes if box.back) == sorted(marked)
    assert len(picture.arrows) == len(set(picture.arrows)) == len(steps) - len(marked)


def test_boxes_do_not_overlap_and_nothing_is_drawn_outside() -> None:
    picture = picture_of(PIECE, "draft")
    places = [(box.x, box.y) for box in picture.boxes]
    for x, y in places:
        assert 0 <= x <= picture.width - picture.box_width
        assert 0 <= y <= picture.height - picture.box_height
        near = [
            (a, b) for a, b in places if abs(a - x) < picture.box_width and abs(b - y) < picture.box_height
        ]
        assert near == [(x, y)]
    for path in picture.arrows:
        numbers = [int(n) for n in re.findall(r"\d+", path)]
        assert max(numbers[::2]) <= picture.width
        assert max(numbers[1::2]) <= picture.height
