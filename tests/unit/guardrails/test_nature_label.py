"""The words by which a French piece is known as advertising (FR36)."""

import re

import pytest

from guardrails.packs import pack_of


def _label() -> re.Pattern[str]:
    rule = next(r for r in pack_of("FR").rules if r.id == "FR36")
    return re.compile(rule.params["label"], re.IGNORECASE)


@pytest.mark.parametrize("text", ["Document publicitaire", "Document à caractère promotionnel", "Publicité"])
def test_advertising_is_known(text: str) -> None:
    assert _label().search(text)


@pytest.mark.parametrize(
    "text", ["Document non promotionnel", "Document non publicitaire", "Pas à caractère promotionnel"]
)
def test_what_denies_it_is_not(text: str) -> None:
    assert not _label().search(text)
