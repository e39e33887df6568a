"""Of whom and when a sentence speaks, cut out of a copy of it."""

import pytest

from guardrails.model import Language
from guardrails.near_copy import NearCopy, words
from tests.unit.guardrails.test_altered import blocked


def copy(said: str, quoted: str) -> NearCopy:
    return NearCopy(words(quoted), words(said), quoted)


@pytest.mark.parametrize(
    ("said", "quoted", "clause"),
    [
        ("These effects are frequent and are reversible.", "These effects are frequent and are reversible when the dose is reduced.", "when the dose is reduced"),
        ("Sodium is measured every two weeks.", "Sodium is measured every two weeks until the final dose is reached.", "until the final dose is reached"),
        ("La natrémie est mesurée chaque mois.", "La natrémie est mesurée chaque mois jusqu'à la fin du traitement.", "jusqu'à la fin du traitement"),
        ("Until the final dose is reached, sodium is measured.", "Sodium is measured until the final dose is reached.", ""),
        ("It is 5 mg when combined.", "It is 5 mg when given alone and 5 mg when combined.", ""),
        ("It is 5 mg if alone.", "It is 5 mg if alone, and if combined with others 10 mg.", ""),
        ("Tolmavir lowers the rate.", "Tolmavir lowers the rate when compared with placebo.", ""),
        ("Sodium is measured once daily.", "Sodium is measured.", ""),
        ("Sodium is measured.", "Sodium is measured once daily before breakfast.", ""),
    ],
)  # fmt: skip
def test_a_clause_that_says_when_or_how_long_only_is_named(said: str, quoted: str, clause: str) -> None:
    assert copy(said, quoted).unconditioned() == clause


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("No dose adjustment is needed.", "No dose adjustment is needed in volunteers with mild hepatic impairment.", "en"),
        ("Exposure is doubled.", "Exposure is doubled in an infant of less than six months.", "en"),
        ("L'exposition est augmentée de 35 %.", "L'exposition est augmentée de 35 % chez l'adulte de plus de 65 ans.", "fr"),
        ("L'exposition est augmentée de 35 %.", "L'exposition est augmentée de 35 % chez la femme après la ménopause.", "fr"),
        ("The clearance was 79% lower than in the other subjects.", "The clearance was 79% lower than in the other healthy subjects.", "en"),
        ("These effects are frequent and are reversible.", "These effects are frequent and are reversible when the dose is reduced.", "en"),
        ("A trial of tolmavir was made in older adults.", "A trial of tolmavir was made in older adults with nonvalvular fibrillation.", "en"),
        ("Sujets âgés : la dose est la même ; l'expérience est limitée.", "Sujets âgés : la dose est la même ; l'expérience est limitée chez les patients de plus de 85 ans.", "fr"),
    ],
)  # fmt: skip
def test_who_or_when_cut_off_a_short_copy_blocks(statement: str, quote: str, language: Language) -> None:
    assert blocked(statement, quote, language)
