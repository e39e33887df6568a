"""A mark of time is read as the words that it stands for, and nothing else is."""

import pytest

from assistant.chat.marks import marks_written_out
from guardrails.model import Language


@pytest.mark.parametrize(
    ("question", "language", "read"),
    [
        ("NT-proBNP à S24 ?", "fr", "NT-proBNP à semaine 24 ?"),
        ("poids à M6 et à M12", "fr", "poids à mois 6 et à mois 12"),
        ("result at W24", "en", "result at week 24"),
        ("response wk12", "en", "response week 12"),
        ("kaliémie J28", "fr", "kaliémie jour 28"),
        ("dose at D8?", "en", "dose at day 8?"),
        ("response at W4 and W8", "en", "response at week 4 and week 8"),
        ("poids à S4 et S8 ?", "fr", "poids à semaine 4 et semaine 8 ?"),
        ("6 yr old dose?", "en", "6 years old dose?"),
        ("8y, 20 kg", "en", "8 years old, 20 kg"),
        ("pt 14 y/o", "en", "pt 14 years old"),
        ("82yo dose", "en", "82 years old dose"),
        ("6 yo dose", "fr", "6 ans dose"),
        ("5y survival?", "en", "5 years survival?"),
        ("3 yr follow-up", "en", "3 years follow-up"),
        ("stop after 3 mths", "en", "stop after 3 months"),
    ],
)
def test_a_mark_of_time_or_of_age_is_written_out(question: str, language: Language, read: str) -> None:
    assert marks_written_out(question, language, ()) == read


@pytest.mark.parametrize(
    "question",
    [
        "affinity to D2 receptors",
        "S1 at the apex",
        "stage M1?",
        "vitamin D3",
        "calcium and D3 together?",
        "patients on D2 antagonists",
        "10 mg",
        "CYP2D6 y allele",
        "6 years old",
        "à 24 semaines",
        "d10",
    ],
)
def test_what_is_no_mark_stays(question: str) -> None:
    assert marks_written_out(question, "en", ()) == question


def test_a_mark_that_the_documents_have_stays() -> None:
    assert marks_written_out("at W24?", "en", ["Response at W24 was 40%."]) == "at W24?"
