"""How long a pack is good depends on whether it was opened."""

import pytest

from tests.builders.answers import told

INDICATED = {"4.1 Therapeutic indications": ["Ostivar is indicated in adults with chronic gout."]}
SECTIONS = INDICATED | {
    "6.3 Shelf life": ["3 years."],
    "6.3 Shelf life after first opening": ["Ostivar is good for 4 weeks."],
}


@pytest.mark.parametrize("question", ["opened vial, how long can it be kept?", "shelf life after first use"])
def test_of_an_opened_pack_what_is_said_of_opened_ones(question: str) -> None:
    assert told(question, SECTIONS, "label") == ["Ostivar is good for 4 weeks."]


def test_of_an_unopened_pack_nothing_of_opened_ones() -> None:
    assert told("shelf life unopened?", SECTIONS, "label") == ["3 years."]


def test_what_is_said_of_unopened_packs_alone_answers_nobody_who_opened_one() -> None:
    assert (
        told("vial opened 3 weeks ago, still good?", INDICATED | {"6.3 Shelf life": ["3 years."]}, "label")
        == []
    )


def test_a_line_that_says_how_to_store_needs_no_full_stop() -> None:
    line = "Store in a refrigerator (2°C - 8°C)"
    assert told(
        "storage temperature?", INDICATED | {"6.4 Special precautions for storage": [line]}, "label"
    ) == [line]
