"""An effect told in some of those who took part is known without the word "subgroup" (FR28)."""

import pytest

from guardrails.model import Language
from guardrails.overlap import contents
from guardrails.parts import TookPart, tells_a_part

WHO = TookPart(contents("prandolan adults with hypertension adultes hypertendus hypertension"), told=True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Only women benefited."),
        ("en", "The effect was confined to patients with high baseline pressure."),
        ("en", "Prandolan was most effective in women."),
        ("en", "Benefit increased with age."),
        ("fr", "Seules les femmes ont bénéficié du traitement."),
        ("fr", "L'effet a été limité aux patients diabétiques."),
        ("fr", "La réduction a été plus importante chez la femme que chez l'homme."),
        ("fr", "Chez le diabétique, le bénéfice a été plus important."),
        ("fr", "Le bénéfice augmente avec l'âge."),
    ],
)
def test_an_effect_in_some_is_told_in_other_words(language: Language, text: str) -> None:
    assert tells_a_part(text, language, WHO)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Only patients with hypertension were included."),
        ("en", "The effect was limited to 4 weeks."),
        ("en", "Exposure increased with age."),
        ("en", "Only 3 % of women had hypotension."),
        ("fr", "Seules les femmes enceintes ont été exclues."),
        ("fr", "L'effet a été limité à 4 semaines."),
        ("fr", "Chez la femme, l'hypotension a été plus fréquente."),
        ("fr", "Chez l'adulte hypertendu, la réduction a été plus importante sous prandolan que sous placebo."),
    ],
)  # fmt: skip
def test_who_took_part_and_what_is_no_effect_is_none(language: Language, text: str) -> None:
    assert not tells_a_part(text, language, WHO)
