import pytest

from guardrails.names import another_study, foreign_names, put_in_its_place

QUOTE = "In ORIENT-HF, cardorelone lowered the rate of hyperkalaemia compared with placebo."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In AFFIRM, cardorelone lowered the rate.", "AFFIRM"),
        ("In ORIENT-HF and PREVAIL, the rate was lower.", "PREVAIL"),
        ("In ORIENT-DM2, the rate was lower.", "ORIENT-DM2"),
        ("The rate was lower with tolmavir.", "tolmavir"),
        ("The rate was lower in ORIENT-HF with Cardovelone.", "Cardovelone"),
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
        ("Il inhibe l'IL-36.", "Il se lie à l'IL-36 et l'inhibe."),
        ("L'essai ORIENT-HF a été mené.", "Les patients d'ORIENT-HF ont été suivis."),
    ],
)
def test_other_spellings_abbreviations_and_dates_are_no_foreign_names(text: str, quote: str) -> None:
    assert list(foreign_names(text, [quote])) == []


def test_a_rival_is_foreign_however_it_is_written() -> None:
    assert list(foreign_names("as low as with relvane", [QUOTE], ["Relvane"])) == ["relvane"]


def test_in_a_translation_an_abbreviation_is_no_foreign_name() -> None:
    assert list(foreign_names("La NTX a doublé.", ["The XTN doubled."], same_language=False)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("L’exposition à la Brelanex augmente avec la dose.", "Brelanex"),
        ("Brelanex 5 mg est un comprimé rond.", "Brelanex"),
        ("Brelanex ne doit pas être écrasé.", "Brelanex"),
    ],
)
def test_in_a_translation_a_name_in_the_products_place_is_foreign(text: str, name: str) -> None:
    quote = "Exposure to cardorelone increases with the dose; Velmora 5 mg is a round tablet."
    assert list(put_in_its_place(text, [quote], ("Velmora", "cardorelone"), (quote,))) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "L’exposition à la cardorélone augmente avec la dose.",
        "Chez les patients européens, l’exposition augmente.",
        "Elle augmente avec la dose.",
        "L’exposition augmente, selon le Kansas.",
    ],
)
def test_a_translation_that_names_the_product_or_nothing_new_is_left_alone(text: str) -> None:
    quote = "Exposure to cardorelone increases with the dose, on the Kansas scale, in European patients."
    assert not list(put_in_its_place(text, [quote], ("Velmora", "cardorelone"), (quote,)))


def test_a_study_in_anothers_place_is_foreign_in_a_translation() -> None:
    quote = "In ORIENT-HF, hyperkalaemia was reported in 11.8% of patients with NYHA class II."
    assert list(another_study("Dans l’étude AFFIRM, une hyperkaliémie a été rapportée.", [quote])) == [
        "AFFIRM"
    ]
    assert not list(another_study("Dans l’étude ORIENT-HF, comme dans l’essai AFFIRM, …", [quote]))
    assert not list(another_study("In NSCLC, it was reported.", ["Il a été rapporté dans le CBNPC."]))
