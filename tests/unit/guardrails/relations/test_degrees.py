"""Who needs no other dose with mild or moderate impairment is not everybody whose organ works badly."""

import pytest

from guardrails.model import Language
from guardrails.relations.degrees import degree_left_out
from guardrails.relations.model import sentences

MILD = "No dose adjustment is necessary for patients with mild or moderate renal impairment."
LEGERE = "Aucune adaptation posologique n'est nécessaire en cas d'insuffisance rénale légère à modérée."


def heard(text: str, language: Language, quote: str, quoted: Language) -> list[str]:
    return [c.variant for c in degree_left_out(sentences(text, language), sentences(quote, quoted))]


@pytest.mark.parametrize(
    ("text", "language", "quote", "quoted"),
    [
        ("Patients with renal impairment need no dose adjustment.", "en", MILD, "en"),
        ("In renal impairment the dose is unchanged.", "en", MILD, "en"),
        ("No dose adjustment is needed in any renal impairment.", "en", LEGERE, "fr"),
        ("Pas d'adaptation posologique en cas d'insuffisance rénale.", "fr", LEGERE, "fr"),
        ("La posologie est inchangée en cas d'insuffisance rénale.", "fr", MILD, "en"),
        ("L'insuffisance hépatique ne modifie pas la dose.", "fr", "The dose is unchanged in mild hepatic impairment.", "en"),
    ],
)  # fmt: skip
def test_a_degree_that_is_left_out_is_heard(
    text: str, language: Language, quote: str, quoted: Language
) -> None:
    assert heard(text, language, quote, quoted) == ["of_type"]


@pytest.mark.parametrize(
    ("text", "language", "quote", "quoted"),
    [
        ("In mild to moderate renal impairment, the dose is unchanged.", "en", MILD, "en"),
        ("Pas d'adaptation en cas d'insuffisance rénale légère ou modérée.", "fr", MILD, "en"),
        ("No adjustment unless renal impairment is severe.", "en", MILD, "en"),
        ("In certain degrees of renal impairment no adjustment is needed.", "en", MILD, "en"),
        ("Renal impairment needs no adjustment.", "en", "No adjustment in mild, moderate or severe renal impairment.", "en"),
        ("La dose est la même en cas d'insuffisance hépatique de classe A.", "fr", "The dose is unchanged in mild hepatic impairment (Child-Pugh A).", "en"),
        ("Caution is advised in renal impairment.", "en", "Caution is advised in severe renal impairment.", "en"),
        ("No adjustment is needed in the elderly.", "en", "No adjustment is needed in mild renal impairment or in the elderly.", "en"),
        ("Renal impairment needs no adjustment.", "en", "Renal impairment needs no adjustment. Data in severe renal impairment are few.", "en"),
    ],
)  # fmt: skip
def test_a_degree_told_otherwise_or_a_warning_is_not(
    text: str, language: Language, quote: str, quoted: Language
) -> None:
    assert not heard(text, language, quote, quoted)
