"""Turns that no written pattern catches, with symptoms that are not in the training turns, and questions like them."""

import pytest

from guardrails.safety import intake
from guardrails.safety.likeness import features, reads_like_a_report, score

TOLD = [
    ("en", "two hours post dose she went all floppy and couldnt get her words out"),
    ("en", "my lad's knuckles have gone purple since the second jab"),
    ("fr", "mon beau-frère a les paupières qui tombent depuis vendredi, il est sous votre produit"),
    ("fr", "ptosis droit chez une pte de 48 ans, J5 de Kordexa"),
]
ASKED = [
    ("en", "which laboratory values are checked before the first dose"),
    ("fr", "quelle est la durée du traitement en relais"),
    ("en", "how is the tablet eliminated"),
    ("fr", "quels groupes ont été comparés dans l'étude"),
]


@pytest.mark.parametrize(("language", "turn"), TOLD)
def test_what_is_told_in_words_that_no_list_holds_is_taken_in(language: str, turn: str) -> None:
    assert intake(turn, language) is not None


@pytest.mark.parametrize(("language", "turn"), ASKED)
def test_a_question_about_knowledge_is_no_report(language: str, turn: str) -> None:
    assert not reads_like_a_report(turn)
    assert intake(turn, language) is None


def test_a_telling_scores_higher_than_a_question_with_the_same_words() -> None:
    assert score("she had a rash on day 3") > score("is rash frequent on day 3 in the trial?")


def test_a_report_deep_in_a_long_message_is_found() -> None:
    courtesy = "Thank you for the documents that you sent about the storage conditions. " * 40
    assert reads_like_a_report(courtesy + TOLD[1][1] + " " + courtesy)


def test_a_danger_to_life_comes_first_even_beside_another_signal() -> None:
    signal = intake("my wife vomited after her tablet, now she is turning blue and not responding", "en")
    assert signal is not None
    assert signal.kind == "emergency"


def test_figures_are_alike_whatever_their_value() -> None:
    assert features("K 6,3 at day 10") == features("K 7.12 at day 4")
