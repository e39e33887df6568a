from hypothesis import given
from hypothesis import strategies as st

from assistant.store.boxes import pack_boxes, unpack_boxes
from ingestion.model import Box, Rectangle

_POINTS = st.integers(min_value=0, max_value=1_000_000).map(lambda hundredths: hundredths / 100)
_OFFSETS = st.integers(min_value=0, max_value=2**32 - 1)


@given(st.lists(st.builds(Box, _OFFSETS, _OFFSETS, st.builds(Rectangle, _POINTS, _POINTS, _POINTS, _POINTS))))
def test_boxes_come_back_to_a_hundredth_of_a_point(boxes: list[Box]) -> None:
    assert unpack_boxes(pack_boxes(boxes)) == tuple(boxes)


def test_a_page_of_words_takes_less_than_half_of_its_numbers() -> None:
    boxes = [
        Box(i * 6, i * 6 + 5, Rectangle(72 + i % 12 * 30, 90 + i // 12 * 14, 100, 102)) for i in range(500)
    ]
    assert len(pack_boxes(boxes)) < 500 * 24 / 2
