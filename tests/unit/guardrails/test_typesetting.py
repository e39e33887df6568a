"""What is only typesetting, or only points elsewhere in the document, is no word of a sentence."""

import pytest

from eval.judged import findings_on
from guardrails.model import Language
from guardrails.typesetting import typeset, unpointed


def verdicts(statement: str, quote: str, language: Language) -> set[str]:
    """How grave what is found on it is."""
    return {f.severity for f in findings_on(statement, language, [quote], language)}


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("Tesolimab lowered the rate of relapse by 12.5 % at week 24.", "Tesolimab lowered the rate of relapse by 12.5% at week 24.", "en"),
        ("Tesolimab changed the score by -1.94 points in adults.", "Tesolimab changed the score by −1.94 points in adults.", "en"),
        ("Doses of tesolimab were given 5–10 minutes apart.", "Doses of tesolimab were given 5-10 minutes apart.", "en"),
        ("Tesolimab reduced the mean by 13.2% against placebo.", "Tesolimab reduced the mean by 13·2% against placebo.", "en"),
        ("Tesolimab was given to 17,723 patients.", "Tesolimab was given to 17 723 patients.", "en"),
        ("Tesolimab was given to 1717 patients in the trial.", "Tesolimab was given to 1,717 patients in the trial.", "en"),
        ("Tesolimab should not be given to women who smoke.", "Tesolimab should not be given to women who smoke [see Contraindications (4)].", "en"),
        ("Caution is needed in renal impairment.", "Caution is needed in renal impairment (see sections 4.2 and 5.2).", "en"),
        ("Most infections of the gut clear without treatment.", "Most infections of the gut clear without treatment [5, 7–9].", "en"),
        ("Most infections of the gut clear without treatment.", "Most infections of the gut clear without treatment.12,13", "en"),
        ("Infections are frequent in adults and most clear.", "Infections are frequent in adults [1, 2] and most clear [3, 4].", "en"),
        ("La Cmax du tésolimab a été multipliée par 1,8 après un repas.", "La Cmax du tésolimab a été multipliée par 1.8 après un repas.", "fr"),
        ("Le tésolimab a été donné à 2441 malades.", "Le tésolimab a été donné à 2'441 malades.", "fr"),
        ("Le tésolimab est rarement cause de fièvre.", "Le tésolimab est rarement cause de fièvre (voir «Mises en garde et précautions»).", "fr"),
        ("Le tésolimab ne doit pas être donné à l'enfant.", "Le tésolimab ne doit pas être donné à l'enfant (voir 4.3 Contre-indications).", "fr"),
        ("Une goutte contient 5 mg de tésolimab, soit 0,5 %.", "Une goutte contient 5mg de tésolimab, soit 0,5%.", "fr"),
    ],
)  # fmt: skip
def test_the_same_words_in_another_setting_are_the_sources_own(
    statement: str, quote: str, language: Language
) -> None:
    assert not verdicts(statement, quote, language)


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("The median stay on tesolimab was 3 days.", "The median stay on tesolimab was 3 days [2, 5].", "en"),
        ("The median stay on tesolimab was long (IQR).", "The median stay on tesolimab was long (IQR [2, 5]).", "en"),
        ("Tesolimab may be given to adults.", "Tesolimab may be given to adults (see section 4.4: not in renal failure).", "en"),
        ("Tesolimab may be given to adults.", "Tesolimab may be given to adults (see section 4.4, not in renal failure).", "en"),
        ("Tesolimab may be given to adults (see section 5.4).", "Tesolimab may be given to adults (see section 4.4).", "en"),
        ("Le tésolimab est rarement cause de fièvre (voir «Données cliniques»).", "Le tésolimab est rarement cause de fièvre (voir «Données précliniques»).", "fr"),
        ("Most infections clear without treatment [6].", "Most infections clear without treatment [5].", "en"),
        ("Tesolimab was given to 4.000 patients.", "Tesolimab was given to 4000 patients.", "en"),
        ("Le taux était de 4,000 par an sous tésolimab.", "Le taux était de 4.000 par an sous tésolimab.", "fr"),
        ("Tesolimab lowered the score by 194 points.", "Tesolimab lowered the score by 1.94 points.", "en"),
        ("The mean change with tesolimab was 1.94 points.", "The mean change with tesolimab was −1.94 points.", "en"),
    ],
)  # fmt: skip
def test_what_says_something_is_not_dropped_unseen(statement: str, quote: str, language: Language) -> None:
    assert verdicts(statement, quote, language)


def test_a_pointer_is_no_word_of_a_reworded_statement_either() -> None:
    quote = "Care is needed with tesolimab in all women over 35 years of age (see Contraindications)."
    statement = "With tesolimab care is needed in all women over 35 years of age."
    assert verdicts(statement, quote, "en") == {"needs_review"}


def test_a_setting_of_a_text_is_kept_when_set_again() -> None:
    for text in ("−1,94 % [3] of 12 000 (see section 4.4)", "5–10 mg, 1.8 × 2'441"):
        once = typeset(unpointed(text), "fr")
        assert typeset(unpointed(once), "fr") == once
