"""What may change its place in a copied sentence, and what may not."""

import pytest

from guardrails.moved import cells_moved, exchanged, turned_round
from guardrails.near_copy import NearCopy, words

MORE = "Headache was seen more often with tolmavir than with placebo."


def copy(said: str, quoted: str) -> NearCopy:
    return NearCopy(words(quoted), words(said), quoted)


@pytest.mark.parametrize(
    ("said", "quoted", "moved"),
    [
        ("Headache was seen more often with placebo than with tolmavir.", MORE, ("placebo", "tolmavir")),
        ("The rate was 4 of 12 with tolmavir.", "The rate was 12 of 4 with tolmavir.", ("4", "12")),
        (
            "1 207 centres, 214 adultes sous placebo.",
            "214 centres, 1 207 adultes sous placebo.",
            ("1207", "214"),
        ),
        ("5, 7 and 6 patients left.", "6, 5 and 7 patients left.", ("5", "7", "6")),
        ("Fever and headache were seen.", "Headache and fever were seen.", ()),
        ("The tumour is the lesion.", "The lesion is the tumour.", ()),
        ("Each growth is a tumour.", "Each tumour is a growth.", ("growth", "tumour")),
        ("More often headache was seen with tolmavir than with placebo.", MORE, ()),
        (MORE, MORE, ()),
    ],
)
def test_two_words_or_numbers_that_changed_places_are_named(
    said: str, quoted: str, moved: tuple[str, ...]
) -> None:
    assert exchanged(copy(said, quoted)) == moved


@pytest.mark.parametrize(
    ("said", "quoted", "moved"),
    [
        (
            "The new tablets lowered pressure more than the old capsules with water.",
            "The old capsules with water lowered pressure more than the new tablets.",
            ("old capsules with water", "new tablets"),
        ),
        ("The second arm is the first.", "The first is the second arm.", ()),
        ("A benign growth is tolmoma.", "Tolmoma is a benign growth.", ()),
        (
            "Each growth is a benign tumour.",
            "Each benign tumour is a growth.",
            ("benign tumour", "growth"),
        ),
        (
            "Toute lésion est une tumeur bénigne.",
            "Toute tumeur bénigne est une lésion.",
            ("tumeur bénigne", "lésion"),
        ),
        (
            "Strong inducers are inhibitors.",
            "Inhibitors are strong inducers.",
            ("inhibitors", "strong inducers"),
        ),
        (
            "The active form is the source of the salt.",
            "The source is the active form of the salt.",
            ("source", "active form"),
        ),
        ("Fever, chills and a dry cough were seen.", "A dry cough and fever, chills were seen.", ()),
        (
            "It was 5 with nalorel and 4 mg with tolmavir.",
            "It was 4 mg with tolmavir and 5 with nalorel.",
            (),
        ),
        (MORE, MORE, ()),
    ],
)
def test_two_parts_around_what_is_said_of_them_are_named(
    said: str, quoted: str, moved: tuple[str, ...]
) -> None:
    assert turned_round(copy(said, quoted)) == moved


@pytest.mark.parametrize(
    ("said", "quoted", "moved"),
    [
        ("Rash | 9 (2.2) | HR 1.2 | 8 (2.0)", "Rash | 9 (2.2) | 8 (2.0) | HR 1.2", ("HR 1.2", "8 (2.0)")),
        ("Rash | 9 (2.2) | 8 (2.0)", "Rash | 9 (2.2) | 8 (2.0)", ()),
        ("Rash | 9 (2.2) | 7 (1.8)", "Rash | 9 (2.2) | 8 (2.0)", ()),
        ("Rash was seen in 9.", "In 9, rash was seen.", ()),
    ],
)
def test_cells_in_other_columns_are_named(said: str, quoted: str, moved: tuple[str, ...]) -> None:
    assert cells_moved(said, quoted) == moved
