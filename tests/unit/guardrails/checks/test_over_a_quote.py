"""What stands over a quote belongs to what it says: the heading of its section, the heads of a row's columns."""

from dataclasses import replace

import pytest

from guardrails.model import Language, RowHeader
from tests.unit.guardrails.builders import citation, context, document, evidence, found, segment

CASES: dict[Language, tuple[str, str]] = {
    "en": ("4.3 Contraindications", "Active peptic ulcer or gastrointestinal bleeding."),
    "fr": ("4.3 Contre-indications", "Ulcère gastroduodénal évolutif ou hémorragie digestive."),
}


def blocked(text: str, language: Language, heading: str, quote: str, rule: str = "GR2") -> bool:
    passage = evidence(quote, language=language, heading=heading, section=(heading,))
    told = segment(text, "statement", "safety", language=language, citations=(citation(quote, passage),))
    return any(
        f.severity == "block" for f in found(rule, document(told, language=language), context(passage))
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nalorel is contraindicated in patients with an active peptic ulcer."),
        ("en", "Nalorel must not be used in active peptic ulcer or gastrointestinal bleeding."),
        ("fr", "Le nalorel est contre-indiqué en cas d'ulcère gastroduodénal évolutif."),
        (
            "fr",
            "Ne pas utiliser le nalorel en cas d'hémorragie digestive ou d'ulcère gastroduodénal évolutif.",
        ),
    ],
)
def test_a_contraindication_by_its_heading_waits(language: Language, text: str) -> None:
    assert not blocked(text, language, *CASES[language])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nalorel may be used in patients with an active peptic ulcer."),
        ("en", "Nalorel is not contraindicated in patients with an active peptic ulcer."),
        ("fr", "Le nalorel peut être utilisé en cas d'ulcère gastroduodénal évolutif."),
        ("fr", "Le nalorel n'est pas contre-indiqué en cas d'ulcère gastroduodénal évolutif."),
    ],
)
def test_a_permission_in_spite_of_the_heading_is_blocked(language: Language, text: str) -> None:
    assert blocked(text, language, *CASES[language])


def test_a_contraindication_under_another_heading_is_blocked() -> None:
    assert blocked("Nalorel is contraindicated in active peptic ulcer or gastrointestinal bleeding.", "en",
                   "4.8 Undesirable effects", CASES["en"][1])  # fmt: skip


DOSE = "The starting dose is 5 mg once daily."


def test_who_is_spoken_of_may_stand_in_the_heading_alone() -> None:
    assert not blocked(
        "In elderly patients the starting dose is 5 mg once daily.", "en", "Elderly patients", DOSE
    )
    assert blocked("In children the starting dose is 5 mg once daily.", "en", "Elderly patients", DOSE)


def test_a_heading_of_several_groups_says_of_none() -> None:
    assert blocked(
        "In children the starting dose is 5 mg once daily.", "en", "Elderly patients and children", DOSE
    )


def test_a_heading_claims_no_effect() -> None:
    assert blocked("Nalorel prevented relapses in 40% of patients.", "en", "Prevention of relapses",
                   "Nalorel reduced relapses in 40% of patients.")  # fmt: skip


ROW = "Dizziness | 12 (4.1) | 31 (10.6)"
WORDS = "Dizziness: Placebo (n=292) = 12 (4.1); Cardorelone 50 mg (n=293) = 31 (10.6)"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Dizziness was reported by 10.6% of patients with cardorelone 50 mg and 4.1% with placebo.", True),
        ("Dizziness was reported by 4.1% of patients with cardorelone 50 mg and 10.6% with placebo.", False),
        ("Dizziness was reported by 31% of patients with cardorelone 50 mg and 12% with placebo.", False),
    ],
)
def test_a_row_is_told_as_a_sentence(text: str, holds: bool) -> None:
    passage = evidence(ROW, layer="table")
    head = citation(ROW, passage)
    over = replace(head.spans[0], text="Adverse event, n (%)")
    cited = replace(head, header=RowHeader((over,), (WORDS,)))
    told = document(segment(text, "statement", "safety", citations=(cited,)))
    raised = [f for rule in ("GR2", "GR3") for f in found(rule, told, context(passage))]
    blocks = [f.message("en") for f in raised if f.severity == "block"]
    assert (not blocks) is holds, blocks
