"""Which comparisons approved sentences may answer (rule CH11)."""

from datetime import UTC, datetime

import pytest

from assistant.chat.asked import Question
from assistant.chat.comparing import compares
from assistant.corpus.products import Product
from guardrails.model import Segment


def tells(question: str, *statements: str) -> bool:
    sheet = {"brand": "Velmora", "inn": {"en": "cardorelone"}}
    product = Product("product_1", "Velmora", "active", sheet, None, datetime(2026, 1, 1, tzinfo=UTC))
    said = [Segment(f"s{n}", "statement", "answer", text, "en") for n, text in enumerate(statements)]
    return compares(Question(question, "en", "EU", product), said)


def test_a_sentence_that_compares_with_the_medicine_asked_about_may_be_told() -> None:
    assert tells(
        "bleeding vs alteplase?", "Intracranial haemorrhage occurred in 0.9% versus 0.9% with alteplase."
    )


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("bleeding vs alteplase?", "Bleeding is the most common reaction of Velmora."),
        ("better than spironolactone?", "Spironolactone should not be combined with Velmora."),
        ("is it better than the others?", "Fewer patients died than with placebo."),
        ("cardorelone vs Arimidex?", "Fewer patients died than with placebo."),
        ("spironolactone or ramipril, which is better?", "The effect was similar to that of ramipril."),
    ],
)
def test_what_does_not_compare_with_each_of_them_is_no_answer(question: str, statement: str) -> None:
    assert not tells(question, statement)


def test_nothing_told_compares_nothing() -> None:
    assert not tells("bleeding vs alteplase?")
