"""Whoever asks for the contraindications is told the label's own list, and not sentences that merely say "must not"."""

import pytest

from assistant.chat.listed import led_by_the_list
from assistant.chat.needs import needs_of
from assistant.chat.question import take_apart
from assistant.chat.readable import readable
from assistant.engines.extractive import read_units
from assistant.retrieval.vocabulary import Vocabulary
from tests.builders.labels import evidence_of_lines

NAMES = ("Ostivar", "ostivarine")
LIST = ["Ostivar is contraindicated in patients with gout.", "Ostivar is contraindicated in severe asthma."]
AGAIN = "If angioedema occurs, Ostivar must not be given again."
CLASS = "The concomitant use of Ostivar with strong CYP3A4 inhibitors is contraindicated."
LIST_OF, WHOLE = "4.3 Contraindications", " ".join(LIST)
LINES = {
    "4.1 Therapeutic indications": ["Ostivar is indicated in adults with gouty arthritis."],
    LIST_OF: LIST,
    "4.4 Special warnings": [AGAIN],
    "4.5 Interaction with other medicinal products": [CLASS],
}


def told(question: str, *answered: str, without: str = "", groups: int = 0) -> list[str]:
    sections = {(name,): of for name, of in LINES.items() if name not in {without, LIST_OF if groups else ""}}
    sections |= {(LIST_OF, f"In group {n}"): [_of_group(n)] for n in range(groups)}
    evidence = [
        evidence_of_lines(of, section=section, passage=section[-1]) for section, of in sections.items()
    ]
    units = read_units(evidence)
    chosen = [unit for text in answered for unit in units if unit.text == text]
    asked = take_apart(question, NAMES, frozenset())
    needs = needs_of(question, NAMES, Vocabulary(40, {}))
    return [unit.text for unit in led_by_the_list(chosen, asked, needs, readable(units, NAMES))]


def _of_group(number: int) -> str:
    return f"Ostivar is contraindicated in patients with disease {number}."


@pytest.mark.parametrize(
    "question",
    [
        "contraindications?",
        "What are the contraindications of Ostivar?",
        "What are ostivarine's contraindications?",
        "In which patients is Ostivar contraindicated?",
        "Ostivar is contraindicated in which patients?",
        "Who should not take Ostivar?",
        "Which patients must not receive Ostivar?",
        "Quelles sont les contre-indications d'Ostivar ?",
        "Chez quels patients Ostivar est-il contre-indiqué ?",
        "Qui ne doit pas prendre Ostivar ?",
        "À qui ne faut-il pas prescrire Ostivar ?",
    ],
)
def test_the_list_is_told_first_and_whole(question: str) -> None:
    assert told(question) == [WHOLE]
    assert told(question, AGAIN, CLASS) == [WHOLE, CLASS]
    assert told(question, LIST[1]) == [WHOLE]


@pytest.mark.parametrize(
    "question",
    [
        "Is Ostivar contraindicated in pregnancy?",
        "Is Ostivar contraindicated in gout?",
        "What are the contraindications of warfarin?",
        "Is it contraindicated with clarithromycin?",
        "Who should not take the second dose?",
        "Which patients is Ostivar for?",
        "Ostivar est-il contre-indiqué en cas de goutte ?",
        "Quelles sont les contre-indications de la warfarine ?",
    ],
)
def test_a_question_on_more_than_the_list_is_left_to_its_own_answer(question: str) -> None:
    assert not told(question)
    assert told(question, AGAIN) == [AGAIN]


def test_without_a_list_or_with_one_that_would_be_cut_the_answer_is_left() -> None:
    assert told("contraindications?", AGAIN, without=LIST_OF) == [AGAIN]
    assert told("contraindications?", AGAIN, groups=8) == [AGAIN]
    assert told("contraindications?", AGAIN, groups=2) == [_of_group(0), _of_group(1)]
