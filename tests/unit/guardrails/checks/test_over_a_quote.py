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


@pytest.mark.parametrize(
    ("language", "text", "heading", "quote"),
    [
        (
            "fr",
            "Le nalorel est contre-indiqué en cas d'insuffisance rénale légère.",
            "4.3 Contre-indications",
            "Le nalorel peut être utilisé en cas d'insuffisance rénale légère.",
        ),
        (
            "en",
            "Nalorel must not be given to patients with asthma.",
            "4.3 Contraindications",
            "Patients with asthma can be given nalorel under supervision.",
        ),
        (
            "en",
            "No dose adjustment is necessary in elderly patients.",
            "Elderly",
            "No dose adjustment is necessary in adult patients.",
        ),
    ],
)
def test_a_heading_excuses_nothing_that_its_quote_says_otherwise(
    language: Language, text: str, heading: str, quote: str
) -> None:
    assert blocked(text, language, heading, quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "Nalorel must not be used in adults.",
            "1) Nalorel may be used in adults; 2) Nalorel must not be used in children.",
        ),
        (
            "Nalorel must not be used in adults.",
            "a) Nalorel may be used in adults; b) it is kept cold; c) Nalorel must not be used in children.",
        ),
    ],
)
def test_a_list_is_read_part_by_part(text: str, quote: str) -> None:
    assert blocked(text, "en", "Use", quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "Nausea occurred in 12.9% with nalorel (12.0% with placebo).",
            "Nausea occurred in 14.9% with nalorel and in 12.0% with placebo.",
        ),
        ("The response lasted 13 weeks (12 weeks).", "The response lasted 12 weeks."),
        ("The dose may be higher than the 40 mg per day.", "The dose is 40 mg per day."),
    ],
)
def test_a_number_near_the_quote_s_is_another(text: str, quote: str) -> None:
    assert blocked(text, "en", "Results", quote, "GR3")


@pytest.mark.parametrize(
    "heading", ["Primary and secondary endpoints", "Primary endpoint of the ALPHA trial", "Results"]
)
def test_a_heading_makes_no_result_primary(heading: str) -> None:
    assert blocked("Weight, the primary endpoint, fell by 3 kg.", "en", heading, "Weight fell by 3 kg.")


SEVERITY = "Nausea | 14 | 2"
GRADES = "Nausea: Mild = 14; Severe = 2"


@pytest.mark.parametrize(
    ("text", "rule"),
    [("Severe nausea occurred in 14 patients.", "GR2"), ("The dose of nalorel was 14 mg.", "GR3")],
)
def test_a_head_is_read_with_its_own_value_alone(text: str, rule: str) -> None:
    words = GRADES if rule == "GR2" else "Nalorel 10 mg: Nausea = 14"
    passage = evidence(SEVERITY, layer="table")
    head = citation(SEVERITY, passage)
    cited = replace(head, header=RowHeader((replace(head.spans[0], text="Reaction"),), (words,)))
    told = document(segment(text, "statement", "safety", citations=(cited,)))
    assert any(f.severity == "block" for f in found(rule, told, context(passage)))
