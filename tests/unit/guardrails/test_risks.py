"""A risk is named by a contraindication, a warning, a reaction; praise, denial and a pointer name none."""

import pytest

from guardrails.risks import names_a_risk


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Velmora is contraindicated in pregnancy.", "en"),
        ("Must not be used with strong CYP3A4 inhibitors.", "en"),
        ("Monitor serum potassium before and during treatment.", "en"),
        ("Headache (12 %) and nausea (8 %) were reported.", "en"),
        ("It was well tolerated; the most frequent side effects were dizziness and fatigue.", "en"),
        ("There is an increased risk of bleeding.", "en"),
        ("Adverse reactions led to discontinuation in 4.1 % of patients.", "en"),
        ("Pancreatitis has been observed uncommonly.", "en"),
        ("Ne doit pas être utilisé avec des inhibiteurs puissants.", "fr"),
        ("La kaliémie doit être surveillée avant et pendant le traitement.", "fr"),
        ("Bien toléré, il a pour effets indésirables les plus fréquents des vertiges et une fatigue.", "fr"),
        ("Le risque hémorragique est augmenté.", "fr"),
        ("Arrêtez le traitement en cas de réaction anaphylactique.", "fr"),
        ("Contre-indications : hypersensibilité.", "fr"),
    ],
)
def test_a_risk_that_a_reader_can_act_on(text: str, language: str) -> None:
    assert names_a_risk(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Velmora was well tolerated.", "en"),
        ("The safety profile was favourable and consistent with previous studies.", "en"),
        ("No new safety signals were identified.", "en"),
        ("Adverse events were similar to placebo.", "en"),
        ("Tolerability was good over 52 weeks in 1,200 patients.", "en"),
        ("Velmora has no contraindications in adults.", "en"),
        ("No hyperkalaemia was observed.", "en"),
        ("Velmora reduced the risk of death.", "en"),
        ("See the SmPC for contraindications and warnings.", "en"),
        ("Report any suspected adverse reactions.", "en"),
        ("Contraindications, warnings and precautions", "en"),
        ("Velmora did not increase the risk of bleeding.", "en"),
        ("Velmora a été bien toléré.", "fr"),
        ("Sa bonne tolérance a été confirmée à long terme chez 1 200 patients.", "fr"),
        ("Les effets indésirables étaient comparables à ceux du placebo.", "fr"),
        ("Aucune surveillance n'est nécessaire.", "fr"),
        ("Mises en garde et précautions d'emploi", "fr"),
        ("Consultez le RCP pour les contre-indications.", "fr"),
    ],
)
def test_praise_denial_and_a_pointer(text: str, language: str) -> None:
    assert not names_a_risk(text, language)
