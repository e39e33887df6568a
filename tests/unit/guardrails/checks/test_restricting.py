"""What a statement restricts that its quotes leave free, or frees of what they restrict."""

import pytest

from eval.judged import judge
from guardrails.model import Language


def blocked(text: str, quote: str, language: Language = "en") -> bool:
    return judge(text, language, [quote], language) == "block"


FREE = "The capsules should be swallowed whole with water, and can be taken with or without food."
NOTABLY = "Une surveillance de la fonction thyroïdienne est recommandée, notamment en cas d'antécédents de dysthyroïdie."
COMMON = "The most common adverse reactions to nalorel were dizziness and diarrhoea."
EXTENSIVE = "En cas d'éruption cutanée étendue, le traitement doit être interrompu et un avis demandé."
GRADUAL = "L'arrêt du traitement doit être progressif, par réduction de 100 mg par semaine."
FORBIDDEN = "Nalorel is contraindicated in pregnancy and in severe hepatic impairment."
LIKE = "The substance is broken down into amino acids in the same way as endogenous immunoglobulin."


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Capsules should be swallowed whole with water, between meals.", FREE, "en"),
        ("Une surveillance de la fonction thyroïdienne n'est recommandée qu'en cas d'antécédents de dysthyroïdie.", NOTABLY, "fr"),
        ("The only adverse reactions to nalorel were dizziness and diarrhoea.", COMMON, "en"),
        ("Toute éruption cutanée impose d'interrompre le traitement et de demander un avis.", EXTENSIVE, "fr"),
        ("Le traitement peut être arrêté d'emblée.", GRADUAL, "fr"),
        ("Nalorel is contraindicated in pregnancy and should be used with caution in severe hepatic impairment.", FORBIDDEN, "en"),
        ("Unlike endogenous immunoglobulin, the substance is broken down into amino acids.", LIKE, "en"),
    ],
)  # fmt: skip
def test_a_restriction_put_in_or_lifted_is_blocked(text: str, quote: str, language: Language) -> None:
    assert blocked(text, quote, language)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Swallow the capsules whole with water, with food or between meals.", FREE, "en"),
        ("Surveiller la fonction thyroïdienne, en particulier en cas d'antécédents de dysthyroïdie.", NOTABLY, "fr"),
        ("Dizziness and diarrhoea were the adverse reactions seen most often with nalorel.", COMMON, "en"),
        ("Une éruption étendue impose d'interrompre le traitement et de demander un avis.", EXTENSIVE, "fr"),
        ("Réduire la dose de 100 mg par semaine : ne pas interrompre brutalement.", GRADUAL, "fr"),
        ("Nalorel must not be used in pregnancy or in severe hepatic impairment.", FORBIDDEN, "en"),
        ("Like endogenous immunoglobulin, the substance is degraded to amino acids.", LIKE, "en"),
    ],
)  # fmt: skip
def test_the_same_in_other_words_is_left_to_the_reviewer(text: str, quote: str, language: Language) -> None:
    assert not blocked(text, quote, language)


def test_most_is_a_share_above_half_that_stands_beside_it() -> None:
    quote = "Heart failure was of NYHA class II in 68.1% of the patients and of class III in 29.6%."
    assert not blocked("Most patients (68.1%) had NYHA class II heart failure.", quote)
    few = "Heart failure was of NYHA class III in 29.6% of the patients."
    assert blocked("Most patients (29.6%) had NYHA class III heart failure.", few)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Exclude pregnancy before starting.", "Treatment should be started only after pregnancy has been excluded.", "en"),
        ("Start at 5 mg a week for 4 weeks, then go up to 10 mg.", "The starting dose is 5 mg once weekly; after 4 weeks it is increased to 10 mg.", "en"),
        ("On poursuit tant que la maladie ne progresse pas et que la toxicité reste acceptable.", "Le traitement est poursuivi jusqu'à progression ou toxicité inacceptable.", "fr"),
        ("Both deaths were considered unrelated to treatment.", "Two deaths were reported, neither of which was considered related to treatment.", "en"),
        ("Ne pas donner le tolmavir à plus de 20 mg par jour.", "La dose de tolmavir ne doit pas dépasser 20 mg par jour.", "fr"),
    ],
)  # fmt: skip
def test_an_order_or_a_limit_may_be_told_from_its_other_end(
    text: str, quote: str, language: Language
) -> None:
    assert not blocked(text, quote, language)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Exclude pregnancy before starting.", "Pregnancy should be excluded after starting.", "en"),
        ("On poursuit, la toxicité étant acceptable.", "Le traitement est arrêté en raison d'une toxicité inacceptable.", "fr"),
        ("Both deaths were considered unrelated to treatment.", "Both deaths were considered related to treatment.", "en"),
        ("Le tolmavir se donne à plus de 20 mg par jour.", "La dose de tolmavir ne doit pas dépasser 20 mg par jour.", "fr"),
    ],
)  # fmt: skip
def test_but_not_turned_round(text: str, quote: str, language: Language) -> None:
    assert blocked(text, quote, language)


def test_only_answers_restricted_to() -> None:
    quote = "Results by status showed that the use of nalorel should be restricted to patients with positive tumours."
    assert not blocked(
        "Results by status showed that nalorel should only be used in patients with positive tumours.", quote
    )
    assert blocked(
        "Results by status showed that nalorel should only be used in patients with positive tumours.",
        "Results by status showed that nalorel should be used in patients with positive tumours.",
    )
