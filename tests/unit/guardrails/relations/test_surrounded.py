"""Two values that changed places with the words around them."""

import pytest

from tests.unit.guardrails.relations.pairs import variants

KEPT = "The solution keeps for 24 hours in the refrigerator or 6 hours at room temperature."
STOPPED = "Stop it 7 days before major surgery and do not resume it within 14 days."
INDUCED = "Rifampicin decreased the exposure by 58 %, whereas ketoravole increased it 2.4-fold."


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The solution keeps for 24 hours at room temperature or 6 hours in the refrigerator.", KEPT),
        ("Stop it 14 days before major surgery and do not resume it within 7 days.", STOPPED),
        ("The exposure rose 2.4-fold with rifampicin and dropped by 58 % with ketoravole.", INDUCED),
    ],
)
def test_values_that_changed_places_are_seen(text: str, quote: str) -> None:
    assert variants(text, quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It keeps for 6 hours at room temperature and for 24 hours in the refrigerator.", KEPT),
        ("In the refrigerator it keeps for 24 hours.", KEPT),
        ("Major surgery: stop 7 days before, and resume after 14 days.", STOPPED),
        ("The exposure fell by 58 % with rifampicin and rose 2.4-fold with ketoravole.", INDUCED),
        ("It is paused if the count falls below 0.5 × 10⁹/L, until the count is back at 1.0 × 10⁹/L.",
         "If the neutrophil count falls below 0.5 × 10⁹/L, treatment is paused until recovery to 1.0 × 10⁹/L."),
    ],
)  # fmt: skip
def test_another_order_of_the_same_is_let_stand(text: str, quote: str) -> None:
    assert not variants(text, quote)
