"""Pictures of pages: a mark stands where the quote stands."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from ingestion.errors import UnreadableFile
from ingestion.model import Box, Page, Rectangle, Region
from ingestion.render import MAX_PIXELS, page_picture
from ingestion.slide_drawing import slide_picture


def test_the_rectangle_is_marked_and_the_rest_is_not(
    make_pdf: Callable[..., Path], lines: Callable[..., object]
) -> None:
    path = make_pdf(lines("A quoted sentence."))
    image = Image.open(BytesIO(page_picture(str(path), 1, [Rectangle(300, 400, 350, 420)], scale=1)))
    assert image.size == (595, 842)
    red, green, blue = image.getpixel((325, 410))  # type: ignore[misc]
    assert blue < red
    assert blue < green
    assert image.getpixel((325, 500)) == (255, 255, 255)


def test_an_unknown_page_is_a_typed_refusal(
    make_pdf: Callable[..., Path], lines: Callable[..., object]
) -> None:
    with pytest.raises(UnreadableFile):
        page_picture(str(make_pdf(lines("One page."))), 7, [])


def test_no_picture_is_larger_than_the_limit(
    make_pdf: Callable[..., Path], lines: Callable[..., object]
) -> None:
    path = make_pdf(lines("A quoted sentence."))
    image = Image.open(BytesIO(page_picture(str(path), 1, [], scale=100)))
    assert image.width * image.height <= MAX_PIXELS * 1.01


def test_a_slide_is_drawn_with_its_words() -> None:
    text = "Prévalence → 4,36 %"
    page = Page(1, text, boxes=(Box(0, len(text), Rectangle(50, 50, 300, 90)),), width=720, height=540)
    blank = Page(1, "", width=720, height=540)
    assert slide_picture(page, []) != slide_picture(blank, [])


def test_what_a_slide_does_not_show_is_not_drawn() -> None:
    text = "Secret note"
    region = Region("notes", 0, len(text))
    box = Box(0, len(text), Rectangle(50, 50, 300, 90))
    assert slide_picture(Page(1, text, (region,), (box,), 720, 540), []) == slide_picture(
        Page(1, "", width=720, height=540), []
    )
