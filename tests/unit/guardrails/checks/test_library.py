from collections.abc import Mapping

import pytest

from tests.unit.guardrails.builders import context, document, evidence, found, statement

CLAIM: Mapping[str, object] = {
    "id": "VEL-07",
    "text": "Cardorelone reduced the risk of hospitalisation for heart failure compared with placebo.",
    "variants": ["Compared with placebo, cardorelone reduced the risk of hospitalisation for heart failure."],
    "safety_text": "The most common adverse reaction was hyperkalaemia.",
}
SAFETY = "The most common adverse reaction was hyperkalaemia (11.8 %)."


def told(*texts: str) -> list[str]:
    given = evidence(*texts)
    segments = [statement(text, text, of=given, lineage=f"s{at}") for at, text in enumerate(texts)]
    ctx = context(given, extra={"claims": [CLAIM]})
    return [
        str(f.evidence["claim"]) + ":" + f.message("en")[:30] for f in found("LIB", document(*segments), ctx)
    ]


def test_another_wording_of_an_approved_claim_is_said_with_the_approved_one() -> None:
    findings = told(
        "Cardorelone reduced the risk of admission for heart failure compared with placebo.", SAFETY
    )
    assert len(findings) == 1
    assert findings[0].startswith("VEL-07:Claim VEL-07 of the library")


def test_an_approved_wording_or_variant_with_its_safety_text_says_nothing() -> None:
    variants = CLAIM["variants"]
    assert isinstance(variants, list)
    assert told(str(CLAIM["text"]), SAFETY) == []
    assert told(variants[0], SAFETY) == []


def test_an_approved_wording_without_its_safety_text_is_told_so() -> None:
    assert [f.split(":")[1][:25] for f in told(str(CLAIM["text"]))] == ["Claim VEL-07 is approved "]


def test_a_statement_on_another_subject_says_nothing() -> None:
    assert told("Treatment must be stopped when angioedema occurs.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Cardorelone increased the risk of hospitalisation for heart failure compared with placebo.",
        "Cardorelone did not reduce the risk of hospitalisation for heart failure compared with placebo.",
        "Compared with cardorelone, placebo reduced the risk of hospitalisation for heart failure.",
    ],
)
def test_what_contradicts_an_approved_claim_blocks(text: str) -> None:
    assert severities(text, CLAIM) == {"block"}


NUMBERED: Mapping[str, object] = {
    "id": "VEL-08",
    "text": "In adults, cardorelone lowered serum potassium by 0.4 mmol/L at week 24 compared with placebo.",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In adults, cardorelone lowered serum potassium by 0.9 mmol/L at week 24 compared with placebo.", {"block"}),
        ("In adults, cardorelone lowered serum potassium by 0.4 mmol/L at week 24 versus placebo.", {"warn"}),
        ("In children, cardorelone lowered serum potassium by 0.9 mmol/L at week 24 compared with placebo.", {"warn"}),
        ("In adults, cardorelone lowered serum potassium by 0.9 mmol/L at week 52 compared with placebo.", {"warn"}),
        ("In adults, cardorelone lowered serum sodium by 0.9 mmol/L at week 24 compared with placebo.", {"warn"}),
        ("In adults with hypertension, cardorelone lowered serum potassium by 0.9 mmol/L at week 24.", {"needs_review"}),
        ("Treatment must be stopped when angioedema occurs.", set()),
    ],
)  # fmt: skip
def test_another_number_blocks_only_of_the_same_endpoint_population_and_time(
    text: str, expected: set[str]
) -> None:
    assert severities(text, NUMBERED) == expected


STOPPED: Mapping[str, object] = {
    "id": "VEL-10",
    "text": "Treatment was stopped for an adverse event in 95 patients (7.9%) on cardorelone and in 77 patients (6.4%) on placebo.",
}


@pytest.mark.parametrize(
    ("text", "claim", "reworded", "verbatim"),
    [
        ("Hyperkalaemia was reported in 142 of 1,207 patients on cardorelone and in 60 of 1,205 on placebo.",
         STOPPED, {"needs_review"}, set()),
        ("In adults with hypertension, cardorelone lowered serum potassium by 0.9 mmol/L at week 24.",
         NUMBERED, {"needs_review"}, {"warn"}),
        ("In adults, cardorelone lowered serum potassium by 0.9 mmol/L at week 24 compared with placebo.",
         NUMBERED, {"block"}, {"warn"}),
    ],
)  # fmt: skip
def test_a_source_s_own_sentence_is_only_warned_of_a_claim_and_where_they_are_much_alike(
    text: str, claim: Mapping[str, object], reworded: set[str], verbatim: set[str]
) -> None:
    assert severities(text, claim, "reworded") == reworded
    assert severities(text, claim, "verbatim") == verbatim


def severities(text: str, claim: Mapping[str, object], wording: str | None = None) -> set[str]:
    given = evidence(text)
    segments = (
        statement(text, text, of=given, wording=wording),
        statement(SAFETY, SAFETY, of=evidence(SAFETY, passage="p2"), lineage="x2"),
    )
    ctx = context(given, extra={"claims": [claim]})
    return {f.severity for f in found("LIB", document(*segments), ctx)}


def test_the_contrary_in_other_words_names_the_claim_and_shows_both_places() -> None:
    claim = {"id": "VEL-11", "text": "Cardorelone must not be used during pregnancy."}
    text = "Pregnant women can be treated with cardorelone."
    given = evidence(text)
    ctx = context(given, extra={"claims": [claim]})
    (finding,) = found("LIB", document(statement(text, text, of=given, wording="reworded")), ctx)
    assert finding.severity == "needs_review"
    assert finding.message("en").startswith("This says “can be treated” where claim VEL-11 of the library")
    assert "says “must not be used”" in finding.message("en")
    assert finding.message("fr").startswith("On lit ici « can be treated » là où l'allégation VEL-11")
