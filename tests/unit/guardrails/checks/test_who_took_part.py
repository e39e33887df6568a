"""FR28: people whom the source's title or inclusion names are all who took part; others are a part of them."""

import pytest

from guardrails.model import CheckContext, Language, PassageText
from tests.unit.guardrails.builders import context, document, evidence, facts, found, statement

MORE = "the reduction was larger with prandolan than with placebo."
PLUS = "la réduction a été plus importante sous prandolan que sous placebo."
TITLES: dict[Language, str] = {"en": "Prandolan in hypertension", "fr": "Le prandolan dans l'hypertension"}
INCLUDED: dict[Language, str] = {
    "en": "Adults with hypertension, with or without diabetes, were eligible.",
    "fr": "Les adultes atteints d'hypertension, avec ou sans diabète, étaient éligibles.",
}


def asked(sentence: str, language: Language, title: str = "", included: str = "") -> bool:
    of = [
        evidence(
            text,
            source="paper",
            passage=f"p{n}",
            language=language,
            heading="",
            section=(f"R{n}",),
            title=title or TITLES[language],
        )
        for n, text in enumerate([sentence, included or INCLUDED[language]])
    ]
    whole = tuple(PassageText(e.text, e.heading, e.section) for e in of)
    given: CheckContext = context(
        *of, sources={"paper": facts(id="paper", kind="paper")}, wholes={"paper": whole}
    )
    told = statement(sentence, sentence, of=of[0], lineage="s0", language=language)
    return bool(found("FR28", document(told), given))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "In patients with diabetes, " + MORE),
        ("en", "In patients with asthma, " + MORE),
        ("en", "In women with hypertension, " + MORE),
        ("en", "In patients with a prior stroke, " + MORE),
        ("en", "In Asian adults " + MORE),
        ("en", "The benefit was greater with prandolan than with placebo in patients with gout."),
        ("en", "Analysed by sex, women had fewer falls."),
        ("en", "Broken down by region, the effect was the same in Europe."),
        ("en", "In hypertension patients previously treated with insulin, " + MORE),
        ("en", "Outcomes were analysed by sex: 4 % of women and 9 % of men fell."),
        ("en", "When stratified by region, the effect was confined to Asia."),
        ("en", "In treatment-naive patients, " + MORE),
        ("fr", "Chez les patients diabétiques, " + PLUS),
        ("fr", "Chez les patients de moins de 65 ans, " + PLUS),
        ("fr", "Chez les patients asthmatiques, " + PLUS),
        ("fr", "Chez les enfants, " + PLUS),
        ("fr", "Analysées selon l'âge, les chutes étaient rares chez les plus jeunes."),
        ("fr", "Ventilé par sexe, l'effet est moindre chez l'homme."),
        ("fr", "Chez les femmes atteintes d'hypertension, " + PLUS),
    ],
)  # fmt: skip
def test_a_part_of_those_who_took_part_is_asked_about(language: Language, sentence: str) -> None:
    assert asked(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence", "title", "included"),
    [
        ("en", "In obese patients " + MORE, "A trial", "Adults with hypertension were recruited."),
        ("en", "In patients with diabetes, " + MORE, "A trial", "Some included patients had diabetes, and 40 % had gout."),
    ],
)  # fmt: skip
def test_a_part_of_those_who_took_part_is_asked_about_by_their_own_source(
    language: Language, sentence: str, title: str, included: str
) -> None:
    assert asked(sentence, language, title, included)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "In patients with hypertension, " + MORE),
        ("en", "In adults with hypertension " + MORE),
        ("en", "In adults, " + MORE),
        ("en", "Among patients with hypertension, a greater reduction was seen with prandolan than with placebo."),
        ("en", "The reduction was greater with prandolan than with placebo in patients with hypertension."),
        ("en", "Falls were analysed by age and sex."),
        ("en", "Data were analysed by age (below and above 65 years)."),
        ("en", "Results will be broken down by region."),
        ("en", "Patients were stratified by age and HbA1c (< 8 %)."),
        ("en", "Stratified by age (under 65, 65 and over), patients received prandolan or placebo."),
        ("en", "In patients with hypertension, the reduction was greater for prandolan than for placebo."),
        ("fr", "Chez les patients atteints d'hypertension, " + PLUS),
        ("fr", "Chez les adultes, " + PLUS),
        ("fr", "Les chutes ont été analysées selon le sexe."),
        ("fr", "Les patients ont été stratifiés selon l'âge (moins de 65 ans, 65 ans et plus)."),
        ("fr", "Chez les patients, la réduction a été plus importante dans le groupe prandolan que dans le groupe placebo."),
        ("fr", "La randomisation était stratifiée selon l'âge (65 ans)."),
        ("en", "Among all participants, " + MORE),
        ("en", "Among enrolled patients, " + MORE),
        ("fr", "Chez les patients inclus, " + PLUS),
        ("fr", "Chez les patients hypertendus, " + PLUS),
    ],
)  # fmt: skip
def test_all_who_took_part_are_not(language: Language, sentence: str) -> None:
    assert not asked(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence", "title", "included"),
    [
        ("en", "In women with osteoporosis, the reduction in fractures was greater with prandolan than with placebo.", "Prandolan in women with osteoporosis", "Falls were counted."),
        ("en", "In children, " + MORE, "Prandolan in hypertension", "Children with hypertension were enrolled."),
        ("en", "In patients with severe disease, " + MORE, "Prandolan in severe disease", "Falls were counted."),
        ("en", "In obese patients " + MORE, "A trial", "Obese patients were recruited."),
        ("fr", "Chez les femmes ménopausées, " + PLUS, "Le prandolan chez la femme ménopausée", "Les chutes ont été comptées."),
        ("fr", "Chez les enfants, " + PLUS, "Un essai", "Des enfants hypertendus ont été inclus."),
        ("fr", "Chez les patients diabétiques de type 2, la réduction a été plus importante avec prandolan qu'avec le placebo.", "Un essai", "Les patients diabétiques de type 2 étaient éligibles."),
    ],
)  # fmt: skip
def test_all_who_took_part_are_not_by_their_own_source(
    language: Language, sentence: str, title: str, included: str
) -> None:
    assert not asked(sentence, language, title, included)


def test_a_translation_is_judged_where_the_source_is_read() -> None:
    sentence = "In children, " + MORE
    for included, expected in (("Children with hypertension were enrolled.", 0), (INCLUDED["en"], 1)):
        of = [
            evidence(text, source="paper", passage=f"p{n}", section=(f"R{n}",))
            for n, text in enumerate([sentence, included])
        ]
        whole = tuple(PassageText(e.text, e.heading, e.section) for e in of)
        given = context(*of, sources={"paper": facts(id="paper", kind="paper")}, wholes={"paper": whole})
        told = statement("Chez les enfants, " + PLUS, sentence, of=of[0], lineage="s0", language="fr")
        assert len(found("FR28", document(told), given)) == expected
