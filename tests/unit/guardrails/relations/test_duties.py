"""A duty is told as one only where the quote has it, and is not taken away."""

import pytest

from guardrails.model import Language
from guardrails.relations.duties import owed_otherwise
from guardrails.relations.model import sentences

MAY = "The daily dose may be divided in two or three doses."
CONSIDER = "Protamine should be considered if heparin was given within 4 hours before the bleeding."
OBLIGATORY = "Une contraception efficace est obligatoire lors d'un traitement par le cardorélone."


def heard(text: str, language: Language, quote: str, quoted: Language) -> list[str]:
    return [c.variant for c in owed_otherwise(sentences(text, language), sentences(quote, quoted))]


@pytest.mark.parametrize(
    ("text", "language", "quote", "quoted", "variant"),
    [
        ("The daily dose always has to be split in two or three.", "en", MAY, "en", "obliges"),
        ("La dose journalière doit être répartie en deux ou trois prises.", "fr", MAY, "en", "obliges"),
        ("Protamine must be given if heparin was administered in the four hours before.", "en", CONSIDER, "en", "obliges"),
        ("La protamine est obligatoire après l'héparine.", "fr", CONSIDER, "en", "obliges"),
        ("Une contraception n'est pas nécessaire.", "fr", OBLIGATORY, "fr", "needless"),
        ("Contraception is not necessary.", "en", OBLIGATORY, "fr", "needless"),
    ],
)  # fmt: skip
def test_a_duty_that_is_none_and_one_that_is_denied(
    text: str, language: Language, quote: str, quoted: Language, variant: str
) -> None:
    assert heard(text, language, quote, quoted) == [variant]


@pytest.mark.parametrize(
    ("text", "language", "quote"),
    [
        ("La dose peut être répartie en deux prises.", "fr", MAY),
        ("Consider protamine.", "en", CONSIDER),
        ("Il faut envisager la protamine.", "fr", CONSIDER),
        ("In patients who must continue heparin, protamine should be considered.", "en", CONSIDER),
        ("The vial must be used within 28 days.", "en", "The vial may be stored for up to 28 days."),
        ("Patients must be told of dizziness.", "en", "Dizziness may be observed."),
        ("No adjustment is necessary above 30 ml/min.", "en", "The dose must be adjusted when clearance is below 30 ml/min."),
        ("It must be swallowed whole.", "en", "It may be taken with food. Swallow it whole."),
        ("ALT must be normal before treatment starts.", "en", "Treatment may be started if ALT is normal."),
        ("The first injection must be given by a trained nurse.", "en", "Injections may be given at home by a nurse."),
        ("La première dose doit être suivie d'un dosage.", "fr", "The second dose may be given once the level is known."),
        ("One has to weigh a dose reduction in the elderly.", "en", "A dose reduction should be considered in the elderly."),
        ("La nécessité d'une réduction doit être évaluée.", "fr", "A dose reduction should be considered."),
    ],
)  # fmt: skip
def test_what_is_left_open_stays_with_the_reviewer(text: str, language: Language, quote: str) -> None:
    assert not heard(text, language, quote, "en")


def test_what_has_to_come_before_something_allowed_is_owed() -> None:
    quote = "Le traitement peut être débuté après un test de grossesse négatif."
    assert not heard("Le test de grossesse doit être négatif avant le début.", "fr", quote, "fr")
    assert not heard("The pregnancy test must be negative.", "en", quote, "fr")
    quote = "Une réduction de la dose devrait être envisagée."
    assert not heard("La nécessité d'une réduction doit être évaluée.", "fr", quote, "fr")
    assert heard("Une réduction de la dose est obligatoire.", "fr", quote, "fr") == ["obliges"]
