"""Turns that no written pattern catches, with symptoms that are not in the training turns, and questions like them."""

import pytest

from guardrails.safety import intake
from guardrails.safety.danger import sounds_urgent
from guardrails.safety.likeness import features, reads_like_a_report, score, structure

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


@pytest.mark.parametrize(
    "said", ["pulse 25 and grey", "systolique 55", "she is hard to wake", "gcs 5", "il saigne à flots"]
)
def test_a_life_in_danger_is_heard_from_what_is_measured_or_seen(said: str) -> None:
    assert sounds_urgent(said)


@pytest.mark.parametrize(
    "said",
    [
        "BP 160/95",
        "pulse 72, mild headache since Tuesday",
        "sats 97",
        "K 4.8",
        "she is not responding to it",
        "glasgow outcome study",
    ],
)
def test_an_ordinary_measure_is_no_danger(said: str) -> None:
    assert not sounds_urgent(said)


def test_what_ended_is_no_danger_now() -> None:
    assert sounds_urgent("massive bleed on it")
    assert not sounds_urgent("massive bleed on it last year, recovered")


def test_a_turn_says_that_it_speaks_of_nobody_and_tells_nothing() -> None:
    assert {"nobody", "nothing_told"} <= structure("results by subgroup")
    assert "nobody" not in structure("my patient")
    assert "nothing_told" not in structure("rash since monday")


def test_a_word_is_weighed_by_whether_its_clause_asks_or_tells() -> None:
    told_first = features("malaise after the first dose, is it known?")
    assert {"t:malaise", "q:known", "s:clauses tq"} <= told_first.keys()
    only_asked = features("is malaise known after the first dose?")
    assert {"q:malaise", "s:clauses q"} <= only_asked.keys()
    assert "t:malaise" not in only_asked


def test_what_nobody_tells_an_event_of_is_uneventful() -> None:
    assert "uneventful" in structure("on hd thrice weekly?")
    assert "uneventful" not in structure("rash on hd?")
