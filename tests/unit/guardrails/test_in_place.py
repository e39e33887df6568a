"""A figure, a numeral or a unit exchanged at its place, though it stands elsewhere in the quote."""

import pytest

from eval.judged import findings_on
from guardrails.model import Language


def blocked(statement: str, quote: str, language: Language) -> bool:
    """Whether anything blocks it."""
    return any(f.severity == "block" for f in findings_on(statement, language, [quote], language))


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("La dose de tésolimab est de 720 mg une fois par jour (dose quotidienne de 1440 mg).", "La dose de tésolimab est de 720 mg deux fois par jour (dose quotidienne de 1440 mg).", "fr"),
        ("Tesolimab lowered angina (OR 95, 95% CI 0.73 to 1.25) in all groups.", "Tesolimab lowered angina (OR 0.95, 95% CI 0.73 to 1.25) in all groups.", "en"),
        ("Tesolimab lowered the rate (HR, 0.71; 95% CI 0.67,1.75) in all groups.", "Tesolimab lowered the rate (HR, 0.71; 95% CI 0.67,0.75) in all groups.", "en"),
        ("Reactions of grade ≤ 3 were seen in 4% of those who took tesolimab.", "Reactions of grade ≥ 3 were seen in 4% of those who took tesolimab.", "en"),
        ("Two trials (LUMEN III and LUMEN IV) of tesolimab were stopped early.", "Two trials (LUMEN I and LUMEN II) of tesolimab were stopped early.", "en"),
        ("Give 0.2 units of tesolimab per m² of the body on the first day.", "Give 0.2 units of tesolimab per kilogram of the body on the first day.", "en"),
        ("Si la fièvre dure depuis quelques jours sous tésolimab, le traitement doit être arrêté par le médecin.", "Si la fièvre dure depuis plus de 6 mois sous tésolimab, le traitement doit être arrêté par le médecin.", "fr"),
        ("The level of glucose after meals is measured twice in each week of the trial.", "The level of glucose fasting is measured twice in each week of the trial.", "en"),
        ("Les réactions au tésolimab sont le plus souvent immédiates chez l'adulte.", "Les réactions au tésolimab sont le plus souvent retardées chez l'adulte.", "fr"),
    ],
)  # fmt: skip
def test_another_figure_numeral_or_unit_at_its_place_blocks(
    statement: str, quote: str, language: Language
) -> None:
    assert blocked(statement, quote, language)


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("Tesolimab was given to 1207 patients of the trial for 24 weeks.", "Tesolimab was given to 1,207 patients of the trial for 24 weeks.", "en"),
        ("About 42% of the patients on tesolimab had a response at week 24.", "About 41.9% of the patients on tesolimab had a response at week 24.", "en"),
        ("Tesolimab was given for two weeks to all patients of the trial.", "Tesolimab was given for 2 weeks to all patients of the trial.", "en"),
        ("Tesolimab was given for 14 days to all patients of the trial.", "Tesolimab was given for 2 weeks to all patients of the trial.", "en"),
        ("Nausea was seen in 9 of 80 patients and headache in 12 of 80.", "Headache was seen in 12 of 80 patients and nausea in 9 of 80.", "en"),
        ("Chaque flacon de tésolimab contient une dose de 5 mg.", "Un flacon de tésolimab contient une dose de 5 mg.", "fr"),
        ("Give 0.2 IU of tesolimab per kilogram of the body on the first day.", "Give 0.2 IU of tesolimab per kg of the body on the first day.", "en"),
    ],
)  # fmt: skip
def test_the_same_figure_in_another_form_waits(statement: str, quote: str, language: Language) -> None:
    assert not blocked(statement, quote, language)
