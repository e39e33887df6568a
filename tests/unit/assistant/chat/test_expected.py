import pytest

from assistant.chat.bounds import stated
from assistant.chat.expected import asks_for_a_quantity, kinds_met
from assistant.chat.question import concepts
from assistant.chat.wording import flat


@pytest.mark.parametrize(
    "question", ["how many patients", "taux d'arret", "starting dose", "demi-vie", "hr for death"]
)
def test_a_quantity_is_asked_for(question: str) -> None:
    assert asks_for_a_quantity(question)


def test_a_question_of_yes_or_no_asks_for_none() -> None:
    assert not asks_for_a_quantity("can it be taken with food")


@pytest.mark.parametrize(
    ("question", "good", "bad"),
    [
        ("incidence of rash", "rash in 9 patients (0.7%)", "rash was seen"),
        ("dose in children", "10 mg once daily", "children are not treated"),
        ("how long is it kept", "2 weeks after the last dose", "kept in a box"),
        ("hazard ratio for death", "hazard ratio 0.77", "28 deaths"),
    ],
)
def test_a_sentence_looks_like_the_answer_or_does_not(question: str, good: str, bad: str) -> None:
    assert all(kinds_met(question, good))
    assert not all(kinds_met(question, bad))


def test_where_no_kind_is_asked_for_none_is_met() -> None:
    assert kinds_met("is it safe", "it is safe") == []


@pytest.mark.parametrize("micro", ["µ", "μ"])
def test_micrograms_are_a_dose_whichever_sign_they_are_written_with(micro: str) -> None:
    said = flat(f"Take 25 {micro}g each morning.")
    assert concepts()["dose"].said.search(said)
    assert kinds_met("how much", said) == [True]
    assert stated(f"Potassium at a dose of 5 {micro}g?") == {}
