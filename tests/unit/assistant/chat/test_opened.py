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


IN_USE = "Chemical and physical in-use stability has been demonstrated for 24 hours at 25°C."
COLD = "Store the vials in a refrigerator (2°C to 8°C)."
KEPT = INDICATED | {"6.3 Shelf life": ["3 years.", IN_USE], "6.4 Special precautions for storage": [COLD]}


@pytest.mark.parametrize("question", ["storage after reconstitution?", "how is it stored once opened?"])
def test_how_an_opened_pack_is_stored_is_told_from_its_stability(question: str) -> None:
    assert told(question, KEPT, "label") == [IN_USE]


@pytest.mark.parametrize(
    "question",
    ["how should vials be stored before reconstitution?", "how to store vials not yet reconstituted?"],
)
def test_before_it_is_reconstituted_a_pack_is_unopened(question: str) -> None:
    assert told(question, KEPT, "label") == [COLD]


def test_a_line_that_a_page_cuts_is_not_told() -> None:
    line = "Do not store Ostivar above 25 °C for more than"
    assert (
        told("storage temperature?", INDICATED | {"6.4 Special precautions for storage": [line]}, "label")
        == []
    )
