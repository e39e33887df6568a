"""What is put to a sentence that is else told whole, and stands in no quote."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.hostile.claims import with_a_claim
from eval.judged import findings_on, verdict_of
from guardrails.model import Language

QUOTES: dict[Language, str] = {
    "en": "The recommended dose of tesolimab is 40 mg every 12 hours, swallowed whole with food.",
    "fr": "La dose recommandée de tésolimab est de 40 mg toutes les 12 heures, à avaler entière au cours d'un repas.",
}


def judged(statement: str, quotes: str | list[str], language: Language = "en") -> str:
    """Its verdict."""
    quotes = [quotes] if isinstance(quotes, str) else quotes
    return verdict_of(findings_on(statement, language, quotes, language))


@given(st.integers(min_value=0, max_value=2**20), st.sampled_from(["en", "fr"]))
def test_a_claim_before_or_after_a_copied_sentence_blocks(seed: int, language: Language) -> None:
    _, statement = with_a_claim(QUOTES[language], language, random.Random(seed))
    assert judged(statement, QUOTES[language], language) == "block"


@pytest.mark.parametrize(
    "statement",
    [
        "The recommended dose of tesolimab is 40 mg, a dose that travellers like, every 12 hours, swallowed whole with food.",
        "The recommended dose of tesolimab is 40 mg every 12 hours, swallowed whole with food (a great advantage for carers).",
        "The recommended dose of tesolimab is 40 mg every 12 hours, swallowed whole with food; experts find this convenient.",
    ],
)
def test_it_is_found_in_the_middle_in_brackets_and_after_a_semicolon(statement: str) -> None:
    assert judged(statement, QUOTES["en"]) == "block"


@pytest.mark.parametrize(
    ("lead", "language"),
    [
        ("Please note that ", "en"),
        ("As a reminder, ", "en"),
        ("The authors state that ", "en"),
        ("In this study, ", "en"),
        ("In other words, ", "en"),
        ("Pour rappel, ", "fr"),
        ("Comme évoqué lors de notre rencontre, ", "fr"),
        ("Il est important de noter que ", "fr"),
        ("À retenir : ", "fr"),
    ],
)
def test_what_only_leads_up_to_the_sentence_waits(lead: str, language: Language) -> None:
    quote = QUOTES[language]
    assert judged(lead + quote[0].lower() + quote[1:], quote, language) == "needs_review"


def test_what_another_quote_says_may_be_told_beside_it() -> None:
    other = "Tablets that are crushed lose most of their effect."
    statement = QUOTES["en"].removesuffix(".") + ", since crushed tablets lose their effect."
    assert judged(statement, [QUOTES["en"], other]) == "needs_review"
    assert judged(statement, QUOTES["en"]) == "block"


def test_an_abbreviation_and_what_it_stands_for_are_no_claim() -> None:
    quote = "Adverse events of special interest were seen in 12 of 80 patients who took tesolimab."
    assert judged(quote.replace("interest were", "interest (AESI) were"), quote) == "needs_review"
    short = "ALT was above the limit in 12 of 80 patients who took tesolimab."
    assert judged(short.replace("ALT", "Alanine aminotransferase (ALT)"), short) == "needs_review"


def test_a_sentence_told_in_own_words_is_judged_by_other_rules() -> None:
    assert (
        judged("Tesolimab 40 mg is swallowed twice a day at mealtimes, in one piece.", QUOTES["en"])
        == "needs_review"
    )


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("The recommended dose for adults is 10 mg once daily with food.", "Adults: 10 mg once daily with food."),
        ("It must be avoided in active peptic ulcer or bleeding of the gut.", "Active peptic ulcer or bleeding of the gut."),
    ],
)  # fmt: skip
def test_a_line_of_a_list_is_told_with_a_verb(statement: str, quote: str) -> None:
    raised = findings_on(statement, "en", [quote], "en")
    assert not any("was put into" in finding.message("en") for finding in raised)
