"""Words that exclude each other, exchanged in what is else the quote's own sentence."""

import pytest

from eval.judged import findings_on, judge
from guardrails.model import Language


def heard(text: str, quote: str, language: Language) -> bool:
    return any(f.evidence.get("said") for f in findings_on(text, language, [quote], language))


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("The rash always resolved within a few days of stopping nalorel.", "The rash usually resolved within a few days of stopping nalorel.", "en"),
        ("Les céphalées étaient toujours passagères et d'intensité légère.", "Les céphalées étaient le plus souvent passagères et d'intensité légère.", "fr"),
        ("Maintenance begins after one month of nalorel at 5 mg.", "Maintenance begins after one week of nalorel at 5 mg.", "en"),
        ("La dose est augmentée après un mois de traitement à 5 mg.", "La dose est augmentée après une semaine de traitement à 5 mg.", "fr"),
        ("Aspartate aminotransferase rose in 3.1% of patients with nalorel.", "Alanine aminotransferase rose in 3.1% of patients with nalorel.", "en"),
        ("Une élévation des ASAT a été observée chez 3,1 % des patients.", "Une élévation des ALAT a été observée chez 3,1 % des patients.", "fr"),
        ("The analysis by sex was post hoc; the analysis by age was prespecified.", "The analysis by sex was prespecified; the analysis by age was post hoc.", "en"),
        ("Nalorel dramatically lowered the number of relapses over 48 weeks.", "Nalorel lowered the number of relapses over 48 weeks.", "en"),
        ("Le nalorel diminue fortement le nombre de rechutes sur 48 semaines.", "Le nalorel diminue le nombre de rechutes sur 48 semaines.", "fr"),
        ("Dizziness occurred in only 9.4% of patients treated with nalorel.", "Dizziness occurred in 9.4% of patients treated with nalorel.", "en"),
        ("Des vertiges sont survenus chez seulement 9,4 % des patients traités.", "Des vertiges sont survenus chez 9,4 % des patients traités.", "fr"),
        ("Rifampicin lowers the exposure to nalorel by 60% in healthy adults.", "Rifampicin lowers the exposure to nalorel by about 60% in healthy adults.", "en"),
        ("Nine studies confirmed a fall in the rate of relapses on nalorel.", "Nine studies reported a fall in the rate of relapses on nalorel.", "en"),
        ("Un cas d'angiœdème a été démontré pendant le traitement par le nalorel.", "Un cas d'angiœdème a été rapporté pendant le traitement par le nalorel.", "fr"),
        ("Neuf cas confirmés de pancréatite sont survenus sous nalorel.", "Neuf cas suspectés de pancréatite sont survenus sous nalorel.", "fr"),
        ("La demi-vie du nalorel est d'environ 9 heures chez l'adulte.", "La demi-vie du nalorel est de 9 heures chez l'adulte.", "fr"),
    ],
)  # fmt: skip
def test_it_is_blocked(text: str, quote: str, language: Language) -> None:
    assert judge(text, language, [quote], language) == "block"
    assert heard(text, quote, language)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Nalorel should be used only if the benefit outweighs the risk.", "Nalorel should not be used unless the benefit outweighs the risk.", "en"),
        ("Nalorel should be used only in adults with severe asthma.", "Nalorel should only be used in adults with severe asthma.", "en"),
        ("The rash resolved, usually within a few days of stopping nalorel.", "The rash usually resolved within a few days of stopping nalorel.", "en"),
        ("Maintenance begins after 7 days of nalorel at 5 mg.", "Maintenance begins after one week of nalorel at 5 mg.", "en"),
        ("ALT rose in 3.1% of patients with nalorel.", "Alanine aminotransferase rose in 3.1% of patients with nalorel.", "en"),
        ("The analysis by age was post hoc; the analysis by sex was prespecified.", "The analysis by sex was prespecified; the analysis by age was post hoc.", "en"),
        ("Exposure to nalorel fell by about 60% with rifampicin in healthy adults.", "Exposure to nalorel fell by 59.6% with rifampicin in healthy adults.", "en"),
        ("Nalorel is used exclusively in hospital.", "Nalorel is used only in hospital.", "en"),
        ("Nalorel is used only in hospital.", "Nalorel is used exclusively in hospital.", "en"),
        ("A marked reduction of relapses was seen.", "A pronounced reduction of relapses was seen.", "en"),
        ("L'exposition au nalorel est fortement augmentée.", "L'exposition au nalorel est très augmentée.", "fr"),
        ("Les vertiges étaient habituellement passagers et d'intensité légère.", "Les vertiges étaient généralement passagers et d'intensité légère.", "fr"),
    ],
)  # fmt: skip
def test_what_says_the_same_is_not(text: str, quote: str, language: Language) -> None:
    assert not heard(text, quote, language)
