from datetime import date

import pytest

from guardrails.product import ProductSheet


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Liste I", ("Liste I",)),
        ({"fr": "Liste I", "en": "List I"}, ("Liste I", "List I")),
        ({"FR": {"fr": "Liste I"}, "EU": "other"}, ("Liste I",)),
        ({"EU": "other"}, ()),
        (["a", "b"], ("a", "b")),
        ("", ()),
        ({}, ()),
        (None, ()),
        (65, ("65",)),
    ],
)
def test_a_text_is_read_in_every_shape_and_for_the_market_alone(
    value: object, expected: tuple[str, ...]
) -> None:
    assert ProductSheet({"prescribing_class": value}, "FR").texts("prescribing_class") == expected


@pytest.mark.parametrize("value", ["2025-03-10", {"FR": "2025-03-10"}, {"FR": date(2025, 3, 10)}])
def test_a_date_is_read_in_every_shape(value: object) -> None:
    assert ProductSheet({"marketing_dates": value}, "FR").day("marketing_date") == date(2025, 3, 10)


@pytest.mark.parametrize("value", [None, "soon", {"EU": "2025-03-10"}])
def test_no_date_is_guessed(value: object) -> None:
    assert ProductSheet({"marketing_dates": value}, "FR").day("marketing_date") is None


def test_names_are_brand_and_inn() -> None:
    sheet = ProductSheet({"name": "Velmora", "inn": {"en": "cardorelone", "fr": "cardorélone"}}, "FR")
    assert sheet.names() == ("Velmora", "cardorelone", "cardorélone")
