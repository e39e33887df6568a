"""What is compared across languages: which way a measure goes, what is allowed or forbidden."""

import pytest

from eval.judged import judge
from guardrails.model import Language

FALLS = "La kaliémie diminue chez la plupart des patients."
FORBIDDEN = "Tarlivo must not be used during pregnancy."


@pytest.mark.parametrize(
    ("text", "language", "quote"),
    [
        ("Serum potassium increases in most patients.", "en", FALLS),
        ("Serum potassium does not fall.", "en", FALLS),
        ("Tarlivo peut être utilisé pendant la grossesse.", "fr", FORBIDDEN),
        ("Tarlivo ne doit pas être administré avec un repas.", "fr", "Tarlivo may be given with a meal."),
        ("La différence était significative.", "fr", "The difference was not significant."),
        ("It shows after a few days.", "en", "Cela se voit au bout de plusieurs mois."),
    ],
)
def test_what_a_translation_turns_round_is_blocked(text: str, language: Language, quote: str) -> None:
    assert judge(text, language, [quote], "fr" if language == "en" else "en") == "block"


@pytest.mark.parametrize(
    ("text", "language", "quote"),
    [
        ("Serum potassium falls in most patients.", "en", FALLS),
        ("Tarlivo doit être évité pendant la grossesse : son emploi est interdit.", "fr", FORBIDDEN),
        ("La dose doit être limitée à 20 mg.", "fr", "The dose must not exceed 20 mg."),
        ("The tablet must not be crushed or chewed.", "en", "Il ne doit être ni écrasé, ni croqué."),
        ("Of those given A with B, 28 % had it.", "en", "28 % l'ont eu sous A plus B, et 11 % sous B seul."),
    ],
)
def test_a_translation_in_other_words_waits_for_its_reviewer(
    text: str, language: Language, quote: str
) -> None:
    assert judge(text, language, [quote], "fr" if language == "en" else "en") == "needs_review"
