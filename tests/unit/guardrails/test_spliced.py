"""Pieces of two sentences told as one."""

import pytest

from guardrails.citations import cite
from guardrails.model import Language
from guardrails.spliced import spliced
from tests.unit.guardrails.builders import evidence, segment
from tests.unit.guardrails.test_altered import blocked

RESULT = "In the LUMEN trial, tesolimab lowered the annual rate of attacks by 1.2."
SAFETY = "Injection site reactions were seen in a fifth of the patients on tesolimab."
OTHER = "In the PHARE trial, the quality of life was not measured."


@pytest.mark.parametrize(
    ("statement", "quotes", "language"),
    [
        ("In the PHARE trial, tesolimab lowered the annual rate of attacks by 1.2.", [RESULT, OTHER], "en"),
        ("Ketoconazole may lower the need for insulin.", ["Ketoconazole may raise exposure to tesolimab.", "Renal impairment may lower the need for insulin."], "en"),
        ("In the LUMEN trial, the quality of life was not measured.", [RESULT, OTHER], "en"),
        ("In the PHARE trial, injection site reactions were seen in a fifth of the patients on tesolimab.", [SAFETY, OTHER], "en"),
        ("Aucune adaptation de la dose n'est requise chez les enfants de moins de douze ans.", ["Aucune adaptation de la dose n'est requise chez les sujets âgés.", "Le tésolimab n'est pas indiqué chez les enfants de moins de douze ans."], "fr"),
    ],
)  # fmt: skip
def test_the_trial_of_one_with_the_result_of_another_blocks(
    statement: str, quotes: list[str], language: Language
) -> None:
    assert blocked(statement, quotes, language)


def test_a_name_may_stand_for_what_points_to_it() -> None:
    assert not blocked(
        "Tesolimab was given every four weeks by a nurse.",
        ["Tesolimab lowered the rate of attacks.", "It was given every four weeks by a nurse."],
    )


@pytest.mark.parametrize(
    "statement",
    [
        f"{RESULT} {SAFETY}",
        RESULT,
        "Tesolimab lowered the annual rate of attacks by 1.2.",
        "In the LUMEN trial, tesolimab lowered the annual rate of attacks by 1.2, and injection site reactions were seen in a fifth of the patients on tesolimab.",
        "A fifth of the patients had injection site reactions, and the rate of attacks fell.",
    ],
)
def test_whole_sentences_and_own_words_are_no_pieces(statement: str) -> None:
    passage = evidence(RESULT, SAFETY)
    cited = tuple(cite(passage, one.start, one.end) for one in passage.sentences)
    assert spliced(segment(statement, citations=cited)) is None


@pytest.mark.parametrize(
    ("statement", "quotes", "language"),
    [
        ("In Zambia, relapses of the disease were more frequent in the young.", ["In Zambia, tesolimab is given by nurses.", "Relapses of the disease were more frequent in the young."], "en"),
        ("En Belgique, les rechutes de la maladie étaient plus fréquentes chez les jeunes.", ["En Belgique, le tésolimab est donné par les infirmières.", "Les rechutes de la maladie étaient plus fréquentes chez les jeunes."], "fr"),
    ],
)  # fmt: skip
def test_a_place_of_another_sentence_blocks(statement: str, quotes: list[str], language: Language) -> None:
    assert blocked(statement, quotes, language)
