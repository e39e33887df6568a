"""A unit that stands behind a number's spread, or behind what a number is of."""

import pytest

from guardrails.numbers import missing


def lost(text: str, quote: str, language: str = "en") -> list[str]:
    return [one.quantity.text.strip() for one in missing(text, language, [(quote, language)])]


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Their mean age was 62.85 years.", "Mean age was 62.85 ± 7.91 years.", "en"),
        ("It fell by 6.0 mL/m2.", "It was lower by 6.0 (95% CI 1.2 to 10.8) mL/m2.", "en"),
        ("The mean age was 58.4 ± 9.6 years.", "The mean age was 58.4 years (SD 9.6).", "en"),
        ("Âge moyen : 63,2 ± 8,4 ans.", "L'âge moyen était de 63,2 ans (écart-type 8,4).", "fr"),
        ("It has 9 mg of benzyl alcohol per mL.", "It contains 9 mg/mL of benzyl alcohol.", "en"),
        ("Bleeding was seen in 1.4% per year.", "Bleeding was seen in 1.4% of patients per year.", "en"),
        ("Seven of 98 women did, and 0/102 men.", "It was seen in 7 of 98 women and none of the 102 men.", "en"),
        ("In those under 75 it was rarer.", "It was commoner in patients aged 75 years and older than in younger patients.", "en"),
        ("In patients heavier than 90 kg, give 300 mg.", "In patients weighing more than 90 kg, give 300 mg.", "en"),
        ("No more than four doses a day.", "No more than four doses in 24 hours.", "en"),
        ("L'exposition est doublée.", "Tolmavir double son exposition.", "fr"),
        ("Blood was drawn at 4, 12 and 24 weeks.", "Blood was drawn at weeks 4, 12 and 24.", "en"),
        ("Somnolence in 9% at least 75 years old.", "Somnolence in 9% of those aged 75 years or older.", "en"),
        ("Nalorel comes as 10 mg and 20 mg tablets.", "Nalorel comes in strengths of 10 mg and 20 mg. The dose is one 10 mg tablet.", "en"),
    ],
)  # fmt: skip
def test_such_a_number_stands(text: str, quote: str, language: str) -> None:
    assert lost(text, quote, language) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Their mean age was 7.19 years.", "Mean age was 62.85 ± 7.91 years."),
        ("It fell by 6.0 mL.", "It was lower by 6.0 (95% CI 1.2 to 10.8) mL/m2."),
        ("In those under 75 it was rarer.", "It was commoner in patients aged 75 years and older."),
        ("In patients lighter than 90 kg, give 300 mg.", "In patients weighing more than 90 kg, give 300 mg."),
        ("No more than four doses a week.", "No more than four doses in 24 hours."),
        ("Blood was drawn at 4, 12 and 24 months.", "Blood was drawn at weeks 4, 12 and 24."),
        ("Somnolence in at least 9%.", "Somnolence in 9% of those aged 75 years or older."),
        ("The dose is one 20 mg tablet.", "Nalorel comes in strengths of 10 mg and 20 mg. The dose is one 10 mg tablet."),
    ],
)  # fmt: skip
def test_another_one_does_not(text: str, quote: str) -> None:
    assert lost(text, quote)
