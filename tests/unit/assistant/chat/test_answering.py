from collections import Counter

import pytest

from assistant.chat.answering import answer
from assistant.chat.needs import needs_of
from assistant.chat.question import take_apart
from assistant.engines.extractive import read_units
from assistant.retrieval.vocabulary import Vocabulary
from assistant.store.words import stems
from tests.builders.labels import label_evidence

NAMES = ("Velmora", "cardorelone")
EVIDENCE = label_evidence()
COUNTS = Counter(stem for e in EVIDENCE for stem in set(stems(f"{e.heading} {e.text}", "en")))
VOCABULARY = Vocabulary(len(EVIDENCE), COUNTS)


def answers(question: str) -> list[str]:
    asked = take_apart(question, NAMES, frozenset(COUNTS))
    everywhere = {item.passage: 0.5 for item in EVIDENCE}
    words = needs_of(question, NAMES, VOCABULARY)
    return [unit.text for unit in answer(asked, read_units(EVIDENCE), words, everywhere, NAMES)]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What is the recommended starting dose?", "10 mg once daily"),
        ("When is it contraindicated?", "Child-Pugh C"),
        ("What are the most common adverse reactions?", "hyperkalaemia (11.8%)"),
        ("Is a dose adjustment needed in elderly patients?", "No dose adjustment"),
        ("How often should potassium be monitored?", "every 3 months"),
        ("What was the result of the primary endpoint?", "hazard ratio 0.77"),
        ("For which patients is it indicated?", "indicated in adults"),
        ("Does it contain lactose?", "lactose monohydrate"),
    ],
)
def test_a_question_about_the_label_is_answered_from_its_section(question: str, words: str) -> None:
    assert words in " ".join(answers(question))


@pytest.mark.parametrize(
    "question",
    [
        "Does it cause alopecia?",
        "What is the dose in children?",
        "What is the recommended dose of enzalutamide?",
        "Is there an interaction with warfarin?",
        "What happened in the EMPEROR trial?",
        "Can it be used in pregnancy?",
        "What is the capital of Italy?",
        "",
    ],
)
def test_what_the_documents_do_not_hold_is_not_answered(question: str) -> None:
    assert answers(question) == []


def test_an_answer_has_five_sentences_at_most() -> None:
    assert 1 <= len(answers("What is the dose?")) <= 5


def test_sentences_that_need_their_neighbours_answer_nothing() -> None:
    assert all("However" not in text for text in answers("Which warnings should be watched?"))
