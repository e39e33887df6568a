"""A row is read under its heads, and its place is told once."""

from typing import Any

import pytest

from api.web.answer_shape import places, rows_of


def test_a_row_with_its_heads_is_a_table() -> None:
    assert rows_of("Count | Dose\n5 to 6 | Half") == [["Count", "Dose"], ["5 to 6", "Half"]]


@pytest.mark.parametrize(
    "text",
    [
        "One sentence.",
        "One | bar in a sentence",
        "Two lines\nof a list",
        "Of whom\nCount | Dose\n5 | Half",
        "A | B\nC",
    ],
)
def test_what_is_not_rows_of_one_table_stays_text(text: str) -> None:
    assert rows_of(text) == []


def cited(page: int, quote: str, *pictured: int, source: str = "s1") -> dict[str, Any]:
    pictures = [{"page": number, "address": f"{quote}-{number}"} for number in pictured]
    return {
        "source": source,
        "quote": quote,
        "locator": {"page": page, "section": "4.2"},
        "pictures": pictures,
    }


def test_two_quotes_of_one_place_are_told_once_with_the_picture_of_the_last() -> None:
    (one,) = places([cited(2, "heads", 2), cited(2, "row", 2)])
    assert one["pictures"] == [{"page": 2, "address": "row-2"}]


def test_the_pictures_of_other_pages_stay_and_so_do_other_places_and_sources() -> None:
    (one,) = places([cited(2, "heads", 2), cited(2, "row", 3)])
    assert [picture["page"] for picture in one["pictures"]] == [2, 3]
    several = [cited(2, "a", 2), cited(3, "b", 3), cited(2, "c", source="s2")]
    assert [found["quote"] for found in places(several)] == ["a", "b", "c"]
