"""What a study set out to show is not told as what it showed."""

import pytest

from eval.judged import findings_on
from guardrails.model import Language


def as_found(statement: str, quote: str, language: Language = "en") -> bool:
    found = findings_on(statement, language, [quote], language)
    return any("not what was found" in f.message("en") and f.severity == "block" for f in found)


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("The study reduced relapses in women.", "The objective of the study was to reduce relapses in women.", "en"),
        ("Tolmavir lowers blood pressure in adults.", "The aim was to show that tolmavir lowers blood pressure in adults.", "en"),
        ("Tolmavir reduced relapses.", "We hypothesised that tolmavir would reduce relapses.", "en"),
        ("Tolmavir was superior for relapses.", "The trial was designed to show that tolmavir is superior for relapses.", "en"),
        ("L'étude a amélioré la régularité du suivi.", "L'objectif de l'étude était d'améliorer la régularité du suivi.", "fr"),
        ("Les rechutes ont été réduites chez les patientes.", "Objectif : réduire les rechutes chez les patientes.", "fr"),
        ("Le suivi des patientes s'est amélioré.", "L'étude visait à améliorer le suivi des patientes.", "fr"),
    ],
)  # fmt: skip
def test_an_aim_told_as_a_result_blocks(statement: str, quote: str, language: Language) -> None:
    assert as_found(statement, quote, language)


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("The study evaluated whether relapses are reduced in women.", "The objective of the study was to reduce relapses in women.", "en"),
        ("The goal was fewer relapses in women.", "The objective of the study was to reduce relapses in women.", "en"),
        ("The trial enrolled 900 adults in France.", "The trial, designed to show fewer relapses, enrolled 900 adults in France.", "en"),
        ("Relapses fell by 12%.", "The trial was designed to show fewer relapses, and relapses fell by 12%.", "en"),
        ("Higher adherence went with fewer attacks.", "Higher adherence tended to go with fewer attacks, although the study was not designed to show this.", "en"),
        ("L'étude a évalué la régularité du suivi.", "L'objectif de l'étude était d'améliorer la régularité du suivi.", "fr"),
    ],
)  # fmt: skip
def test_who_says_that_it_was_an_aim_or_tells_a_result_is_left_alone(
    statement: str, quote: str, language: Language
) -> None:
    assert not as_found(statement, quote, language)
