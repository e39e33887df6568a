from collections.abc import Mapping

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
