"""A figure exchanged in a statement that else copies its quote."""

import pytest

from tests.unit.guardrails.test_altered import blocked

RANGE = "After the meal, tesolimab is proportional to the dose in the range 50 to 250 mg in all of them."


@pytest.mark.parametrize(
    ("told", "blocks"), [("50 mg", True), ("250 mg", True), ("up to 250 mg", False), ("50 to 250 mg", False)]
)
def test_an_end_of_a_range_is_told_for_it_only_where_it_is_called_so(told: str, blocks: bool) -> None:
    assert blocked(RANGE.replace("50 to 250 mg", told), RANGE) == blocks


def test_another_rhythm_in_the_place_of_a_figure_blocks() -> None:
    quote = "La numération est contrôlée une fois par mois pendant le traitement."
    assert blocked(quote.replace("par mois", "par trimestre"), quote, "fr")
    assert not blocked(quote, quote, "fr")
