"""What a reader would see of a model's text, whatever the checks would read of it."""

import pytest

from assistant.engines.shown import EMPTY, FOREIGN, MARKUP, Problem, seen, unfit

QUOTE = "Take Brunovel 10 mg with water, see www.brunovel.example for the leaflet (p < 0.05; 25 °C; m²)."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1\u200b0 mg", "10 mg"),
        ("hyper\u00adkalaemia", "hyperkalaemia"),
        ("**Brunovel** is taken once daily.", "Brunovel is taken once daily."),
        ("**Brunovel se prend une fois par jour.**", "Brunovel se prend une fois par jour."),
        ("2 ** 3", "2 ** 3"),
        ("p < 0.05*", "p < 0.05*"),
    ],
)
def test_signs_that_show_nothing_are_taken_out(text: str, shown: str) -> None:
    assert seen(text, [QUOTE]) == shown


def test_stars_of_the_quote_stay() -> None:
    assert seen("**p < 0.01** for all.", ["**p < 0.01** for all."]) == "**p < 0.01** for all."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", EMPTY),
        (" — ", EMPTY),
        ("Take it <b>now</b>.", MARKUP),
        ("Take it <!-- not --> now.", MARKUP),
        ("<img src=x onerror=alert(1)>10 mg", MARKUP),
        ("Take it ([more](https://shop.example)).", MARKUP),
        ("Voir www.shop.example.", MARKUP),
        ("Write to sales@shop.example.", MARKUP),
        ("Take it {{ config }} daily.", MARKUP),
        ("Take it &nbsp; daily.", MARKUP),
        ("Take \u202e01\u202c mg.", FOREIGN),
        ("Take 1\u200d0 mg.", FOREIGN),
        ("Tаke 10 mg.", FOREIGN),  # a Cyrillic letter
        ("Take １０ mg.", FOREIGN),
        ("Take 10⁰ mg.", FOREIGN),
        ("Take 1\u03360 mg.", FOREIGN),
        ("Take \U0001d7cf0 mg.", FOREIGN),
    ],
)
def test_what_a_page_would_run_link_or_show_otherwise_is_refused(text: str, problem: Problem) -> None:
    assert unfit(text, [QUOTE]) == problem


@pytest.mark.parametrize(
    "text",
    [
        QUOTE,
        "See www.brunovel.example.",
        "L’effet était de 0,77 (IC à 95 % : 0,66–0,90 ; p < 0,001) à 25 °C, 73 m², CO₂, ≥ 1/100.",
        "β-blockers, 5 µg, 5 μg, Ω, œdème, Où ça ? “No”.",
        "e\u0301le\u0301vation",
        "a < b > c",
    ],
)
def test_what_french_and_english_texts_and_the_quotes_hold_may_stand(text: str) -> None:
    assert unfit(text, [QUOTE]) is None


def test_a_power_of_ten_is_told_as_its_quote_tells_it() -> None:
    assert unfit("Below 0.5 × 10⁹/L, stop.", ["Treatment is stopped below 0.5 × 10⁹/L."]) is None
