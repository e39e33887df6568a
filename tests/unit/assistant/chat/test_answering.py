from collections import Counter

import pytest

from assistant.chat.answering import Judged, answer
from assistant.chat.needs import needs_of
from assistant.chat.question import take_apart
from assistant.chat.readable import readable
from assistant.engines.extractive import read_units
from assistant.retrieval.vocabulary import Vocabulary
from assistant.store.words import stems
from tests.builders.answers import told
from tests.builders.labels import label_evidence

NAMES = ("Velmora", "cardorelone")
EVIDENCE = label_evidence()
COUNTS = Counter(stem for e in EVIDENCE for stem in set(stems(f"{e.heading} {e.text}", "en")))
VOCABULARY = Vocabulary(len(EVIDENCE), COUNTS)


def answers(question: str) -> list[str]:
    asked = take_apart(question, NAMES, frozenset(COUNTS))
    everywhere = {item.passage: 0.5 for item in EVIDENCE}
    judged = Judged(needs_of(question, NAMES, VOCABULARY), everywhere)
    return [unit.text for unit in answer(asked, readable(read_units(EVIDENCE), NAMES), judged)]


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


def test_a_sentence_that_the_next_one_limits_answers_with_it_and_never_the_next_one_alone() -> None:
    told = answers("Which warnings should be watched?")
    assert any("monitored at week 1" in text for text in told)
    for text in told:
        assert not text.startswith("However")
        assert ("monitored at week 1" in text) == ("However, this is rarely needed." in text)


def test_a_document_need_not_repeat_the_medicine_that_it_is_about() -> None:
    question = "velmorin zolprexin lactose"
    asked, needs = take_apart(question, (), frozenset(COUNTS)), needs_of(question, (), VOCABULARY)
    units = readable(read_units(EVIDENCE), NAMES)
    everywhere = {item.passage: 0.5 for item in EVIDENCE}
    both = frozenset({"velmorin", "zolprexin"})
    told = answer(asked, units, Judged(needs, everywhere, {EVIDENCE[0].source: both}))
    assert "lactose monohydrate" in " ".join(unit.text for unit in told)
    assert answer(asked, units, Judged(needs, everywhere, {"another": both})) == []


def test_what_speaks_of_other_values_leaves_no_answer_to_its_neighbours() -> None:
    assert answers("How did serum potassium change after 90 weeks?") == []


class Rarity:
    """Every word but the label's is an everyday one."""

    @staticmethod
    def surprise(word: str) -> float:
        return 30.0 if word == "lactose" else 4.0


def test_everyday_words_do_not_keep_a_sentence_from_being_told() -> None:
    question = "my neighbour swears it holds lactose, nonsense?"
    asked = take_apart(question, NAMES, frozenset(COUNTS))
    everywhere = {item.passage: 0.5 for item in EVIDENCE}
    units = readable(read_units(EVIDENCE), NAMES)
    plain = answer(asked, units, Judged(needs_of(question, NAMES, VOCABULARY), everywhere))
    weighed = answer(asked, units, Judged(needs_of(question, NAMES, VOCABULARY, rarity=Rarity()), everywhere))
    assert plain == []
    assert any("lactose" in unit.text for unit in weighed)


def test_the_ratio_of_another_endpoint_is_no_answer() -> None:
    lines = {
        "4.1 Therapeutic indications": ["Ostivar is indicated in adults with heart failure."],
        "5.1 Pharmacodynamic properties": [
            "The hazard ratio for progression was 0.25 (95% CI 0.20 to 0.30).",
            "Fewer patients died with Ostivar, and the benefit was seen in all groups.",
        ],
    }
    assert told("hazard ratio for progression?", lines, "label") == [
        lines["5.1 Pharmacodynamic properties"][0]
    ]
    assert not told("hazard ratio for death?", lines, "label")
    assert not told("hazard ratio for stroke?", lines, "label")


def test_the_ratio_of_a_hospitalisation_is_not_that_of_death_or_hospitalisation() -> None:
    both = "The hazard ratio for death or a first hospitalisation was 0.77 (95% CI 0.66 to 0.90)."
    alone = "The hazard ratio for a first hospitalisation was 0.71 (95% CI 0.58 to 0.87)."
    lines = {
        "4.1 Therapeutic indications": ["Ostivar is indicated in adults with heart failure."],
        "5.1 Pharmacodynamic properties": [both, alone],
    }
    assert told("HR hospitalisation?", lines, "label") == [alone]
    assert both in told("HR death or hospitalisation?", lines, "label")


def test_a_median_is_told_to_who_asks_for_one_and_no_other_figure() -> None:
    at_a_time = "Overall survival with ostivarel was 49% at 5 years."
    in_the_middle = "Median overall survival with ostivarel was 18.4 months."
    assert told("median survival?", {"Results": [at_a_time]}, "paper") == []
    assert told("median survival?", {"Results": [at_a_time, in_the_middle]}, "paper") == [in_the_middle]
