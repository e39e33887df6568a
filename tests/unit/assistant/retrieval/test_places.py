from assistant.retrieval.places import rectangles_of
from ingestion.model import Box, Page, PageSpan, Rectangle


def page_of(*words: tuple[str, float, float]) -> Page:
    """Words with their left edge and top; each is 6 points a letter wide and 10 high."""
    text, boxes = "", []
    for word, x, y in words:
        start = len(text)
        text += word + " "
        boxes.append(Box(start, start + len(word), Rectangle(x, y, x + 6 * len(word), y + 10)))
    return Page(1, text, boxes=tuple(boxes), width=600, height=800)


TWO_LINES = page_of(("The", 50, 100), ("dose", 72, 100), ("is", 50, 114), ("high", 66, 114))


def test_the_words_of_a_line_make_one_rectangle() -> None:
    assert rectangles_of(TWO_LINES, PageSpan(1, 0, 8)) == (Rectangle(50, 100, 96, 110),)


def test_a_quote_over_two_lines_has_two_rectangles() -> None:
    assert len(rectangles_of(TWO_LINES, PageSpan(1, 0, len(TWO_LINES.text)))) == 2


def test_only_the_words_of_the_span_are_covered() -> None:
    assert rectangles_of(TWO_LINES, PageSpan(1, 4, 8)) == (Rectangle(72, 100, 96, 110),)


def test_words_far_apart_on_one_line_are_two_rectangles() -> None:
    columns = page_of(("left", 50, 100), ("right", 400, 100))
    assert len(rectangles_of(columns, PageSpan(1, 0, len(columns.text)))) == 2


def test_a_page_without_boxes_has_no_rectangles() -> None:
    assert rectangles_of(Page(1, "Some text."), PageSpan(1, 0, 9)) == ()
