import pytest

from guardrails.names import foreign_names

QUOTE = "In ORIENT-HF, cardorelone lowered the rate of hyperkalaemia compared with placebo."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In AFFIRM, cardorelone lowered the rate.", "AFFIRM"),
        ("In ORIENT-HF and PREVAIL, the rate was lower.", "PREVAIL"),
        ("In ORIENT-DM2, the rate was lower.", "ORIENT-DM2"),
        ("The rate was lower with tolmavir.", "tolmavir"),
        ("The rate was lower than with Brelanex.", "Brelanex"),
        ("The rate was lower than with rivaroxaban.", "rivaroxaban"),
    ],
)
def test_a_name_that_the_quotes_do_not_hold_is_foreign(text: str, name: str) -> None:
    assert list(foreign_names(text, [QUOTE])) == [name]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Cardorélone lowered it in ORIENT‑HF.", QUOTE),
        ("La FEVG était basse.", "La fraction d’éjection ventriculaire gauche était basse."),
        ("Les AINS sont à éviter.", "Les anti-inflammatoires non stéroïdiens sont à éviter."),
        ("The AUC doubled.", "The area under the curve doubled."),
        ("Stop when ALT rises.", "Stop when alanine aminotransferase rises."),
        ("L’ASC a doublé.", "L’aire sous la courbe a doublé."),
        ("It was seen in January.", "It was seen early in the year."),
    ],
)
def test_other_spellings_abbreviations_and_dates_are_no_foreign_names(text: str, quote: str) -> None:
    assert list(foreign_names(text, [quote])) == []


def test_a_rival_is_foreign_however_it_is_written() -> None:
    assert list(foreign_names("as low as with relvane", [QUOTE], ["Relvane"])) == ["relvane"]


def test_in_a_translation_an_abbreviation_is_no_foreign_name() -> None:
    assert list(foreign_names("La NTX a doublé.", ["The XTN doubled."], same_language=False)) == []
